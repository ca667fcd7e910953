package org.vmmlib.peripherals.neuron;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.vmmlib.core.block.Block;
import org.vmmlib.core.block.Datasheet;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.block.Imperfection;
import org.vmmlib.core.check.Require;
import org.vmmlib.core.physics.Si;
import org.vmmlib.peripherals.parameter.Parameters;

/**
 * A multi-bit integrate-and-fire neuron (Saxena and Moussa, CMOS-RRAM Neuromorphic Accelerators Using Multi-bit Neurons,
 * Eqs. 8–10). An amplifier integrates the input current on a capacitor C_m, from the rest voltage V_rst up; it may leak
 * with the time constant τ_m. Each comparator of a ladder fires a pulse when the membrane rises above its threshold. Only
 * the highest one resets the membrane, which then stands at V_rst for the refractory time. Immutable.
 *
 * <p>The amplifier has one pole: its output moves with {@code dv/dt = ω_u x}, ω_u = 2π GBW, where x is the error of its
 * virtual ground, which each input pulse makes glitch. With the capacitance C_p and the conductance G of what is
 * connected there,
 *
 * <pre>
 * u' = ω_u x
 * (C_m + C_p) x' = i − (G + C_m ω_u) x − (C_m/τ_m)(u + x)
 * </pre>
 *
 * where u is the output above V_rst, which the comparators see, and u + x the voltage on C_m. Both eigenvalues are real
 * wherever the amplifier is faster than the membrane, so that the solution is two exponentials between events. With an
 * ideal amplifier x = 0 and {@code C_m u' = i − C_m u/τ_m}.
 *
 * <p>A comparator answers its delay after the crossing, even if the membrane has been reset in between. Its offset is
 * drawn for each comparator on a die; auto-zeroing at its input leaves 1/(1 + A) of it, with the gain A of the
 * preamplifier (Enz and Temes, Proc. IEEE 84 (1996), doi:10.1109/5.542410). Its noise is one draw each time that it is armed, which moves its threshold until it is armed
 * again, so that noise beyond the hysteresis makes it fire twice. {@link Rearm} says when it may fire again. Each reset,
 * also the one before the first input, can leave kT/C_m noise on the membrane.
 */
public final class MultiBitNeuron implements Block {

    /** Id of the leak. */
    public static final String LEAK = "neuron.leak";

    /** Id of the amplifier's finite bandwidth. */
    public static final String BANDWIDTH = "neuron.bandwidth";

    /** Id of the comparators' hysteresis. */
    public static final String HYSTERESIS = "neuron.hysteresis";

    /** Id of the comparators' offset. */
    public static final String OFFSET = "neuron.comparator-offset";

    /** Id of the comparators' delay. */
    public static final String DELAY = "neuron.comparator-delay";

    /** Id of the refractory time. */
    public static final String REFRACTORY = "neuron.refractory";

    /** Id of the lowest membrane voltage. */
    public static final String CLAMP = "neuron.clamp";

    /** Id of the comparators' noise. */
    public static final String NOISE = "neuron.comparator-noise";

    /** Id of the kT/C noise of the reset. */
    public static final String RESET_NOISE = "neuron.reset-noise";

    private static final String P_REST = "rest voltage";
    private static final String P_CAPACITANCE = "membrane capacitance";
    private static final String P_LEAK = "membrane time constant";
    private static final String P_BANDWIDTH = "gain-bandwidth product";
    private static final String P_INPUT = "capacitance at the summing node";
    private static final String P_HYSTERESIS = "comparator hysteresis";
    private static final String P_DELAY = "comparator delay";
    private static final String P_OFFSET = "comparator offset before auto-zeroing (sigma)";
    private static final String P_AUTO_ZERO = "gain of the auto-zeroed preamplifier";
    private static final String P_NOISE = "comparator noise (sigma)";
    private static final String P_RESET_NOISE = "temperature of the reset noise";
    private static final String P_PULSE = "pulse width";
    private static final String P_REFRACTORY = "refractory time";
    private static final String P_LOWEST = "lowest membrane voltage";
    private static final String P_FRAME = "frame";
    private static final String P_SUPPLY = "supply";
    private static final String P_BIAS = "bias current";
    private static final String P_AREA = "area";
    private static final String P_REARM = "re-arm time";

