package org.vmmlib.peripherals.encoder;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.vmmlib.core.block.Block;
import org.vmmlib.core.block.Datasheet;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.block.Imperfection;
import org.vmmlib.core.check.Require;
import org.vmmlib.core.cost.Activity;
import org.vmmlib.core.cost.Cost;
import org.vmmlib.core.physics.Constants;
import org.vmmlib.core.physics.Si;
import org.vmmlib.core.signal.DriveKind;
import org.vmmlib.peripherals.parameter.Parameters;

/**
 * The driver of one row that is either on or off: a gate voltage, a row voltage or an input current. Immutable.
 *
 * <p>Imperfections: the on levels of the rows differ; the edges of pulses jitter, each by a draw of its own.
 *
 * <p>Noise: a row that is on has the white noise of its level, given as a density; an input current I also has the 2qI of a
 * source in weak inversion (Sarpeshkar, Delbrück, Mead, IEEE Circuits Devices Mag. 9(6), 23–29 (1993)). A row that is off
 * has none.
 *
 * <p>Energy: {@code C V²} of the row's line for each rise, and that of the logic of a word (its latch, and the comparator
 * that finds the end of a pulse); for row voltages also what is lost between the supply and the row.
 */
public final class PulseDriver implements Block {

    /** Id of the spread of the on levels. */
    public static final String LEVEL = "pulse.level";

    /** Id of the jitter of the edges. */
    public static final String JITTER = "pulse.jitter";

    private static final String SPREAD = "spread of the on level (relative sigma)";
    private static final String EDGE = "jitter of an edge (sigma)";
    private static final String OFF = "off level";
    private static final String ON = "on level";
    private static final String DENSITY = "noise density of the on level";
    private static final String SUPPLY = "supply";
    private static final String LOAD = "line capacitance";
    private static final String LOGIC = "logic energy of a word";
    private static final String SETTLING = "settling time";
    private static final String AREA = "driver area";

    private final DriveKind kind;
    private final Parameters p;

    private PulseDriver(DriveKind kind, Parameters parameters) {
        this.kind = kind;
        p = parameters;
    }

    /**
     * Pulses on gate lines.
     *
     * @param off gate voltage between pulses, volts; negative infinity is the ideal off state
     * @param on gate voltage of a pulse, volts, above off
     */
    public static Builder gates(double off, double on) {
        Require.finite("on", on);
        if (!(off < on)) {
            throw new IllegalArgumentException(String.format(Locale.ROOT, "off = %s: must be below on = %s", off, on));
        }
        return new Builder(DriveKind.GATE_VOLTAGE, off, on, "V");
    }

    /**
     * Pulses on row lines; off is 0 V.
     *
     * @param on row voltage of a pulse, volts, not 0
     */
    public static Builder rows(double on) {
        Require.finite("on", on);
        if (on == 0) {
            throw new IllegalArgumentException("on = 0.0: must not be 0, which is off");
        }
        return new Builder(DriveKind.ROW_VOLTAGE, 0, on, "V");
    }

    /**
     * Pulses of input current for reference cells; off is 0 A.
     *
     * @param on current of a pulse, amperes, above 0
     */
    public static Builder currents(double on) {
        return new Builder(DriveKind.INPUT_CURRENT, 0, Require.positive("on", on), "A");
    }

    /** A builder that starts with these parameters. */
    public Builder toBuilder() {
        return new Builder(kind, p);
    }

    /** What it puts on a row. */
    public DriveKind kind() {
        return kind;
    }

    /** Level between pulses, in volts or amperes. */
    public double off() {
        return p.value(OFF);
    }

    /** Level of a pulse, in volts or amperes. */
    public double on() {
        return p.value(ON);
    }

    /** Standard deviation of the time of an edge, seconds. */
    double jitter() {
        return p.value(EDGE);
    }

    /** Whether a row can be driven with the sign turned round: row lines can. */
    boolean bipolar() {
        return kind == DriveKind.ROW_VOLTAGE;
    }

    /** The on level of each row, with its mismatch drawn. */
    double[] levels(Die die, int rows) {
        Require.within("rows", rows, 1, Integer.MAX_VALUE);
        double[] levels = new double[rows];
        Arrays.fill(levels, on());
        double[] spread = die.mismatch(LEVEL, p.value(SPREAD), rows);
        for (int i = 0; i < rows; i++) {
            levels[i] *= 1 + spread[i];
        }
        return levels;
    }

