package org.vmmlib.studies.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.vmmlib.core.random.RandomStream;
import org.vmmlib.core.random.RandomStreams;

class BackpropagationTest {

    private static final int[] WIDTHS = {5, 8, 6, 3};
    private static final int BATCH = 7;
    private static final RandomStream RANDOM = RandomStreams.of(3).stream("backpropagation-test", 0);

    private final double[][] weights = new double[3][];
    private final double[][] inputs = new double[BATCH][WIDTHS[0]];
    private final int[] labels = {0, 1, 2, 2, 1, 0, 1};

    BackpropagationTest() {
        for (int l = 0; l < 3; l++) {
            weights[l] = new double[(WIDTHS[l] + 1) * WIDTHS[l + 1]];
            RANDOM.call(l).gaussians(0, weights[l], 0, weights[l].length);
            for (int k = 0; k < weights[l].length; k++) {
                weights[l][k] *= 0.4;
            }
        }
        for (int b = 0; b < BATCH; b++) {
            RANDOM.call(100 + b).uniforms(0, inputs[b], 0, WIDTHS[0]);
        }
        inputs[2][3] = 0;
    }

    @Test
    void gradientAgreesWithFiniteDifferencesOfTheLoss() {
        Backpropagation passes = prepared();
        passes.run(0, BATCH, labels, 0, passes.scratch());
        passes.collect();
        double h = 1e-6;
        for (int l = 0; l < 3; l++) {
            double[] gradient = new double[weights[l].length];
            passes.gradient(l, 0, WIDTHS[l] + 1, gradient, passes.scratch());
            for (int k = 0; k < gradient.length; k++) {
                double kept = weights[l][k];
                weights[l][k] = kept + h;
                double above = plainLoss(0);
                weights[l][k] = kept - h;
                double below = plainLoss(0);
                weights[l][k] = kept;
                assertEquals((above - below) / (2 * h), gradient[k], 1e-7, "layer " + l + ", weight " + k);
            }
        }
    }

    @Test
    void lossAgreesWithAPlainCalculationWithAndWithoutConverters() {
        for (int bits : new int[] {0, 1, 4, 6}) {
            Backpropagation passes = prepared();
            assertEquals(plainLoss(bits), passes.run(0, BATCH, labels, bits, passes.scratch()) / BATCH, 1e-12);
        }
    }

    @Test
    void behindConvertersNoOutputIsDrivenFurtherOutOfItsRange() {
        Backpropagation passes = new Backpropagation(new int[] {1, 3}, 1);
        // Sums: one below the range, one within, one above it.
        passes.load(0, new double[] {0, 0, 0, -0.5, 0.4, 1.5});
        passes.run(0, 1, new int[] {2}, 4, passes.scratch());
        passes.collect();
        double[] gradient = new double[6];
        passes.gradient(0, 0, 2, gradient, passes.scratch());
        assertEquals(0, gradient[3]);
        assertEquals(0, gradient[5]);
        // Codes 0, 6 and 15 of 15.
        double other = Math.exp(10 * 6 / 15.0);
        assertEquals(10 * other / (1 + other + Math.exp(10)), gradient[4], 1e-12);
    }

    @Test
    void cuttingTheStagesChangesNoBit() {
        Backpropagation whole = prepared();
        double loss = whole.run(0, BATCH, labels, 4, whole.scratch());
        whole.collect();
        Backpropagation cut = prepared();
        double last = cut.run(5, BATCH, labels, 4, cut.scratch());
        double first = cut.run(0, 5, labels, 4, cut.scratch());
        cut.collect();
        assertEquals(loss, first + last, 1e-12);
        for (int l = 0; l < 3; l++) {
            double[] expected = new double[weights[l].length];
            whole.gradient(l, 0, WIDTHS[l] + 1, expected, whole.scratch());
            double[] gradient = new double[weights[l].length];
            cut.gradient(l, 2, WIDTHS[l] + 1, gradient, cut.scratch());
            cut.gradient(l, 0, 2, gradient, cut.scratch());
            assertArrayEquals(expected, gradient, 0);
        }
    }

    private Backpropagation prepared() {
        Backpropagation passes = new Backpropagation(WIDTHS, BATCH);
        for (int l = 0; l < 3; l++) {
            passes.load(l, weights[l]);
        }
        for (int b = 0; b < BATCH; b++) {
            for (int k = 0; k < WIDTHS[0]; k++) {
                passes.input(b, k, inputs[b][k]);
            }
        }
        return passes;
    }

    /** Mean loss, written down from its definition. */
    private double plainLoss(int bits) {
        double loss = 0;
        for (int b = 0; b < BATCH; b++) {
            double[] x = inputs[b];
            for (int l = 0; l < 3; l++) {
                double[] y = new double[WIDTHS[l + 1]];
                for (int j = 0; j < y.length; j++) {
                    double sum = weights[l][WIDTHS[l] * y.length + j];
                    for (int i = 0; i < WIDTHS[l]; i++) {
                        sum += x[i] * weights[l][i * y.length + j];
                    }
                    boolean bounded = bits > 0 || l < 2;
                    double h = bounded ? Math.max(0, Math.min(1, sum)) : sum;
                    double steps = Math.pow(2, bits);
                    y[j] = bits == 0 ? h : Math.min(steps - 1, Math.floor(steps * h)) / (steps - 1);
                }
                x = y;
            }
            double total = 0;
            for (double z : x) {
                total += Math.exp(10 * z);
            }
            loss -= Math.log(Math.exp(10 * x[labels[b]]) / total) / BATCH;
        }
        return loss;
    }
}
