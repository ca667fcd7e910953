package org.vmmlib.studies.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.vmmlib.noise.budget.BudgetResult;
import org.vmmlib.noise.budget.Corner;
import org.vmmlib.noise.budget.ErrorEstimate;
import org.vmmlib.noise.budget.Estimate;
import org.vmmlib.noise.budget.SourceError;
import org.vmmlib.noise.budget.View;
import org.vmmlib.noise.budget.ViewBudget;
import org.vmmlib.studies.design.Design;
import org.vmmlib.studies.report.Axis;
import org.vmmlib.studies.report.Chart;
import org.vmmlib.studies.report.Page;
import org.vmmlib.studies.report.Series;
import org.vmmlib.studies.report.Table;
import org.vmmlib.studies.report.Unit;

/** How an error budget looks to a person: tables for the terminal, the page for a browser. */
public final class BudgetPage {

    private static final Unit KELVIN = Unit.plain("K");
    private static final double QUANTISER = 1 / Math.sqrt(12);
    /** An error below it, in LSB, is shown as 0: it matters to no converter. */
    private static final double NOTHING = 1e-4;

    private BudgetPage() {}

    /** The budget in one view: a row for each imperfection, then none, all, and what the parts leave over. */
    public static Table table(ViewBudget view, BudgetResult result) {
        String level = Unit.NONE.format(100 * result.confidence(), 2) + " % interval";
        double full = square(view.full().rms().value());
        Table table = Table.titled(title(view.view()) + ": error in LSB, over "
                        + String.format(Locale.ROOT, "%d chips of %,d outputs", result.trials(), result.outputs()))
                .text("imperfection")
                .number("alone")
                .number(level)
                .number("bias")
                .number("spread")
                .number("share")
                .number("bits lost")
                .number("removed")
                .number("bits regained");
        for (SourceError source : view.sources()) {
            ErrorEstimate alone = source.alone();
            table = table.row(
                    source.imperfection().id(),
                    lsb(alone.rms().value()),
                    interval(alone.rms()),
                    lsb(alone.bias().value()),
                    lsb(alone.spread().value()),
                    share(source.variance().value(), full),
                    bits(alone.bitsLost().value()),
                    lsb(source.removed().rms().value()),
                    bits(source.bitsRegained().value()));
        }
        table = table.row(
                "(none)",
                lsb(view.none().rms().value()),
                "",
                lsb(view.none().bias().value()),
                lsb(view.none().spread().value()),
                share(square(view.none().rms().value()), full),
                "",
                "",
                "");
        table = table.row(
                "(interaction)", "", "", "", "", share(view.interaction().value(), full), "", "", "");
        if (view.view() == View.BEFORE_QUANTISER) {
            table = table.detail(
                    "of it common bias", "", "", "", "", share(view.common().value(), full), "", "", "");
        }
        return table.row(
                "(all)",
                lsb(view.full().rms().value()),
                interval(view.full().rms()),
                lsb(view.full().bias().value()),
                lsb(view.full().spread().value()),
                share(full, full),
                bits(view.full().bitsLost().value()),
                "",
                "");
    }

    /** The full circuit by temperature. */
    public static Table temperatures(BudgetResult result) {
        String required = Unit.NONE.format(result.ownYield().required());
        Table table = Table.titled("All imperfections, by temperature; the first is the circuit's own")
                .number("temperature")
                .number("RMS error")
                .number("bias")
                .number("spread")
                .number("eff. bits")
                .number("worst chip")
                .number("yield at " + required + " bits")
                .number(Unit.NONE.format(100 * result.confidence(), 2) + " % interval");
        for (Corner corner : result.corners()) {
            ErrorEstimate error = corner.error();
            Estimate yield = corner.yield().fraction();
            table = table.row(
                    KELVIN.format(corner.temperature(), 5),
                    Unit.LSB.format(error.rms().value()),
                    lsb(error.bias().value()),
                    lsb(error.spread().value()),
                    Unit.NONE.format(error.effectiveBits(result.bits())),
                    Unit.NONE.format(corner.worstBits()),
                    Unit.PERCENT.format(yield.value()),
                    Unit.PERCENT.format(yield.low()) + " to " + Unit.PERCENT.format(yield.high()));
        }
        return table;
    }

