package org.vmmlib.core.crossbar.solve;

import org.vmmlib.core.kernel.TriangularSweep;

/**
 * A matrix as the product {@code left · rightᵀ} of two lower triangular ones of the same pattern, stored by columns with
 * the diagonal first.
 */
final class Factors {

    /** Order of the matrix. */
    private final int size;
    /** First entry of each column and the end of the last. */
    final int[] start;
    /** Row of each entry. */
    final int[] index;
    /** Values of the left factor. */
    final double[] left;
    /** Values of the right factor, the same array if the matrix is symmetric. */
    final double[] right;

    Factors(int size, int[] start, int[] index, double[] left, double[] right) {
        this.size = size;
        this.start = start;
        this.index = index;
        this.left = left;
        this.right = right;
    }

    /** How many right-hand sides are solved together. */
    static final int WIDTH = 4;

    /** Solves with the matrix for one right-hand side, in place. */
    void solve(double[] b) {
        TriangularSweep.forward(size, start, index, left, b);
        TriangularSweep.backward(size, start, index, right, b);
    }

    /** Solves with the matrix for {@link #WIDTH} interleaved right-hand sides, in place. */
    void solveWide(double[] b) {
        TriangularSweep.forward4(size, start, index, left, b);
        TriangularSweep.backward4(size, start, index, right, b);
    }

    /** Solves with the transposed matrix for {@link #WIDTH} interleaved right-hand sides, in place. */
    void solveTransposedWide(double[] b) {
        TriangularSweep.forward4(size, start, index, right, b);
        TriangularSweep.backward4(size, start, index, left, b);
    }
}