    /** One-sided density of the white noise of a level, V²/Hz or A²/Hz; the same at all temperatures. */
    double noise(double level) {
        if (level == off()) {
            return 0;
        }
        double density = p.value(DENSITY);
        double shot = kind == DriveKind.INPUT_CURRENT ? 2 * Constants.ELEMENTARY_CHARGE * Math.abs(level) : 0;
        return density * density + shot;
    }

    /** What drives cost, given the mean number of pulses of a word on a row. */
    Cost cost(Activity activity, double pulses) {
        double swing = Double.isInfinite(off()) ? on() : on() - off();
        double line = kind == DriveKind.INPUT_CURRENT ? 0 : p.value(LOAD) * swing * swing;
        double words = (double) activity.vectors() * activity.channels();
        double supply = kind == DriveKind.GATE_VOLTAGE ? 0 : p.value(SUPPLY) * activity.charge() - activity.delivered();
        double energy = words * (pulses * line + p.value(LOGIC)) + Math.max(0, supply);
        return new Cost("pulse drivers", energy, p.value(SETTLING), activity.channels() * p.value(AREA));
    }

    @Override
    public List<Imperfection> imperfections() {
        return p.imperfections();
    }

    @Override
    public PulseDriver without(String imperfection) {
        return new PulseDriver(kind, p.without(this, imperfection));
    }

    @Override
    public Datasheet datasheet() {
        String what = switch (kind) {
            case GATE_VOLTAGE -> "gate";
            case ROW_VOLTAGE -> "row";
            case INPUT_CURRENT -> "current";
        };
        return new Datasheet(what + " pulse driver", p.entries());
    }

    /** Collects the parameters. Each is recorded with the source that {@link #source} named last. */
    public static final class Builder {
        private final DriveKind kind;
        private Parameters p;

        private Builder(DriveKind kind, double off, double on, String unit) {
            this.kind = kind;
            p = Parameters.none()
                    .add(OFF, off, unit, "user")
                    .add(ON, on, unit, "user")
                    .flaw(LEVEL, "on levels of the rows differ", SPREAD, "")
                    .flaw(JITTER, "jitter of the edges of pulses", EDGE, "s")
                    .add(DENSITY, 0, unit + "/sqrt(Hz)", "ideal by default")
                    .chosen(SUPPLY, 1.2, "V")
                    .chosen(LOAD, 50 * Si.fF, "F")
                    .chosen(LOGIC, 5e-15, "J")
                    .chosen(SETTLING, 0.1 * Si.ns, "s")
                    .chosen(AREA, 5 * Si.um2, "m2");
        }

        private Builder(DriveKind kind, Parameters other) {
            this.kind = kind;
            p = other.fromUser();
        }

        /** Names the source of the values set from here on: a paper, "chosen". Starts as "user". */
        public Builder source(String text) {
            p = p.from(text);
            return this;
        }

        /** Relative standard deviation of a row's on level, 0 to 0.1: a draw reaches 8.6 sigma. */
        public Builder levelSpread(double sigma) {
            p = p.with(SPREAD, Require.within("sigma", sigma, 0, 0.1));
            return this;
        }

        /** Standard deviation of the time of each edge, seconds, 0 or above. Edges that would change order meet. */
        public Builder jitter(double sigma) {
            p = p.with(EDGE, Require.nonNegative("sigma", sigma));
            return this;
        }

        /**
         * White noise of the on level, which acts where an effect draws it.
         *
         * @param density root of the one-sided density, V/√Hz or A/√Hz, 0 or above
         */
        public Builder noise(double density) {
            p = p.with(DENSITY, Require.nonNegative("density", density));
            return this;
        }

        /** Supply voltage, volts, above 0. */
        public Builder supply(double volts) {
            p = p.with(SUPPLY, Require.positive("supply", volts));
            return this;
        }

        /** Capacitance of the row's line, farads, 0 or above. */
        public Builder lineCapacitance(double farads) {
            p = p.with(LOAD, Require.nonNegative("lineCapacitance", farads));
            return this;
        }

        /** Energy of the logic of one word on one row, joules, 0 or above. */
        public Builder logicEnergy(double joules) {
            p = p.with(LOGIC, Require.nonNegative("logicEnergy", joules));
            return this;
        }

        /** Time that a level takes to settle, seconds, 0 or above. */
        public Builder settlingTime(double seconds) {
            p = p.with(SETTLING, Require.nonNegative("settlingTime", seconds));
            return this;
        }

        /** Area of the driver of one row, square metres, 0 or above. */
        public Builder area(double squareMetres) {
            p = p.with(AREA, Require.nonNegative("area", squareMetres));
            return this;
        }

        /** The finished driver. */
        public PulseDriver build() {
            return new PulseDriver(kind, p);
        }
    }
}
