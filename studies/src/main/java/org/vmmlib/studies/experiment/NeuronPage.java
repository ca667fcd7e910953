package org.vmmlib.studies.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.vmmlib.peripherals.neuron.ChargeBalance;
import org.vmmlib.peripherals.neuron.CurrentWaveform;
import org.vmmlib.peripherals.neuron.MultiBitNeuron;
import org.vmmlib.peripherals.neuron.NeuronResponse;
import org.vmmlib.peripherals.neuron.NormalMembrane;
import org.vmmlib.peripherals.neuron.ThresholdLadder;
import org.vmmlib.studies.report.Axis;
import org.vmmlib.studies.report.Chart;
import org.vmmlib.studies.report.Curve;
import org.vmmlib.studies.report.Page;
import org.vmmlib.studies.report.Table;
import org.vmmlib.studies.report.Unit;

/** How a neuron's run looks to a person: tables for the terminal, the page for a browser. */
public final class NeuronPage {

    private static final Unit HERTZ = Unit.si("Hz");
    private static final Unit COULOMB = Unit.si("C");
    /** Height of one-bit signals that are drawn one above the other, at a distance of 1. */
    private static final double HIGH = 0.8;
    /** A line of so many points has no marks. */
    private static final int UNMARKED = 64;

    private NeuronPage() {}

    /** What the neuron was given, on one line. */
    public static String headline(NeuronStudy study) {
        return String.format(
                Locale.ROOT,
                "%d-bit integrate-and-fire neuron, %s pulses of %s and %s at %s",
                study.neuron().ladder().bits(),
                study.arrival() == NeuronStudy.Arrival.REGULAR ? "regular" : "random",
                Unit.AMPERE.format(NeuronStudy.AMPLITUDE),
                Unit.SECOND.format(NeuronStudy.WIDTH),
                HERTZ.format(study.rate()));
    }

    /** Spikes of each output in the long run. */
    public static Table rates(NeuronStudy study) {
        NeuronResponse run = study.longRun();
        Table table = Table.titled("Spikes of each output in " + Unit.SECOND.format(NeuronStudy.LONG_RUN))
                .text("output")
                .number("threshold")
                .number("spikes")
                .number("rate")
                .number("share");
        ThresholdLadder ladder = study.neuron().ladder();
        for (int k = 0; k < run.levels(); k++) {
            table = table.row(
                    "D" + k + (k == run.levels() - 1 ? ", resets" : ""),
                    Unit.VOLT.format(ladder.threshold(k), 4),
                    Integer.toString(run.count(k)),
                    HERTZ.format(run.rate(k)),
                    run.count() == 0 ? "-" : Unit.PERCENT.format(run.count(k) / (double) run.count()));
        }
        return table;
    }

    /** Where the charge of the long run went. */
    public static Table charge(NeuronStudy study) {
        ChargeBalance charge = study.longRun().charge();
        Table table = Table.titled("Where the charge of these " + Unit.SECOND.format(NeuronStudy.LONG_RUN) + " went")
                .text("charge")
                .number("amount")
                .number("share");
        double given = study.longInput().charge();
        String[] names = {
            "given", "removed by resets", "shunted while held at rest", "leaked away", "on the membrane at the end"
        };
        double[] amounts = {given, charge.removed(), charge.shunted(), charge.leaked(), charge.held()};
        for (int k = 0; k < names.length; k++) {
            // Rounding of the sums shows as a leak of a few electrons
            double amount = Math.abs(amounts[k]) < 1e-9 * given ? 0 : amounts[k];
            table = table.row(names[k], COULOMB.format(amount), given == 0 ? "-" : Unit.PERCENT.format(amount / given));
        }
        return table;
    }

