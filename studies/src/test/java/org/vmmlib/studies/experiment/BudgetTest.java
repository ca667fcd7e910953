package org.vmmlib.studies.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
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
import org.vmmlib.core.run.Progress;
import org.vmmlib.core.run.TrialStore;
import org.vmmlib.noise.budget.BudgetResult;
import org.vmmlib.noise.budget.ErrorBudget;
import org.vmmlib.noise.budget.ErrorEstimate;
import org.vmmlib.noise.budget.Estimate;
import org.vmmlib.noise.budget.SourceError;
import org.vmmlib.noise.budget.View;
import org.vmmlib.noise.budget.ViewBudget;
import org.vmmlib.studies.design.Design;
import org.vmmlib.studies.design.Designs;
import org.vmmlib.studies.design.LayerSpec;

class BudgetTest {

    private static final List<String> ESTIMATE = List.of("", "Low", "High");

    private static BudgetResult run(String name, boolean ideal) throws InterruptedException {
        Design design = Designs.named(name);
        BudgetWorkload workload = BudgetWorkload.of(
                BudgetWorkload.drawnWeights(63, 16, 3),
                BudgetWorkload.drawnInputs(16, 63, design.inputBits(), 3),
                design.inputBits(),
                "drawn");
        return ErrorBudget.of(design.macro(workload.spec(design), ideal), workload.weights(), workload.inputs())
                .seed(3)
                .trials(12)
                .temperatures(List.of(350.0))
                .build()
                .run(2, TrialStore.none(), Progress.silent());
    }

    /**
     * Spreads add as variances, biases output by output. Of random errors alone the sum would be off by their sample
     * covariance, 0.6 % of the largest variance at most (1 sigma) over the 1500 or so outputs that are compared.
     */
    @ParameterizedTest
    @ValueSource(strings = {"nor-ins", "nor-ins-4bit", "nor-ins-binary"})
    void beforeTheQuantiserThePartsExplainTheFullError(String name) throws InterruptedException {
        ViewBudget view = run(name, false).view(View.BEFORE_QUANTISER).orElseThrow();
        double full = square(view.full().rms().value());
        assertTrue(full > 1e-3);
        assertEquals(full, view.parts().value(), 0.1 * full);
        double spread = view.sources().stream()
                .mapToDouble(s -> square(s.alone().spread().value()))
                .sum();
        assertEquals(square(view.full().spread().value()), spread, 0.1 * spread);
        assertEquals(full, square(view.together().rms().value()), 0.1 * full);
    }

    /** In passive arrays wires and tuning err in common: the bias explains what variances leave over. */
    @Test
    void whatVariancesLeaveOverIsTheBiasThatSourcesHaveInCommon() throws InterruptedException {
        ViewBudget view = run("passive-ins", false).view(View.BEFORE_QUANTISER).orElseThrow();
        double full = square(view.full().rms().value());
        assertEquals(full, square(view.together().rms().value()), 0.1 * full);
        assertEquals(view.interaction().value(), view.common().value(), 0.1 * full);
    }

    private static double square(double value) {
        return value * value;
    }

    @Test
    void meanSquareErrorsClose() throws InterruptedException {
        for (ViewBudget view : run("passive-ins", false).views()) {
            double sum = square(view.none().rms().value()) + view.interaction().value();
            for (SourceError source : view.sources()) {
                sum += source.variance().value();
            }
            assertEquals(square(view.full().rms().value()), sum, 1e-9 * sum);
        }
    }

    @Test
    void anIdealDesignHasItsQuantiserAlone() throws InterruptedException {
        BudgetResult result = run("nor-ins", true);
        assertTrue(result.outermost().sources().isEmpty());
        assertEquals(6, result.outermost().full().effectiveBits(6), 0.25);
    }

