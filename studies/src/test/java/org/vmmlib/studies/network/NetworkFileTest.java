package org.vmmlib.studies.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vmmlib.core.io.MalformedFileException;

class NetworkFileTest {

    private static final TrainedNetwork TRAINED = new TrainedNetwork(
            new Network(
                    3,
                    List.of(
                            DenseLayer.of(
                                    new DMatrixRMaj(new double[][] {{0.1 + 0.2, -0.0}, {Double.MIN_VALUE, 1e300}}),
                                    DenseLayer.Activation.RELU,
                                    1 / 3.0),
                            DenseLayer.of(
                                    new DMatrixRMaj(new double[][] {{Math.PI}, {-1}, {0.25}}),
                                    DenseLayer.Activation.LINEAR,
                                    1))),
            TrainingOptions.builder()
                    .seed(Long.MIN_VALUE)
                    .hiddenLayers(List.of(2))
                    .inputBits(3)
                    .epochs(7)
                    .learningRate(1 / 7.0)
                    .distortion(new Distortion(1, 0.2, 0.3, 0.4, 5))
                    .build(),
            "c0ffee");

    @TempDir
    Path folder;

    private Path file;
    private String text;

    @BeforeEach
    void save() throws IOException {
        file = folder.resolve("network.json");
        NetworkFile.save(file, TRAINED);
        text = Files.readString(file);
    }

    @Test
    void whatIsLoadedEqualsWhatWasSavedBitByBit() throws IOException {
        assertEquals(TRAINED, NetworkFile.load(file));
    }

    @Test
    void savingReplacesAFileAndLeavesNothingElseBehind() throws IOException {
        Files.writeString(file, "old");
        NetworkFile.save(file, TRAINED);
        assertEquals(TRAINED, NetworkFile.load(file));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(file), files.toList());
        }
    }

    @Test
    void aMissingFileOrAFolderIsRefused() {
        Path none = folder.resolve("none.json");
        IOException missing = assertThrows(IOException.class, () -> NetworkFile.load(none));
        assertTrue(missing.getMessage().contains("none.json"));
        assertThrows(MalformedFileException.class, () -> NetworkFile.load(folder));
    }

    @Test
    void whatIsNotJsonIsRefused() throws IOException {
        assertRefused("", "must be an object");
        assertRefused("[1, 2]", "must be an object");
        assertRefused(text.substring(0, text.length() / 2), "is not JSON");
        assertRefused(text + "{", "is not JSON");
        assertRefused(text.replace("3.141592653589793", "NaN"), "is not JSON");
        assertRefused(text.replace("\"epochs\"", "\"seed\""), "is not JSON: Duplicate");
    }

    @Test
    void aMissingOrForeignFieldIsRefusedByName() throws IOException {
        assertRefused(text.replace("vmm-network 1", "vmm-network 2"), "field format");
        assertRefused(text.replace("\"inputBits\"", "\"bits\""), "field inputBits is missing");
        assertRefused(text.replace("\"dataHash\"", "\"hash\""), "field training.dataHash is missing");
        assertRefused(text.replace("\"jitter\"", "\"judder\""), "field training.distortion.jitter is missing");
        assertRefused(text.replace("\"LINEAR\"", "\"linear\""), "field layers[1].activation = \"linear\"");
        assertRefused(text.replace("\"RELU\"", "4"), "field layers[0].activation = 4: must be a text");
        assertRefused(text.replace("\"inputBits\" : 3", "\"inputBits\" : 3.5"), "field inputBits = 3.5");
        assertRefused(text.replace("\"epochs\" : 7", "\"epochs\" : 7000000000"), "field training.epochs");
    }

    @Test
    void aRaggedRowOrANumberThatIsNotFiniteIsRefusedByItsPlace() throws IOException {
        assertRefused(
                text.replace("3.141592653589793", "3, 4"), "field layers[1].weights[1]: has 1 numbers, must have 2");
        assertRefused(text.replace("3.141592653589793", ""), "field layers[1].weights[0]: must be an array");
        assertRefused(text.replace("3.141592653589793", "\"NaN\""), "field layers[1].weights[0][0] = \"NaN\"");
        assertRefused(text.replace("3.141592653589793", "1e999"), "field layers[1].weights[0][0]");
        assertRefused(text.replace("3.141592653589793", "null"), "field layers[1].weights[0][0] = null");
    }

    @Test
    void valuesOutOfRangeAreRefusedByName() throws IOException {
        assertRefused(text.replace("\"inputBits\" : 3", "\"inputBits\" : 12"), "inputBits = 12");
        assertRefused(text.replace("\"fullScale\" : 1.0", "\"fullScale\" : -1.0"), "layers[1].fullScale = -1.0");
        assertRefused(text.replace("\"epochs\" : 7", "\"epochs\" : 0"), "epochs = 0");
        assertRefused(text.replace("\"scale\" : 0.4", "\"scale\" : 4"), "scale = 4.0");
    }

    @Test
    void layersThatDoNotFitAreRefused() throws IOException {
        assertRefused(text.replace("[ 3.141592653589793 ], ", ""), "layers[1] has 1 inputs: must have 2");
        assertRefused(
                text.replace("\"hiddenLayers\" : [ 2 ]", "\"hiddenLayers\" : [ 5 ]"),
                "hidden layers of the network are [2]: must be [5]");
    }

    private void assertRefused(String content, String part) throws IOException {
        Files.writeString(file, content);
        String message = assertThrows(MalformedFileException.class, () -> NetworkFile.load(file))
                .getMessage();
        assertTrue(message.startsWith(file + ": "), message);
        assertTrue(message.contains(part), message);
    }
}
