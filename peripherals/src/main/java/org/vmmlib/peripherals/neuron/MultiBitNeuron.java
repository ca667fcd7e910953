package org.vmmlib.peripherals.neuron;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.vmmlib.core.block.Block;
import org.vmmlib.core.block.Datasheet;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.block.Imperfection;
import org.vmmlib.core.check.Require;
import org.vmmlib.core.physics.Si;

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
 * <p>A comparator answers its delay after the crossing, even if the membrane has been reset in between. Its offset is drawn for each comparator on a die; auto-zeroing at
 * its input leaves 1/(1 + A) of it, with the gain A of the preamplifier (Enz and Temes, Proc. IEEE 84 (1996),
 * doi:10.1109/5.542410). {@link Rearm} says when it may fire again.
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

    private final Builder p;

    private MultiBitNeuron(Builder builder) {
        p = new Builder(builder);
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
                .capacitanceSource("derived: 10 pulses of 40 fC from rest to the highest threshold")
                .source(paper)
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
        return new Builder(p);
    }

    /** The thresholds. */
    public ThresholdLadder ladder() {
        return p.ladder;
    }

    /** Membrane capacitance C_m, in farads. */
    public double capacitance() {
        return p.capacitance.value();
    }

    /** Rest voltage V_rst, in volts. */
    public double restVoltage() {
        return p.restVoltage.value();
    }

    /** Membrane time constant τ_m, in seconds; infinite without leak. */
    public double membraneTime() {
        return p.membraneTime.value();
    }

    /** Unity-gain frequency of the amplifier, in hertz; infinite if it is ideal. */
    public double gainBandwidth() {
        return p.gainBandwidth.value();
    }

    /** Capacitance at the summing node, C_p, in farads. */
    public double inputCapacitance() {
        return p.inputCapacitance.value();
    }

    /** Time constant of the amplifier's loop, (C_m + C_p)/(C_m ω_u), in seconds; 0 if it is ideal. */
    public double loopTime() {
        return (1 + inputCapacitance() / capacitance()) / (2 * Math.PI * gainBandwidth());
    }

    /** How far below its threshold the membrane must fall to re-arm a comparator, in volts. */
    public double hysteresis() {
        return p.hysteresis.value();
    }

    /** Delay of the comparators, in seconds. */
    public double delay() {
        return p.delay.value();
    }

    /** Width of the output pulses, in seconds. */
    public double pulseWidth() {
        return p.pulseWidth.value();
    }

    /** How long the membrane is held at rest after a reset, in seconds. */
    public double refractory() {
        return p.refractory.value();
    }

    /** Lowest membrane voltage, in volts; negative infinity without a clamp. */
    public double lowest() {
        return p.lowest.value();
    }

    /** When a comparator may fire again. */
    public Rearm rearm() {
        return p.rearm;
    }

    /** Length of a frame, after which the membrane is reset, in seconds; infinite without frames. */
    public double frameTime() {
        return p.frameTime.value();
    }

    /**
     * Charge that each spike stands for, in coulombs: C_m times the distance of its threshold from the one below it, from
     * the rest voltage for the lowest. Without leak and refractory time, the charge of a neuron's spikes is what it was
     * given, to within the last step.
     */
    public double[] spikeCharges() {
        double[] charges = new double[p.ladder.levels()];
        double below = restVoltage();
        for (int k = 0; k < charges.length; k++) {
            charges[k] = capacitance() * (p.ladder.threshold(k) - below);
            below = p.ladder.threshold(k);
        }
        return charges;
    }

    /**
     * Neurons of one chip, with the offsets of their comparators drawn.
     *
     * @param die where they are
     * @param neurons how many, 1 or more
     */
    public NeuronBank on(Die die, int neurons) {
        Require.within("neurons", neurons, 1, Integer.MAX_VALUE / p.ladder.levels());
        int levels = p.ladder.levels();
        double[] thresholds = die.mismatch(OFFSET, p.offset.value(), neurons * levels);
        for (int k = 0; k < thresholds.length; k++) {
            thresholds[k] = p.ladder.threshold(k % levels) + thresholds[k] / (1 + p.autoZeroGain.value());
        }
        return new NeuronBank(this, thresholds);
    }

    /** Static power of one neuron, in watts. */
    public double biasPower() {
        return p.supply.value() * p.biasCurrent.value();
    }

    /** Supply voltage, in volts. */
    public double supply() {
        return p.supply.value();
    }

    /** Area of one neuron, in square metres. */
    public double area() {
        return p.area.value();
    }

    @Override
    public List<Imperfection> imperfections() {
        List<Imperfection> has = new ArrayList<>();
        if (!Double.isInfinite(membraneTime())) {
            has.add(new Imperfection(LEAK, "leak of the membrane"));
        }
        if (!Double.isInfinite(gainBandwidth())) {
            has.add(new Imperfection(BANDWIDTH, "finite bandwidth of the amplifier, glitches of its virtual ground"));
        }
        if (hysteresis() > 0) {
            has.add(new Imperfection(HYSTERESIS, "hysteresis of the comparators"));
        }
        if (p.offset.value() > 0) {
            has.add(new Imperfection(OFFSET, "offsets of the comparators, less what auto-zeroing takes off"));
        }
        if (delay() > 0) {
            has.add(new Imperfection(DELAY, "delay of the comparators"));
        }
        if (refractory() > 0) {
            has.add(new Imperfection(REFRACTORY, "time after a reset in which the input is lost"));
        }
        if (!Double.isInfinite(lowest())) {
            has.add(new Imperfection(CLAMP, "lowest voltage that the membrane can have"));
        }
        return has;
    }

    @Override
    public MultiBitNeuron without(String imperfection) {
        if (imperfections().stream().noneMatch(has -> has.id().equals(imperfection))) {
            throw Block.unknown(this, imperfection);
        }
        Builder ideal = toBuilder().source("made ideal");
        return switch (imperfection) {
            case LEAK -> ideal.membraneTime(Double.POSITIVE_INFINITY).build();
            case BANDWIDTH -> ideal.gainBandwidth(Double.POSITIVE_INFINITY).build();
            case HYSTERESIS -> ideal.hysteresis(0).build();
            case OFFSET -> ideal.offset(0).build();
            case DELAY -> ideal.delay(0).build();
            case REFRACTORY -> ideal.refractory(0).build();
            default -> ideal.lowest(Double.NEGATIVE_INFINITY).build();
        };
    }

    @Override
    public Datasheet datasheet() {
        Datasheet.Builder sheet = Datasheet.of(p.ladder.bits() + "-bit integrate-and-fire neuron");
        for (int k = 0; k < p.ladder.levels(); k++) {
            sheet.add("threshold " + k, p.ladder.threshold(k), "V", p.ladderSource);
        }
        List<Datasheet.Entry> entries = List.of(
                p.restVoltage,
                p.capacitance,
                p.membraneTime,
                p.gainBandwidth,
                p.inputCapacitance,
                p.hysteresis,
                p.delay,
                p.offset,
                p.autoZeroGain,
                p.pulseWidth,
                p.refractory,
                p.lowest,
                p.frameTime,
                p.supply,
                p.biasCurrent,
                p.area);
        for (Datasheet.Entry entry : entries) {
            if (!Double.isInfinite(entry.value())) {
                sheet.add(entry.parameter(), entry.value(), entry.unit(), entry.source());
            }
        }
        if (p.rearm instanceof Rearm.AfterTime after) {
            sheet.add("re-arm time", after.delay(), "s", p.rearmSource);
        }
        return sheet.build();
    }

    /** Collects the parameters. Each is recorded with the source that {@link #source} named last. */
    public static final class Builder {
        private final ThresholdLadder ladder;
        private Datasheet.Entry capacitance;
        private final Datasheet.Entry restVoltage;
        private String source = "user";
        private String ladderSource = "user";
        private Datasheet.Entry membraneTime;
        private Datasheet.Entry gainBandwidth;
        private Datasheet.Entry inputCapacitance;
        private Datasheet.Entry hysteresis;
        private Datasheet.Entry delay;
        private Datasheet.Entry offset;
        private Datasheet.Entry autoZeroGain;
        private Datasheet.Entry pulseWidth;
        private Datasheet.Entry refractory;
        private Datasheet.Entry lowest;
        private Datasheet.Entry frameTime;
        private Rearm rearm = Rearm.onFall();
        private String rearmSource = "user";
        private Datasheet.Entry supply;
        private Datasheet.Entry biasCurrent;
        private Datasheet.Entry area;

        private Builder(ThresholdLadder ladder, double capacitance, double restVoltage) {
            this.ladder = ladder;
            this.capacitance = new Datasheet.Entry(
                    "membrane capacitance", Require.positive("capacitance", capacitance), "F", "user");
            this.restVoltage =
                    new Datasheet.Entry("rest voltage", Require.finite("restVoltage", restVoltage), "V", "user");
            String ideal = "ideal by default";
            membraneTime = new Datasheet.Entry("membrane time constant", Double.POSITIVE_INFINITY, "s", ideal);
            gainBandwidth = new Datasheet.Entry("gain-bandwidth product", Double.POSITIVE_INFINITY, "Hz", ideal);
            inputCapacitance = new Datasheet.Entry("capacitance at the summing node", 0, "F", ideal);
            hysteresis = new Datasheet.Entry("comparator hysteresis", 0, "V", ideal);
            delay = new Datasheet.Entry("comparator delay", 0, "s", ideal);
            offset = new Datasheet.Entry("comparator offset before auto-zeroing (sigma)", 0, "V", ideal);
            autoZeroGain =
                    new Datasheet.Entry("gain of the auto-zeroed preamplifier", 0, "", "no auto-zeroing by default");
            refractory = new Datasheet.Entry("refractory time", 0, "s", ideal);
            lowest = new Datasheet.Entry("lowest membrane voltage", Double.NEGATIVE_INFINITY, "V", ideal);
            frameTime = new Datasheet.Entry("frame", Double.POSITIVE_INFINITY, "s", "no frames by default");
            String chosen = "chosen";
            pulseWidth = new Datasheet.Entry("pulse width", 20 * Si.ns, "s", chosen);
            supply = new Datasheet.Entry("supply", 1.2, "V", chosen);
            biasCurrent = new Datasheet.Entry("bias current", 10 * Si.uA, "A", chosen);
            area = new Datasheet.Entry("area", 1000 * Si.um2, "m2", chosen);
        }

        private Builder(Builder other) {
            ladder = other.ladder;
            capacitance = other.capacitance;
            restVoltage = other.restVoltage;
            ladderSource = other.ladderSource;
            membraneTime = other.membraneTime;
            gainBandwidth = other.gainBandwidth;
            inputCapacitance = other.inputCapacitance;
            hysteresis = other.hysteresis;
            delay = other.delay;
            offset = other.offset;
            autoZeroGain = other.autoZeroGain;
            pulseWidth = other.pulseWidth;
            refractory = other.refractory;
            lowest = other.lowest;
            frameTime = other.frameTime;
            rearm = other.rearm;
            rearmSource = other.rearmSource;
            supply = other.supply;
            biasCurrent = other.biasCurrent;
            area = other.area;
        }

        private Datasheet.Entry given(Datasheet.Entry entry, double value) {
            return new Datasheet.Entry(entry.parameter(), value, entry.unit(), source);
        }

        /** Names the source of the values set from here on: a paper, "chosen". Starts as "user". */
        public Builder source(String text) {
            source = text;
            return this;
        }

        /** Names the source of the thresholds. */
        private Builder ladderSource(String text) {
            ladderSource = text;
            return this;
        }

        private Builder capacitanceSource(String text) {
            capacitance = new Datasheet.Entry(capacitance.parameter(), capacitance.value(), capacitance.unit(), text);
            return this;
        }

        /**
         * Membrane capacitance C_m, in farads, above 0.
         *
         * @throws IllegalArgumentException if it is out of range
         */
        public Builder capacitance(double farads) {
            capacitance = given(capacitance, Require.positive("capacitance", farads));
            return this;
        }

        /** Membrane time constant of the leak to rest, in seconds, above 0; positive infinity for none. */
        public Builder membraneTime(double seconds) {
            membraneTime = given(membraneTime, positiveOrInfinite("membraneTime", seconds));
            return this;
        }

        /**
         * Unity-gain frequency of the amplifier, in hertz, above 0; positive infinity for an ideal one. Its loop must have
         * a time constant of at most a quarter of the membrane's.
         */
        public Builder gainBandwidth(double hertz) {
            gainBandwidth = given(gainBandwidth, positiveOrInfinite("gainBandwidth", hertz));
            return this;
        }

        /** Capacitance at the summing node (column, select transistors, amplifier input), in farads, 0 or above. */
        public Builder inputCapacitance(double farads) {
            inputCapacitance = given(inputCapacitance, Require.nonNegative("inputCapacitance", farads));
            return this;
        }

        /** How far below its threshold the membrane must fall to re-arm a comparator, in volts, 0 or above. */
        public Builder hysteresis(double volts) {
            hysteresis = given(hysteresis, Require.nonNegative("hysteresis", volts));
            return this;
        }

        /** Time from a crossing to the comparator's pulse, in seconds, 0 or above. */
        public Builder delay(double seconds) {
            delay = given(delay, Require.nonNegative("delay", seconds));
            return this;
        }

        /** Standard deviation of a comparator's offset before auto-zeroing, in volts, 0 or above. */
        public Builder offset(double sigma) {
            offset = given(offset, Require.nonNegative("sigma", sigma));
            return this;
        }

        /** Gain A of the preamplifier that stores the offset, of which 1/(1 + A) is left; 0 for no auto-zeroing. */
        public Builder autoZeroGain(double gain) {
            autoZeroGain = given(autoZeroGain, Require.nonNegative("gain", gain));
            return this;
        }

        /** Width of the output pulses, in seconds, above 0. */
        public Builder pulseWidth(double seconds) {
            pulseWidth = given(pulseWidth, Require.positive("pulseWidth", seconds));
            return this;
        }

        /** How long the membrane is held at rest after a reset, its input shunted, in seconds, 0 or above. */
        public Builder refractory(double seconds) {
            refractory = given(refractory, Require.nonNegative("refractory", seconds));
            return this;
        }

        /**
         * Lowest membrane voltage, which a clamp holds against negative input currents, in volts, below the rest voltage;
         * negative infinity for none.
         */
        public Builder lowest(double volts) {
            if (!(volts < restVoltage.value())) {
                throw new IllegalArgumentException(String.format(
                        Locale.ROOT,
                        "lowest = %s V: must be below the rest voltage, %s V, or negative infinity for no clamp",
                        volts,
                        restVoltage.value()));
            }
            lowest = given(lowest, volts);
            return this;
        }

        /** When a comparator may fire again. */
        public Builder rearm(Rearm rule) {
            rearm = rule;
            rearmSource = source;
            return this;
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
            frameTime = given(frameTime, (1 << (totalBits - ladder.bits())) * slotTime);
            return this;
        }

        /** Supply voltage, in volts, above 0. */
        public Builder supply(double volts) {
            supply = given(supply, Require.positive("supply", volts));
            return this;
        }

        /** Static current of one neuron with its comparators, in amperes, 0 or above. */
        public Builder biasCurrent(double amperes) {
            biasCurrent = given(biasCurrent, Require.nonNegative("biasCurrent", amperes));
            return this;
        }

        /** Area of one neuron, in square metres, 0 or above. */
        public Builder area(double squareMetres) {
            area = given(area, Require.nonNegative("area", squareMetres));
            return this;
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
            if (!(ladder.threshold(0) - hysteresis.value() > restVoltage.value())) {
                throw new IllegalArgumentException(String.format(
                        Locale.ROOT,
                        "thresholds[0] = %s V: less the hysteresis of %s V it must be above the rest voltage, %s V",
                        ladder.threshold(0),
                        hysteresis.value(),
                        restVoltage.value()));
            }
            MultiBitNeuron neuron = new MultiBitNeuron(this);
            if (!(4 * neuron.loopTime() <= neuron.membraneTime())) {
                throw new IllegalArgumentException(String.format(
                        Locale.ROOT,
                        "gainBandwidth = %s Hz: its loop settles in %s s, which must be at most a quarter of the membrane"
                                + " time constant, %s s; use a faster amplifier or less leak",
                        gainBandwidth.value(),
                        neuron.loopTime(),
                        membraneTime.value()));
            }
            return neuron;
        }
    }
}
