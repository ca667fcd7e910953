package org.vmmlib.core.physics;

/**
 * The charge-based all-region MOS transistor (EKV), in normalised form.
 *
 * <p>Derivation. Let Q be the inversion charge per area, and {@code q = −Q / (2 n C_ox U_t)}. Linearising the charge
 * against the surface potential, dQ = n C_ox dψ, drift and diffusion
 * {@code I = μ W (−Q dψ/dx + U_t dQ/dx)} give {@code I dx = −I_spec L (2q + 1) dq} with the specific current
 * {@code I_spec = 2 n μ C_ox (W/L) U_t²}. Integrated from source to drain: {@code I = I_spec (i(q_s) − i(q_d))},
 * {@code i = q + q²}. The same current driven by the quasi-Fermi potential V, {@code I = −μ W Q dV/dx}, gives
 * {@code dV = −U_t (2 + 1/q) dq}, so that {@code 2q + ln q = v} with {@code v = (V_P − V)/U_t} and the pinch-off voltage
 * V_P ≈ (V_G − V_T)/n, all to bulk. Hence {@code q = W(2 e^v)/2} with Lambert's W, and {@code di/dv = q}.
 * Weak inversion (v → −∞): i = q = e^v. Strong inversion: q → v/2, i → v²/4.
 *
 * <p>Sources: Enz, Krummenacher, Vittoz, Analog Integr. Circuits Signal Process. 8, 83–114 (1995),
 * doi:10.1007/BF01239381; Enz and Vittoz, Charge-based MOS Transistor Modeling, Wiley (2006), chapter 4.
 *
 * <p>Between −40 and 40, q is the sixth-order Taylor expansion about the nearest of nodes 1/32 apart, which
 * {@link LambertW} made; below, e^v is q to a rounding. All results are within 4 ulp, at a few nanoseconds each. NaN
 * gives NaN. Nothing here allocates.
 */
public final class Ekv {

    private static final int SPAN = 40;
    private static final int PER_UNIT = 32;
    private static final double LN_2 = 0.6931471805599453;

    private static final double[] NODES = nodes();

    private Ekv() {}

    /**
     * Normalised charge q(v), the solution of {@code 2q + ln q = v}: 0 or above, increasing.
     *
     * @param v (V_P − V)/U_t; negative infinity gives 0
     */
    public static double charge(double v) {
        if (v >= -SPAN && v < SPAN) {
            return expanded(v);
        }
        return v < 0 ? Math.exp(v) : LambertW.ofExp(v + LN_2) / 2;
    }

    /**
     * Normalised current i(v) = q + q².
     *
     * @param v (V_P − V)/U_t
     */
    public static double current(double v) {
        double q = charge(v);
        return q + q * q;
    }

    /**
     * Charges of a row.
     *
     * @param v (V_P − V)/U_t; elements 0 … count − 1 are used. Not modified.
     * @param q charges; may be the same array as v. Modified.
     * @param count number of elements
     */
    public static void charges(double[] v, double[] q, int count) {
        for (int k = 0; k < count; k++) {
            q[k] = charge(v[k]);
        }
    }

    /**
     * Currents of a row, whose slopes di/dv are the charges.
     *
     * @param v (V_P − V)/U_t; elements 0 … count − 1 are used. Not modified.
     * @param i currents. Modified.
     * @param slopes di/dv = q. Modified.
     * @param count number of elements
     */
    public static void currents(double[] v, double[] i, double[] slopes, int count) {
        for (int k = 0; k < count; k++) {
            double q = charge(v[k]);
            i[k] = q + q * q;
            slopes[k] = q;
        }
    }

    /**
     * The charge at a current: q of {@code i = q + q²}, without cancellation.
     *
     * @param i normalised current, 0 or above
     */
    public static double chargeAtCurrent(double i) {
        return 2 * i / (1 + Math.sqrt(1 + 4 * i));
    }

    /**
     * The voltage v at which the current is i: the exact inverse of {@link #current}.
     *
     * @param i normalised current, 0 or above; 0 gives negative infinity
     */
    public static double voltageAtCurrent(double i) {
        double q = chargeAtCurrent(i);
        return 2 * q + Math.log(q);
    }

    /**
     * Taylor expansion about a node. With w = 2q, the n-th derivative of q is {@code q p_n(w) / (1 + w)^(2n−1)}, where
     * p_1 = 1 and {@code p_(n+1) = (1 + w)(p_n + w p_n') − (2n − 1) w p_n} (Corless et al. 1996, section 3).
     */
    private static double expanded(double v) {
        int k = (int) ((v + SPAN) * PER_UNIT + 0.5);
        double d = v - ((double) k / PER_UNIT - SPAN);
        double q = NODES[k];
        double w = 2 * q;
        double r = 1 / (1 + w);
        double s = d * r * r;
        double p3 = (1 - 2 * w) / 6;
        double p4 = (1 + w * (-8 + 6 * w)) / 24;
        double p5 = (1 + w * (-22 + w * (58 - 24 * w))) / 120;
        double p6 = (1 + w * (-52 + w * (328 + w * (-444 + 120 * w)))) / 720;
        return q + q * (1 + w) * (s * (1 + s * (0.5 + s * (p3 + s * (p4 + s * (p5 + s * p6))))));
    }

    private static double[] nodes() {
        double[] nodes = new double[2 * SPAN * PER_UNIT + 1];
        for (int k = 0; k < nodes.length; k++) {
            double v = (double) k / PER_UNIT - SPAN;
            // Below 0, W(2 e^v) keeps the relative accuracy that v + ln 2 would lose.
            nodes[k] = (v < 0 ? LambertW.principal(2 * Math.exp(v)) : LambertW.ofExp(v + LN_2)) / 2;
        }
        return nodes;
    }
}
