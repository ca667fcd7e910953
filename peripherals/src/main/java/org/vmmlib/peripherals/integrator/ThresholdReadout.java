package org.vmmlib.peripherals.integrator;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.vmmlib.core.block.Datasheet;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.block.Imperfection;
import org.vmmlib.core.check.Require;
import org.vmmlib.core.cost.Activity;
import org.vmmlib.core.cost.Cost;
import org.vmmlib.core.crossbar.Topology;
import org.vmmlib.core.macro.Coding;
import org.vmmlib.core.macro.ColumnPort;
import org.vmmlib.core.macro.Readout;
import org.vmmlib.core.macro.Saturation;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.physics.Si;
import org.vmmlib.core.signal.Edges;
import org.vmmlib.core.signal.Signal;
import org.vmmlib.peripherals.parameter.Parameters;

/**
 * The readout of a two-phase time-domain multiplier: capacitors, mostly those of the column lines, and a latch on each that
 * is set as the capacitor's voltage reaches the threshold. Gives pulses, timed from the beginning of the second phase: from
 * the latch's edge to the end T, or between the edges of a pair ({@link TwoPhase.Outputs#RELU}: one AND of two latches). They
 * can drive the next array, whose first phase is the second one of this. Immutable.
 *
 * <p>A latch that is set before the second phase begins, or is not set before it ends, counts as {@code latch.early} or
 * {@code latch.late}. A last column without a partner in pairs has one that is never set.
 *
 * <p>Imperfections: those of the {@link Integrator}; mismatch of the thresholds; a delay of the latches, the same for all,
 * which {@link TwoPhase.Outputs#RELU} takes away again.
 */
public final class ThresholdReadout implements Readout {

    /** Id of the mismatch of the thresholds. */
    public static final String THRESHOLD = "latch.threshold";

    /** Id of the delay of the latches. */
    public static final String DELAY = "latch.delay";

    /** Distance to the threshold, relative, at which a latch that the end of the schedule meets is set there. */
    private static final double MEETS = 1e-9;

    private static final String P_SWING = "threshold above reset";
    private static final String P_SPREAD = "threshold mismatch (sigma)";
    private static final String P_DELAY = "latch delay";
    private static final String P_LATCH = "energy of a latch";
    private static final String P_AREA = "area of a latch";

    private final TwoPhase scheme;
    private final Integrator integrator;
    private final Parameters p;

    private ThresholdReadout(TwoPhase scheme, Integrator integrator, Parameters parameters) {
        this.scheme = scheme;
        this.integrator = integrator;
        p = parameters;
    }

    /**
     * Starts with ideal latches; the circuit behind their cost is chosen.
     *
     * @param scheme what mapping, encoder and readout agree on
     * @param integrator the capacitors, of {@link TwoPhase#capacitance}
     * @param swing capacitor voltage at the threshold, volts, above 0
     */
    public static Builder builder(TwoPhase scheme, Integrator integrator, double swing) {
        return new Builder(scheme, integrator, swing);
    }

    /** A builder that starts with these parameters. */
    public Builder toBuilder() {
        return new Builder(scheme, integrator, p);
    }

    @Override
    public double columnVoltage() {
        return integrator.columnVoltage();
    }

    @Override
    public double inputResistance() {
        return integrator.inputResistance();
    }

    @Override
    public boolean fits(Topology topology) {
        return integrator.fits(topology);
    }

    /** Two phases of its own time. */
    @Override
    public boolean fits(Coding coding) {
        return coding.equals(new Coding.TwoPhase(scheme.time()));
    }

    /** Capacitor voltage at the threshold, volts. */
    public double swing() {
        return p.value(P_SWING);
    }

    /** The capacitors. */
    public Integrator integrator() {
        return integrator;
    }

    @Override
    public Columns on(Die die, int columns, Conditions conditions) {
        Require.within("columns", columns, 1, Integer.MAX_VALUE);
        double[] thresholds = die.mismatch(THRESHOLD, p.value(P_SPREAD), columns);
        for (int j = 0; j < columns; j++) {
            thresholds[j] = (swing() + thresholds[j]) / integrator.outputShare();
            if (!(thresholds[j] > 0)) {
                throw new IllegalArgumentException("threshold = " + thresholds[j] + " V of column " + j
                        + ": must be above 0; raise the swing or lower the mismatch");
            }
        }
        Capacitors capacitors = Capacitors.of(integrator, "two-phase threshold readout", die, columns);
        return (vectors, firstCall) -> new Ramps(capacitors, thresholds, vectors, firstCall);
    }

    /** A batch through it. */
    private final class Ramps implements Session {
        private final Capacitors capacitors;
        private final double[] thresholds;
        private final int vectors;
        private final long firstCall;
        private final ChargeNode node;
        private final Crossings crossings;
        private final boolean[] clipped;
        private int phase;

        Ramps(Capacitors capacitors, double[] thresholds, int vectors, long firstCall) {
            this.capacitors = capacitors;
            this.thresholds = thresholds;
            this.vectors = vectors;
            this.firstCall = firstCall;
            node = capacitors.reset(vectors, firstCall);
            crossings = new Crossings(vectors, thresholds);
            clipped = capacitors.marks(vectors);
        }

        @Override
        public void phase(double[] durations, ColumnPort array) {
            capacitors.require(array, durations, vectors);
            capacitors.disturb(node, firstCall, phase, durations);
            phase++;
            node.advance(durations, array, 1, crossings);
            capacitors.clip(node.charge(), clipped);
        }

