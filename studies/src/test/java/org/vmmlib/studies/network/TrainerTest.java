package org.vmmlib.studies.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TrainerTest {

    private static final DigitData DATA = new DrawnDigits(1).data(1500, 500);
    private static final TrainingOptions SHORT = TrainingOptions.builder()
            .hiddenLayers(List.of(32))
            .epochs(15)
            .batchSize(32)
            .learningRate(4e-3)
            .build();

    private static final List<Integer> EPOCHS = new ArrayList<>();
    private static final List<Double> LOSSES = new ArrayList<>();
    private static TrainedNetwork trained;

    @BeforeAll
    static void train() throws InterruptedException {
        trained = Trainer.train(DATA.training(), SHORT, 2, (epochs, of, loss) -> {
            assertEquals(15, of);
            EPOCHS.add(epochs);
            LOSSES.add(loss);
        });
    }

    @Test
    void aSmallNetworkLearnsASmallSet() {
        double accuracy = trained.network().accuracy(DATA.test());
        assertTrue(accuracy > 0.85, "accuracy " + accuracy);
    }

    @Test
    void progressIsToldAfterEveryEpochAndTheLossFalls() {
        assertEquals(15, EPOCHS.size());
        assertEquals(1, EPOCHS.get(0));
        assertEquals(15, EPOCHS.get(14));
        assertTrue(LOSSES.get(14) < 0.5 * LOSSES.get(0), LOSSES.toString());
    }

    @Test
    void convertersOfSixAndFourBitsCostLittleWithoutAnyCalibration() {
        double software = trained.network().accuracy(DATA.test());
        assertTrue(behindConverters(6) > software - 0.01);
        assertTrue(behindConverters(4) > software - 0.025);
    }

    @Test
    void everyLayerFillsItsRangeOfWeightsAndHasFullScaleOne() {
        for (DenseLayer layer : trained.network().layers()) {
            double sum = 0;
            double[] weights = layer.weights().data;
            for (double weight : weights) {
                sum += weight * weight;
            }
            double rms = Math.sqrt(sum / weights.length);
            // The last clip lowers the RMS itself a little.
            assertTrue(layer.greatestWeight() <= 1.01 * SHORT.weightRange() * rms);
            assertEquals(1, layer.fullScale());
        }
        assertEquals(
                DenseLayer.Activation.RELU, trained.network().layers().get(0).activation());
        assertEquals(
                DenseLayer.Activation.LINEAR, trained.network().layers().get(1).activation());
    }

    @Test
    void theNumberOfThreadsChangesNoBit() throws InterruptedException {
        TrainingOptions options =
                SHORT.toBuilder().epochs(2).hiddenLayers(List.of(20, 12)).build();
        LabelledImages images = DATA.training().subset(0, 230);
        Network one =
                Trainer.train(images, options, 1, TrainingProgress.silent()).network();
        for (int threads : new int[] {2, 5}) {
            Network more = Trainer.train(images, options, threads, TrainingProgress.silent())
                    .network();
            assertEquals(one, more);
            for (int l = 0; l < 3; l++) {
                assertArrayEquals(
                        one.layers().get(l).weights().data, more.layers().get(l).weights().data, 0);
            }
        }
        TrainingOptions other = options.toBuilder().seed(2).build();
        assertNotEquals(
                one, Trainer.train(images, other, 2, TrainingProgress.silent()).network());
    }

    @Test
    void aNetworkKnowsWhatItCameFrom() {
        assertTrue(trained.cameFrom(SHORT, DATA.training()));
        assertFalse(trained.cameFrom(SHORT.toBuilder().seed(7).build(), DATA.training()));
        assertFalse(trained.cameFrom(SHORT, DATA.test()));
    }

    @Test
    void interruptionStopsTraining() throws InterruptedException {
        TrainingOptions endless = SHORT.toBuilder().epochs(1_000_000).build();
        boolean[] stopped = {false};
        Thread thread = new Thread(() -> {
            try {
                Trainer.train(
                        DATA.training(),
                        endless,
                        2,
                        (epochs, of, loss) -> Thread.currentThread().interrupt());
            } catch (InterruptedException e) {
                stopped[0] = true;
            }
        });
        thread.start();
        thread.join(60_000);
        assertTrue(stopped[0]);
    }

    @Test
    void aBatchLargerThanTheSetAndNoHiddenLayerWork() throws InterruptedException {
        TrainingOptions options = SHORT.toBuilder()
                .hiddenLayers(List.of())
                .batchSize(1000)
                .epochs(40)
                .learningRate(0.01)
                .distortion(Distortion.none())
                .build();
        LabelledImages images = DATA.training().subset(0, 100);
        Network network =
                Trainer.train(images, options, 1, TrainingProgress.silent()).network();
        assertEquals(1, network.layers().size());
        assertTrue(network.accuracy(images) > 0.9);
    }

    @Test
    void optionsOutOfRangeAreRefusedByName() {
        assertRefused("epochs = 0", () -> TrainingOptions.builder().epochs(0).build());
        assertRefused(
                "inputBits = 9", () -> TrainingOptions.builder().inputBits(9).build());
        assertRefused(
                "activationBits = -1",
                () -> TrainingOptions.builder().activationBits(-1).build());
        assertRefused(
                "batchSize = 0", () -> TrainingOptions.builder().batchSize(0).build());
        assertRefused(
                "hiddenLayers = 0",
                () -> TrainingOptions.builder().hiddenLayers(List.of(64, 0)).build());
        assertRefused(
                "learningRate = NaN",
                () -> TrainingOptions.builder().learningRate(Double.NaN).build());
        assertRefused(
                "weightNoise = 2.0",
                () -> TrainingOptions.builder().weightNoise(2).build());
        assertRefused(
                "weightRange = 0.5",
                () -> TrainingOptions.builder().weightRange(0.5).build());
        assertRefused("scale = 0.6", () -> new Distortion(0, 0, 0, 0.6, 0));
        assertEquals(SHORT, SHORT.toBuilder().build());
    }

    @Test
    void noImagesOrNoThreadsAreRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> Trainer.train(DATA.test().subset(0, 0), SHORT, 1, TrainingProgress.silent()));
        assertThrows(
                IllegalArgumentException.class, () -> Trainer.train(DATA.test(), SHORT, 0, TrainingProgress.silent()));
    }

    private static void assertRefused(String part, Runnable action) {
        String message =
                assertThrows(IllegalArgumentException.class, action::run).getMessage();
        assertTrue(message.contains(part), message);
    }

    /** Accuracy with the sums of every layer through converters, whose codes drive the next layer. */
    private static double behindConverters(int bits) {
        int greatest = (1 << bits) - 1;
        LabelledImages images = DATA.test();
        DMatrixRMaj x = images.inputs(trained.network().inputBits());
        double full = (1 << trained.network().inputBits()) - 1;
        for (DenseLayer layer : trained.network().layers()) {
            DMatrixRMaj codes = new DMatrixRMaj(images.count(), layer.outputs());
            DMatrixRMaj weights = layer.weights();
            for (int b = 0; b < images.count(); b++) {
                for (int j = 0; j < layer.outputs(); j++) {
                    double sum = weights.get(layer.inputs(), j);
                    for (int i = 0; i < layer.inputs(); i++) {
                        sum += x.get(b, i) / full * weights.get(i, j);
                    }
                    double code = Math.floor(sum / layer.fullScale() * (greatest + 1));
                    codes.set(b, j, Math.max(0, Math.min(greatest, code)));
                }
            }
            x = codes;
            full = greatest;
        }
        return images.accuracy(Network.classes(x));
    }
}
