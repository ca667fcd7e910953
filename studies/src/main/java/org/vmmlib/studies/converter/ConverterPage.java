package org.vmmlib.studies.converter;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.vmmlib.core.block.Datasheet;
import org.vmmlib.core.cost.Activity;
import org.vmmlib.core.cost.Cost;
import org.vmmlib.core.metrics.Linearity;
import org.vmmlib.core.metrics.SineSpectrum;
import org.vmmlib.studies.report.Axis;
import org.vmmlib.studies.report.Chart;
import org.vmmlib.studies.report.Curve;
import org.vmmlib.studies.report.Page;
import org.vmmlib.studies.report.Table;
import org.vmmlib.studies.report.Unit;

/** How a converter looks to a person: tables for the terminal, the page for a browser. */
public final class ConverterPage {

    private static final Unit DECIBEL = Unit.plain("dB");
    private static final int DIGITS = 6;
    private static final int COLUMNS = 128;
    private static final int LISTED = 8;
    private static final int MOST_BINS = 2048;
    private static final double FLOOR = -120;

    private ConverterPage() {}

    /** The names, one row each. */
    public static Table list(List<NamedConverter> converters) {
        Table table = Table.titled("Converters").text("name").number("bits").text("description");
        for (NamedConverter converter : converters) {
            table = table.row(converter.name(), Integer.toString(converter.usualBits()), converter.description());
        }
        return table;
    }

    /** The datasheet: parameter, value, unit, source. */
    public static Table datasheet(Datasheet datasheet) {
        Table table = Table.titled(datasheet.title())
                .text("parameter")
                .number("value")
                .text("unit")
                .text("source");
        for (Datasheet.Entry entry : datasheet.entries()) {
            String[] value = value(entry);
            table = table.row(entry.parameter(), value[0], value[1], entry.source());
        }
        return table;
    }

    /** The number and the unit with its prefix; six digits, without the zeros at their end. */
    private static String[] value(Datasheet.Entry entry) {
        String text = unit(entry.unit()).format(entry.value(), DIGITS);
        int blank = text.indexOf(' ');
        return blank < 0
                ? new String[] {trimmed(text), ""}
                : new String[] {trimmed(text.substring(0, blank)), text.substring(blank + 1)};
    }

    private static Unit unit(String symbol) {
        return switch (symbol) {
            case "" -> Unit.NONE;
            case "m2" -> Unit.SQUARE_METRE;
            case "A", "V", "F", "J", "s", "C" -> Unit.si(symbol);
            default -> Unit.plain(symbol);
        };
    }

    /** A number without the zeros at the end of its decimals. */
    private static String trimmed(String number) {
        return number.indexOf('.') < 0 ? number : number.replaceFirst("\\.?0+(?=e|$)", "");
    }

    /** What one channel measures, and what a conversion takes. */
    public static Table metrics(NamedConverter named, ConverterMeasurement measured) {
        int bits = measured.converter().bits();
        Table table = Table.titled(named.name() + ", " + bits + (bits == 1 ? " bit" : " bits"))
                .text("metric")
                .number("value");
        if (measured.endPoint().isPresent()) {
            Linearity line = measured.endPoint().get();
            table = table.row("gain error", Unit.PERCENT.format(rounded(line.gain() - 1)))
                    .row("offset error", Unit.LSB.format(rounded(line.offset())))
                    .row("largest INL, end points", Unit.LSB.format(rounded(line.largestInl())));
        } else {
            double ideal = Math.scalb(1.0, -measured.converter().bits());
            double offset = (ideal - measured.levels().level(1)) / ideal;
            table = table.row("offset error", Unit.LSB.format(rounded(offset)));
        }
        if (measured.bestFit().isPresent()) {
            table = table.row(
                    "largest INL, best fit",
                    Unit.LSB.format(rounded(measured.bestFit().get().largestInl())));
        }
        if (measured.endPoint().isPresent()) {
            Linearity line = measured.endPoint().get();
            table = table.row("largest DNL", Unit.LSB.format(rounded(line.largestDnl())))
                    .row("missing codes", missing(line.missingCodes()));
        }
        SineSpectrum spectrum = measured.spectrum();
        table = table.row("SNDR", DECIBEL.format(spectrum.sndr()))
                .row("SNR", DECIBEL.format(spectrum.snr()))
                .row("THD", DECIBEL.format(spectrum.thd()))
                .row("SFDR", DECIBEL.format(spectrum.sfdr()))
                .row("effective bits", Unit.BIT.format(spectrum.effectiveBits()));
        return cost(table, measured);
    }

