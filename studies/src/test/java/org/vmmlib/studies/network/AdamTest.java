package org.vmmlib.studies.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class AdamTest {

    /**
     * By hand, gradients 2 then -1, rate 0.1, decays 0.9 and 0.99. After step 1: m = 0.2, v = 0.04, corrected 2 and 4:
     * change -0.1. After step 2: m = 0.18 - 0.1 = 0.08, v = 0.0396 + 0.01 = 0.0496, corrected 0.08/0.19 and
     * 0.0496/0.0199: change -0.1 · 0.42105263 / 1.57875340 = -0.026669943.
     */
    @Test
    void twoStepsAgreeWithAHandCalculation() {
        double[] weights = {9, 1, 9};
        Adam adam = new Adam(3);
        adam.update(weights, new double[] {5, 2, 5}, 1, 2, 0.1, 1);
        assertEquals(0.9, weights[1], 1e-8);
        adam.update(weights, new double[] {5, -1, 5}, 1, 2, 0.1, 2);
        assertEquals(0.9 - 0.026669943, weights[1], 2e-8);
        assertEquals(9, weights[0]);
        assertEquals(9, weights[2]);
    }

    @Test
    void aSteadyGradientMovesAWeightByTheRateWhateverItsSize() {
        for (double size : new double[] {1e-3, 1, 1e6}) {
            double[] weights = {0};
            Adam adam = new Adam(1);
            for (int step = 1; step <= 50; step++) {
                adam.update(weights, new double[] {size}, 0, 1, 0.01, step);
            }
            assertEquals(-0.5, weights[0], 1e-4);
        }
    }
}