    /** The worst of all chips at all temperatures, in a sentence. */
    public static String worst(BudgetResult result) {
        Corner worst = result.worst();
        return "Worst corner: chip " + worst.worstTrial() + " at " + KELVIN.format(worst.temperature(), 5) + ", "
                + Unit.NONE.format(worst.worstBits()) + " effective bits.";
    }

    private static String title(View view) {
        return switch (view) {
            case BEFORE_QUANTISER -> "Before the quantiser";
            case AFTER_QUANTISER -> "After the quantiser";
        };
    }

    private static double square(double value) {
        return value * value;
    }

    private static String lsb(double value) {
        return Unit.NONE.format(unlessTiny(value, NOTHING));
    }

    private static String interval(Estimate estimate) {
        return Double.isNaN(estimate.low()) ? "" : lsb(estimate.low()) + " to " + lsb(estimate.high());
    }

    private static String share(double part, double full) {
        return full == 0 ? "" : String.format(Locale.ROOT, "%.2f %%", unlessTiny(100 * part / full, 0.005));
    }

    private static String bits(double value) {
        return String.format(Locale.ROOT, "%.3f", unlessTiny(value, 0.0005));
    }

    /** The value, or 0 for what rounds to it, so that no minus stands in front of a 0. */
    private static double unlessTiny(double value, double tiny) {
        return Math.abs(value) < tiny ? 0 : value;
    }

    /** The page. */
    static Page of(Design design, BudgetResult result, Map<String, String> provenance) {
        Page page = Page.titled("Error budget of " + design.name())
                .subtitle(design.description() + "; " + result.trials() + " chips, "
                        + String.format(Locale.ROOT, "%,d", result.outputs()) + " outputs each")
                .section("Where the bits go")
                .paragraph(summary(result));
        page = overview(page, result);
        for (ViewBudget view : result.views()) {
            page = page.section(title(view.view()))
                    .paragraph(explanation(view, result))
                    .table(table(view, result));
            if (!view.sources().isEmpty()) {
                page = charts(page, view);
            }
        }
        page = page.section("Temperature and yield")
                .paragraph(
                        "The circuit is tuned once and read at each temperature. A chip counts as good when its own RMS"
                                + " error leaves it at least "
                                + Unit.NONE.format(result.ownYield().required())
                                + " effective bits; the interval is Wilson's. " + worst(result))
                .table(temperatures(result));
        if (result.corners().size() > 1) {
            page = page.chart(temperatureChart(result));
        }
        return page.section("What the imperfections are")
                .table(names(result.outermost()))
                .provenance(provenance);
    }

