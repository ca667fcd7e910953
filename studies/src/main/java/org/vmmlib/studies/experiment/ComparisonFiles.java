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
import org.vmmlib.core.cost.Cost;
import org.vmmlib.core.io.AtomicFiles;
import org.vmmlib.studies.design.Design;
import org.vmmlib.studies.network.LabelledImages;

/**
 * The files of a comparison: {@code results.json}, {@code results.csv} and {@code report.html}, all SI units, accuracies
 * as fractions. They appear together, whole.
 *
 * @param folder where they go; exists
 */
public record ComparisonFiles(Path folder) {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /**
     * Writes all three, replacing those of an earlier call.
     *
     * @param families results of each design followed by those of its variants
     * @param provenance what the results come from, in the order to show
     */
    public void write(List<List<DesignResult>> families, LabelledImages test, Map<String, String> provenance)
            throws IOException {
        try (AtomicFiles files = AtomicFiles.begin()) {
            Path json = files.stage(folder.resolve("results.json"));
            Path csv = files.stage(folder.resolve("results.csv"));
            Path html = files.stage(folder.resolve("report.html"));
            Files.writeString(json, json(families, provenance) + "\n", StandardCharsets.UTF_8);
            Files.writeString(csv, csv(families), StandardCharsets.UTF_8);
            Files.writeString(
                    html, ComparisonPage.of(families, test, provenance).toHtml(), StandardCharsets.UTF_8);
            files.commit();
        }
    }

    private static String json(List<List<DesignResult>> families, Map<String, String> provenance) throws IOException {
        ObjectNode root = JSON.createObjectNode();
        ArrayNode designs = root.putArray("designs");
        for (List<DesignResult> family : families) {
            ObjectNode design = design(family.get(0));
            ArrayNode variants = design.putArray("variants");
            family.subList(1, family.size()).forEach(v -> variants.add(design(v)));
            designs.add(design);
        }
        ObjectNode origin = root.putObject("provenance");
        provenance.forEach(origin::put);
        return JSON.writeValueAsString(root);
    }

    private static ObjectNode design(DesignResult result) {
        Design design = result.design();
        ObjectNode node = JSON.createObjectNode();
        node.put("name", design.name());
        node.put("description", design.description());
        node.put("inputBits", design.inputBits());
        node.put("outputBits", design.outputBits());
        node.put("images", result.images());
        node.put("softwareAccuracy", result.softwareAccuracy());
        node.put("circuitAccuracy", result.circuitAccuracy());
        node.put("agreement", result.agreement());
        node.put("rmsErrorLsb", result.rmsErrorLsb());
        node.put("effectiveBits", result.effectiveBits());
        node.put("energy", result.energyPerImage());
        node.put("time", result.timePerImage());
        node.put("area", result.area());
        node.put("cells", result.cells());
        ArrayNode vmms = node.putArray("vmms");
        for (VmmResult vmm : result.vmms()) {
            ObjectNode item = vmms.addObject();
            item.put("name", vmm.name());
            item.put("inputs", vmm.inputs());
            item.put("outputs", vmm.outputs());
            item.put("arrays", vmm.arrays());
            item.put("cells", vmm.cells());
            item.put("rmsErrorLsb", vmm.rmsErrorLsb());
            item.put("effectiveBits", vmm.effectiveBits());
            item.put("energy", vmm.cost().energyPerVector());
            item.put("time", vmm.cost().time());
            item.put("area", vmm.cost().area());
            item.put("method", vmm.evidence().method());
            item.put("iterations", vmm.evidence().iterations());
            item.put("residual", vmm.evidence().residual());
            item.put("kirchhoffError", vmm.evidence().kirchhoffError());
            ObjectNode saturation = item.putObject("saturation");
            vmm.saturation().forEach(saturation::put);
            ArrayNode blocks = item.putArray("cost");
            for (Cost cost : vmm.cost().items()) {
                ObjectNode block = blocks.addObject();
                block.put("block", cost.block());
                block.put("energy", cost.energy() / vmm.cost().vectors());
                block.put("time", cost.time());
                block.put("area", cost.area());
            }
        }
        ArrayNode published = node.putArray("published");
        for (Design.Published figure : design.published()) {
            ObjectNode item = published.addObject();
            item.put("quantity", figure.quantity());
            item.put("value", figure.value());
            item.put("source", figure.source());
        }
        return node;
    }

    private static String csv(List<List<DesignResult>> families) {
        StringBuilder text = new StringBuilder("design,inputBits,outputBits,images,softwareAccuracy,circuitAccuracy,"
                + "agreement,rmsErrorLsb,effectiveBits,energy,time,area,cells\n");
        for (List<DesignResult> family : families) {
            for (DesignResult result : family) {
                List<String> cells = new ArrayList<>();
                cells.add(result.design().name());
                cells.add(Integer.toString(result.design().inputBits()));
                cells.add(Integer.toString(result.design().outputBits()));
                cells.add(Integer.toString(result.images()));
                cells.add(Double.toString(result.softwareAccuracy()));
                cells.add(Double.toString(result.circuitAccuracy()));
                cells.add(Double.toString(result.agreement()));
                cells.add(Double.toString(result.rmsErrorLsb()));
                cells.add(Double.toString(result.effectiveBits()));
                cells.add(Double.toString(result.energyPerImage()));
                cells.add(Double.toString(result.timePerImage()));
                cells.add(Double.toString(result.area()));
                cells.add(Integer.toString(result.cells()));
                text.append(String.join(",", cells)).append('\n');
            }
        }
        return text.toString();
    }
}
