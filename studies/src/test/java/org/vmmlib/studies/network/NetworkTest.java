package org.vmmlib.studies.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class NetworkTest {

    private static final DenseLayer HIDDEN = DenseLayer.of(
            new DMatrixRMaj(new double[][] {{1, -1, 2}, {0.5, 0.25, 2}, {-0.125, 0.5, 0}}),
            DenseLayer.Activation.RELU,
            2);
    private static final DenseLayer OUTPUT = DenseLayer.of(
            new DMatrixRMaj(new double[][] {{1, -4}, {2, 0}, {-1, 0}, {0.5, 0}}), DenseLayer.Activation.LINEAR, 1);
    private static final Network NETWORK = new Network(2, List.of(HIDDEN, OUTPUT));

    /**
     * Codes 3 and 1 of 3 are inputs 1 and 1/3: sums 1.0416667, -0.4166667, 2.6666667; bounded to 1.0416667, 0, 2;
     * outputs 1.0416667 - 2 + 0.5 and -4 · 1.0416667.
     */
    @Test
    void forwardAgreesWithAHandCalculation() {
        DMatrixRMaj outputs = NETWORK.forward(new DMatrixRMaj(new double[][] {{0, 0}, {3, 1}}));
        double first = 1 + 0.5 / 3 - 0.125;
        // No input: the biases alone, bounded to 0, 0.5, 0.
        assertArrayEquals(new double[] {1.5, 0, first - 1.5, -4 * first}, outputs.data, 1e-15);
    }

    @Test
    void ofEqualOutputsTheLowestIndexWins() {
        assertArrayEquals(new int[] {1, 0, 2}, Network.classes(new DMatrixRMaj(new double[][] {
            {1, 3, 3}, {0, 0, 0}, {-3, -2, -1}
        })));
    }

    @Test
    void accuracyCountsTheImagesWhoseClassIsTheirLabel() {
        LabelledImages images = LabelledImages.of(1, 2, new byte[] {0, 0, 0, 0, (byte) 255, 85}, new byte[] {0, 1, 0});
        assertEquals(2 / 3.0, NETWORK.accuracy(images));
        assertArrayEquals(new int[] {0, 0, 0}, NETWORK.classify(images.inputs(2)));
    }

    @Test
    void layersKeepTheirWeightsToThemselves() {
        DMatrixRMaj mine = new DMatrixRMaj(new double[][] {{1}, {2}});
        DenseLayer layer = DenseLayer.of(mine, DenseLayer.Activation.RELU, 1);
        mine.set(0, 0, 9);
        layer.weights().set(1, 0, 9);
        assertArrayEquals(new double[] {1, 2}, layer.weights().data);
        assertEquals(2, layer.greatestWeight());
        assertEquals(2, HIDDEN.inputs());
        assertEquals(3, HIDDEN.outputs());
    }

    @Test
    void badInputIsRefusedByName() {
        assertRefused("layers[1] has 3 inputs", () -> new Network(4, List.of(OUTPUT, OUTPUT)));
        assertRefused("layers is empty", () -> new Network(4, List.of()));
        assertRefused("inputBits = 0", () -> new Network(0, List.of(OUTPUT)));
        assertRefused("codes is 1 x 3", () -> NETWORK.forward(new DMatrixRMaj(1, 3)));
        assertRefused("codes[0,1] = 4.0", () -> NETWORK.forward(new DMatrixRMaj(new double[][] {{0, 4}})));
        assertRefused("weights is 1 x 2", () -> DenseLayer.of(new DMatrixRMaj(1, 2), DenseLayer.Activation.RELU, 1));
        assertRefused(
                "weights[1,0] = NaN",
                () -> DenseLayer.of(
                        new DMatrixRMaj(new double[][] {{1}, {Double.NaN}}), DenseLayer.Activation.RELU, 1));
        assertRefused("fullScale = 0.0", () -> DenseLayer.of(new DMatrixRMaj(2, 2), DenseLayer.Activation.RELU, 0));
    }

    private static void assertRefused(String part, Runnable action) {
        String message =
                assertThrows(IllegalArgumentException.class, action::run).getMessage();
        assertTrue(message.contains(part), message);
    }
}