        @Override
        public Signal finish(Saturation saturation) {
            Capacitors.count(clipped, saturation);
            int columns = thresholds.length;
            double[] set = new double[vectors * columns];
            long early = 0;
            long late = 0;
            for (int k = 0; k < set.length; k++) {
                set[k] = crossings.time(k) - scheme.time();
                if (Double.isInfinite(set[k])) {
                    double left = crossings.threshold(k) - node.charge()[k];
                    late += left > MEETS * crossings.threshold(k) ? 1 : 0;
                } else if (set[k] < -MEETS * scheme.time()) {
                    early++;
                }
                set[k] = Math.min(scheme.time(), Math.max(0, set[k]) + p.value(P_DELAY));
            }
            saturation.add("latch.early", early);
            saturation.add("latch.late", late);
            return scheme.outputs() == TwoPhase.Outputs.RELU ? gated(set, columns) : steps(set, columns);
        }

        private Edges steps(double[] set, int columns) {
            double[][] times = new double[set.length][];
            for (int k = 0; k < set.length; k++) {
                times[k] = pulse(set[k], scheme.time());
            }
            return new Edges(vectors, columns, times);
        }

        private Edges gated(double[] set, int columns) {
            int outputs = (columns + 1) / 2;
            double[][] times = new double[vectors * outputs][];
            for (int k = 0; k < times.length; k++) {
                int plus = k / outputs * columns + 2 * (k % outputs);
                boolean alone = 2 * (k % outputs) + 1 == columns;
                times[k] = pulse(set[plus], alone ? scheme.time() : set[plus + 1]);
            }
            return new Edges(vectors, outputs, times);
        }

        private static double[] pulse(double from, double to) {
            return from < to ? new double[] {from, to} : new double[0];
        }
    }

    @Override
    public Cost cost(Activity activity) {
        Cost of = integrator.cost(activity);
        double latches = (double) activity.vectors() * activity.channels();
        return new Cost(
                "threshold readout",
                of.energy() + latches * p.value(P_LATCH),
                of.time(),
                of.area() + activity.channels() * p.value(P_AREA));
    }

    @Override
    public List<Imperfection> imperfections() {
        List<Imperfection> has = new ArrayList<>(integrator.imperfections());
        has.addAll(p.imperfections());
        return has;
    }

    @Override
    public ThresholdReadout without(String imperfection) {
        if (integrator.imperfections().stream().anyMatch(has -> has.id().equals(imperfection))) {
            return new ThresholdReadout(scheme, integrator.without(imperfection), p);
        }
        return new ThresholdReadout(scheme, integrator, p.without(this, imperfection));
    }

    @Override
    public Datasheet datasheet() {
        List<Datasheet.Entry> entries = new ArrayList<>();
        entries.add(new Datasheet.Entry("time of a phase", scheme.time(), "s", "user"));
        entries.addAll(p.entries());
        entries.addAll(integrator.datasheet().entries());
        return new Datasheet(
                String.format(
                        Locale.ROOT,
                        "two-phase threshold readout (%s), with an %s",
                        scheme.outputs().name().toLowerCase(Locale.ROOT),
                        integrator.datasheet().title()),
                entries);
    }

    /** Collects the parameters. Each is recorded with the source that {@link #source} named last. */
    public static final class Builder {
        private final TwoPhase scheme;
        private final Integrator integrator;
        private Parameters p;

        private Builder(TwoPhase scheme, Integrator integrator, double swing) {
            this.scheme = scheme;
            this.integrator = integrator;
            p = Parameters.none()
                    .add(P_SWING, Require.positive("swing", swing), "V", "user")
                    .flaw(THRESHOLD, "mismatch of the latches' thresholds", P_SPREAD, "V")
                    .flaw(DELAY, "delay of the latches", P_DELAY, "s")
                    .add(P_LATCH, 5 * Si.fF * 1.2 * 1.2, "J", "chosen: 5 fF at 1.2 V")
                    .chosen(P_AREA, 5 * Si.um2, "m2");
        }

        private Builder(TwoPhase scheme, Integrator integrator, Parameters other) {
            this.scheme = scheme;
            this.integrator = integrator;
            p = other.fromUser();
        }

        /** Names the source of the values set from here on: a paper, "chosen". Starts as "user". */
        public Builder source(String text) {
            p = p.from(text);
            return this;
        }

        /** Standard deviation of a threshold, one draw a column, volts, 0 or above. */
        public Builder thresholdMismatch(double sigma) {
            p = p.with(P_SPREAD, Require.nonNegative("sigma", sigma));
            return this;
        }

        /** Delay of all latches, seconds, 0 or above. */
        public Builder delay(double seconds) {
            p = p.with(P_DELAY, Require.nonNegative("seconds", seconds));
            return this;
        }

        /** Energy of setting and resetting one latch, joules, 0 or above. */
        public Builder latchEnergy(double joules) {
            p = p.with(P_LATCH, Require.nonNegative("joules", joules));
            return this;
        }

        /** Area of one latch, square metres, 0 or above. */
        public Builder latchArea(double squareMetres) {
            p = p.with(P_AREA, Require.nonNegative("squareMetres", squareMetres));
            return this;
        }

        /** The finished readout. */
        public ThresholdReadout build() {
            return new ThresholdReadout(scheme, integrator, p);
        }
    }
}