    /** What spikes tell of a normally distributed membrane: the published thresholds, better ones, and this neuron's. */
    public static Table entropies(NeuronStudy study) {
        NormalMembrane standard = NormalMembrane.STANDARD;
        Table table = Table.titled(String.format(
                        Locale.ROOT,
                        "What spikes tell of a normal membrane, whose entropy is %.4f bit at a deviation of 1",
                        standard.entropy()))
                .text("thresholds, in deviations")
                .number("entropy")
                .number("loss");
        table = row(table, "1: at 0.5989 (leaky integrate-and-fire)", standard, standard.spaced(1, 0.5989));
        table = row(table, "1: at the mean, the best", standard, standard.equiprobable(1));
        for (int bits = 2; bits <= 3; bits++) {
            int count = (1 << bits) - 1;
            double published = bits == 2 ? 0.4966 : 0.2732;
            double best = standard.bestSpacing(count);
            table = row(
                    table,
                    String.format(Locale.ROOT, "%d: k x %.4f", count, published),
                    standard,
                    standard.spaced(count, published));
            table = row(
                    table,
                    String.format(Locale.ROOT, "%d: k x %.4f, the best spacing", count, best),
                    standard,
                    standard.spaced(count, best));
            table = row(table, count + ": equally likely states, the best", standard, standard.equiprobable(count));
        }
        NormalMembrane membrane = study.membrane();
        ThresholdLadder ladder = study.neuron().ladder();
        table = table.row(
                String.format(
                        Locale.ROOT,
                        "this ladder on a membrane of %s +- %s",
                        Unit.VOLT.format(membrane.mean()),
                        Unit.VOLT.format(membrane.deviation())),
                bits(membrane.spikeEntropy(ladder)),
                "");
        return table.row("this ladder's states as they occurred", bits(study.stateEntropy()), "");
    }

    private static Table row(Table table, String name, NormalMembrane membrane, ThresholdLadder thresholds) {
        return table.row(name, bits(membrane.spikeEntropy(thresholds)), bits(membrane.informationLoss(thresholds)));
    }

    private static String bits(double value) {
        return String.format(Locale.ROOT, "%.4f bit", Math.abs(value) < 5e-5 ? 0 : value);
    }

    /** What the column of losses means. */
    public static String lossExplained() {
        return "The loss is the difference of a differential and a discrete entropy: it depends on the unit of the"
                + " voltage and may be negative. It compares thresholds; it is no bound.";
    }

    /** How well the input can be told from the spikes, on one line. */
    public static String encoder(NeuronStudy study) {
        return String.format(
                Locale.ROOT,
                "As an encoder of constant currents up to %s in frames of %s: %.2f effective bits",
                Unit.AMPERE.format(NeuronStudy.FULL_SCALE),
                Unit.SECOND.format(NeuronStudy.FRAME),
                study.encoding().effectiveBits());
    }

    /**
     * The page.
     *
     * @param provenance what the results come from
     */
    public static Page of(NeuronStudy study, Map<String, String> provenance) {
        return Page.titled("A multi-bit neuron")
                .subtitle(headline(study))
                .section("Transients")
                .chart(input(study))
                .chart(membrane(study))
                .chart(outputs(study))
                .chart(glitches(study))
                .section("Rates and charge")
                .paragraph("Counted in a longer run that begins with the same pulses. Only the highest output removes"
                        + " charge. Without leak every threshold would be crossed once for each reset, and all outputs"
                        + " would count alike: that the lowest leads at low rates comes from the leak.")
                .table(rates(study))
                .table(charge(study))
                .section("Information")
                .paragraph(
                        encoder(study) + ". The decoder adds up the charges that the spikes of each output stand for,"
                                + " and takes gain and offset from the best straight line.")
                .chart(encoding(study))
                .chart(spacing())
                .paragraph(lossExplained())
                .table(entropies(study))
                .section("Neuron")
                .table(datasheet(study.neuron()))
                .provenance(provenance);
    }

    private static Chart membrane(NeuronStudy study) {
        double[] t = study.trace().times();
        double end = study.input().time();
        List<Curve> curves = new ArrayList<>();
        curves.add(Curve.of("membrane", t, study.trace().voltages()));
        ThresholdLadder ladder = study.neuron().ladder();
        if (ladder.levels() <= 3) {
            for (int k = 0; k < ladder.levels(); k++) {
                double v = ladder.threshold(k);
                curves.add(Curve.of("threshold " + k, new double[] {0, end}, new double[] {v, v}));
            }
        }
        return Chart.lines("Membrane voltage", time(end), Axis.of("output of the amplifier", Unit.VOLT), curves)
                .caption(
                        "It rises with each input pulse, leaks in between, and falls to rest when the highest threshold"
                                + " is crossed.")
                .wide();
    }

    private static Axis time(double end) {
        return Axis.of("time", Unit.SECOND).range(0, end).digits(4);
    }

    private static Chart outputs(NeuronStudy study) {
        double end = study.input().time();
        NeuronResponse response = study.trace().response();
        List<Curve> curves = new ArrayList<>();
        for (int k = 0; k < response.levels(); k++) {
            double[] starts = response.spikes(k);
            double[] edges = new double[2 * starts.length];
            for (int s = 0; s < starts.length; s++) {
                edges[2 * s] = starts[s];
                edges[2 * s + 1] = Math.min(end, starts[s] + response.pulseWidth());
            }
            curves.add(lane("D" + k, edges, k, end));
        }
        return Chart.lines(
                        "Output pulses", time(end), Axis.of("output", Unit.NONE).range(0, response.levels()), curves)
                .caption(String.format(
                        Locale.ROOT, "Output D_k is drawn at k, and %s above it while its pulse lasts.", HIGH))
                .wide();
    }

