package org.vmmlib.peripherals.integrator;

import org.vmmlib.core.check.Require;

/**
 * The scheme of a two-phase time-domain multiplier (Bavandpour, Mahmoodi, Strukov, arXiv:1711.10673): what its mapping,
 * encoder and readout agree on.
 *
 * <p>In the first phase, of length T, input i is on for a time x_i; in the second, as long, all inputs are on, until the
 * column's capacitor has taken {@code C ΔV = N I_max T} in all. It does so a time y before the second phase ends,
 * {@code y = (1/N) Σ_i v_i x_i} for weights v_i in [0, 1] of N input wires: a pulse of length y, which can be an input of the
 * next array.
 *
 * @param time T, seconds, above 0
 * @param bias when the bias currents are on
 * @param inputs what the inputs are
 * @param outputs what the outputs are
 */
public record TwoPhase(double time, Bias bias, Inputs inputs, Outputs outputs) {

    /** Checks the range. */
    public TwoPhase {
        Require.positive("time", time);
    }

    /** When the bias currents are on, which make the slope of the second phase what it has to be. */
    public enum Bias {
        /**
         * In both phases. A column's current N I_max/(2 − s) then depends on its weights' mean s, so weights are
         * distorted: {@code I_i = I_max v_i N/(2N − Σv)}, and the bias is {@code (N I_max − Σ I_i)/2}.
         */
        BOTH_PHASES,
        /** In the second phase alone: {@code I_i = I_max v_i}, and the bias is {@code N I_max − Σ I_i}. */
        SECOND_PHASE
    }

    /** What the inputs are. */
    public enum Inputs {
        /** Values of 0 or above, a wire each: unsigned words, or pulses. */
        UNSIGNED(1),
        /** Signed words, each on two wires, one for positive values and one for negative ones. */
        SIGNED_WORDS(2),
        /** Pairs of pulses, positive and negative, of the array before; an input channel is a wire. */
        SIGNED_PULSES(2);

        private final int wires;

        Inputs(int wires) {
            this.wires = wires;
        }

        /** Wires that a weight's row of the matrix has. */
        public int wires() {
            return wires;
        }
    }

    /** What the outputs are. */
    public enum Outputs {
        /** One column and one pulse an output, of weights of 0 or above. */
        SINGLE(1, 1),
        /** Two columns and two pulses, whose difference is the output: four quadrants with signed inputs. */
        PAIR(2, 2),
        /** Two columns gated into one pulse, from the earlier edge to the later one if the positive is earlier: a ReLU. */
        RELU(2, 1);

        private final int columns;
        private final int pulses;

        Outputs(int columns, int pulses) {
            this.columns = columns;
            this.pulses = pulses;
        }

        /** Columns of an output. */
        public int columns() {
            return columns;
        }

        /** Pulses of an output. */
        public int pulses() {
            return pulses;
        }
    }

    /** Wires that the inputs of a matrix take, N. */
    public int wires(int matrixRows) {
        return inputs.wires() * Require.within("matrixRows", matrixRows, 1, 1 << 20);
    }

    /**
     * Capacitance of a column, {@code N I_max T / ΔV}, farads.
     *
     * @param matrixRows rows of the weight matrix
     * @param largestCurrent of a cell of weight 1, amperes, above 0
     * @param swing ΔV from reset to threshold, volts, above 0
     */
    public double capacitance(int matrixRows, double largestCurrent, double swing) {
        return wires(matrixRows)
                * Require.positive("largestCurrent", largestCurrent)
                * time
                / Require.positive("swing", swing);
    }
}
