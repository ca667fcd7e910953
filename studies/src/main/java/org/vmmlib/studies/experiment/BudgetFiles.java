package org.vmmlib.studies.experiment;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.vmmlib.core.io.AtomicFiles;
import org.vmmlib.noise.budget.BudgetResult;
import org.vmmlib.noise.budget.Corner;
import org.vmmlib.noise.budget.ErrorEstimate;
import org.vmmlib.noise.budget.Estimate;
import org.vmmlib.noise.budget.SourceError;
import org.vmmlib.noise.budget.ViewBudget;
import org.vmmlib.studies.design.Design;

/**
 * The files of an error budget: {@code budget.json}, {@code budget.csv} and {@code report.html}. They appear together,
 * whole. Errors are in LSB, mean squares in LSB², temperatures in kelvin, yields as fractions. A number that does not
 * exist (effective bits where there is no error) is null in JSON and empty in CSV.
 *
 * <p>{@code budget.csv} has a line for each circuit in each view ({@code beforeQuantiser}, {@code afterQuantiser}):
 * {@code circuit} is none, full, alone, removed (both with the id of the {@code imperfection}), together, or temperature;
 * then {@code interaction}, which has a {@code meanSquare} only.
 *
 * @param folder where they go; exists
 */
public record BudgetFiles(Path folder) {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private static final String HEADER =
            "circuit,imperfection,temperature,view,meanSquare,rms,rmsLow,rmsHigh,bias,biasLow,"
                    + "biasHigh,spread,spreadLow,spreadHigh,effectiveBits,bitsLost,bitsLostLow,bitsLostHigh,compared\n";

    /**
     * Writes all three, replacing those of an earlier call.
     *
     * @param provenance what the results come from, in the order to show
     */
    public void write(Design design, BudgetResult result, Map<String, String> provenance) throws IOException {
        try (AtomicFiles files = AtomicFiles.begin()) {
            Path json = files.stage(folder.resolve("budget.json"));
            Path csv = files.stage(folder.resolve("budget.csv"));
            Path html = files.stage(folder.resolve("report.html"));
            Files.writeString(json, json(design, result, provenance) + "\n", StandardCharsets.UTF_8);
            Files.writeString(csv, csv(result), StandardCharsets.UTF_8);
            Files.writeString(html, BudgetPage.of(design, result, provenance).toHtml(), StandardCharsets.UTF_8);
            files.commit();
        }
    }

    private static String json(Design design, BudgetResult result, Map<String, String> provenance) throws IOException {
        ObjectNode root = JSON.createObjectNode();
        root.put("design", design.name());
        root.put("description", design.description());
        root.put("bits", result.bits());
        root.put("trials", result.trials());
        root.put("outputs", result.outputs());
        root.put("confidence", result.confidence());
        for (ViewBudget view : result.views()) {
            ObjectNode node = root.putObject(view.view().key());
            node.put("fullScale", view.fullScale());
            put(node.putObject("none"), view.none(), result.bits());
            put(node.putObject("full"), view.full(), result.bits());
            ArrayNode sources = node.putArray("sources");
            for (SourceError source : view.sources()) {
                ObjectNode item = sources.addObject();
                item.put("id", source.imperfection().id());
                item.put("description", source.imperfection().description());
                put(item.putObject("alone"), source.alone(), result.bits());
                put(item.putObject("removed"), source.removed(), result.bits());
                put(item, "meanSquareAdded", source.variance());
                put(item, "bitsRegained", source.bitsRegained());
            }
            put(node.putObject("together"), view.together(), result.bits());
            put(node, "parts", view.parts());
            put(node, "interaction", view.interaction());
            put(node, "common", view.common());
        }
        ArrayNode corners = root.putArray("temperatures");
        for (Corner corner : result.corners()) {
            ObjectNode item = corners.addObject();
            item.put("temperature", corner.temperature());
            put(item.putObject("error"), corner.error(), result.bits());
            item.put("requiredBits", corner.yield().required());
            item.put("goodChips", corner.yield().good());
            put(item, "yield", corner.yield().fraction());
            item.put("worstTrial", corner.worstTrial());
            putFinite(item, "worstBits", corner.worstBits());
        }
        root.put("worstTemperature", result.worst().temperature());
        ObjectNode origin = root.putObject("provenance");
        provenance.forEach(origin::put);
        return JSON.writeValueAsString(root);
    }

    private static void put(ObjectNode node, ErrorEstimate error, int bits) {
        put(node, "rms", error.rms());
        put(node, "bias", error.bias());
        put(node, "spread", error.spread());
        putFinite(node, "effectiveBits", error.effectiveBits(bits));
        put(node, "bitsLost", error.bitsLost());
        node.put("compared", error.compared());
    }

    private static void put(ObjectNode node, String key, Estimate estimate) {
        putFinite(node, key, estimate.value());
        putFinite(node, key + "Low", estimate.low());
        putFinite(node, key + "High", estimate.high());
    }

    private static void putFinite(ObjectNode node, String key, double value) {
        if (Double.isFinite(value)) {
            node.put(key, value);
        } else {
            node.putNull(key);
        }
    }

    private static String csv(BudgetResult result) {
        StringBuilder text = new StringBuilder(HEADER);
        for (ViewBudget view : result.views()) {
            String key = view.view().key();
            line(text, "none", "", "", key, view.none(), result.bits());
            line(text, "full", "", "", key, view.full(), result.bits());
            for (SourceError source : view.sources()) {
                line(text, "alone", source.imperfection().id(), "", key, source.alone(), result.bits());
                line(text, "removed", source.imperfection().id(), "", key, source.removed(), result.bits());
            }
            line(text, "together", "", "", key, view.together(), result.bits());
            text.append("interaction,,,")
                    .append(key)
                    .append(',')
                    .append(number(view.interaction().value()))
                    .append(",".repeat(14))
                    .append('\n');
        }
        for (Corner corner : result.corners()) {
            line(
                    text,
                    "temperature",
                    "",
                    number(corner.temperature()),
                    result.outermost().view().key(),
                    corner.error(),
                    result.bits());
        }
        return text.toString();
    }

    private static void line(
            StringBuilder text,
            String circuit,
            String imperfection,
            String temperature,
            String view,
            ErrorEstimate error,
            int bits) {
        List<String> cells = new ArrayList<>(List.of(circuit, imperfection, temperature, view));
        cells.add(number(error.rms().value() * error.rms().value()));
        for (Estimate estimate : List.of(error.rms(), error.bias(), error.spread())) {
            addCells(cells, estimate);
        }
        cells.add(number(error.effectiveBits(bits)));
        addCells(cells, error.bitsLost());
        cells.add(Long.toString(error.compared()));
        text.append(String.join(",", cells)).append('\n');
    }

    private static void addCells(List<String> cells, Estimate estimate) {
        cells.add(number(estimate.value()));
        cells.add(number(estimate.low()));
        cells.add(number(estimate.high()));
    }

    private static String number(double value) {
        return Double.isFinite(value) ? Double.toString(value) : "";
    }
}
