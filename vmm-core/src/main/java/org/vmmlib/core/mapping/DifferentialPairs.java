package org.vmmlib.core.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.vmmlib.core.check.Require;
import org.vmmlib.core.signal.Codes;
import org.vmmlib.core.signal.Edges;
import org.vmmlib.core.signal.Levels;
import org.vmmlib.core.signal.Signal;

/**
 * Each signed weight is the difference of two cells in neighbouring columns, of which one is at its lowest state; a
 * matrix larger than an array is tiled, and the partial sums of the tiles add in analog (the bus of aCortex: Bavandpour
 * et al., IEEE JXCDC 2020).
 *
 * @param biasRow whether the last row of the matrix is a bias, driven by the highest word
 */
public record DifferentialPairs(boolean biasRow) implements Mapping {

    @Override
    public MappingPlan plan(DMatrixRMaj weights, int maxRows, int maxColumns) {
        Require.finite("weights", weights);
        Require.within("maxRows", maxRows, 1, Integer.MAX_VALUE);
        Require.within("maxColumns", maxColumns, 2, Integer.MAX_VALUE);
        Require.within("weights.rows", weights.numRows, biasRow ? 2 : 1, Integer.MAX_VALUE);
        Require.within("weights.columns", weights.numCols, 1, Integer.MAX_VALUE);
        return new Plan(weights, biasRow, maxRows, maxColumns / 2);
    }

    private static final class Plan implements MappingPlan {
        private final DMatrixRMaj weights;
        private final int inputs;
        private final int outputs;
        private final double scale;
        private final List<DMatrixRMaj> arrays = new ArrayList<>();
        private final List<int[]> origins = new ArrayList<>();

        Plan(DMatrixRMaj matrix, boolean biasRow, int maxRows, int maxPairs) {
            weights = matrix.copy();
            inputs = biasRow ? weights.numRows - 1 : weights.numRows;
            outputs = weights.numCols;
            double largest = 0;
            for (double w : weights.data) {
                largest = Math.max(largest, Math.abs(w));
            }
            scale = largest > 0 ? largest : 1;
            for (int firstRow = 0; firstRow < weights.numRows; firstRow += maxRows) {
                for (int firstPair = 0; firstPair < outputs; firstPair += maxPairs) {
                    int rows = Math.min(maxRows, weights.numRows - firstRow);
                    int pairs = Math.min(maxPairs, outputs - firstPair);
                    DMatrixRMaj cells = new DMatrixRMaj(rows, 2 * pairs);
                    for (int i = 0; i < rows; i++) {
                        for (int j = 0; j < pairs; j++) {
                            double w = weights.get(firstRow + i, firstPair + j) / scale;
                            cells.set(i, 2 * j + (w >= 0 ? 0 : 1), Math.abs(w));
                        }
                    }
                    arrays.add(cells);
                    origins.add(new int[] {firstRow, firstPair});
                }
            }
        }

        @Override
        public int inputs() {
            return inputs;
        }

        @Override
        public int outputs() {
            return outputs;
        }

        @Override
        public List<DMatrixRMaj> arrays() {
            return List.copyOf(arrays);
        }

        @Override
        public int cells() {
            return arrays.stream().mapToInt(DMatrixRMaj::getNumElements).sum();
        }

        @Override
        public double weightScale() {
            return scale;
        }

        @Override
        public Signal expand(Signal inputs, int array) {
            int first = origins.get(array)[0];
            int rows = arrays.get(array).numRows;
            int last = Math.min(this.inputs, first + rows);
            if (inputs instanceof Codes codes) {
                return expandWords(codes, first, rows);
            }
            if (this.inputs < weights.numRows) {
                throw new IllegalArgumentException(
                        "inputs are levels or edges, of which there is no highest: a bias row needs"
                                + " words; use a mapping without one");
            }
            if (inputs instanceof Levels levels) {
                return new Levels(
                        CommonOps_DDRM.extract(levels.values(), 0, levels.vectors(), first, last), levels.quantity());
            }
            Edges edges = (Edges) inputs;
            double[][] times = new double[edges.vectors() * rows][];
            for (int k = 0; k < times.length; k++) {
                times[k] = edges.times(k / rows, first + k % rows);
            }
            return new Edges(edges.vectors(), rows, times);
        }

        private Codes expandWords(Codes codes, int first, int rows) {
            int[] words = new int[codes.vectors() * rows];
            for (int b = 0; b < codes.vectors(); b++) {
                for (int i = 0; i < rows; i++) {
                    words[b * rows + i] = first + i < inputs ? codes.get(b, first + i) : codes.highest();
                }
            }
            return codes.signed()
                    ? Codes.signed(codes.bits(), codes.vectors(), rows, words)
                    : Codes.unsigned(codes.bits(), codes.vectors(), rows, words);
        }

        @Override
        public DMatrixRMaj product(Signal x) {
            DMatrixRMaj values = new DMatrixRMaj(x.vectors(), weights.numRows);
            for (int b = 0; b < x.vectors(); b++) {
                for (int i = 0; i < weights.numRows; i++) {
                    double value;
                    if (x instanceof Codes codes) {
                        value = i < inputs ? codes.get(b, i) : codes.highest();
                    } else if (x instanceof Levels levels) {
                        value = levels.values().get(b, i);
                    } else {
                        value = ((Edges) x).high(b, i);
                    }
                    values.set(b, i, value);
                }
            }
            DMatrixRMaj product = new DMatrixRMaj(x.vectors(), weights.numCols);
            CommonOps_DDRM.mult(values, weights, product);
            return product;
        }

        @Override
        public int converterInputs() {
            return outputs;
        }

        @Override
        public void sum(int array, DMatrixRMaj columnLevels, DMatrixRMaj converterInputs) {
            int pairs = arrays.get(array).numCols / 2;
            int first = origins.get(array)[1];
            Require.shape("columnLevels", columnLevels, converterInputs.numRows, 2 * pairs);
            for (int b = 0; b < columnLevels.numRows; b++) {
                int from = b * columnLevels.numCols;
                int to = b * converterInputs.numCols + first;
                for (int j = 0; j < pairs; j++) {
                    converterInputs.data[to + j] +=
                            columnLevels.data[from + 2 * j] - columnLevels.data[from + 2 * j + 1];
                }
            }
        }

        @Override
        public void combine(Signal signal, DMatrixRMaj converted, DMatrixRMaj out) {
            Require.shape("outputs", out, converted.numRows, outputs);
            out.setTo(converted);
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%d x %d over %d arrays", inputs, outputs, arrays.size());
        }
    }
}
