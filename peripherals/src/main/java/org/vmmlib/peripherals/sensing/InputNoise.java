package org.vmmlib.peripherals.sensing;

import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.random.NormalStream;
import org.vmmlib.core.random.RandomStream;

/**
 * White noise at the inputs of the amplifiers of an array's columns. Each number is a pure function of the keyed stream, the
 * vector, its phase and the column. Immutable.
 *
 * @param density one-sided, the root of it, in A/√Hz or V/√Hz; 0 for none
 * @param draws the stream of the effect
 */
public record InputNoise(double density, RandomStream draws) {

    /** That of the columns of an array. */
    public static InputNoise of(Die die, String effect, double density) {
        return new InputNoise(density, die.stream(effect));
    }

    /** Whether there is any. */
    public boolean present() {
        return density > 0;
    }

    /**
     * Adds what a sample of the only phase has, of standard deviation {@code density √B}.
     *
     * @param values B×M, in A or V. Modified.
     * @param firstCall global index of the first vector
     * @param bandwidth B, equivalent noise bandwidth, hertz
     */
    public void sample(DMatrixRMaj values, long firstCall, double bandwidth) {
        for (int b = 0; present() && b < values.numRows; b++) {
            add(values, b, firstCall + b, 0, density * Math.sqrt(bandwidth));
        }
    }

    /**
     * Adds the mean over a phase, of standard deviation {@code density/√(2t)}: white noise, integrated over the time t. The
     * variance of the integral grows with t, however the phases are cut.
     *
     * @param values B×M, in A or V. Modified.
     * @param firstCall global index of the first vector
     * @param phase index of the phase
     * @param durations t, seconds, one for each vector; one of 0 has no noise. Not modified.
     */
    public void mean(DMatrixRMaj values, long firstCall, int phase, double[] durations) {
        for (int b = 0; present() && b < values.numRows; b++) {
            if (durations[b] > 0) {
                add(values, b, firstCall + b, phase, density / Math.sqrt(2 * durations[b]));
            }
        }
    }

    private void add(DMatrixRMaj values, int vector, long call, int phase, double sigma) {
        NormalStream normals = draws.call(call).normals();
        int columns = values.numCols;
        long first = (long) phase * columns;
        for (int j = 0; j < columns; j++) {
            values.data[vector * columns + j] += sigma * normals.at(first + j);
        }
    }
}
