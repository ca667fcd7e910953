package org.vmmlib.devices.nand;

import java.util.Arrays;

/**
 * Kirchhoff's current law in a string, by bisection alone: the voltage above each transistor from the one below, and
 * the current from the voltage at the top. Charges by bisection too, so nothing is shared with what it checks.
 */
final class SlowString {

    private final double thermalVoltage;
    private final double kappa;
    private double[][] transistors = new double[0][];

    SlowString(double thermalVoltage, double kappa) {
        this.thermalVoltage = thermalVoltage;
        this.kappa = kappa;
    }

    /** Puts a transistor on top. */
    SlowString add(double specificCurrent, double gate, double threshold, double dibl) {
        double[][] more = Arrays.copyOf(transistors, transistors.length + 1);
        more[transistors.length] = new double[] {specificCurrent, gate, threshold, dibl};
        transistors = more;
        return this;
    }

    /** Drain current of a transistor. */
    double current(double[] transistor, double source, double drain) {
        double across = drain - source;
        double lowering = transistor[3] * (Math.hypot(across, thermalVoltage) - thermalVoltage);
        double pinchOff = kappa * (transistor[1] - transistor[2] + lowering);
        double forward = charge((pinchOff - source) / thermalVoltage);
        double reverse = charge((pinchOff - drain) / thermalVoltage);
        return transistor[0] * (forward + forward * forward - reverse - reverse * reverse);
    }

    /** Current from the top, at a drain voltage above the source voltage, to the bottom. */
    double current(double source, double drain) {
        double low = Math.log(1e-30);
        double high = Math.log(1);
        for (int k = 0; k < 70; k++) {
            double middle = 0.5 * (low + high);
            if (topVoltage(Math.exp(middle), source, drain) > drain) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return Math.exp(0.5 * (low + high));
    }

    private double topVoltage(double current, double source, double drain) {
        double below = source;
        for (double[] transistor : transistors) {
            if (current(transistor, below, drain + 1) < current) {
                return Double.POSITIVE_INFINITY;
            }
            double low = below;
            double high = drain + 1;
            for (int k = 0; k < 60; k++) {
                double middle = 0.5 * (low + high);
                if (current(transistor, below, middle) > current) {
                    high = middle;
                } else {
                    low = middle;
                }
            }
            below = 0.5 * (low + high);
        }
        return below;
    }

    private static double charge(double v) {
        // Above 1 the charge itself, below its logarithm.
        if (v > 2) {
            double low = 1;
            double high = v;
            for (int k = 0; k < 60; k++) {
                double q = 0.5 * (low + high);
                if (2 * q + Math.log(q) > v) {
                    high = q;
                } else {
                    low = q;
                }
            }
            return 0.5 * (low + high);
        }
        double low = v - 2.1;
        double high = v;
        for (int k = 0; k < 60; k++) {
            double z = 0.5 * (low + high);
            if (2 * Math.exp(z) + z > v) {
                high = z;
            } else {
                low = z;
            }
        }
        return Math.exp(0.5 * (low + high));
    }
}