    private static Chart input(NeuronStudy study) {
        CurrentWaveform input = study.input();
        double[] t = new double[2 * input.pieces()];
        double[] current = new double[t.length];
        double now = 0;
        for (int k = 0; k < input.pieces(); k++) {
            t[2 * k] = now;
            now = Math.min(input.time(), now + input.duration(k));
            t[2 * k + 1] = now;
            current[2 * k] = input.current(k);
            current[2 * k + 1] = input.current(k);
        }
        return Chart.lines(
                        "Input",
                        time(input.time()),
                        Axis.of("current", Unit.AMPERE),
                        List.of(Curve.of("input", t, current)))
                .caption("Pulses that overlap add up.")
                .wide();
    }

    /** A signal of one bit. So many points that the page draws no marks on them. */
    private static Curve lane(String name, double[] edges, double base, double end) {
        double[] t = new double[Math.max(2 * edges.length + 2, UNMARKED)];
        double[] y = new double[t.length];
        Arrays.fill(t, end);
        Arrays.fill(y, base);
        t[0] = 0;
        for (int k = 0; k < edges.length; k++) {
            t[2 * k + 1] = edges[k];
            t[2 * k + 2] = edges[k];
            y[2 * k + 1] = base + HIGH * (k % 2);
            y[2 * k + 2] = base + HIGH * ((k + 1) % 2);
        }
        return Curve.of(name, t, y);
    }

    private static Chart glitches(NeuronStudy study) {
        double end = study.input().time();
        return Chart.lines(
                        "Error of the virtual ground",
                        time(end),
                        Axis.of("voltage", Unit.VOLT),
                        List.of(Curve.of(
                                "virtual ground",
                                study.trace().times(),
                                study.trace().glitches())))
                .caption(
                        study.neuron().loopTime() == 0
                                ? "The amplifier is ideal: there is none."
                                : "The amplifier follows an input pulse with a time constant of "
                                        + Unit.SECOND.format(study.neuron().loopTime()) + "; until then its input gives"
                                        + " way.")
                .wide();
    }

    private static Chart encoding(NeuronStudy study) {
        return Chart.agreement(
                        "Input reconstructed from the spikes",
                        Axis.of("input current", Unit.AMPERE),
                        Axis.of("reconstructed", Unit.AMPERE),
                        List.of(Curve.of(
                                "neuron",
                                study.encoding().inputs(),
                                study.encoding().reconstructed())))
                .caption(String.format(
                        Locale.ROOT,
                        "Constant currents, frames of %s: %.2f effective bits.",
                        Unit.SECOND.format(NeuronStudy.FRAME),
                        study.encoding().effectiveBits()));
    }

    private static Chart spacing() {
        NormalMembrane standard = NormalMembrane.STANDARD;
        List<Curve> curves = new ArrayList<>();
        for (int count : new int[] {1, 3, 7}) {
            double[] spacings = new double[150];
            double[] entropies = new double[150];
            for (int k = 0; k < spacings.length; k++) {
                spacings[k] = 0.01 * (k + 1);
                entropies[k] = standard.spikeEntropy(standard.spaced(count, spacings[k]));
            }
            curves.add(Curve.of(count == 1 ? "1 threshold" : count + " thresholds", spacings, entropies));
        }
        return Chart.lines(
                        "Entropy of the spikes by the distance of the thresholds",
                        Axis.of("distance, in deviations of the membrane", Unit.NONE),
                        Axis.of("entropy", Unit.BIT),
                        curves)
                .caption("Thresholds at equal distances from the mean up.");
    }

    private static Table datasheet(MultiBitNeuron neuron) {
        Table table = Table.titled(neuron.datasheet().title())
                .text("parameter")
                .number("value")
                .text("source");
        for (var entry : neuron.datasheet().entries()) {
            Unit unit = entry.unit().equals("m2") ? Unit.SQUARE_METRE : Unit.si(entry.unit());
            table = table.row(
                    entry.parameter(),
                    entry.unit().isEmpty() ? Unit.NONE.format(entry.value()) : unit.format(entry.value(), 4),
                    entry.source());
        }
        return table;
    }
}
