package org.vmmlib.core.crossbar.solve;

import org.vmmlib.core.kernel.RowVectors;

/**
 * Multiplies rows of a vector with a {@link SchurMatrix}, or with its transpose, and sums up the product of the two; four
 * rows together where their word lines are alike. One per thread.
 */
final class SchurProduct {

    private final int n;
    private final int m;
    private final double[][] t;
    private final double[] zero;
    private SchurMatrix a;
    private boolean transposed;
    /** Products of vector and image, by columns. */
    final double[] products;

    SchurProduct(SchurMatrix matrix) {
        a = matrix;
        n = matrix.wiring.rows;
        m = matrix.wiring.columns;
        t = RowVectors.rows(4, m);
        zero = new double[m];
        products = RowVectors.rows(1, m)[0];
    }

    void matrix(SchurMatrix next, boolean transpose) {
        a = next;
        transposed = transpose;
    }

    /**
     * Multiplies the rows of a side that wait for their neighbour no more.
     *
     * @param terminals currents that leave through the terminals of the word lines; those of the rows are written
     */
    void rows4(int side, int k, double[][] p, double[][] q, double[] terminals) {
        int i0 = a.bits.row(side, k);
        int i1 = a.bits.row(side, k - 1);
        int i2 = a.bits.row(side, k - 2);
        int i3 = a.bits.row(side, k - 3);
        if (!a.words.areUniform(i0, i1, i2, i3)) {
            row(i0, p, q, terminals);
            row(i1, p, q, terminals);
            row(i2, p, q, terminals);
            row(i3, p, q, terminals);
            return;
        }
        double[][] in = transposed ? a.wordSlope : a.bitSlope;
        RowVectors.multiply(m, in[i0], p[i0], t[0]);
        RowVectors.multiply(m, in[i1], p[i1], t[1]);
        RowVectors.multiply(m, in[i2], p[i2], t[2]);
        RowVectors.multiply(m, in[i3], p[i3], t[3]);
        a.words.solve4(i0, i1, i2, i3, t[0], t[1], t[2], t[3], terminals);
        image(i0, t[0], p, q);
        image(i1, t[1], p, q);
        image(i2, t[2], p, q);
        image(i3, t[3], p, q);
    }

    /** Multiplies one row. */
    void row(int i, double[][] p, double[][] q, double[] terminals) {
        RowVectors.multiply(m, transposed ? a.wordSlope[i] : a.bitSlope[i], p[i], t[0]);
        terminals[i] = a.words.solve(i, t[0]);
        image(i, t[0], p, q);
    }

    private void image(int i, double[] y, double[][] p, double[][] q) {
        if (transposed || a.bitSlope == a.wordSlope) {
            RowVectors.cells(m, a.bitSlope[i], p[i], y, q[i]);
        } else {
            RowVectors.cells(m, a.bitSlope[i], p[i], a.wordSlope[i], y, q[i]);
        }
        double[][] wires = a.wiring.bitSegments;
        RowVectors.wires(m, wires[i], i == 0 ? zero : p[i - 1], wires[i + 1], i == n - 1 ? zero : p[i + 1], p[i], q[i]);
        if (a.bitGround > 0) {
            RowVectors.add(m, a.bitGround, p[i], q[i]);
        }
        RowVectors.gather(m, p[i], q[i], products);
    }
}
