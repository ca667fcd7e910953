package org.vmmlib.tests.noise;

import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.macro.Effect;

/** Effects whose error has a closed form. */
final class TestEffects {

    private TestEffects() {}

    /**
     * Normal noise on each column, independent from column to column and from vector to vector.
     *
     * @param id names the stream
     * @param sigma amperes
     */
    record Noise(String id, double sigma) implements Effect.OnRead {

        @Override
        public String description() {
            return "normal noise";
        }

        @Override
        public void disturb(Read read, DMatrixRMaj currents) {
            double[] normal = new double[currents.numCols];
            for (int b = 0; b < currents.numRows; b++) {
                read.draws().call(read.at().firstCall() + b).gaussians(0, normal, 0, normal.length);
                for (int j = 0; j < normal.length; j++) {
                    currents.data[b * normal.length + j] += sigma * normal[j];
                }
            }
        }
    }

    /**
     * A constant current into the first column.
     *
     * @param id its name
     * @param current amperes
     */
    record Offset(String id, double current) implements Effect.OnRead {

        @Override
        public String description() {
            return "constant current";
        }

        @Override
        public void disturb(Read read, DMatrixRMaj currents) {
            for (int b = 0; b < currents.numRows; b++) {
                currents.data[b * currents.numCols] += current;
            }
        }
    }

    /** Currents that are too large by a factor: a systematic error that interacts with what else errs. */
    record Gain(String id, double factor) implements Effect.OnRead {

        @Override
        public String description() {
            return "currents too large";
        }

        @Override
        public void disturb(Read read, DMatrixRMaj currents) {
            for (int k = 0; k < currents.getNumElements(); k++) {
                currents.data[k] *= factor;
            }
        }
    }
}