    private final ThresholdLadder ladder;
    private final String ladderSource;
    private final Rearm rearm;
    private final Parameters p;

    private MultiBitNeuron(ThresholdLadder ladder, String ladderSource, Rearm rearm, Parameters parameters) {
        this.ladder = ladder;
        this.ladderSource = ladderSource;
        this.rearm = rearm;
        p = parameters;
    }

    /**
     * Starts a neuron without imperfections: no leak, an infinitely fast amplifier, ideal comparators, no refractory
     * time, pulses of 20 ns, and comparators that {@link Rearm#onFall re-arm when the membrane falls}. The circuit behind
     * its cost is chosen.
     *
     * @param ladder the thresholds, all above the rest voltage
     * @param capacitance C_m, in farads, above 0
     * @param restVoltage V_rst, in volts
     */
    public static Builder builder(ThresholdLadder ladder, double capacitance, double restVoltage) {
        return new Builder(ladder, capacitance, restVoltage);
    }

    /**
     * The 2-bit neuron of Saxena and Moussa in 65-nm CMOS: ladder from 0.3 V to 1.2 V, rest at 0.1 V, amplifier of 10 MHz,
     * auto-zeroed comparators. The paper does not give the capacitance, the leak, the re-arm rule and the widths: the
     * capacitance is such that 10 input pulses of 40 fC reach the highest threshold, which is 1 reset in 1 µs at 10 MHz;
     * the leak is such that pulses at 2 MHz cross the lowest threshold and hardly ever the highest.
     */
    public static MultiBitNeuron opamp65() {
        String paper = "Saxena and Moussa, CMOS-RRAM Neuromorphic Accelerators Using Multi-bit Neurons";
        return builder(ThresholdLadder.uniform(2, 0.3, 1.2), 0.46e-12, 0.1)
                .ladderSource(paper)
                .source("derived: 10 pulses of 40 fC from rest to the highest threshold")
                .capacitance(0.46e-12)
                .source(paper)
                .with(P_REST, 0.1)
                .gainBandwidth(10e6)
                .supply(1.2)
                .biasCurrent(10 * Si.uA)
                .source("chosen: the lowest threshold is crossed at 2 MHz, the highest hardly ever")
                .membraneTime(2.5e-6)
                .source("chosen: the paper has hysteresis, and does not say how much")
                .hysteresis(10 * Si.mV)
                .source("chosen: as wide as the input pulses")
                .pulseWidth(20 * Si.ns)
                .source("chosen: the membrane is held while the highest output is high")
                .refractory(20 * Si.ns)
                .build();
    }

    /** A builder that starts with these parameters. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** The thresholds. */
    public ThresholdLadder ladder() {
        return ladder;
    }

    /** Membrane capacitance C_m, in farads. */
    public double capacitance() {
        return p.value(P_CAPACITANCE);
    }

    /** Rest voltage V_rst, in volts. */
    public double restVoltage() {
        return p.value(P_REST);
    }

    /** Membrane time constant τ_m, in seconds; infinite without leak. */
    public double membraneTime() {
        return p.value(P_LEAK);
    }

    /** Unity-gain frequency of the amplifier, in hertz; infinite if it is ideal. */
    public double gainBandwidth() {
        return p.value(P_BANDWIDTH);
    }

    /** Capacitance at the summing node, C_p, in farads. */
    public double inputCapacitance() {
        return p.value(P_INPUT);
    }

    /** Time constant of the amplifier's loop, (C_m + C_p)/(C_m ω_u), in seconds; 0 if it is ideal. */
    public double loopTime() {
        return (1 + inputCapacitance() / capacitance()) / (2 * Math.PI * gainBandwidth());
    }

    /** How far below its threshold the membrane must fall to re-arm a comparator, in volts. */
    public double hysteresis() {
        return p.value(P_HYSTERESIS);
    }