    @Test
    void theFullScaleIsTheLargestOutputOfTheWorkload() {
        DMatrixRMaj weights = new DMatrixRMaj(new double[][] {{0.5, -1}, {-0.25, 2}});
        DMatrixRMaj inputs = new DMatrixRMaj(new double[][] {{15, 0}, {3, 6}});
        BudgetWorkload workload = BudgetWorkload.of(weights, inputs, 4, "given");
        LayerSpec spec = workload.spec(Designs.named("nor-ins"));
        assertEquals((-3.0 + 12) / 15, spec.fullScale(), 1e-15);
        assertEquals(2, spec.largestWeight());
        assertEquals(1.0 / 15, spec.inputStep());
        assertEquals(3, workload.weights().numRows);
        assertEquals(0, workload.weights().get(2, 1));
    }

    @Test
    void drawnWorkloadsHaveTheirDistributions() {
        DMatrixRMaj weights = BudgetWorkload.drawnWeights(400, 50, 1);
        double variance = Arrays.stream(weights.data).map(w -> w * w).average().orElseThrow();
        // Clipping at 3 takes 0.5 % off the variance of 20,000 values, known to 1 % (1 sigma); 5.2 sigma: 2e-7.
        assertEquals(0.995, variance, 0.052);
        assertEquals(3, Arrays.stream(weights.data).map(Math::abs).max().orElseThrow());
        DMatrixRMaj inputs = BudgetWorkload.drawnInputs(400, 50, 4, 1);
        for (int word = 0; word < 16; word++) {
            int code = word;
            long count = Arrays.stream(inputs.data).filter(x -> x == code).count();
            assertEquals(1250, (double) count, 5.2 * Math.sqrt(1250));
        }
        assertEquals(0, BudgetWorkload.drawnInputs(9, 9, 1, 1).data[0] % 1);
    }

    @Test
    void workloadsThatDoNotFitAreRefused() {
        DMatrixRMaj weights = new DMatrixRMaj(new double[][] {{0.5}, {-0.25}});
        assertRefused("inputs[0,1] = 16.0", weights, 3, 16);
        assertRefused("inputs[0,0] = 2.5: must be an integer, a word from 0 to 15", weights, 2.5, 1);
        assertRefused("inputs is 1 x 3: must be 1 x 2", weights, 1, 1, 1);
        assertRefused("weights are all 0", new DMatrixRMaj(2, 1), 1, 1);
        assertRefused("weights[1,0] = NaN", new DMatrixRMaj(new double[][] {{1}, {Double.NaN}}), 1, 1);
        BudgetWorkload negative = BudgetWorkload.of(weights, new DMatrixRMaj(new double[][] {{0, 3}}), 4, "given");
        String refusal = String.valueOf(
                assertThrows(IllegalArgumentException.class, () -> negative.spec(Designs.named("nor-ins")))
                        .getMessage());
        assertTrue(refusal.startsWith("inputs: the largest output is -0.05: must be above 0"), refusal);
    }

    private static void assertRefused(String message, DMatrixRMaj weights, double... words) {
        DMatrixRMaj inputs = new DMatrixRMaj(1, words.length, true, words);
        String refusal = String.valueOf(
                assertThrows(IllegalArgumentException.class, () -> BudgetWorkload.of(weights, inputs, 4, "given"))
                        .getMessage());
        assertTrue(refusal.startsWith(message), refusal);
    }

