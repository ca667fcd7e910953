package org.vmmlib.core.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class TriangularSweepTest {

    // Columns of   2 . . .
    //              1 4 . .
    //              . . 8 .
    //              3 5 . 2
    private static final int[] START = {0, 3, 5, 6, 7};
    private static final int[] INDEX = {0, 1, 3, 1, 3, 2, 3};
    private static final double[] VALUE = {2, 1, 3, 4, 5, 8, 2};

    @Test
    void forwardSolvesWithTheMatrix() {
        double[] b = {2, 9, 16, 17};
        TriangularSweep.forward(4, START, INDEX, VALUE, b);
        assertArrayEquals(new double[] {1, 2, 2, 2}, b);
    }

    @Test
    void backwardSolvesWithItsTranspose() {
        // Transpose times (1, 2, 2, 2).
        double[] b = {2 + 2 + 6, 8 + 10, 16, 4};
        TriangularSweep.backward(4, START, INDEX, VALUE, b);
        assertArrayEquals(new double[] {1, 2, 2, 2}, b);
    }

    @Test
    void fourRightHandSidesGiveWhatEachGivesAlone() {
        double[][] single = {{2, 9, 16, 17}, {0, 0, 3, 1}, {-1, 0.1, 7, 0}, {0, 0, 0, 5}};
        double[] forward = new double[16];
        double[] backward = new double[16];
        for (int k = 0; k < 16; k++) {
            forward[k] = single[k % 4][k / 4];
            backward[k] = single[k % 4][k / 4];
        }
        TriangularSweep.forward4(4, START, INDEX, VALUE, forward);
        TriangularSweep.backward4(4, START, INDEX, VALUE, backward);
        for (int r = 0; r < 4; r++) {
            double[] down = single[r].clone();
            TriangularSweep.forward(4, START, INDEX, VALUE, down);
            double[] up = single[r].clone();
            TriangularSweep.backward(4, START, INDEX, VALUE, up);
            for (int k = 0; k < 4; k++) {
                assertEquals(down[k], forward[4 * k + r], 0.0);
                assertEquals(up[k], backward[4 * k + r], 0.0);
            }
        }
    }
}