    private static Table cost(Table table, ConverterMeasurement measured) {
        Cost cost = measured.converter().cost(new Activity(1, COLUMNS, 0, 0));
        double energy = cost.energy() / COLUMNS;
        double words = Math.pow(2, measured.spectrum().effectiveBits());
        return table.row("energy of a conversion", Unit.JOULE.format(energy))
                .row("energy over 2^(effective bits)", Unit.JOULE.format(energy / words))
                .row("time of " + COLUMNS + " columns", Unit.SECOND.format(cost.time()))
                .row("area, each of " + COLUMNS + " columns", Unit.SQUARE_METRE.format(cost.area() / COLUMNS));
    }

    /** A figure without the rounding errors of an ideal converter. */
    private static double rounded(double value) {
        return Math.abs(value) < 1e-9 ? 0 : value;
    }

    private static String missing(List<Integer> codes) {
        if (codes.isEmpty()) {
            return "none";
        }
        String first = codes.stream().limit(LISTED).map(String::valueOf).collect(Collectors.joining(", "));
        return codes.size() <= LISTED ? first : codes.size() + ": " + first + ", ...";
    }

    /**
     * The page.
     *
     * @param seed of the die, for the record
     */
    public static Page of(NamedConverter named, ConverterMeasurement measured, long seed) {
        Page page = Page.titled(named.name())
                .subtitle(named.description())
                .section("Figures")
                .table(metrics(named, measured))
                .section("Linearity");
        Optional<Linearity> line = measured.endPoint();
        if (line.isPresent() && measured.bestFit().isPresent()) {
            page = page.chart(inl(measured, line.get(), measured.bestFit().get()))
                    .chart(dnl(measured, line.get()));
        }
        return page.chart(transfer(measured))
                .chart(transferError(measured))
                .section("Spectrum")
                .chart(spectrum(measured))
                .section("Datasheet")
                .table(datasheet(measured.converter().datasheet()))
                .provenance(provenance(named, measured, seed));
    }

    private static Map<String, String> provenance(NamedConverter named, ConverterMeasurement measured, long seed) {
        Map<String, String> facts = new LinkedHashMap<>();
        String version = ConverterPage.class.getPackage().getImplementationVersion();
        facts.put("program", "vmm " + (version == null ? "(not built as a jar)" : version));
        facts.put("converter", named.name());
        facts.put("bits", Integer.toString(measured.converter().bits()));
        facts.put("seed", Long.toString(seed));
        String has = measured.converter().imperfections().stream()
                .map(imperfection -> imperfection.id())
                .collect(Collectors.joining(", "));
        facts.put("imperfections", has.isEmpty() ? "none" : has);
        facts.put("input", measured.converter().input().name().toLowerCase(Locale.ROOT));
        return facts;
    }

    private static double[] counted(int count) {
        return IntStream.rangeClosed(1, count).asDoubleStream().toArray();
    }

    private static Axis codes(ConverterMeasurement measured) {
        int highest = (1 << measured.converter().bits()) - 1;
        return Axis.of("code", Unit.NONE).range(0, highest).digits(4);
    }

    private static Chart inl(ConverterMeasurement measured, Linearity endPoint, Linearity bestFit) {
        double[] k = counted(endPoint.inl().length);
        return Chart.lines(
                        "Integral nonlinearity",
                        codes(measured),
                        Axis.of("INL", Unit.LSB),
                        List.of(Curve.of("end points", k, endPoint.inl()), Curve.of("best fit", k, bestFit.inl())))
                .caption("Of the level at which each code begins, without noise; gain and offset are taken out.");
    }

