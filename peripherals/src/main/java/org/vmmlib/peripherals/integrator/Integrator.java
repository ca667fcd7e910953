package org.vmmlib.peripherals.integrator;

import java.util.List;
import java.util.Locale;
import org.vmmlib.core.block.Datasheet;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.block.Imperfection;
import org.vmmlib.core.check.Require;
import org.vmmlib.core.cost.Activity;
import org.vmmlib.core.cost.Cost;
import org.vmmlib.core.crossbar.Topology;
import org.vmmlib.core.macro.ColumnPort;
import org.vmmlib.core.macro.Readout;
import org.vmmlib.core.macro.Saturation;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.physics.Si;
import org.vmmlib.core.signal.Signal;
import org.vmmlib.peripherals.parameter.Parameters;
import org.vmmlib.peripherals.sensing.Polarity;

/**
 * An integrator on each column: gives the charge of all phases as a voltage, {@code Q/C}, positive for positive signal
 * current. Two circuits:
 *
 * <ul>
 *   <li>{@link #virtualGround}: an amplifier with a capacitor in feedback holds the column. With a finite open-loop gain A
 *       the column moves by V/(1+A), where V is the capacitor's voltage, and the output is A V/(1+A).
 *   <li>{@link #onLine}: the capacitor is that of the column's line, whose voltage moves as it integrates, by all of V. That
 *       is what this circuit is, and an imperfection that it starts with: {@code integrator.line-motion}.
 * </ul>
 *
 * <p>Other imperfections: mismatch of the capacitors, a leakage conductance in parallel to them, kT/C noise and charge
 * injection of the reset switch, a finite swing, and input offsets of the amplifiers, at which the columns are held. All off
 * by default. Immutable.
 *
 * <p>White noise of the amplifiers, of density e_n at their inputs, moves the columns too: a column of conductance G
 * integrates {@code G ∫ v_n dt}, whose variance over the time t is {@code G² e_n² t/2}, so that the output has
 * {@code e_n G √(t/2)/C}. In each phase the mean of the noise over the phase, of bandwidth 1/(2t), holds the column and stands
 * still (noise gain: P. Gray, P. Hurst, S. Lewis, R. Meyer, Analysis and Design of Analog Integrated Circuits, chapter 11). What
 * the amplifier's noise adds to the output at the moment of sampling does not go through the array, and is sampling noise of
 * the converter.
 *
 * <p>Energy: the amplifiers' static bias; the charge from the supply, less what falls across the array where the circuit
 * gives the current; and, of what the reset dissipates, {@code Q²/2C} at the mean charge, the part that the array is spared
 * because its columns move. Behind a virtual ground all of it is in the charge from the supply already.
 */
public final class Integrator implements Readout {

    /** Id of the finite open-loop gain. */
    public static final String GAIN = "integrator.gain";

    /** Id of the motion of the line. */
    public static final String LINE_MOTION = "integrator.line-motion";

    /** Id of the mismatch of the capacitors. */
    public static final String CAPACITOR = "integrator.capacitor";

    /** Id of the leakage. */
    public static final String LEAKAGE = "integrator.leakage";

    /** Id of the kT/C noise of the reset. */
    public static final String RESET_NOISE = "integrator.reset-noise";

    /** Id of the charge injection of the reset switch. */
    public static final String INJECTION = "integrator.charge-injection";

    /** Id of the input offset. */
    public static final String OFFSET = "integrator.offset";

    /** Id of the noise of the amplifiers. */
    public static final String NOISE = "integrator.noise";

    /** Id of the finite swing. */
    public static final String SWING = "integrator.swing";

    private static final String P_COLUMN = "column voltage";
    private static final String P_CAPACITANCE = "capacitance";
    private static final String P_GAIN = "open-loop gain";
    private static final String P_MOTION = "column voltage over capacitor voltage, on the line";
    private static final String P_SPREAD = "capacitor mismatch (relative sigma)";
    private static final String P_LEAK = "leakage conductance";
    private static final String P_NOISE = "temperature of the reset noise";
    private static final String P_INJECTED = "charge injection of the reset switch";
    private static final String P_OFFSET = "input offset (sigma)";
    private static final String P_DENSITY_OF_NOISE = "input noise density";
    private static final String P_SWING = "swing of a capacitor voltage";
    private static final String P_SUPPLY = "supply";
    private static final String P_BIAS = "bias current";
    private static final String P_SETTLING = "settling time";
    private static final String P_DENSITY = "capacitance of an area";
    private static final String P_AREA = "area besides the capacitor";

