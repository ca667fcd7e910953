package org.vmmlib.core.crossbar.solve;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.vmmlib.core.kernel.RowVectors;

/**
 * The Jacobian of the nodal equations of an array, with its word lines eliminated: {@code S = L_b + D_b − D_a (L_a +
 * D_a)⁻¹ D_b}, where L are the wires and D the slopes of the cells by the voltages of their word line (a) and bit line
 * (b); and a preconditioner for it. For cells of two terminals both slopes are the same, and S is symmetric. Each node may
 * have a conductance to ground besides, which counts among the wires.
 */
final class SchurMatrix {

    final Wiring wiring;
    final WordLines words;
    final BitLines bits;
    /** Slopes of the cell currents by the word-line voltage. */
    final double[][] wordSlope;
    /** Slopes by the bit-line voltage, in magnitude; the same rows if symmetric. */
    final double[][] bitSlope;
    /** Conductance from each word-line node to ground. */
    double wordGround;
    /** Conductance from each bit-line node to ground. */
    double bitGround;

    private final Crew.Work sides = this::factorSide;
    private @Nullable CoarseGrid grid;
    private boolean coarse;
    private final double[][] intoSum;
    private final double[][] outSum;
    private double left;
    private final ColumnPattern pattern;

    SchurMatrix(Wiring wiring, double[][] wordSlope, double[][] bitSlope) {
        this(wiring, new WordLines(wiring), wordSlope, bitSlope);
    }

    private SchurMatrix(Wiring wiring, WordLines words, double[][] wordSlope, double[][] bitSlope) {
        this(wiring, words, new BitLines(wiring, words), wordSlope, bitSlope);
    }

    private SchurMatrix(Wiring wiring, WordLines words, BitLines bits, double[][] wordSlope, double[][] bitSlope) {
        this.wiring = wiring;
        this.wordSlope = wordSlope;
        this.bitSlope = bitSlope;
        this.words = words;
        this.bits = bits;
        pattern = new ColumnPattern(wordSlope, wiring.columns);
        intoSum = RowVectors.rows(2, wiring.columns);
        outSum = RowVectors.rows(2, wiring.columns);
    }

    /** Other cells of two terminals between the same lines. Only one of the two may be factored at a time. */
    SchurMatrix with(double[][] slopes) {
        return new SchurMatrix(wiring, words, bits, slopes, slopes);
    }

    /** Whether the cells have two terminals, so that both slopes of each are the same. */
    boolean isSymmetric() {
        return bitSlope == wordSlope;
    }

    /** Writes the currents of the cells of a row, linear ones, at these voltages. */
    void drive(int i, double[] words, double[] bits, double[] current) {
        if (isSymmetric()) {
            RowVectors.cells(wiring.columns, wordSlope[i], words, bits, current);
        } else {
            RowVectors.cells(wiring.columns, wordSlope[i], words, bitSlope[i], bits, current);
        }
    }

    /**
     * Turns net currents at nodes of rows {@code from … to − 1} into the right-hand side of the step that removes them.
     *
     * @param wordNet net currents of the word lines. Not modified.
     * @param bitNet net currents of the bit lines; become the right-hand side. Modified.
     * @param terminals gets the currents that leave through the terminals of the word lines. Modified.
     * @param scratch four rows. Modified.
     */
    void gather(int from, int to, double[][] wordNet, double[][] bitNet, double[] terminals, double[][] scratch) {
        int m = wiring.columns;
        int i = from;
        while (i < to) {
            int count = words.areUniform(i, to) ? 4 : 1;
            for (int r = 0; r < count; r++) {
                RowVectors.negate(m, wordNet[i + r], scratch[r]);
            }
            solve(i, count, scratch, 0, terminals);
            for (int r = 0; r < count; r++) {
                RowVectors.lessMultiplied(m, wordSlope[i + r], scratch[r], bitNet[i + r]);
            }
            i += count;
        }
    }

    /**
     * Turns net currents of word lines into the step of these that goes with a step of the bit lines, in place.
     *
     * @param terminals as in {@link #gather}. Modified.
     */
    void wordStep(int from, int to, double[][] bitStep, double[][] wordNet, double[] terminals) {
        int i = from;
        while (i < to) {
            int count = words.areUniform(i, to) ? 4 : 1;
            for (int r = 0; r < count; r++) {
                RowVectors.lessMultiplied(wiring.columns, bitSlope[i + r], bitStep[i + r], wordNet[i + r]);
            }
            solve(i, count, wordNet, i, terminals);
            i += count;
        }
    }

    /** Solves for the word lines from i on, 1 or 4 that are uniform, in rows from an element on. */
    void solve(int i, int count, double[][] rows, int at, double[] terminals) {
        if (count == 4) {
            words.solve4(i, i + 1, i + 2, i + 3, rows[at], rows[at + 1], rows[at + 2], rows[at + 3], terminals);
        } else {
            terminals[i] = words.solve(i, rows[at]);
        }
    }

    /** The coarse part of the preconditioner, null if there is none. */
    @Nullable
    CoarseGrid coarse() {
        return coarse ? grid : null;
    }

    /**
     * Factors for the slopes as they are now. Until this is called again, the matrix may be shared by threads.
     *
     * @param other whether the cells are others than the last time, and not just at other voltages: then it is worth to
     *     look for a pattern among them
     */
    void factor(Crew crew, boolean other) {
        crew.run(sides);
        words.factor(bits.middle, bits.middle + 1, wordSlope, wordGround, 0);
        bits.factorMiddle(bitSlope, wordSlope, bitGround);
        sum(0, bits.middle, bits.middle + 1);
        RowVectors.add(wiring.columns, 1, intoSum[1], intoSum[0]);
        RowVectors.add(wiring.columns, 1, outSum[1], outSum[0]);
        double cells = (double) wiring.rows * wiring.columns;
        double into = RowVectors.sum(wiring.columns, intoSum[0]) / cells;
        double out = isSymmetric() ? into : RowVectors.sum(wiring.columns, outSum[0]) / cells;
        if (!(into > 0) || !(out > 0) || !Double.isFinite(into) || !Double.isFinite(out)) {
            coarse = false;
            return;
        }
        CoarseGrid found = grid;
        if (found == null) {
            found = new CoarseGrid(wiring, Math.sqrt(into * out));
            grid = found;
        }
        if (other) {
            left = isSymmetric() ? pattern.find(crew, intoSum[0]) : 0;
        }
        coarse = found.update(into, out, bits.meanDiagonal(), left, pattern.pattern, wordGround, bitGround);
    }

    private void factorSide(int side) {
        int from = side == 0 ? 0 : bits.middle + 1;
        int to = side == 0 ? bits.middle : wiring.rows;
        words.factor(from, to, wordSlope, wordGround, side);
        bits.factor(side, bitSlope, wordSlope, bitGround);
        Arrays.fill(intoSum[side], 0);
        Arrays.fill(outSum[side], 0);
        sum(side, from, to);
    }

    private void sum(int side, int from, int to) {
        for (int i = from; i < to; i++) {
            RowVectors.add(wiring.columns, 1, bitSlope[i], intoSum[side]);
            if (!isSymmetric()) {
                RowVectors.add(wiring.columns, 1, wordSlope[i], outSum[side]);
            }
        }
    }
}