    @Test
    void theFilesHoldWhatTheyPromise(@TempDir Path folder) throws InterruptedException, IOException {
        BudgetResult result = run("nor-ins", false);
        new BudgetFiles(folder).write(Designs.named("nor-ins"), result, Map.of("seed", "3"));

        JsonNode root =
                new ObjectMapper().readTree(folder.resolve("budget.json").toFile());
        assertEquals("nor-ins", root.get("design").asText());
        assertEquals(6, root.get("bits").asInt());
        assertEquals(12, root.get("trials").asInt());
        assertEquals(256, root.get("outputs").asInt());
        assertEquals(0.95, root.get("confidence").asDouble());
        assertEquals("3", root.at("/provenance/seed").asText());
        for (String view : List.of("beforeQuantiser", "afterQuantiser")) {
            JsonNode node = root.get(view);
            assertTrue(node.get("fullScale").asDouble() > 0);
            for (String circuit : List.of("none", "full", "together")) {
                assertError(node.get(circuit));
            }
            for (String key : List.of("parts", "interaction", "common")) {
                assertEstimate(node, key);
            }
            assertEquals(
                    result.outermost().sources().size(), node.get("sources").size());
            for (JsonNode source : node.get("sources")) {
                assertTrue(!source.get("description").asText().isEmpty());
                assertError(source.get("alone"));
                assertError(source.get("removed"));
                assertEstimate(source, "meanSquareAdded");
                assertEstimate(source, "bitsRegained");
            }
        }
        assertEquals(
                result.outermost().full().rms().value(),
                root.at("/afterQuantiser/full/rms").asDouble());
        assertEquals(2, root.get("temperatures").size());
        JsonNode corner = root.at("/temperatures/1");
        assertEquals(350, corner.get("temperature").asDouble());
        assertError(corner.get("error"));
        assertEstimate(corner, "yield");
        for (String key : List.of("requiredBits", "goodChips", "worstTrial", "worstBits")) {
            assertTrue(corner.get(key).isNumber(), key);
        }
        assertTrue(root.get("worstTemperature").isNumber());

        List<String> lines = Files.readAllLines(folder.resolve("budget.csv"));
        assertEquals(
                "circuit,imperfection,temperature,view,meanSquare,rms,rmsLow,rmsHigh,bias,biasLow,biasHigh,spread,"
                        + "spreadLow,spreadHigh,effectiveBits,bitsLost,bitsLostLow,bitsLostHigh,compared",
                lines.get(0));
        int sources = result.outermost().sources().size();
        assertEquals(1 + 2 * (4 + 2 * sources) + 2, lines.size());
        for (String line : lines) {
            assertEquals(19, line.split(",", -1).length, line);
        }
        String alone =
                "alone," + result.outermost().sources().get(0).imperfection().id() + ",,afterQuantiser,";
        assertTrue(lines.stream().anyMatch(line -> line.startsWith(alone)), lines::toString);
        String page = Files.readString(folder.resolve("report.html"));
        assertTrue(page.contains("Error budget of nor-ins") && page.contains("array.read-noise"));
    }

    private static void assertError(JsonNode error) {
        for (String key : List.of("rms", "bias", "spread", "bitsLost")) {
            assertEstimate(error, key);
        }
        assertTrue(error.get("effectiveBits").isNumber());
        assertTrue(error.get("compared").asLong() > 0);
    }

    private static void assertEstimate(JsonNode node, String key) {
        for (String end : ESTIMATE) {
            assertTrue(node.has(key + end) && node.get(key + end).isNumber(), () -> key + end + " in " + node);
        }
        assertTrue(node.get(key + "Low").asDouble() <= node.get(key).asDouble());
        assertTrue(node.get(key + "High").asDouble() >= node.get(key).asDouble());
    }

    /** Where there is no error, effective bits are infinite: null in JSON, empty in CSV. */
    @Test
    void noErrorIsNoNumberOfBits(@TempDir Path folder) throws InterruptedException, IOException {
        BudgetResult result = run("nor-ins", true);
        ViewBudget before = result.views().get(0);
        BudgetResult exact = new BudgetResult(6, 12, 256, 0.95, List.of(withoutError(before)), result.corners());
        new BudgetFiles(folder).write(Designs.named("nor-ins"), exact, Map.of());
        JsonNode root =
                new ObjectMapper().readTree(folder.resolve("budget.json").toFile());
        assertTrue(root.at("/beforeQuantiser/full/effectiveBits").isNull());
        assertTrue(Files.readAllLines(folder.resolve("budget.csv")).get(1).startsWith("none,,,beforeQuantiser,0.0,"));
    }

    private static ViewBudget withoutError(ViewBudget view) {
        Estimate zero = new Estimate(0, 0, 0);
        ErrorEstimate none = new ErrorEstimate(zero, zero, zero, zero, 256);
        return new ViewBudget(view.view(), view.fullScale(), none, none, List.of(), none, zero, zero, zero);
    }
}