    private final boolean line;
    private final Polarity polarity;
    private final Parameters p;

    private Integrator(boolean line, Polarity polarity, Parameters parameters) {
        this.line = line;
        this.polarity = polarity;
        p = parameters;
    }

    /**
     * Starts an ideal integrator with a virtual ground; the circuit behind its cost is chosen.
     *
     * @param columnVoltage column voltage at rest, volts
     * @param polarity which way the signal current flows
     * @param capacitance farads, above 0
     */
    public static Builder virtualGround(double columnVoltage, Polarity polarity, double capacitance) {
        return new Builder(false, polarity, columnVoltage, capacitance);
    }

    /**
     * Starts an integrator on the column's own capacitance, without other imperfections than its motion.
     *
     * @param resetVoltage column voltage from which it integrates, volts
     * @param polarity which way the signal current flows
     * @param capacitance of the column's line and what is added to it, farads, above 0
     */
    public static Builder onLine(double resetVoltage, Polarity polarity, double capacitance) {
        return new Builder(true, polarity, resetVoltage, capacitance);
    }

    /** A builder that starts with these parameters. */
    public Builder toBuilder() {
        return new Builder(line, polarity, p);
    }

    @Override
    public double columnVoltage() {
        return p.value(P_COLUMN);
    }

    /** 0: the column stands where the readout puts it. */
    @Override
    public double inputResistance() {
        return 0;
    }

    @Override
    public boolean fits(Topology topology) {
        return (polarity == Polarity.SINK) == (topology == Topology.SOURCE_DRIVEN);
    }

    @Override
    public boolean superposes() {
        return motion() == 0 && leakage() == 0 && noiseDensity() == 0 && Double.isInfinite(highest());
    }

    /** Which way the signal current flows. */
    public Polarity polarity() {
        return polarity;
    }

    /** Capacitance of a column, farads. */
    public double capacitance() {
        return p.value(P_CAPACITANCE);
    }

    /** Whether the column's own line integrates. */
    public boolean onLine() {
        return line;
    }

    double motion() {
        return polarity.rise() * (line ? p.value(P_MOTION) : 1 / (1 + p.value(P_GAIN)));
    }

    double leakage() {
        return p.value(P_LEAK);
    }

    double injectedCharge() {
        return p.value(P_INJECTED);
    }

    double noiseTemperature() {
        return p.value(P_NOISE);
    }

    double highest() {
        return p.value(P_SWING);
    }

    double offsetSpread() {
        return p.value(P_OFFSET);
    }

    double noiseDensity() {
        return p.value(P_DENSITY_OF_NOISE);
    }

    double capacitorSpread() {
        return p.value(P_SPREAD);
    }

    /** Area of the capacitor of a column, square metres. */
    double capacitorArea() {
        return capacitance() / p.value(P_DENSITY);
    }

    /** Output voltage over capacitor voltage. */
    double outputShare() {
        return line ? 1 : 1 - Math.abs(motion());
    }

    @Override
    public Columns on(Die die, int columns, Conditions conditions) {
        Require.within("columns", columns, 1, Integer.MAX_VALUE);
        Capacitors capacitors = Capacitors.of(this, "integrator", die, columns);
        double share = outputShare();
        return (vectors, firstCall) -> new Integration(capacitors, share, vectors, firstCall);
    }

    /** A batch through the integrators. */
    private static final class Integration implements Session {
        private final Capacitors capacitors;
        private final double share;
        private final int vectors;
        private final long firstCall;
        private final ChargeNode node;
        private final boolean[] clipped;
        private int phase;

        Integration(Capacitors capacitors, double share, int vectors, long firstCall) {
            this.capacitors = capacitors;
            this.share = share;
            this.vectors = vectors;
            this.firstCall = firstCall;
            node = capacitors.reset(vectors, firstCall);
            clipped = capacitors.marks(vectors);
        }

