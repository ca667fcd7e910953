package org.vmmlib.core.crossbar.solve;

import java.util.Arrays;
import org.vmmlib.core.kernel.LineSweep;
import org.vmmlib.core.kernel.RowVectors;

/**
 * The factored bit lines, as the preconditioner has them: every line is eliminated from both ends to the node in the
 * middle, so that two threads, or one, do the same. Side 0 has the rows above the middle, side 1 those below.
 */
final class BitLines {

    /**
     * A line that is held by less than this part of its wires is taken to be held by so much: rounding of its wires'
     * currents would move it farther.
     */
    private static final double LOOSE = 0x1p-70;

    private final Wiring wiring;
    private final WordLines words;
    private final double[] zero;
    final int n;
    final int m;
    /** The row where both sides meet. */
    final int middle;
    /** Inverse pivots. */
    final double[][] inverse;

    private final double[][] passed;
    private final double[][][] response;
    private final double[][] total;

    BitLines(Wiring wiring, WordLines words) {
        this.wiring = wiring;
        this.words = words;
        n = wiring.rows;
        m = wiring.columns;
        middle = n / 2;
        inverse = RowVectors.rows(n, m);
        zero = new double[m];
        passed = RowVectors.rows(2, m);
        response = new double[][][] {RowVectors.rows(4, m), RowVectors.rows(4, m)};
        total = RowVectors.rows(2, m);
    }

    /** Rows of a side. */
    int count(int side) {
        return side == 0 ? middle : n - 1 - middle;
    }

    /** Row k of a side, counted from its end towards the middle. */
    int row(int side, int k) {
        return side == 0 ? k : n - 1 - k;
    }

    /** Wires between a row of a side and the next one towards the middle. */
    double[] inward(int side, int row) {
        return wiring.bitSegments[side == 0 ? row + 1 : row];
    }

    /** Wires between a row of a side and the one before it, or the terminals. */
    double[] outward(int side, int row) {
        return wiring.bitSegments[side == 0 ? row : row + 1];
    }

    /**
     * Eliminates the rows of one side.
     *
     * @param ground conductance from each node to ground
     */
    void factor(int side, double[][] into, double[][] out, double ground) {
        double[] e = passed[side];
        Arrays.fill(total[side], 0);
        System.arraycopy(wiring.bitSegments[side == 0 ? 0 : n], 0, e, 0, m);
        int rows = count(side);
        for (int k = 0; k < rows; k++) {
            int i = row(side, k);
            if (k % 4 == 0) {
                respond(side, k, rows);
            }
            RowVectors.lessen(m, into[i], out[i], response[side][k % 4], e, total[side]);
            ground(ground, e);
            LineSweep.factorAcross(m, inward(side, i), e, inverse[i]);
        }
    }

    private void ground(double conductance, double[] e) {
        if (conductance > 0) {
            RowVectors.add(m, conductance, e);
        }
    }

    /** What the word lines of row k and the three after it do to their nodes. */
    private void respond(int side, int k, int rows) {
        int a = row(side, k);
        if (k + 3 < rows && words.areUniform(a, row(side, k + 1), row(side, k + 2), row(side, k + 3))) {
            words.responses4(a, row(side, k + 1), row(side, k + 2), row(side, k + 3), response[side]);
            return;
        }
        for (int r = 0; r < 4 && k + r < rows; r++) {
            words.responses(row(side, k + r), response[side][r]);
        }
    }

    /** Eliminates the row in the middle, after both sides. */
    void factorMiddle(double[][] into, double[][] out, double ground) {
        double[] e = passed[0];
        RowVectors.add(m, 1, passed[1], e);
        words.responses(middle, response[0][0]);
        RowVectors.lessen(m, into[middle], out[middle], response[0][0], e, total[0]);
        ground(ground, e);
        double[] above = middle > 0 ? wiring.bitSegments[middle] : zero;
        double[] below = middle < n - 1 ? wiring.bitSegments[middle + 1] : zero;
        for (int j = 0; j < m; j++) {
            double held = e[j] > 0 ? Math.max(e[j], LOOSE * (above[j] + below[j])) : 0;
            inverse[middle][j] = LineSweep.inverse(held);
        }
    }

    /** Mean of what the preconditioner has for the slopes of the cells. */
    double meanDiagonal() {
        return (RowVectors.sum(m, total[0]) + RowVectors.sum(m, total[1])) / ((double) n * m);
    }
}
