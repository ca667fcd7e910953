package org.vmmlib.devices.flash;

import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.physics.Constants;
import org.vmmlib.core.physics.Ekv;
import org.vmmlib.core.physics.WhiteNoise;
import org.vmmlib.devices.transistor.MosChannel;

/**
 * The channel of a floating-gate cell at one temperature: {@code I_D = I_spec (i(v_f) − i(v_r))}, with
 * {@code v_f = (V_P − V_S)/U_t}, {@code v_r = (V_P − V_D)/U_t} and
 * {@code V_P = κ (V_G − V_T + σ g(V_D − V_S))}. See {@link FloatingGateCell}.
 *
 * @param kappa gate efficiency κ = 1/n
 * @param specificCurrent amperes, at this temperature
 * @param referenceThreshold of the reference cell, volts, at this temperature
 * @param dibl σ, volts per volt
 * @param inversion whether i(v) is the charge-based law, else e^v
 * @param saturation whether the reverse current counts
 * @param temperature kelvin
 * @param thermalVoltage U_t, volts
 */
record Channel(
        double kappa,
        double specificCurrent,
        double referenceThreshold,
        double dibl,
        boolean inversion,
        boolean saturation,
        double temperature,
        double thermalVoltage) {

    private static final double SATURATED = 16;

    /** The same channel, its threshold that of the reference cell. */
    MosChannel mos() {
        return new MosChannel(kappa, specificCurrent, referenceThreshold, dibl, inversion, saturation, thermalVoltage);
    }

    /** The same channel with another choice of law. */
    Channel law(boolean chargeBased, boolean finiteDrainVoltage, double barrierLowering) {
        return new Channel(
                kappa,
                specificCurrent,
                referenceThreshold,
                barrierLowering,
                chargeBased,
                finiteDrainVoltage,
                temperature,
                thermalVoltage);
    }

    /** κ/U_t, the slope of ln I against the gate voltage. */
    double gateSlope() {
        return kappa / thermalVoltage;
    }

    /** κσ/U_t. */
    double drainSlope() {
        return dibl * gateSlope();
    }

    /** The drain-source voltage as it lowers the barrier: even, smooth at zero, |V| − U_t far from it. */
    double drainEffect(double voltage) {
        return voltage * voltage / (Math.sqrt(voltage * voltage + thermalVoltage * thermalVoltage) + thermalVoltage);
    }

    /** Normalised saturated current i(v). */
    double normalised(double v) {
        return inversion ? Ekv.current(v) : Math.exp(v);
    }

    /** The v of a normalised saturated current. */
    double voltage(double i) {
        return inversion ? Ekv.voltageAtCurrent(i) : Math.log(i);
    }

    /** Drain current of a reference cell whose source is at 0 V, amperes. */
    double current(double gate, double drain) {
        double v = gateSlope() * (gate - referenceThreshold) + drainSlope() * drainEffect(drain);
        return specificCurrent * (normalised(v) - (saturation ? normalised(v - drain / thermalVoltage) : 0));
    }

    /** The gate voltage at which a reference cell carries a current: the inverse of {@link #current}. */
    double gate(double current, double drain) {
        return gateAt(forward(current / specificCurrent, drain / thermalVoltage), drain);
    }

    /** The gate voltage of a forward voltage v. */
    double gateAt(double v, double drain) {
        return referenceThreshold - dibl * drainEffect(drain) + v / gateSlope();
    }

    /** The v for which {@code i(v) − i(v − x)} is i. */
    private double forward(double i, double x) {
        if (!saturation || i == 0) {
            return voltage(i);
        }
        // Exact in weak inversion. Above it, the start lies above the root of a convex function: Newton's steps go
        // down.
        double v = voltage(i) - Math.log(-Math.expm1(-x));
        if (!inversion) {
            return v;
        }
        for (int k = 0; k < 60; k++) {
            double f = Ekv.charge(v);
            double r = Ekv.charge(v - x);
            double step = ((f - r) * (1 + f + r) - i) / (f - r);
            v -= step;
            if (Math.abs(step) <= 1e-15 * Math.max(1, Math.abs(v))) {
                break;
            }
        }
        return v;
    }

    /**
     * One-sided noise densities of charge-based channels, {@code 4kT (I_spec/U_t) q̄}, q̄ the mean of q along the channel:
     * {@link MosChannel#noiseDensity}, a row at a time. Where the channels of a row are all in weak inversion and saturated by
     * more than {@value #SATURATED} U_t, the charge at the drain, 1e-7 of that at the source, is left out.
     *
     * @param forward v_f of each. Modified.
     * @param vRow voltages of the sources, volts. Not modified.
     * @param vColumn voltages of the drains, volts. Not modified.
     * @param scratch modified
     * @param density A²/Hz. Modified.
     */
    void chargeNoise(int count, double[] forward, double[] vRow, double[] vColumn, double[] scratch, double[] density) {
        double perVolt = 1 / thermalVoltage;
        Ekv.charges(forward, density, count);
        boolean reverse = false;
        if (saturation) {
            double highest = Double.NEGATIVE_INFINITY;
            double least = Double.POSITIVE_INFINITY;
            for (int j = 0; j < count; j++) {
                highest = Math.max(highest, forward[j]);
                least = Math.min(least, vColumn[j] - vRow[j]);
            }
            reverse = !(highest < 0 && least * perVolt > SATURATED);
        }
        double scale = WhiteNoise.thermal(specificCurrent * perVolt, temperature);
        if (!reverse) {
            for (int j = 0; j < count; j++) {
                double f = density[j];
                density[j] = scale * f * (2.0 / 3 * f + 0.5) / (1 + f);
            }
            return;
        }
        for (int j = 0; j < count; j++) {
            forward[j] -= (vColumn[j] - vRow[j]) * perVolt;
        }
        Ekv.charges(forward, scratch, count);
        for (int j = 0; j < count; j++) {
            double f = density[j];
            double r = scratch[j];
            density[j] = scale * (2.0 / 3 * (f * f + f * r + r * r) + 0.5 * (f + r)) / (1 + f + r);
        }
    }

    /** Noise of columns held at a voltage, source lines at 0 V, on the exponential law; see {@link FloatingGateCell}. */
    void noiseDensity(double columnVoltage, DMatrixRMaj columnCurrents, DMatrixRMaj density) {
        double perAmpere;
        if (!saturation) {
            perAmpere = 2 * Constants.ELEMENTARY_CHARGE;
        } else if (columnVoltage == 0) {
            throw new IllegalArgumentException(
                    "columnVoltage = 0.0: must not be 0, cells carry a signal only with a drain voltage");
        } else {
            double drain = Math.abs(columnVoltage);
            perAmpere = WhiteNoise.barrier(1 / drain, drain, temperature);
        }
        density.reshape(columnCurrents.numRows, columnCurrents.numCols);
        int count = columnCurrents.getNumElements();
        for (int k = 0; k < count; k++) {
            density.data[k] = perAmpere * Math.abs(columnCurrents.data[k]);
        }
    }
}