    /** Delay of the comparators, in seconds. */
    public double delay() {
        return p.value(P_DELAY);
    }

    /** Standard deviation of a comparator's noise, in volts. */
    public double noise() {
        return p.value(P_NOISE);
    }

    /** Temperature of the reset noise, in kelvin; 0 for none. */
    public double resetTemperature() {
        return p.value(P_RESET_NOISE);
    }

    /** Width of the output pulses, in seconds. */
    public double pulseWidth() {
        return p.value(P_PULSE);
    }

    /** How long the membrane is held at rest after a reset, in seconds. */
    public double refractory() {
        return p.value(P_REFRACTORY);
    }

    /** Lowest membrane voltage, in volts; negative infinity without a clamp. */
    public double lowest() {
        return p.value(P_LOWEST);
    }

    /** When a comparator may fire again. */
    public Rearm rearm() {
        return rearm;
    }

    /** Length of a frame, after which the membrane is reset, in seconds; infinite without frames. */
    public double frameTime() {
        return p.value(P_FRAME);
    }

    /**
     * Charge that each spike stands for, in coulombs: C_m times the distance of its threshold from the one below it, from
     * the rest voltage for the lowest. Without leak and refractory time, the charge of a neuron's spikes is what it was
     * given, to within the last step.
     */
    public double[] spikeCharges() {
        return Arrays.stream(ladder.steps(restVoltage()))
                .map(step -> capacitance() * step)
                .toArray();
    }

    /**
     * Neurons of one chip, with the offsets of their comparators drawn.
     *
     * @param die where they are
     * @param neurons how many, 1 or more
     */
    public NeuronBank on(Die die, int neurons) {
        Require.within("neurons", neurons, 1, Integer.MAX_VALUE / ladder.levels());
        int levels = ladder.levels();
        double[] thresholds = die.mismatch(OFFSET, p.value(P_OFFSET), neurons * levels);
        for (int k = 0; k < thresholds.length; k++) {
            thresholds[k] = ladder.threshold(k % levels) + thresholds[k] / (1 + p.value(P_AUTO_ZERO));
        }
        return new NeuronBank(this, thresholds, die, 0);
    }

    /** Static power of one neuron, in watts. */
    public double biasPower() {
        return p.value(P_SUPPLY) * p.value(P_BIAS);
    }

    /** Supply voltage, in volts. */
    public double supply() {
        return p.value(P_SUPPLY);
    }

    /** Area of one neuron, in square metres. */
    public double area() {
        return p.value(P_AREA);
    }

    @Override
    public List<Imperfection> imperfections() {
        return p.imperfections();
    }

    @Override
    public MultiBitNeuron without(String imperfection) {
        return new MultiBitNeuron(ladder, ladderSource, rearm, p.without(this, imperfection));
    }

    @Override
    public Datasheet datasheet() {
        Datasheet.Builder sheet = Datasheet.of(ladder.bits() + "-bit integrate-and-fire neuron");
        for (int k = 0; k < ladder.levels(); k++) {
            sheet.add("threshold " + k, ladder.threshold(k), "V", ladderSource);
        }
        p.entries().forEach(e -> sheet.add(e.parameter(), e.value(), e.unit(), e.source()));
        return sheet.build();
    }

    /** Collects the parameters. Each is recorded with the source that {@link #source} named last. */
    public static final class Builder {
        private final ThresholdLadder ladder;
        private String ladderSource = "user";
        private Rearm rearm = Rearm.onFall();
        private Parameters p;

