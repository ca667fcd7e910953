package org.vmmlib.peripherals.integrator;

import java.util.List;
import java.util.Locale;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.vmmlib.core.check.Require;
import org.vmmlib.core.mapping.Mapping;
import org.vmmlib.core.mapping.MappingPlan;
import org.vmmlib.core.signal.Codes;
import org.vmmlib.core.signal.Edges;
import org.vmmlib.core.signal.Signal;

/**
 * Weights of a two-phase time-domain multiplier on one array: input wires first, then as many rows of bias cells as carry
 * the bias of any column, each column's spread evenly over them. For the bias in both phases the weights are distorted
 * beforehand, exactly (arXiv:1711.10673; see {@link TwoPhase.Bias}).
 *
 * <p>{@link MappingPlan#product} is the length of the output pulses, in seconds, times {@link MappingPlan#weightScale}.
 *
 * @param scheme what mapping, encoder and readout agree on
 */
public record TwoPhaseMapping(TwoPhase scheme) implements Mapping {

    @Override
    public MappingPlan plan(DMatrixRMaj weights, int maxRows, int maxColumns) {
        double lowest = scheme.outputs() == TwoPhase.Outputs.SINGLE ? 0 : -Double.MAX_VALUE;
        if (scheme.outputs() == TwoPhase.Outputs.SINGLE && scheme.inputs() != TwoPhase.Inputs.UNSIGNED) {
            throw new IllegalArgumentException(
                    "outputs = SINGLE with inputs = " + scheme.inputs() + ": negative products need outputs = PAIR");
        }
        Require.within("weights", weights, lowest, Double.MAX_VALUE);
        Require.within("weights.rows", weights.numRows, 1, 1 << 20);
        Require.within("weights.columns", weights.numCols, 1, 1 << 20);
        Plan plan = new Plan(scheme, weights);
        DMatrixRMaj cells = plan.arrays().get(0);
        if (cells.numRows > maxRows || cells.numCols > maxColumns) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "weights are %d x %d, which takes an array of %d x %d with its bias rows: the largest is %d x %d, and "
                            + "pulses of several arrays do not add; take a larger array or a smaller matrix",
                    weights.numRows,
                    weights.numCols,
                    cells.numRows,
                    cells.numCols,
                    maxRows,
                    maxColumns));
        }
        return plan;
    }

    private static final class Plan implements MappingPlan {
        private final TwoPhase scheme;
        private final DMatrixRMaj normalised;
        private final double scale;
        private final int wires;
        private final int biasRows;
        private final DMatrixRMaj cells;

        Plan(TwoPhase scheme, DMatrixRMaj weights) {
            this.scheme = scheme;
            double largest = CommonOps_DDRM.elementMaxAbs(weights);
            scale = largest > 0 ? largest : 1;
            normalised = weights.copy();
            CommonOps_DDRM.divide(normalised, scale);
            wires = scheme.wires(weights.numRows);
            boolean both = scheme.bias() == TwoPhase.Bias.BOTH_PHASES;
            biasRows = both ? (wires + 1) / 2 : wires;
            cells = new DMatrixRMaj(wires + biasRows, scheme.outputs().columns() * weights.numCols);
            for (int i = 0; i < wires; i++) {
                for (int j = 0; j < cells.numCols; j++) {
                    cells.set(i, j, weight(i, j));
                }
            }
            for (int j = 0; j < cells.numCols; j++) {
                double sum = 0;
                for (int i = 0; i < wires; i++) {
                    sum += cells.get(i, j);
                }
                // Of both phases: a_i = v_i N/(2N − Σv), whose sum is N Σv/(2N − Σv).
                double factor = both ? wires / (2 * wires - sum) : 1;
                double bias = both ? 0.5 * (wires - factor * sum) : wires - sum;
                for (int i = 0; i < wires; i++) {
                    cells.set(i, j, Math.min(1, factor * cells.get(i, j)));
                }
                for (int i = wires; i < cells.numRows; i++) {
                    cells.set(i, j, Math.min(1, Math.max(0, bias / biasRows)));
                }
            }
        }

        /** Undistorted weight of a wire in a column, 0 to 1. */
        private double weight(int wire, int column) {
            int perRow = scheme.inputs().wires();
            int perOutput = scheme.outputs().columns();
            double w = normalised.get(wire / perRow, column / perOutput);
            boolean turned = (wire % perRow == 1) != (column % perOutput == 1);
            return Math.max(0, turned ? -w : w);
        }

        @Override
        public int inputs() {
            return scheme.inputs() == TwoPhase.Inputs.SIGNED_WORDS ? wires / 2 : wires;
        }

        @Override
        public int outputs() {
            return scheme.outputs().pulses() * normalised.numCols;
        }

        @Override
        public List<DMatrixRMaj> arrays() {
            return List.of(cells);
        }

        @Override
        public int cells() {
            return cells.getNumElements();
        }

        @Override
        public double weightScale() {
            return scale;
        }

        @Override
        public Signal expand(Signal inputs, int array) {
            int vectors = inputs.vectors();
            int rows = cells.numRows;
            boolean biased = scheme.bias() == TwoPhase.Bias.BOTH_PHASES;
            if (inputs instanceof Codes codes) {
                boolean signed = scheme.inputs() == TwoPhase.Inputs.SIGNED_WORDS;
                if (codes.signed() != signed || scheme.inputs() == TwoPhase.Inputs.SIGNED_PULSES) {
                    throw new IllegalArgumentException("codes are " + (codes.signed() ? "signed" : "unsigned")
                            + ", but inputs = " + scheme.inputs() + ": give it such inputs, or build it for these");
                }
                return words(codes, signed ? codes.bits() - 1 : codes.bits(), biased);
            }
            if (!(inputs instanceof Edges edges) || scheme.inputs() == TwoPhase.Inputs.SIGNED_WORDS) {
                throw new IllegalArgumentException(
                        "inputs are " + inputs.getClass().getSimpleName() + ", but inputs = " + scheme.inputs()
                                + ": give it words or pulses as it takes");
            }
            double[] whole = biased ? new double[] {0, scheme.time()} : new double[0];
            double[][] times = new double[vectors * rows][];
            for (int k = 0; k < times.length; k++) {
                times[k] = k % rows < wires ? edges.times(k / rows, k % rows) : whole;
            }
            return new Edges(vectors, rows, times);
        }

        /** Words of all rows; a signed word of p + 1 bits is a word of p bits on one of two wires. */
        private Codes words(Codes codes, int bits, boolean biased) {
            int rows = cells.numRows;
            int highest = (1 << bits) - 1;
            int perRow = scheme.inputs().wires();
            int[] words = new int[codes.vectors() * rows];
            for (int b = 0; b < codes.vectors(); b++) {
                for (int i = 0; i < rows; i++) {
                    int word = biased ? highest : 0;
                    if (i < wires) {
                        int value = codes.get(b, i / perRow);
                        word = Math.max(0, i % perRow == 1 ? -value : value);
                        if (word > highest) {
                            throw new IllegalArgumentException(String.format(
                                    Locale.ROOT,
                                    "code[%d,%d] = %d: its magnitude has more than %d bits; clip it to %d",
                                    b,
                                    i / perRow,
                                    value,
                                    bits,
                                    -highest));
                        }
                    }
                    words[b * rows + i] = word;
                }
            }
            return Codes.unsigned(bits, codes.vectors(), rows, words);
        }

        /** What an input wire stands for, in seconds. */
        private double seconds(Signal x, int vector, int wire) {
            if (x instanceof Codes codes) {
                int highest = codes.highest();
                double value = codes.get(vector, wire / scheme.inputs().wires()) / (double) highest;
                return scheme.time() * Math.max(0, wire % scheme.inputs().wires() == 1 ? -value : value);
            }
            if (x instanceof Edges edges) {
                return edges.high(vector, wire);
            }
            throw new IllegalArgumentException("inputs are levels: a two-phase multiplier takes words or pulses");
        }

        @Override
        public DMatrixRMaj product(Signal x) {
            int perOutput = scheme.outputs().columns();
            int pulses = scheme.outputs().pulses();
            DMatrixRMaj out = new DMatrixRMaj(x.vectors(), outputs());
            double[] y = new double[cells.numCols];
            for (int b = 0; b < x.vectors(); b++) {
                for (int j = 0; j < y.length; j++) {
                    y[j] = 0;
                    for (int i = 0; i < wires; i++) {
                        y[j] += weight(i, j) * seconds(x, b, i) / wires;
                    }
                }
                for (int j = 0; j < outputs(); j++) {
                    double value = pulses == perOutput ? y[j] : Math.max(0, y[2 * j] - y[2 * j + 1]);
                    out.set(b, j, scale * value);
                }
            }
            return out;
        }

        @Override
        public int converterInputs() {
            return outputs();
        }

        @Override
        public void sum(int array, DMatrixRMaj columnLevels, DMatrixRMaj converterInputs) {
            Require.shape("columnLevels", columnLevels, converterInputs.numRows, outputs());
            CommonOps_DDRM.addEquals(converterInputs, columnLevels);
        }

        @Override
        public void combine(Signal inputs, DMatrixRMaj converted, DMatrixRMaj outputs) {
            outputs.setTo(converted);
        }
    }
}
