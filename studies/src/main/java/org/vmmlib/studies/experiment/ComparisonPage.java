package org.vmmlib.studies.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.vmmlib.core.cost.Cost;
import org.vmmlib.studies.design.Design;
import org.vmmlib.studies.network.LabelledImages;
import org.vmmlib.studies.report.Axis;
import org.vmmlib.studies.report.Chart;
import org.vmmlib.studies.report.Curve;
import org.vmmlib.studies.report.ImageGrid;
import org.vmmlib.studies.report.Page;
import org.vmmlib.studies.report.Series;
import org.vmmlib.studies.report.Table;
import org.vmmlib.studies.report.Unit;

/** How a comparison looks to a person: the table for the terminal, the page for a browser. */
public final class ComparisonPage {

    private static final int WRONG_IMAGES = 24;

    private ComparisonPage() {}

    /** One row for each design, and one for each of its multipliers. */
    public static Table table(List<List<DesignResult>> families) {
        Table table = Table.titled(
                        "Energy, time and area: of one image through all VMMs; below each design, of each VMM")
                .text("design")
                .number("software")
                .number("circuit")
                .number("RMS error")
                .number("eff. bits")
                .number("energy")
                .number("time")
                .number("area")
                .number("cells");
        for (List<DesignResult> family : families) {
            for (DesignResult result : family) {
                table = table.row(
                        result.design().name(),
                        Unit.PERCENT.format(result.softwareAccuracy(), 4),
                        Unit.PERCENT.format(result.circuitAccuracy(), 4),
                        Unit.LSB.format(result.rmsErrorLsb()),
                        Unit.NONE.format(result.effectiveBits()),
                        Unit.JOULE.format(result.energyPerImage()),
                        Unit.SECOND.format(result.timePerImage()),
                        Unit.SQUARE_METRE.format(result.area()),
                        Integer.toString(result.cells()));
                for (VmmResult vmm : result.vmms()) {
                    table = table.detail(
                            vmm.name() + ": " + vmm.inputs() + " x " + vmm.outputs(),
                            "",
                            "",
                            Unit.LSB.format(vmm.rmsErrorLsb()),
                            Unit.NONE.format(vmm.effectiveBits()),
                            Unit.JOULE.format(vmm.cost().energyPerVector()),
                            Unit.SECOND.format(vmm.cost().time()),
                            Unit.SQUARE_METRE.format(vmm.cost().area()),
                            Integer.toString(vmm.cells()));
                }
                for (Design.Published figure : result.design().published()) {
                    table = table.detail(
                            "published " + figure.quantity(),
                            "",
                            Unit.PERCENT.format(figure.value(), 4),
                            "",
                            "",
                            "",
                            "",
                            "",
                            "");
                }
            }
        }
        return table;
    }

    /** The page. */
    static Page of(List<List<DesignResult>> families, LabelledImages test, Map<String, String> provenance) {
        List<DesignResult> all = families.stream().flatMap(List::stream).toList();
        Page page = Page.titled("A network through mixed-signal multipliers")
                .subtitle(all.get(0).images() + " test images, software against circuit")
                .section("Results")
                .paragraph("The same images run through the network in software (full-precision weights and"
                        + " activations) and through each simulated circuit. The error of a multiplier is the"
                        + " difference of its output from the exact product of the input words that it really had, in"
                        + " LSB of its converter, over all outputs that are not clipped alike in both; an ideal p-bit"
                        + " converter alone has 0.289 LSB and p effective bits.")
                .table(table(families))
                .chart(accuracy(all))
                .chart(energy(all))
                .section("Where the circuit differs from the ideal product")
                .chart(agreement(all))
                .chart(errors(all));
        for (List<DesignResult> family : families) {
            DesignResult result = family.get(0);
            page = page.section(result.design().name())
                    .paragraph(result.design().description() + ". Same class as the software for "
                            + Unit.PERCENT.format(result.agreement(), 4) + " of the images. " + evidence(result))
                    .chart(Chart.confusion(
                                    "What each digit was taken for",
                                    IntStream.range(0, LabelledImages.CLASSES)
                                            .mapToObj(Integer::toString)
                                            .toList(),
                                    result.confusion())
                            .caption("Rows are the true digits, columns what the circuit said."));
            if (result.circuitAccuracy() < 1) {
                page = page.images(wrong(result, test));
            }
        }
        return page.provenance(provenance);
    }

    private static String evidence(DesignResult result) {
        StringBuilder text = new StringBuilder();
        for (VmmResult vmm : result.vmms()) {
            text.append(String.format(
                    Locale.ROOT,
                    "%s: method %s, residual %.1e, Kirchhoff error %.1e. ",
                    vmm.name(),
                    vmm.evidence().method(),
                    vmm.evidence().residual(),
                    vmm.evidence().kirchhoffError()));
            vmm.saturation()
                    .forEach((place, count) ->
                            text.append(String.format(Locale.ROOT, "Values clipped at %s: %,d. ", place, count)));
        }
        return text.toString();
    }