        @Override
        public void phase(double[] durations, ColumnPort array) {
            capacitors.require(array, durations, vectors);
            capacitors.disturb(node, firstCall, phase, durations);
            phase++;
            node.advance(durations, array, 1, null);
            capacitors.clip(node.charge(), clipped);
        }

        @Override
        public Signal finish(Saturation saturation) {
            Capacitors.count(clipped, saturation);
            return capacitors.levels(node, share);
        }
    }

    /**
     * What resets dissipate and the array does not, because the columns move.
     *
     * @param part of {@code Q²/2C} that ever is on the capacitors
     */
    double resetEnergy(Activity activity, double part) {
        double integrations = (double) activity.vectors() * activity.channels();
        return integrations == 0
                ? 0
                : part
                        * Math.abs(motion())
                        * activity.charge()
                        * activity.charge()
                        / (2 * capacitance() * integrations);
    }

    @Override
    public Cost cost(Activity activity) {
        double supply = p.value(P_SUPPLY);
        double fall = polarity == Polarity.SOURCE ? supply - columnVoltage() : line ? 0 : supply;
        double energy = Math.max(0, fall) * activity.charge()
                + resetEnergy(activity, 1)
                + supply * p.value(P_BIAS) * activity.channels() * activity.time();
        double area = activity.channels() * (capacitorArea() + p.value(P_AREA));
        return new Cost("integrators", energy, p.value(P_SETTLING), area);
    }

    @Override
    public List<Imperfection> imperfections() {
        return p.imperfections();
    }

    @Override
    public Integrator without(String imperfection) {
        return new Integrator(line, polarity, p.without(this, imperfection));
    }

    @Override
    public Datasheet datasheet() {
        String flow = polarity.name().toLowerCase(Locale.ROOT);
        return new Datasheet(
                (line ? "integrator on the line (" : "virtual-ground integrator (") + flow + ")", p.entries());
    }

    /** Collects the parameters. Each is recorded with the source that {@link #source} named last. */
    public static final class Builder {
        private final boolean line;
        private final Polarity polarity;
        private Parameters p;

        private Builder(boolean line, Polarity polarity, double columnVoltage, double capacitance) {
            this.line = line;
            this.polarity = polarity;
            String chosen = "chosen";
            p = Parameters.none()
                    .add(P_COLUMN, Require.finite("columnVoltage", columnVoltage), "V", "user")
                    .add(P_CAPACITANCE, Require.positive("capacitance", capacitance), "F", "user")
                    .flaw(GAIN, "finite open-loop gain of the integrators", P_GAIN, Double.POSITIVE_INFINITY, "")
                    .flaw(LINE_MOTION, "the columns move as they integrate", P_MOTION, "")
                    .add(P_MOTION, line ? 1 : 0, "", "the circuit")
                    .flaw(CAPACITOR, "mismatch of the integrating capacitors", P_SPREAD, "")
                    .flaw(LEAKAGE, "leakage of the integrating capacitors", P_LEAK, "S")
                    .flaw(RESET_NOISE, "kT/C noise of the reset", P_NOISE, "K")
                    .flaw(INJECTION, "charge injection of the reset switches", P_INJECTED, "C")
                    .flaw(OFFSET, "input offsets of the integrators", P_OFFSET, "V")
                    .flaw(NOISE, "white noise of the integrators' amplifiers", P_DENSITY_OF_NOISE, "V/sqrt(Hz)")
                    .flaw(SWING, "finite swing of the integrators", P_SWING, Double.POSITIVE_INFINITY, "V")
                    .add(P_SUPPLY, 1.2, "V", chosen)
                    .add(P_BIAS, line ? 0 : 5 * Si.uA, "A", chosen)
                    .add(P_SETTLING, line ? 0 : 1 * Si.ns, "s", chosen)
                    .add(P_DENSITY, 5 * Si.fF / Si.um2, "F/m2", "chosen: a MOS capacitor")
                    .add(P_AREA, line ? 2 * Si.um2 : 50 * Si.um2, "m2", chosen);
        }

        private Builder(boolean line, Polarity polarity, Parameters other) {
            this.line = line;
            this.polarity = polarity;
            p = other.fromUser();
        }

        /** Names the source of the values set from here on: a paper, "chosen". Starts as "user". */
        public Builder source(String text) {
            p = p.from(text);
            return this;
        }

