package org.vmmlib.core.crossbar.solve;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.vmmlib.core.kernel.RowVectors;

/**
 * The additive coarse part of the preconditioner: on the smooth modes of the lines, what the bit lines alone miss of the
 * inverse at a constant conductance g, {@code 1 / (λ_b + g λ_w / (g + λ_w)) − 1 / (λ_b + d)} with d the mean of the
 * preconditioner's diagonal. Only the difference is added, so that nothing counts twice. The geometry is found once, the
 * gains for every set of conductances. Owned by one solver; sides work on rows of their own.
 */
final class CoarseGrid {

    /** No coarse part where it would change no mode by more than this part. */
    private static final double SMALL = 0.25;

    private static final double LEAST_SPACING = 8;
    private static final double MOST_SPACING = 64;
    /** A pattern is looked after if a walk to the word lines and back leaves more of it. */
    private static final double LOOSE = 0.5;
    /** Spacing over the length on which a line's voltage decays into constant cells. */
    private static final double SPACING = 1.5;

    /** Modes along the bit lines. */
    final LineModes down;
    /** Modes along the word lines. */
    final LineModes along;

    /** No mode gets more than this times what the bit lines alone give it. */
    private static final double MOST_GAIN = 1e8;

    private final double bitWire;
    private final double wordWire;
    /** Part of the word lines that are one with their terminal. */
    private final double pinned;

    private final double[] gain;
    private final double[] patternGain;
    private double[] pattern;
    private boolean patterned;
    private double wordGround;
    private double bitGround;

    /**
     * @param conductance mean conductance of the cells, above 0
     */
    CoarseGrid(Wiring wiring, double conductance) {
        double spacing = SPACING * Math.sqrt(Math.min(wiring.wordWire, wiring.bitWire) / conductance);
        spacing = Math.max(LEAST_SPACING, Math.min(MOST_SPACING, spacing));
        bitWire = wiring.bitWire;
        wordWire = wiring.lumpedWords ? 1 : wiring.wordWire;
        int infinite = 0;
        for (int i = 0; i < wiring.rows; i++) {
            infinite += Double.isInfinite(wiring.wordFirst[i] + wiring.wordLast[i]) ? 1 : 0;
        }
        pinned = (double) infinite / wiring.rows;
        down = new LineModes(
                wiring.rows,
                spacing,
                mean(wiring.bitSegments[0]) / bitWire,
                mean(wiring.bitSegments[wiring.rows]) / bitWire);
        along = new LineModes(
                wiring.columns,
                wiring.lumpedWords ? Double.POSITIVE_INFINITY : spacing,
                mean(wiring.wordFirst) / wordWire,
                mean(wiring.wordLast) / wordWire);
        gain = new double[down.count * along.count];
        patternGain = new double[gain.length];
        pattern = new double[0];
    }

    private static double mean(double[] conductances) {
        double sum = 0;
        int count = 0;
        for (double g : conductances) {
            if (!Double.isInfinite(g)) {
                sum += g;
                count++;
            }
        }
        return count == 0 ? 0 : sum / count;
    }

    /**
     * Finds the gains.
     *
     * @param into mean slope of a cell's current by the bit-line voltage
     * @param out mean slope by the word-line voltage
     * @param diagonal mean of what the preconditioner has for it
     * @param left part of the pattern that a walk to the word lines and back leaves
     * @param columnPattern the pattern. Kept.
     * @param wordGround conductance from each word-line node to ground
     * @param bitGround conductance from each bit-line node to ground
     * @return whether the coarse part is worth its cost
     */
    boolean update(
            double into,
            double out,
            double diagonal,
            double left,
            double[] columnPattern,
            double wordGround,
            double bitGround) {
        this.wordGround = wordGround;
        this.bitGround = bitGround;
        patterned = left > LOOSE && along.count > 1;
        pattern = columnPattern;
        double most = update(gain, into, out, diagonal, 1);
        if (patterned) {
            most = Math.max(most, update(patternGain, into, out, diagonal, left * left));
        }
        return most > SMALL;
    }

    private double update(double[] gains, double into, double out, double diagonal, double square) {
        double most = 0;
        for (int r = 0; r < down.count; r++) {
            double bit = bitWire * down.values[r] + bitGround;
            for (int c = 0; c < along.count; c++) {
                double word = wordWire * along.values[c] + wordGround;
                double held = pinned + (1 - pinned) * ((word + (1 - square) * out) / (word + out));
                double present = bit + diagonal;
                double exact = Math.max(bit + into * held, present / MOST_GAIN);
                double missing = exact > 0 ? Math.max(0, 1 / exact - 1 / present) : 0;
                gains[r * along.count + c] = missing;
                most = Math.max(most, missing * present);
            }
        }
        return most;
    }

    /** Scratch of one thread, and the result of {@link #apply}. */
    final class Scratch {
        /** Row sums: rows of side 0 at their coarse node, rows of side 1 two further. */
        final double[][] sums;
        /** Correction at the coarse nodes of the bit lines and all nodes of the word lines. */
        final double[][] correction;

