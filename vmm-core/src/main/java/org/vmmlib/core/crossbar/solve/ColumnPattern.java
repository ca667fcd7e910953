package org.vmmlib.core.crossbar.solve;

import java.util.Arrays;
import org.vmmlib.core.kernel.RowVectors;
import org.vmmlib.core.random.RandomStreams;

/**
 * The pattern over the bit lines that the cells couple least: second eigenvector of the walk from bit line to word line
 * and back, each step taken in proportion to the cells' conductance. Where cells leave two groups of lines almost apart,
 * as a checkerboard does, bit lines of the two groups may differ at little cost, and the smooth modes alone do not see it.
 * Found by a few power iterations from a fixed start.
 */
final class ColumnPattern {

    private static final int ROUNDS = 5;
    /** After so many rounds more, … */
    private static final int SURE = 2;
    /** … a pattern of which less than this is left is none. */
    private static final double FADED = 0.3;
    /**
     * Less than this is left only where all word lines have the same cells but for a factor. A start that happens to have
     * little of the pattern leaves more: of 1000 columns some 3 % on average.
     */
    private static final double NOTHING = 1e-9;

    private final int n;
    private final int m;
    private final int middle;
    private final Crew.Work walk = this::walkSide;
    private boolean first;
    private final double[] start;
    private final double[] columnSum;
    private final double[] rowSum;
    private final double[][] passed;
    private final double[][] g;

    /** Value of each bit line; mean square 1. */
    final double[] pattern;

    /**
     * @param g N×M conductances, kept and read by {@link #find}
     */
    ColumnPattern(double[][] g, int columns) {
        this.g = g;
        n = g.length;
        m = columns;
        middle = n / 2;
        start = new double[m];
        RandomStreams.of(0).stream("column pattern", 0).uniforms(0, start, 0, m);
        columnSum = new double[m];
        rowSum = new double[n];
        passed = RowVectors.rows(2, m);
        pattern = new double[m];
    }

    /**
     * Finds the pattern.
     *
     * @param sums sums of the columns. Not modified.
     * @return which part of it is left after a walk to the word lines and back, from 0 to 1
     */
    double find(Crew crew, double[] sums) {
        System.arraycopy(sums, 0, columnSum, 0, m);
        System.arraycopy(start, 0, pattern, 0, m);
        double left = 0;
        for (int k = 0; k < ROUNDS; k++) {
            deflate();
            double before = norm();
            if (!(before > NOTHING) || !Double.isFinite(before)) {
                return 0;
            }
            for (int j = 0; j < m; j++) {
                pattern[j] /= before;
            }
            first = k == 0;
            crew.run(walk);
            for (int j = 0; j < m; j++) {
                double sum = passed[0][j] + passed[1][j];
                pattern[j] = columnSum[j] > 0 ? sum / columnSum[j] : 0;
            }
            left = norm();
            if (k >= SURE && left < FADED) {
                return 0;
            }
        }
        deflate();
        double square = 0;
        for (int j = 0; j < m; j++) {
            square += pattern[j] * pattern[j];
        }
        double scale = square > 0 ? Math.sqrt(m / square) : 0;
        for (int j = 0; j < m; j++) {
            pattern[j] *= scale;
        }
        return Math.min(1, left);
    }

    private void deflate() {
        double sum = 0;
        double weight = 0;
        for (int j = 0; j < m; j++) {
            sum += columnSum[j] * pattern[j];
            weight += columnSum[j];
        }
        double mean = weight > 0 ? sum / weight : 0;
        for (int j = 0; j < m; j++) {
            pattern[j] = columnSum[j] > 0 ? pattern[j] - mean : 0;
        }
    }

    private double norm() {
        double sum = 0;
        double weight = 0;
        for (int j = 0; j < m; j++) {
            sum += columnSum[j] * pattern[j] * pattern[j];
            weight += columnSum[j];
        }
        return weight > 0 ? Math.sqrt(sum / weight) : 0;
    }

    private void walkSide(int side) {
        double[] out = passed[side];
        Arrays.fill(out, 0);
        for (int i = side == 0 ? 0 : middle; i < (side == 0 ? middle : n); i++) {
            if (first) {
                rowSum[i] = RowVectors.sum(m, g[i]);
            }
            double sum = RowVectors.dot(m, g[i], pattern);
            if (rowSum[i] > 0) {
                RowVectors.add(m, sum / rowSum[i], g[i], out);
            }
        }
    }
}
