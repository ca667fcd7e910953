package org.vmmlib.peripherals.sensing;

import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.check.Require;
import org.vmmlib.core.macro.Saturation;
import org.vmmlib.core.signal.Levels;

/**
 * Output of a sense amplifier.
 *
 * @param quantity what its levels are
 * @param lowest lowest level, or negative infinity
 * @param highest highest level, or infinity
 * @param bandwidth of its one pole, hertz, or infinity
 */
record Output(Levels.Quantity quantity, double lowest, double highest, double bandwidth) {

    static double requireBandwidth(double hertz) {
        return hertz == Double.POSITIVE_INFINITY ? hertz : Require.positive("bandwidth", hertz);
    }

    /** What is reached of the final levels, from 0 at the beginning of the phase. */
    void settle(DMatrixRMaj levels, double[] durations) {
        if (Double.isInfinite(bandwidth)) {
            return;
        }
        int columns = levels.numCols;
        for (int b = 0; b < durations.length; b++) {
            double reached = -Math.expm1(-2 * Math.PI * bandwidth * durations[b]);
            for (int k = b * columns; k < (b + 1) * columns; k++) {
                levels.data[k] *= reached;
            }
        }
    }

    /** Clips to the range, and counts what did not fit. */
    void clip(DMatrixRMaj levels, Saturation saturation) {
        long below = 0;
        long above = 0;
        double[] data = levels.data;
        for (int k = 0; k < levels.getNumElements(); k++) {
            if (data[k] < lowest) {
                data[k] = lowest;
                below++;
            } else if (data[k] > highest) {
                data[k] = highest;
                above++;
            }
        }
        saturation.add("sense.bottom", below);
        saturation.add("sense.top", above);
    }
}
