package org.vmmlib.studies.experiment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vmmlib.core.random.RandomStreams;
import org.vmmlib.core.run.Progress;
import org.vmmlib.studies.design.Design;
import org.vmmlib.studies.design.Designs;
import org.vmmlib.studies.network.DenseLayer;
import org.vmmlib.studies.network.DrawnDigits;
import org.vmmlib.studies.network.LabelledImages;
import org.vmmlib.studies.network.Network;

class ComparisonTest {

    private static final LabelledImages IMAGES = new DrawnDigits(3).images(0, 120);

    /** A network that has not learnt anything: random weights, outputs well within the range. */
    private static Network network(int inputBits) {
        DMatrixRMaj hidden = new DMatrixRMaj(785, 12);
        DMatrixRMaj output = new DMatrixRMaj(13, 10);
        RandomStreams streams = RandomStreams.of(8);
        streams.stream("test", 0).gaussians(0, hidden.data, 0, hidden.data.length);
        streams.stream("test", 1).gaussians(0, output.data, 0, output.data.length);
        scale(hidden, 0.04);
        scale(output, 0.3);
        return new Network(
                inputBits,
                List.of(
                        DenseLayer.of(hidden, DenseLayer.Activation.RELU, 1),
                        DenseLayer.of(output, DenseLayer.Activation.LINEAR, 1)));
    }

    private static void scale(DMatrixRMaj weights, double factor) {
        for (int k = 0; k < weights.data.length; k++) {
            weights.data[k] *= factor;
        }
    }

    private static DesignResult run(Design design, int threads, boolean ideal) throws InterruptedException {
        return new Comparison(IMAGES, 5, threads, ideal).run(design, network(design.inputBits()), Progress.silent());
    }

    @ParameterizedTest
    @ValueSource(strings = {"nor-ins", "passive-ins"})
    void threadsDoNotChangeAByte(String name, @TempDir Path folder) throws InterruptedException, IOException {
        Path one = Files.createDirectory(folder.resolve("1"));
        Path two = Files.createDirectory(folder.resolve("2"));
        Design design = Designs.named(name);
        new ComparisonFiles(one).write(List.of(List.of(run(design, 1, false))), IMAGES, Map.of());
        new ComparisonFiles(two).write(List.of(List.of(run(design, 2, false))), IMAGES, Map.of());
        for (String file : List.of("results.csv", "results.json", "report.html")) {
            assertArrayEquals(Files.readAllBytes(one.resolve(file)), Files.readAllBytes(two.resolve(file)), file);
        }
    }

    /**
     * The error of an ideal converter is uniform: at most half an LSB (and 1e-3 for the finite off state of the cells),
     * 1/sqrt(12) LSB RMS; 960 and more outputs give the RMS to 1.5 % (1 sigma), which is tested to 7 sigma.
     */
    @ParameterizedTest
    @ValueSource(strings = {"nor-ins", "nor-ins-4bit", "nor-ins-binary", "passive-ins"})
    void anIdealDesignErrsByQuantisationAlone(String name) throws InterruptedException {
        DesignResult result = run(Designs.named(name), 2, true);
        for (VmmResult vmm : result.vmms()) {
            assertTrue(vmm.error().largest() * (1 << vmm.outputBits()) < 0.501, vmm::toString);
            assertEquals(1 / Math.sqrt(12), vmm.rmsErrorLsb(), 0.1 / Math.sqrt(12), vmm::toString);
            assertEquals(vmm.outputBits(), vmm.effectiveBits(), 0.16, vmm::toString);
        }
    }

    @Test
    void imperfectionsMakeItWorse() throws InterruptedException {
        for (Design design : Designs.all()) {
            assertTrue(
                    run(design, 2, false).rmsErrorLsb() > run(design, 2, true).rmsErrorLsb());
        }
    }

    @Test
    void theFilesHoldWhatTheyPromise(@TempDir Path folder) throws InterruptedException, IOException {
        DesignResult result = run(Designs.named("nor-ins"), 2, false);
        new ComparisonFiles(folder).write(List.of(List.of(result)), IMAGES, Map.of("seed", "5"));

        JsonNode root =
                new ObjectMapper().readTree(folder.resolve("results.json").toFile());
        JsonNode design = root.get("designs").get(0);
        assertEquals("nor-ins", design.get("name").asText());
        assertEquals(result.softwareAccuracy(), design.get("softwareAccuracy").asDouble());
        assertEquals(result.circuitAccuracy(), design.get("circuitAccuracy").asDouble());
        for (String key : List.of("rmsErrorLsb", "effectiveBits", "energy", "time", "area", "cells")) {
            assertTrue(design.get(key).asDouble() > 0, key);
        }
        assertEquals(2 * (785 * 12 + 13 * 10), design.get("cells").asInt());
        assertEquals("5", root.get("provenance").get("seed").asText());

        List<String> lines = Files.readAllLines(folder.resolve("results.csv"));
        assertEquals(2, lines.size());
        assertEquals(lines.get(0).split(",", -1).length, lines.get(1).split(",", -1).length);
        String page = Files.readString(folder.resolve("report.html"));
        assertTrue(page.contains("nor-ins") && page.contains("<table"));
    }

    @Test
    void theConfusionCountsEveryImage() throws InterruptedException {
        DesignResult result = run(Designs.named("nor-ins"), 2, false);
        int all = Arrays.stream(result.confusion()).flatMapToInt(Arrays::stream).sum();
        int right = 0;
        for (int k = 0; k < 10; k++) {
            right += result.confusion()[k][k];
        }
        assertEquals(IMAGES.count(), all);
        assertEquals(result.circuitAccuracy(), (double) right / all);
    }
}
