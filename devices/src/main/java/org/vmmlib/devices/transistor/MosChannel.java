package org.vmmlib.devices.transistor;

import org.vmmlib.core.physics.Constants;
import org.vmmlib.core.physics.Ekv;

/**
 * The channel of a transistor at one temperature, bulk at 0 V: {@code I_D = I_spec (i(v_f) − i(v_r))} with
 * {@code v_f = (V_P − V_S)/U_t}, {@code v_r = (V_P − V_D)/U_t} and the pinch-off voltage
 * {@code V_P = κ (V_G − V_T + σ g(V_DS))}. As for floating-gate cells, {@code g(V) = sqrt(V² + U_t²) − U_t}, which is
 * |V| − U_t in saturation, even as the device is symmetric, and smooth at 0; the current never falls with V_D nor rises
 * with V_S.
 *
 * @param kappa gate efficiency κ = 1/n
 * @param specificCurrent amperes, at this temperature
 * @param threshold volts, at this temperature
 * @param dibl σ, volts per volt
 * @param inversion whether i(v) is the charge-based law {@code q + q², 2q + ln q = v}, else e^v (above v = 100 its
 *     tangent)
 * @param saturation whether the reverse current i(v_r) counts
 * @param thermalVoltage U_t, volts
 */
public record MosChannel(
        double kappa,
        double specificCurrent,
        double threshold,
        double dibl,
        boolean inversion,
        boolean saturation,
        double thermalVoltage) {

    /** Where the exponential law becomes its tangent: e^100 is 2.6 V past pinch-off at room temperature. */
    private static final double LIMIT = 100;

    /** This channel with another choice of law. */
    public MosChannel law(boolean chargeBased, boolean finiteDrainVoltage, double barrierLowering) {
        return new MosChannel(
                kappa, specificCurrent, threshold, barrierLowering, chargeBased, finiteDrainVoltage, thermalVoltage);
    }

    /** V_P/U_t of a gate voltage, without DIBL. */
    public double pinchOff(double gate) {
        return kappa / thermalVoltage * (gate - threshold);
    }

    /** di/dv, which is also the normalised charge of the charge-based law. */
    public double slope(double v) {
        return inversion ? Ekv.charge(v) : Math.exp(Math.min(v, LIMIT));
    }

    /** Normalised current i(v). */
    public double normalised(double v) {
        if (inversion) {
            return Ekv.current(v);
        }
        double e = Math.exp(Math.min(v, LIMIT));
        return v > LIMIT ? e * (1 + v - LIMIT) : e;
    }

    /** What DIBL adds to v_f and v_r. */
    public double lowering(double across) {
        return kappa
                * dibl
                / thermalVoltage
                * (across * across / (Math.sqrt(across * across + thermalVoltage * thermalVoltage) + thermalVoltage));
    }

    /** Derivative of U_t times {@link #lowering}. */
    public double coupling(double across) {
        return kappa * dibl * across / Math.sqrt(across * across + thermalVoltage * thermalVoltage);
    }

    /**
     * Drain current, amperes.
     *
     * @param pinchOff V_P/U_t without DIBL
     * @param source volts
     * @param drain volts
     */
    public double current(double pinchOff, double source, double drain) {
        double v = pinchOff + lowering(drain - source);
        double forwardVoltage = v - source / thermalVoltage;
        double reverseVoltage = v - drain / thermalVoltage;
        if (!inversion) {
            return specificCurrent * (normalised(forwardVoltage) - (saturation ? normalised(reverseVoltage) : 0));
        }
        double f = Ekv.charge(forwardVoltage);
        double r = saturation ? Ekv.charge(reverseVoltage) : 0;
        return specificCurrent * ((f - r) * (1 + f + r));
    }

    /** ∂I_D/∂V_D, siemens. */
    public double drainSlope(double pinchOff, double source, double drain) {
        double v = pinchOff + lowering(drain - source);
        double f = slope(v - source / thermalVoltage);
        double r = saturation ? slope(v - drain / thermalVoltage) : 0;
        return specificCurrent / thermalVoltage * (r + coupling(drain - source) * (f - r));
    }

    /** −∂I_D/∂V_S, siemens. */
    public double sourceSlope(double pinchOff, double source, double drain) {
        double v = pinchOff + lowering(drain - source);
        double f = slope(v - source / thermalVoltage);
        double r = saturation ? slope(v - drain / thermalVoltage) : 0;
        return specificCurrent / thermalVoltage * (f + coupling(drain - source) * (f - r));
    }

    /**
     * The source voltage at which the channel carries a current.
     *
     * @param pinchOff V_P/U_t without DIBL
     * @param drain volts
     * @param current amperes, drain to source, of any sign where the reverse current counts, else above 0
     * @return volts; the channel carries any current at some source voltage
     */
    public double sourceAt(double pinchOff, double drain, double current) {
        double v = pinchOff;
        double source = drain;
        for (int k = 0; k < 200; k++) {
            // Exact without DIBL; with it the voltage across the channel is that of the last step, and κσ < 1
            // contracts.
            double lowered = v + lowering(drain - source);
            double next = thermalVoltage
                    * (lowered
                            - voltage(current / specificCurrent
                                    + (saturation ? normalised(lowered - drain / thermalVoltage) : 0)));
            boolean done = Math.abs(next - source) <= 1e-15 * (Math.abs(next) + thermalVoltage);
            source = next;
            if (done) {
                break;
            }
        }
        return source;
    }

    /**
     * The drain voltage at which the channel carries a current.
     *
     * @param pinchOff V_P/U_t without DIBL
     * @param source volts
     * @param current amperes, drain to source, 0 or above
     * @param highest drain voltage to try, volts, above the source's
     * @return volts, at most {@code highest}, where it stops if the channel carries less than the current there
     */
    public double drainAt(double pinchOff, double source, double current, double highest) {
        if (!(current(pinchOff, source, highest) > current)) {
            return highest;
        }
        double low = source;
        double high = highest;
        double drain = source;
        for (int k = 0; k < 200; k++) {
            double excess = current(pinchOff, source, drain) - current;
            if (excess > 0) {
                high = drain;
            } else {
                low = drain;
            }
            double step = excess / drainSlope(pinchOff, source, drain);
            double next = drain - step;
            if (Math.abs(step) <= 1e-15 * (Math.abs(drain) + thermalVoltage)) {
                return next;
            }
            drain = next > low && next < high ? next : (low + high) / 2;
        }
        return drain;
    }

    /** The v of a normalised current above 0; below it there is none (negative infinity at 0, NaN beyond). */
    private double voltage(double i) {
        if (inversion) {
            return Ekv.voltageAtCurrent(i);
        }
        double v = Math.log(i);
        return v > LIMIT ? LIMIT - 1 + i / Math.exp(LIMIT) : v;
    }

    /**
     * One-sided density of the channel's thermal noise, A²/Hz: {@code 4kT (μ/L²) |Q|} with the charge Q under the gate,
     * which is the shot noise of both currents in weak inversion and that of the channel's conductance without drain voltage
     * (Enz and Vittoz, Charge-based MOS Transistor Modeling, Wiley (2006), section 6.2).
     *
     * @param pinchOff V_P/U_t without DIBL
     * @param source volts
     * @param drain volts
     * @param temperature kelvin
     */
    public double noiseDensity(double pinchOff, double source, double drain, double temperature) {
        double v = pinchOff + lowering(drain - source);
        double f = slope(v - source / thermalVoltage);
        double r = saturation ? slope(v - drain / thermalVoltage) : 0;
        double charge = inversion ? (2.0 / 3 * (f * f + f * r + r * r) + 0.5 * (f + r)) / (1 + f + r) : 0.5 * (f + r);
        return 4 * Constants.BOLTZMANN * temperature * specificCurrent / thermalVoltage * charge;
    }
}