        /**
         * Open-loop gain of the amplifiers, 1 or above; infinite for an ideal virtual ground.
         *
         * @throws IllegalArgumentException if the line integrates, which has no amplifier
         */
        public Builder gain(double openLoop) {
            if (line) {
                throw new IllegalArgumentException(
                        "openLoop = " + openLoop + ": a line has no amplifier; use a virtual-ground integrator");
            }
            p = p.with(P_GAIN, Require.within("openLoop", openLoop, 1, Double.POSITIVE_INFINITY));
            return this;
        }

        /** Relative standard deviation of a capacitor, one draw a column, 0 to 0.1. */
        public Builder capacitorMismatch(double sigma) {
            p = p.with(P_SPREAD, Require.within("sigma", sigma, 0, 0.1));
            return this;
        }

        /** Conductance in parallel to a capacitor, siemens, 0 or above. */
        public Builder leakage(double siemens) {
            p = p.with(P_LEAK, Require.nonNegative("siemens", siemens));
            return this;
        }

        /** Temperature of the kT/C noise that a reset leaves, kelvin; 0 for none. */
        public Builder resetNoise(double kelvin) {
            p = p.with(P_NOISE, Require.nonNegative("kelvin", kelvin));
            return this;
        }

        /** Charge that the reset switch leaves on a capacitor, coulombs, of either sign. */
        public Builder chargeInjection(double coulombs) {
            p = p.with(P_INJECTED, Require.finite("coulombs", coulombs));
            return this;
        }

        /**
         * Standard deviation of the amplifiers' input offset, at which the columns are held, volts, 0 or above.
         *
         * @throws IllegalArgumentException if the line integrates, which has no amplifier
         */
        public Builder offset(double sigma) {
            if (line && sigma != 0) {
                throw new IllegalArgumentException(
                        "sigma = " + sigma + ": a line has no amplifier; use a virtual-ground integrator");
            }
            p = p.with(P_OFFSET, Require.nonNegative("sigma", sigma));
            return this;
        }

        /**
         * White noise of the amplifiers, referred to their inputs, which holds the columns: independent in each phase, with
         * the bandwidth 1/(2t) of an integration over its duration t.
         *
         * @param density root of the one-sided density, V/√Hz, 0 or above
         * @throws IllegalArgumentException if the line integrates, which has no amplifier
         */
        public Builder noise(double density) {
            if (line && density != 0) {
                throw new IllegalArgumentException(
                        "density = " + density + ": a line has no amplifier; use a virtual-ground integrator");
            }
            p = p.with(P_DENSITY_OF_NOISE, Require.nonNegative("density", density));
            return this;
        }

        /**
         * Largest magnitude of a capacitor voltage, volts, above 0, or infinity. What is beyond at the end of a phase is
         * clipped and counted as {@code integrator.swing}.
         */
        public Builder swing(double volts) {
            if (!(volts > 0)) {
                throw new IllegalArgumentException("swing = " + volts + ": must be above 0");
            }
            p = p.with(P_SWING, volts);
            return this;
        }

        /** Supply voltage, volts, above 0. */
        public Builder supply(double volts) {
            p = p.with(P_SUPPLY, Require.positive("supply", volts));
            return this;
        }

        /** Static current of one column's circuit, amperes, 0 or above. */
        public Builder biasCurrent(double amperes) {
            p = p.with(P_BIAS, Require.nonNegative("biasCurrent", amperes));
            return this;
        }

        /** Time to settle, which a phase must last, seconds, 0 or above. */
        public Builder settlingTime(double seconds) {
            p = p.with(P_SETTLING, Require.nonNegative("settlingTime", seconds));
            return this;
        }

        /** Capacitance of a square metre of capacitor, farads, above 0. */
        public Builder capacitanceOfAnArea(double faradsPerSquareMetre) {
            p = p.with(P_DENSITY, Require.positive("faradsPerSquareMetre", faradsPerSquareMetre));
            return this;
        }

        /** Area of one column's circuit besides the capacitor, square metres, 0 or above. */
        public Builder area(double squareMetres) {
            p = p.with(P_AREA, Require.nonNegative("area", squareMetres));
            return this;
        }

        /** The finished integrator. */
        public Integrator build() {
            return new Integrator(line, polarity, p);
        }
    }
}