        private final double[] restricted;
        private final double[] half;
        private final double[] modal;

        Scratch() {
            int m = along.nodes;
            sums = new double[down.count + 3][m];
            correction = new double[down.count + 1][m];
            restricted = new double[down.count * (along.count + 1)];
            half = new double[down.count * along.count];
            modal = new double[down.count * along.count];
        }

        /** The grid that this is for. */
        CoarseGrid owner() {
            return CoarseGrid.this;
        }

        /** Forgets the sums of a side. */
        void clear(int side, int middle) {
            int meet = down.before[middle];
            int from = side == 0 ? 0 : meet + 2;
            int to = side == 0 ? meet + 2 : sums.length;
            for (int r = from; r < to; r++) {
                Arrays.fill(sums[r], 0);
            }
        }

        /** Adds a row of the residual to the sums. */
        void add(int row, int side, double[] r) {
            int at = down.before[row] + 2 * side;
            double after = down.after[row];
            RowVectors.spread(along.nodes, r, 1 - after, sums[at], after, sums[at + 1]);
        }

        /** Adds the correction to a row. */
        void correct(int row, double[] z) {
            int at = down.before[row];
            double after = down.after[row];
            RowVectors.add(along.nodes, 1 - after, correction[at], after, correction[at + 1], z);
        }

        /**
         * Finds the correction for the residual that was summed up.
         *
         * @param middle row where the two sides meet
         * @return the product of residual and correction
         */
        double apply(int middle) {
            for (double[] row : correction) {
                Arrays.fill(row, 0);
            }
            double product = apply(middle, gain, null);
            return patterned ? product + apply(middle, patternGain, pattern) : product;
        }

        private double apply(int middle, double[] gains, double @Nullable [] factor) {
            int rows = down.count;
            int columns = along.count;
            int meet = down.before[middle];
            for (int r = 0; r < rows; r++) {
                int at = r * (columns + 1);
                Arrays.fill(restricted, at, at + columns + 1, 0);
                if (r <= meet + 1) {
                    restrict(sums[r], factor, at);
                }
                if (r >= meet) {
                    restrict(sums[r + 2], factor, at);
                }
            }
            toModes();
            double product = 0;
            for (int k = 0; k < modal.length; k++) {
                double v = modal[k];
                double scaled = gains[k] * v;
                product += v * scaled;
                modal[k] = scaled;
            }
            fromModes();
            for (int r = 0; r < rows; r++) {
                interpolate(r * (columns + 1), factor, correction[r]);
            }
            return product;
        }

        private void restrict(double[] row, double @Nullable [] factor, int at) {
            int[] before = along.before;
            double[] after = along.after;
            for (int j = 0; j < row.length; j++) {
                int k = at + before[j];
                double v = factor == null ? row[j] : factor[j] * row[j];
                double right = after[j] * v;
                restricted[k] += v - right;
                restricted[k + 1] += right;
            }
        }

        private void interpolate(int at, double @Nullable [] factor, double[] row) {
            int[] before = along.before;
            double[] after = along.after;
            for (int j = 0; j < row.length; j++) {
                int k = at + before[j];
                double v = restricted[k] + after[j] * (restricted[k + 1] - restricted[k]);
                row[j] += factor == null ? v : factor[j] * v;
            }
        }

        /** {@code modal = Φ_downᵀ · restricted · Φ_along}. */
        private void toModes() {
            int rows = down.count;
            int columns = along.count;
            Arrays.fill(half, 0);
            for (int r = 0; r < rows; r++) {
                for (int k = 0; k < columns; k++) {
                    double v = restricted[r * (columns + 1) + k];
                    for (int c = 0; c < columns; c++) {
                        half[r * columns + c] += v * along.modes[k * columns + c];
                    }
                }
            }
            Arrays.fill(modal, 0);
            for (int k = 0; k < rows; k++) {
                for (int r = 0; r < rows; r++) {
                    double v = down.modes[k * rows + r];
                    for (int c = 0; c < columns; c++) {
                        modal[r * columns + c] += v * half[k * columns + c];
                    }
                }
            }
        }

        /** {@code restricted = Φ_down · modal · Φ_alongᵀ}. */
        private void fromModes() {
            int rows = down.count;
            int columns = along.count;
            Arrays.fill(half, 0);
            for (int k = 0; k < rows; k++) {
                for (int r = 0; r < rows; r++) {
                    double v = down.modes[k * rows + r];
                    for (int c = 0; c < columns; c++) {
                        half[k * columns + c] += v * modal[r * columns + c];
                    }
                }
            }
            for (int r = 0; r < rows; r++) {
                for (int k = 0; k < columns; k++) {
                    double sum = 0;
                    for (int c = 0; c < columns; c++) {
                        sum += half[r * columns + c] * along.modes[k * columns + c];
                    }
                    restricted[r * (columns + 1) + k] = sum;
                }
                restricted[r * (columns + 1) + columns] = 0;
            }
        }
    }
}