        private Builder(ThresholdLadder ladder, double capacitance, double restVoltage) {
            this.ladder = ladder;
            double infinite = Double.POSITIVE_INFINITY;
            p = Parameters.none()
                    .add(P_REST, Require.finite("restVoltage", restVoltage), "V", "user")
                    .add(P_CAPACITANCE, Require.positive("capacitance", capacitance), "F", "user")
                    .flaw(LEAK, "leak of the membrane", P_LEAK, infinite, "s")
                    .flaw(
                            BANDWIDTH,
                            "finite bandwidth of the amplifier, glitches of its virtual ground",
                            P_BANDWIDTH,
                            infinite,
                            "Hz")
                    .add(P_INPUT, 0, "F", "ideal by default")
                    .flaw(HYSTERESIS, "hysteresis of the comparators", P_HYSTERESIS, "V")
                    .flaw(DELAY, "delay of the comparators", P_DELAY, "s")
                    .flaw(OFFSET, "offsets of the comparators, less what auto-zeroing takes off", P_OFFSET, "V")
                    .add(P_AUTO_ZERO, 0, "", "no auto-zeroing by default")
                    .flaw(NOISE, "noise of the comparators' thresholds", P_NOISE, "V")
                    .flaw(RESET_NOISE, "kT/C noise of the membrane's reset", P_RESET_NOISE, "K")
                    .chosen(P_PULSE, 20 * Si.ns, "s")
                    .flaw(REFRACTORY, "time after a reset in which the input is lost", P_REFRACTORY, "s")
                    .flaw(CLAMP, "lowest voltage that the membrane can have", P_LOWEST, -infinite, "V")
                    .add(P_FRAME, infinite, "s", "no frames by default")
                    .chosen(P_SUPPLY, 1.2, "V")
                    .chosen(P_BIAS, 10 * Si.uA, "A")
                    .chosen(P_AREA, 1000 * Si.um2, "m2")
                    .add(P_REARM, infinite, "s", "user");
        }

        private Builder(MultiBitNeuron neuron) {
            ladder = neuron.ladder;
            ladderSource = neuron.ladderSource;
            rearm = neuron.rearm;
            p = neuron.p.fromUser();
        }

        private Builder with(String name, double value) {
            p = p.with(name, value);
            return this;
        }

        /** Names the source of the values set from here on: a paper, "chosen". Starts as "user". */
        public Builder source(String text) {
            p = p.from(text);
            return this;
        }

        /** Names the source of the thresholds. */
        private Builder ladderSource(String text) {
            ladderSource = text;
            return this;
        }

        /**
         * Membrane capacitance C_m, in farads, above 0.
         *
         * @throws IllegalArgumentException if it is out of range
         */
        public Builder capacitance(double farads) {
            return with(P_CAPACITANCE, Require.positive("capacitance", farads));
        }

        /** Membrane time constant of the leak to rest, in seconds, above 0; positive infinity for none. */
        public Builder membraneTime(double seconds) {
            return with(P_LEAK, positiveOrInfinite("membraneTime", seconds));
        }

        /**
         * Unity-gain frequency of the amplifier, in hertz, above 0; positive infinity for an ideal one. Its loop must have
         * a time constant of at most a quarter of the membrane's.
         */
        public Builder gainBandwidth(double hertz) {
            return with(P_BANDWIDTH, positiveOrInfinite("gainBandwidth", hertz));
        }

        /** Capacitance at the summing node (column, select transistors, amplifier input), in farads, 0 or above. */
        public Builder inputCapacitance(double farads) {
            return with(P_INPUT, Require.nonNegative("inputCapacitance", farads));
        }

        /** How far below its threshold the membrane must fall to re-arm a comparator, in volts, 0 or above. */
        public Builder hysteresis(double volts) {
            return with(P_HYSTERESIS, Require.nonNegative("hysteresis", volts));
        }

        /** Time from a crossing to the comparator's pulse, in seconds, 0 or above. */
        public Builder delay(double seconds) {
            return with(P_DELAY, Require.nonNegative("delay", seconds));
        }

        /** Standard deviation of a comparator's offset before auto-zeroing, in volts, 0 or above. */
        public Builder offset(double sigma) {
            return with(P_OFFSET, Require.nonNegative("sigma", sigma));
        }

        /** Gain A of the preamplifier that stores the offset, of which 1/(1 + A) is left; 0 for no auto-zeroing. */
        public Builder autoZeroGain(double gain) {
            return with(P_AUTO_ZERO, Require.nonNegative("gain", gain));
        }

        /**
         * Standard deviation of a comparator's threshold, which is drawn anew each time that the comparator is armed, in
         * volts, 0 or above.
         */
        public Builder noise(double sigma) {
            return with(P_NOISE, Require.nonNegative("sigma", sigma));
        }

