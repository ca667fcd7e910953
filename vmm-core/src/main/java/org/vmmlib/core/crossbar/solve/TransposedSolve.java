package org.vmmlib.core.crossbar.solve;

import java.util.Arrays;
import org.vmmlib.core.kernel.RowVectors;

/**
 * Responses of outputs to the cells of a network that is not symmetric: with c the gradient of an output {@code Y = Σ d_ij
 * i_ij} by the node voltages and J the Jacobian, {@code Jᵀ λ = c} gives the response {@code d_ij − (λ_a − λ_b)} to a
 * current injected from word line to bit line. Scratch of one thread.
 */
final class TransposedSolve {

    private final SchurMatrix matrix;
    private final SchurIteration iteration;
    private final Wiring wiring;
    private final int m;
    private final double[] direct;
    private final double[] t;

    TransposedSolve(SchurMatrix matrix, SchurIteration iteration) {
        this.matrix = matrix;
        this.iteration = iteration;
        wiring = matrix.wiring;
        m = wiring.columns;
        direct = new double[m];
        t = new double[m];
    }

    /**
     * Finds the responses at the slopes that the matrix was factored for.
     *
     * @param weights weights of the sensed lines, from an element on. Not modified.
     * @param atWords whether these are the word lines
     * @param tolerance residual over the norm of the right-hand side
     * @param out responses of the cells of the array as it is drawn, from an element on. Modified.
     * @return residual reached
     */
    double solve(double[] weights, int from, boolean atWords, double tolerance, double[] out, int outFrom) {
        double[][] right = iteration.right();
        double squares = 0;
        for (int i = 0; i < wiring.rows; i++) {
            direct(i, weights, from, atWords);
            RowVectors.multiply(m, direct, matrix.wordSlope[i], t);
            matrix.words.solve(i, t);
            for (int j = 0; j < m; j++) {
                double v = matrix.bitSlope[i][j] * (t[j] - direct[j]);
                right[i][j] = v;
                squares += v * v;
            }
        }
        double start = Math.sqrt(squares);
        double reached = 0;
        if (start > 0) {
            iteration.matrix(matrix, true);
            int last = iteration.solve(tolerance * start, 0);
            reached = iteration.history()[last] / start;
            iteration.matrix(matrix, false);
        } else {
            for (double[] row : iteration.solution()) {
                Arrays.fill(row, 0);
            }
        }
        write(weights, from, atWords, out, outFrom);
        return reached;
    }

    private void write(double[] weights, int from, boolean atWords, double[] out, int outFrom) {
        double[][] bit = iteration.solution();
        for (int i = 0; i < wiring.rows; i++) {
            direct(i, weights, from, atWords);
            for (int j = 0; j < m; j++) {
                t[j] = matrix.wordSlope[i][j] * (direct[j] + bit[i][j]);
            }
            matrix.words.solve(i, t);
            for (int j = 0; j < m; j++) {
                double response = direct[j] - (t[j] - bit[i][j]);
                if (wiring.turned) {
                    out[outFrom + j * wiring.rows + i] = -response;
                } else {
                    out[outFrom + i * m + j] = response;
                }
            }
        }
    }

    private void direct(int i, double[] weights, int from, boolean atWords) {
        if (atWords) {
            Arrays.fill(direct, -weights[from + i]);
            RowVectors.multiply(m, direct, wiring.wordAttached[i], t);
        } else {
            System.arraycopy(weights, from, direct, 0, m);
            RowVectors.multiply(m, direct, wiring.bitAttached[i], t);
        }
        System.arraycopy(t, 0, direct, 0, m);
    }
}