    private static String summary(BudgetResult result) {
        ViewBudget view = result.outermost();
        double bits = view.full().effectiveBits(result.bits());
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "With all its imperfections the circuit has an RMS error of %s LSB, %s effective bits of %d.",
                lsb(view.full().rms().value()),
                Unit.NONE.format(bits),
                result.bits()));
        if (!view.sources().isEmpty()) {
            SourceError largest = view.sources().get(0);
            text.append(String.format(
                    Locale.ROOT,
                    " %s (%s) costs most: alone it takes %s bits, and without it the circuit would have %s bits more.",
                    largest.imperfection().id(),
                    largest.imperfection().description(),
                    bits(largest.alone().bitsLost().value()),
                    bits(largest.bitsRegained().value())));
        }
        return text.toString();
    }

    private static String explanation(ViewBudget view, BudgetResult result) {
        String parts = String.format(
                Locale.ROOT,
                " Added as independent variances, the parts make %s of the mean square error; the rest is interaction.",
                share(view.parts().value(), square(view.full().rms().value())));
        return switch (view.view()) {
            case BEFORE_QUANTISER ->
                "Levels, against the exact product, in LSB of " + result.bits()
                        + " bits, of the outputs that an ideal converter would not clip. Bias is the mean error of an"
                        + " output over chips and noise, spread its standard deviation, both RMS over outputs. Bits"
                        + " lost are those that the levels would lose in an ideal quantiser (0.289 LSB)." + parts;
            case AFTER_QUANTISER ->
                "What the words stand for, against the exact activation of the exact product; outputs that both clip"
                        + " alike are left out. The quantiser's own error is in every row, also in that without"
                        + " imperfections; the share of a source is what it adds." + parts;
        };
    }

    private static Page overview(Page page, BudgetResult result) {
        ViewBudget view = result.outermost();
        if (view.sources().isEmpty()) {
            return page;
        }
        return page.chart(ranking(
                        "Effective bits",
                        view,
                        Axis.of("effective bits", Unit.BIT),
                        Map.of(),
                        named("lost, alone", s -> s.alone().bitsLost()),
                        named("regained, when removed", SourceError::bitsRegained))
                .caption(
                        "Lost by each imperfection alone against the circuit without any, and regained when it alone is"
                                + " removed from the full circuit. Whiskers: "
                                + Unit.NONE.format(100 * result.confidence(), 2) + " % intervals over chips.")
                .wide());
    }

    private record Named(String name, Function<SourceError, Estimate> value) {}

    private static Named named(String name, Function<SourceError, Estimate> value) {
        return new Named(name, value);
    }

    private static Chart ranking(String title, ViewBudget view, Axis axis, Map<String, Double> marks, Named... series) {
        List<Series> all = new ArrayList<>();
        for (Named one : series) {
            all.add(Series.of(one.name, values(view, s -> one.value.apply(s).value()))
                    .between(
                            values(view, s -> one.value.apply(s).low()),
                            values(view, s -> one.value.apply(s).high())));
        }
        return Chart.ranking(title, ids(view), axis, all, marks);
    }

    private static double[] values(ViewBudget view, ToDoubleFunction<SourceError> value) {
        return view.sources().stream()
                .mapToDouble(value)
                .map(x -> unlessTiny(x, NOTHING))
                .toArray();
    }

    private static List<String> ids(ViewBudget view) {
        return view.sources().stream().map(s -> s.imperfection().id()).toList();
    }

    private static Page charts(Page page, ViewBudget view) {
        Map<String, Double> marks = new LinkedHashMap<>();
        boolean levels = view.view() == View.BEFORE_QUANTISER;
        marks.put(
                levels ? "ideal quantiser" : "quantiser alone",
                levels ? QUANTISER : view.none().rms().value());
        marks.put("all", view.full().rms().value());
        String where = levels ? ", before the quantiser" : ", after the quantiser";
        return page.chart(ranking(
                                "RMS error" + where,
                                view,
                                Axis.of("RMS error", Unit.LSB),
                                marks,
                                named("alone", s -> s.alone().rms()),
                                named("removed", s -> s.removed().rms()))
                        .caption("Each imperfection alone, and all but this one. The lines: all imperfections, and "
                                + (levels ? "what an ideal quantiser would add." : "none.")))
                .chart(ranking(
                                "Bias and spread, alone" + where,
                                view,
                                Axis.of("error", Unit.LSB),
                                Map.of(),
                                named("bias", s -> s.alone().bias()),
                                named("spread", s -> s.alone().spread()))
                        .caption("Bias is the same on every chip and in every read, so it can be calibrated away;"
                                + " spread is what differs from chip to chip and from read to read. Their squares"
                                + " add up to that of the RMS error, but where few chips leave an estimate of the bias"
                                + " below 0: it is shown as 0."
                                + (levels ? "" : " The quantiser's own error is a bias.")));
    }

    private static Chart temperatureChart(BudgetResult result) {
        List<Corner> corners = result.corners();
        return Chart.ranking(
                        "Effective bits by temperature",
                        corners.stream()
                                .map(c -> KELVIN.format(c.temperature(), 5))
                                .toList(),
                        Axis.of("effective bits", Unit.BIT),
                        List.of(
                                Series.of(
                                        "all chips",
                                        corners.stream()
                                                .mapToDouble(c -> c.error().effectiveBits(result.bits()))
                                                .map(BudgetPage::orMissing)
                                                .toArray()),
                                Series.of(
                                        "worst chip",
                                        corners.stream()
                                                .mapToDouble(Corner::worstBits)
                                                .map(BudgetPage::orMissing)
                                                .toArray())),
                        Map.of("required", result.ownYield().required()))
                .caption("Tuned once, read at each temperature.");
    }

    private static double orMissing(double value) {
        return Double.isFinite(value) ? value : Double.NaN;
    }

    private static Table names(ViewBudget view) {
        Table table = Table.titled("Imperfections").text("imperfection").text("description");
        for (SourceError source : view.sources()) {
            table = table.row(source.imperfection().id(), source.imperfection().description());
        }
        return table;
    }
}