    private static List<String> names(List<DesignResult> all) {
        return all.stream().map(r -> r.design().name()).toList();
    }

    private static Chart accuracy(List<DesignResult> all) {
        double lowest = all.stream()
                .mapToDouble(r -> Math.min(r.softwareAccuracy(), r.circuitAccuracy()))
                .min()
                .orElse(0);
        double from = Math.max(0, Math.floor(20 * (lowest - 0.02)) / 20);
        return Chart.bars(
                        "Accuracy",
                        names(all),
                        Axis.of("accuracy", Unit.PERCENT).range(from, 1),
                        List.of(
                                Series.of(
                                        "software",
                                        all.stream()
                                                .mapToDouble(DesignResult::softwareAccuracy)
                                                .toArray()),
                                Series.of(
                                        "circuit",
                                        all.stream()
                                                .mapToDouble(DesignResult::circuitAccuracy)
                                                .toArray())))
                .caption("Share of the test images that are classified right.");
    }

    private static Chart energy(List<DesignResult> all) {
        Set<String> blocks = new LinkedHashSet<>();
        for (DesignResult result : all) {
            result.vmms().forEach(v -> v.cost().items().forEach(c -> blocks.add(c.block())));
        }
        List<Series> series = new ArrayList<>();
        for (String block : blocks) {
            series.add(Series.of(
                    block, all.stream().mapToDouble(r -> share(r, block)).toArray()));
        }
        return Chart.stackedBars(
                        "Where the energy goes",
                        names(all),
                        Axis.of("share of the energy", Unit.PERCENT).range(0, 1),
                        series)
                .caption("Energy of one image by block, as a share of the design's own total: "
                        + String.join(
                                ", ",
                                all.stream()
                                        .map(r -> r.design().name() + " " + Unit.JOULE.format(r.energyPerImage()))
                                        .toList())
                        + ".");
    }

    private static double share(DesignResult result, String block) {
        double energy = 0;
        for (VmmResult vmm : result.vmms()) {
            for (Cost cost : vmm.cost().items()) {
                energy +=
                        cost.block().equals(block) ? cost.energy() / vmm.cost().vectors() : 0;
            }
        }
        return energy / result.energyPerImage();
    }

    private static Chart agreement(List<DesignResult> all) {
        List<Curve> clouds = new ArrayList<>();
        for (DesignResult result : all) {
            double[][] sample = result.vmms().get(0).sample();
            clouds.add(Curve.of(
                    result.design().name(),
                    IntStream.range(0, sample.length)
                            .mapToDouble(k -> sample[k][0])
                            .toArray(),
                    IntStream.range(0, sample.length)
                            .mapToDouble(k -> sample[k][1])
                            .toArray()));
        }
        return Chart.agreement(
                        "Output of layer 1", Axis.of("ideal product", Unit.NONE), Axis.of("circuit", Unit.NONE), clouds)
                .caption("Outputs in units of the converter's range; the steps are its codes.");
    }

    private static Chart errors(List<DesignResult> all) {
        List<Series> samples = new ArrayList<>();
        for (DesignResult result : all) {
            VmmResult vmm = result.vmms().get(0);
            double lsb = 1.0 / (1 << vmm.outputBits());
            double[] errors = Arrays.stream(vmm.sample())
                    .mapToDouble(pair -> (pair[1] - pair[0]) / lsb)
                    .toArray();
            if (errors.length > 0) {
                samples.add(Series.of(result.design().name(), errors));
            }
        }
        return Chart.histogram("Error of layer 1", Axis.of("error", Unit.LSB), samples)
                .caption(
                        "Outputs that are not clipped alike in both. Quantisation alone fills −0.5 to +0.5 LSB evenly.");
    }

    private static ImageGrid wrong(DesignResult result, LabelledImages test) {
        ImageGrid grid = ImageGrid.titled("Wrong at first", test.rows(), test.columns())
                .caption("The first images that the circuit got wrong: true digit, then what it said.");
        int shown = 0;
        for (int image = 0; image < result.images() && shown < WRONG_IMAGES; image++) {
            int given = result.classes()[image];
            if (given != test.label(image)) {
                byte[] ink = new byte[test.size()];
                for (int k = 0; k < ink.length; k++) {
                    ink[k] = (byte) test.pixel(image, k / test.columns(), k % test.columns());
                }
                grid = grid.image(ink, test.label(image) + " > " + given);
                shown++;
            }
        }
        return grid;
    }
}
