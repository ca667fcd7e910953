package org.vmmlib.core.physics;

import org.vmmlib.core.kernel.ChargeNodes;
import org.vmmlib.core.kernel.RowFunctions;

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
 * <p>From −40 to a million, q is the sixth-order Taylor expansion about the nearest of nodes that {@link LambertW} made,
 * 1/32 apart, above 4 64 in an octave; below, e^v is q to a rounding. All results are within 4 ulp, at a few
 * nanoseconds each. NaN gives NaN. Nothing here allocates.
 */
public final class Ekv {

    private static final int LOWEST = -40;
    private static final int OCTAVES = 20;
    private static final double LN_2 = 0.6931471805599453;

    private static final ChargeNodes NODES = new ChargeNodes(LOWEST, OCTAVES, Ekv::solved);

    private Ekv() {}

    /**
     * Normalised charge q(v), the solution of {@code 2q + ln q = v}: 0 or above, increasing.
     *
     * @param v (V_P − V)/U_t; negative infinity gives 0
     */
    public static double charge(double v) {
        if (NODES.reach(v)) {
            return RowFunctions.expandedCharge(v, NODES);
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
     * Charges of a row, much faster than one by one.
     *
     * @param v (V_P − V)/U_t; elements 0 … count − 1 are used. Not modified.
     * @param q charges. Not v. Modified.
     * @param count number of elements
     */
    public static void charges(double[] v, double[] q, int count) {
        if (RowFunctions.expandedCharges(count, v, q, NODES)) {
            return;
        }
        for (int k = 0; k < count; k++) {
            if (!NODES.reach(v[k])) {
                q[k] = charge(v[k]);
            }
        }
    }

    /**
     * Charges of a row to within 1/64, to start an iteration from: those at the nearest nodes. Each depends on its v alone.
     *
     * @param v (V_P − V)/U_t; elements 0 … count − 1 are used. Not modified.
     * @param q charges, those below −700 as at −700. Not v. Modified.
     * @param count number of elements
     */
    public static void nearCharges(double[] v, double[] q, int count) {
        if (NODES.nearest(count, v, q)) {
            return;
        }
        RowFunctions.exponentials(count, v, LOWEST, q);
        for (int k = 0; k < count; k++) {
            if (!(v[k] < 0 || NODES.reach(v[k]))) {
                // ln q is 1e-5 of v there.
                q[k] = 0.5 * v[k];
            }
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

    /** Below 0, W(2 e^v) keeps the relative accuracy that v + ln 2 would lose. */
    private static double solved(double v) {
        return (v < 0 ? LambertW.principal(2 * Math.exp(v)) : LambertW.ofExp(v + LN_2)) / 2;
    }
}