        /** Temperature of the kT/C noise that each reset leaves on the membrane, in kelvin; 0 for none. */
        public Builder resetNoise(double kelvin) {
            return with(P_RESET_NOISE, Require.nonNegative("kelvin", kelvin));
        }

        /** Width of the output pulses, in seconds, above 0. */
        public Builder pulseWidth(double seconds) {
            return with(P_PULSE, Require.positive("pulseWidth", seconds));
        }

        /** How long the membrane is held at rest after a reset, its input shunted, in seconds, 0 or above. */
        public Builder refractory(double seconds) {
            return with(P_REFRACTORY, Require.nonNegative("refractory", seconds));
        }

        /**
         * Lowest membrane voltage, which a clamp holds against negative input currents, in volts, below the rest voltage;
         * negative infinity for none.
         */
        public Builder lowest(double volts) {
            if (!(volts < p.value(P_REST))) {
                throw new IllegalArgumentException(String.format(
                        Locale.ROOT,
                        "lowest = %s V: must be below the rest voltage, %s V, or negative infinity for no clamp",
                        volts,
                        p.value(P_REST)));
            }
            return with(P_LOWEST, volts);
        }

        /** When a comparator may fire again. */
        public Builder rearm(Rearm rule) {
            rearm = rule;
            return with(P_REARM, rule instanceof Rearm.AfterTime after ? after.delay() : Double.POSITIVE_INFINITY);
        }

        /**
         * Resets the membrane after each frame of 2^(N − M) slots, with the N bits of the activation that the frame is to
         * carry and the M bits of the ladder.
         *
         * @param totalBits N, from M to 24
         * @param slotTime seconds, above 0
         * @throws IllegalArgumentException if a number is out of range
         */
        public Builder frame(int totalBits, double slotTime) {
            Require.within("totalBits", totalBits, ladder.bits(), 24);
            Require.positive("slotTime", slotTime);
            return with(P_FRAME, (1 << (totalBits - ladder.bits())) * slotTime);
        }

        /** Supply voltage, in volts, above 0. */
        public Builder supply(double volts) {
            return with(P_SUPPLY, Require.positive("supply", volts));
        }

        /** Static current of one neuron with its comparators, in amperes, 0 or above. */
        public Builder biasCurrent(double amperes) {
            return with(P_BIAS, Require.nonNegative("biasCurrent", amperes));
        }

        /** Area of one neuron, in square metres, 0 or above. */
        public Builder area(double squareMetres) {
            return with(P_AREA, Require.nonNegative("area", squareMetres));
        }

        private static double positiveOrInfinite(String name, double value) {
            return value == Double.POSITIVE_INFINITY ? value : Require.positive(name, value);
        }

        /**
         * The finished neuron.
         *
         * @throws IllegalArgumentException if the lowest threshold less the hysteresis is not above the rest voltage, or
         *     the amplifier is not faster than the membrane
         */
        public MultiBitNeuron build() {
            if (!(ladder.threshold(0) - p.value(P_HYSTERESIS) > p.value(P_REST))) {
                throw new IllegalArgumentException(String.format(
                        Locale.ROOT,
                        "thresholds[0] = %s V: less the hysteresis of %s V it must be above the rest voltage, %s V",
                        ladder.threshold(0),
                        p.value(P_HYSTERESIS),
                        p.value(P_REST)));
            }
            MultiBitNeuron neuron = new MultiBitNeuron(ladder, ladderSource, rearm, p);
            if (!(4 * neuron.loopTime() <= neuron.membraneTime())) {
                throw new IllegalArgumentException(String.format(
                        Locale.ROOT,
                        "gainBandwidth = %s Hz: its loop settles in %s s, which must be at most a quarter of the membrane"
                                + " time constant, %s s; use a faster amplifier or less leak",
                        p.value(P_BANDWIDTH),
                        neuron.loopTime(),
                        p.value(P_LEAK)));
            }
            return neuron;
        }
    }
}