    private static Chart dnl(ConverterMeasurement measured, Linearity line) {
        double[] dnl = line.dnl();
        List<Curve> curves = new ArrayList<>();
        curves.add(Curve.of("DNL", counted(dnl.length), dnl));
        return Chart.lines("Differential nonlinearity", codes(measured), Axis.of("DNL", Unit.LSB), curves)
                .caption("A code at -1 LSB never occurs.");
    }

    /** Steps: two points at each level. */
    private static Chart transfer(ConverterMeasurement measured) {
        int codes = 1 << measured.converter().bits();
        double[] x = new double[2 * codes];
        double[] y = new double[2 * codes];
        double last = 0;
        for (int code = 0; code < codes; code++) {
            x[2 * code] = last;
            double next = code < codes - 1 ? measured.levels().level(code + 1) : 1;
            last = Math.max(last, Math.max(0, Math.min(1, next)));
            x[2 * code + 1] = last;
            y[2 * code] = code;
            y[2 * code + 1] = code;
        }
        double[] levels = Arrays.stream(x)
                .map(part -> ConverterMeasurement.input(measured.converter(), Math.max(0.001, Math.min(0.999, part))))
                .toArray();
        return Chart.lines(
                        "Transfer",
                        Axis.of("input", quantity(measured)),
                        codes(measured),
                        List.of(Curve.of("measured", levels, y)))
                .caption("Without noise.");
    }

    private static Chart transferError(ConverterMeasurement measured) {
        int bits = measured.converter().bits();
        int count = measured.levels().count();
        double[] off = new double[count];
        for (int k = 1; k <= count; k++) {
            double level = measured.levels().level(k);
            off[k - 1] = Double.isInfinite(level) ? Double.NaN : k - Math.scalb(level, bits);
        }
        return Chart.lines(
                        "Transfer error",
                        codes(measured),
                        Axis.of("error", Unit.LSB),
                        List.of(Curve.of("error", counted(count), off)))
                .caption(
                        "Of the level at which each code begins, referred to the output, gain and offset included; above 0"
                                + " where codes come early.");
    }

    private static Unit quantity(ConverterMeasurement measured) {
        return switch (measured.converter().input()) {
            case CURRENT -> Unit.AMPERE;
            case VOLTAGE -> Unit.VOLT;
            case CHARGE -> Unit.si("C");
            case TIME -> Unit.SECOND;
        };
    }

    /** The largest of neighbouring bins, so that no spur is lost. */
    private static Chart spectrum(ConverterMeasurement measured) {
        double[] decibels = measured.spectrum().decibels();
        int bins = decibels.length - 1;
        int group = Math.max(1, bins / MOST_BINS);
        double[] frequency = new double[bins / group];
        double[] level = new double[bins / group];
        Arrays.fill(level, FLOOR);
        for (int bin = 1; bin <= bins; bin++) {
            int at = Math.min(level.length - 1, (bin - 1) / group);
            if (decibels[bin] > level[at]) {
                level[at] = decibels[bin];
                frequency[at] = 0.5 * bin / bins;
            } else if (frequency[at] == 0) {
                frequency[at] = 0.5 * bin / bins;
            }
        }
        return Chart.lines(
                        "Spectrum of a sine wave over the full scale",
                        Axis.of("frequency over sample rate", Unit.NONE),
                        Axis.of("level over the signal", DECIBEL).range(FLOOR, 0),
                        List.of(Curve.of("spectrum", frequency, level)))
                .caption(String.format(
                        Locale.ROOT,
                        "Coherent, %d samples, noise included: SNDR %s, SFDR %s, %s effective.",
                        2 * bins,
                        DECIBEL.format(measured.spectrum().sndr()),
                        DECIBEL.format(measured.spectrum().sfdr()),
                        Unit.BIT.format(measured.spectrum().effectiveBits())))
                .wide();
    }
}
