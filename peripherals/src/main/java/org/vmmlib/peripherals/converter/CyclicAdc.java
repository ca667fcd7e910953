package org.vmmlib.peripherals.converter;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.vmmlib.core.block.Datasheet;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.block.Imperfection;
import org.vmmlib.core.check.Require;
import org.vmmlib.core.cost.Activity;
import org.vmmlib.core.cost.Cost;
import org.vmmlib.core.macro.Activation;
import org.vmmlib.core.macro.Converter;
import org.vmmlib.core.physics.Si;
import org.vmmlib.core.random.RandomStream;
import org.vmmlib.core.signal.Levels;
import org.vmmlib.peripherals.parameter.Trimming;

/**
 * A cyclic ADC of one bit a stage, whose comparator references embed the activation function. Immutable.
 *
 * <p>One comparator and p cycles. In each cycle the residue x is compared with a reference, which gives the next bit b
 * (most significant first, 1 at or above the reference), and becomes {@code 2 x − b ref}. Each node of the decision tree
 * has its own programmable reference, 2^p − 1 in all: at cycle s, after bits b_1 … b_s, it is
 * {@code T_n = 2^s (θ_n + residueBias) − Σ_{j=1…s} 2^(s−j) b_j ref} for the threshold θ_n that this node decides. So the
 * activation costs no circuit of its own, and p fixed references would not do for one that is not linear. Principle:
 * aCortex, IEEE J. Explor. Solid-State Comput. Devices Circuits 6 (2020), doi:10.1109/JXCDC.2020.2999581.
 *
 * <p>{@code ref} and {@code residueBias} change no code of an ideal converter; they decide which residues and references
 * the circuit must handle. By default ref is chosen so that the references stray least from the middle of (0, ref], which
 * for a uniform activation is its whole span, and for a sigmoid of 3 or 4 bits a little more than the span of its
 * thresholds; the bias puts the middle threshold at ref/2. With a finite swing the residue saturates, and a design with
 * a node that cannot be reached is refused: a sigmoid or tanh fits the swing (0, ref] up to 4 bits.
 *
 * <p>Imperfections, each ideal by default: comparator offset of each channel, trimmed to a step by floating gates;
 * comparator noise, one draw a decision; relative error of each reference of each channel, which is how well its floating
 * gate is tuned; and those of the residue, which for a switched-capacitor stage of capacitors C₁ and C₂ = (1 + δ) C₁,
 * whose amplifier of gain A has feedback β, is {@code x' = ((2 (1 + ε) + δ) x − b (1 + δ) (1 + ρ) ref) / (1 + 1/(A β))}: ε
 * is the residue gain error (of a current mirror, say), ρ the error of what a 1 takes off. Comparators have no hysteresis.
 *
 * <p>Energy of a conversion: p times ({@code C V_dd²} of the comparator + {@code V_dd I t} of residue and reference
 * branches over one cycle). Area: a fixed part and one cell for each reference.
 */
public final class CyclicAdc implements Converter {

    /** Id of the comparator offset. */
    public static final String COMPARATOR_OFFSET = "adc.comparator-offset";

    /** Id of the comparator noise. */
    public static final String COMPARATOR_NOISE = "adc.comparator-noise";

    /** Id of the error of the residue gain. */
    public static final String RESIDUE_GAIN = "adc.residue-gain";

    /** Id of the error of the comparator references. */
    public static final String REFERENCE = "adc.reference";

    /** Id of the finite gain of the amplifier that makes the residue. */
    public static final String AMPLIFIER_GAIN = "adc.amplifier-gain";

    /** Id of the mismatch of the two capacitors that make the residue. */
    public static final String CAPACITOR_RATIO = "adc.capacitor-ratio";

    /** Id of the error of what a decision of 1 takes off. */
    public static final String RESIDUE_REFERENCE = "adc.residue-reference";

    private static final String ACORTEX = "aCortex, doi:10.1109/JXCDC.2020.2999581";

    private static final String OFFSET = "comparator offset (sigma)";
    private static final String TRIM_STEP = "trim step of the offset";
    private static final String NOISE = "comparator noise (sigma)";
    private static final String GAIN_ERROR = "residue gain error (relative)";
    private static final String GAIN_SPREAD = "residue gain error (relative sigma)";
    private static final String REFERENCE_ERROR = "reference error (relative sigma)";
    private static final String INVERSE_LOOP_GAIN = "inverse loop gain of the residue amplifier";
    private static final String RATIO_SPREAD = "capacitor ratio error (sigma)";
    private static final String RESIDUE_REFERENCE_SPREAD = "residue reference error (relative sigma)";
    private static final String SUPPLY = "supply";
    private static final String COMPARATOR_CAPACITANCE = "comparator capacitance";
    private static final String STAGE_CURRENT = "stage current";
    private static final String CYCLE_TIME = "cycle time";
    private static final String REFERENCE_AREA = "area of a reference";
    private static final String FIXED_AREA = "fixed area";

    /** Trees of more nodes than these are not kept: the recursion takes their place. */
    private static final int MOST_NODES = 1 << 24;

    private final Builder builder;
    private final Conversion p;
    private final double reference;
    private final double residueBias;
    private final double low;
    private final double high;
    private final DecisionTree tree;

    private CyclicAdc(Builder given) {
        builder = new Builder(given);
        p = builder.p;
        double[] thresholds = thresholds();
        double middle = thresholds[thresholds.length / 2];
        reference = builder.reference == null ? defaultReference(thresholds) : builder.reference.value();
        residueBias = builder.residueBias == null ? 0.5 * reference - middle : builder.residueBias.value();
        low = builder.naturalSwing ? 0 : builder.lowest;
        high = builder.naturalSwing ? reference : builder.highest;
        tree = new DecisionTree(p.bits(), thresholds, residueBias, reference, low, high);
    }

    private double defaultReference(double[] thresholds) {
        if (p.activation().uniform() || p.bits() == 1) {
            boolean unipolar = p.activation() == Activation.RELU || p.activation() == Activation.BOUNDED_RELU;
            return unipolar ? fullScale() : 2 * fullScale();
        }
        return DecisionTree.centredReference(p.bits(), thresholds);
    }

    /**
     * Starts an ideal converter with unbounded residue.
     *
     * @param bits word length p, 1 to 16
     * @param activation function in its thresholds
     * @param input what it converts; the unit of all levels below is ampere, volt or coulomb accordingly
     * @param fullScale level at which the function is applied to 1, above 0
     */
    public static Builder builder(int bits, Activation activation, Levels.Quantity input, double fullScale) {
        return new Builder(bits, activation, input, fullScale);
    }

    /**
     * The current-mode converter in the neurons of the 55-nm aCortex, published at 4 bits: 10.2 µm² an output (653 µm² a
     * block of 64 neurons, from the area table) and 101 to 106 fJ an output (of two networks), 5 µA at most. The cycle
     * time is fitted to 103 fJ; supply, comparator capacitance and the split of the area are chosen.
     *
     * @param bits word length, 1 to 16
     * @param activation function in its thresholds
     * @param fullScale current at which the function is applied to 1, in amperes, above 0
     */
    public static CyclicAdc acortex55nm(int bits, Activation activation, double fullScale) {
        return builder(bits, activation, Levels.Quantity.CURRENT, fullScale)
                .source("chosen")
                .supply(1.2)
                .comparatorCapacitance(2 * Si.fF)
                .source("largest ADC input of " + ACORTEX)
                .stageCurrent(5 * Si.uA)
                .source("fitted to 103 fJ a conversion of 4 bits: " + ACORTEX)
                .cycleTime(3.8 * Si.ns)
                .source("floating-gate cell of " + ACORTEX)
                .referenceArea(0.43 * Si.um2)
                .source("with 15 references the 10.2 um2 of " + ACORTEX)
                .fixedArea(3.75 * Si.um2)
                .build();
    }

    /** A builder that starts with these parameters. */
    public Builder toBuilder() {
        return new Builder(builder);
    }

    @Override
    public int bits() {
        return p.bits();
    }

    @Override
    public Levels.Quantity input() {
        return p.input();
    }

    @Override
    public Activation activation() {
        return p.activation();
    }

    @Override
    public double fullScale() {
        return p.fullScale();
    }

    @Override
    public double inputBias() {
        return p.inputBias();
    }

    /** What a decision of 1 takes off the doubled residue, in the unit of the input. */
    public double reference() {
        return reference;
    }

    /** What is added to the input in front of the first cycle, in its unit. */
    public double residueBias() {
        return residueBias;
    }

    /** Low end of the residue's swing, in the unit of the input. */
    public double lowestResidue() {
        return low;
    }

    /** High end of the residue's swing, in the unit of the input. */
    public double highestResidue() {
        return high;
    }

    /** The 2^p − 1 ideal comparator references T_n by threshold index, n = 1 first, in the unit of the input; a new array. */
    public double[] comparatorReferences() {
        return tree.byThreshold();
    }

    @Override
    public Channels on(Die die, int channels) {
        Require.within("channels", channels, 1, Integer.MAX_VALUE);
        boolean noisy = p.value(NOISE) > 0;
        boolean alike = imperfections().stream().allMatch(has -> has.id().equals(COMPARATOR_NOISE));
        boolean saturates = !Double.isInfinite(low) || !Double.isInfinite(high);
        boolean large = !alike && (long) channels << p.bits() > MOST_NODES;
        if (large || (noisy && saturates)) {
            return recursion(die, channels);
        }
        ResidueStages stages = stages(die, alike ? 1 : channels);
        SearchTrees trees = imperfections().isEmpty() || alike
                ? SearchTrees.counting(p.bits(), thresholds())
                : stages.trees(p.bits(), residueBias, low, high);
        SearchChannels search = SearchChannels.of(this, channels, trees, 1);
        return noisy
                ? search.withDecisionNoise(stages.noiseAtInput(p.bits(), p.value(NOISE)), die.stream(COMPARATOR_NOISE))
                : search;
    }

    /** The same channels by the recursion of the circuit, cycle by cycle: slower, but it keeps no tree for each channel. */
    Channels recursion(Die die, int channels) {
        RandomStream noise = p.value(NOISE) > 0 ? die.stream(COMPARATOR_NOISE) : null;
        return new CyclicChannels(this, stages(die, channels), p.value(NOISE), noise);
    }

    private ResidueStages stages(Die die, int channels) {
        double[] offsets = Trimming.offsets(die, COMPARATOR_OFFSET, p.value(OFFSET), p.value(TRIM_STEP), channels);
        double[] gains = die.mismatch(RESIDUE_GAIN, p.value(GAIN_SPREAD), channels);
        double[] ratios = die.mismatch(CAPACITOR_RATIO, p.value(RATIO_SPREAD), channels);
        double[] taken = die.mismatch(RESIDUE_REFERENCE, p.value(RESIDUE_REFERENCE_SPREAD), channels);
        double[][] programmed = tree.programmed(channels, p.value(REFERENCE_ERROR), die.stream(REFERENCE));
        double loss = 1 + p.value(INVERSE_LOOP_GAIN);
        for (int k = 0; k < channels; k++) {
            gains[k] = (2 * (1 + p.value(GAIN_ERROR) + gains[k]) + ratios[k]) / loss;
            taken[k] = (1 + ratios[k]) * (1 + taken[k]) * reference / loss;
        }
        return new ResidueStages(programmed, offsets, gains, taken);
    }

    @Override
    public Cost cost(Activity activity) {
        double supply = p.value(SUPPLY);
        double cycle = p.value(COMPARATOR_CAPACITANCE) * supply * supply
                + supply * p.value(STAGE_CURRENT) * p.value(CYCLE_TIME);
        double conversions = (double) activity.vectors() * activity.channels();
        double channelArea = p.value(FIXED_AREA) + ((1 << p.bits()) - 1) * p.value(REFERENCE_AREA);
        return new Cost(
                "ADC",
                conversions * p.bits() * cycle,
                p.bits() * p.value(CYCLE_TIME),
                activity.channels() * channelArea);
    }

    @Override
    public List<Imperfection> imperfections() {
        return p.imperfections();
    }

    @Override
    public CyclicAdc without(String imperfection) {
        return new Builder(builder, p.without(this, imperfection)).build();
    }

    @Override
    public Datasheet datasheet() {
        Datasheet sheet = p.datasheet();
        List<Datasheet.Entry> entries = new ArrayList<>(sheet.entries());
        List<Datasheet.Entry> derived = new ArrayList<>();
        derived.add(entry("reference", reference, builder.reference));
        derived.add(entry("residue bias", residueBias, builder.residueBias));
        if (!Double.isInfinite(low)) {
            derived.add(new Datasheet.Entry("lowest residue", low, p.inputUnit(), builder.swingSource));
        }
        if (!Double.isInfinite(high)) {
            derived.add(new Datasheet.Entry("highest residue", high, p.inputUnit(), builder.swingSource));
        }
        entries.addAll(3, derived);
        return new Datasheet(sheet.title(), entries);
    }

    private Datasheet.Entry entry(String name, double value, Datasheet.@Nullable Entry given) {
        return given == null ? new Datasheet.Entry(name, value, p.inputUnit(), "derived") : given;
    }

    /** Collects the parameters. Each is recorded with the source that {@link #source} named last. */
    public static final class Builder {
        private Conversion p;
        private String source = "user";
        private Datasheet.@Nullable Entry reference;
        private Datasheet.@Nullable Entry residueBias;
        private boolean naturalSwing;
        private double lowest = Double.NEGATIVE_INFINITY;
        private double highest = Double.POSITIVE_INFINITY;
        private String swingSource = "user";

        private Builder(int bits, Activation activation, Levels.Quantity input, double fullScale) {
            String unit = Conversion.unit(input);
            p = Conversion.of("cyclic ADC", bits, 16, activation, input, fullScale)
                    .flaw(COMPARATOR_OFFSET, "offset of the comparators", OFFSET, unit)
                    .add(TRIM_STEP, 0, unit, "no trimming by default")
                    .flaw(COMPARATOR_NOISE, "noise of each comparator decision", NOISE, unit)
                    .flaw(RESIDUE_GAIN, "error of the residue gain", GAIN_ERROR, "")
                    .flaw(RESIDUE_GAIN, "error of the residue gain", GAIN_SPREAD, "")
                    .flaw(REFERENCE, "error of the programmed references", REFERENCE_ERROR, "")
                    .flaw(AMPLIFIER_GAIN, "finite gain of the residue amplifier", INVERSE_LOOP_GAIN, "")
                    .flaw(CAPACITOR_RATIO, "mismatch of the residue capacitors", RATIO_SPREAD, "")
                    .flaw(RESIDUE_REFERENCE, "error of what a decision of 1 takes off", RESIDUE_REFERENCE_SPREAD, "")
                    .chosen(SUPPLY, 1.2, "V")
                    .chosen(COMPARATOR_CAPACITANCE, 2 * Si.fF, "F")
                    .chosen(STAGE_CURRENT, 5 * Si.uA, "A")
                    .chosen(CYCLE_TIME, 3.8 * Si.ns, "s")
                    .chosen(REFERENCE_AREA, 0.43 * Si.um2, "m2")
                    .chosen(FIXED_AREA, 3.75 * Si.um2, "m2");
        }

        private Builder(Builder other) {
            this(other, other.p);
        }

        private Builder(Builder other, Conversion parameters) {
            p = parameters;
            source = other.source;
            reference = other.reference;
            residueBias = other.residueBias;
            naturalSwing = other.naturalSwing;
            lowest = other.lowest;
            highest = other.highest;
            swingSource = other.swingSource;
        }

        private Builder with(String name, double value) {
            p = p.from(source).with(name, value);
            return this;
        }

        /** Names the source of the values set from here on: a paper, "chosen". Starts as "user". */
        public Builder source(String text) {
            source = text;
            return this;
        }

        /**
         * A level added to the input, in its unit; it lowers every threshold. Half an LSB makes a uniform converter round
         * instead of floor.
         */
        public Builder inputBias(double level) {
            return with(Conversion.INPUT_BIAS, Require.finite("inputBias", level));
        }

        /** What a decision of 1 takes off the doubled residue, in the unit of the input, above 0. */
        public Builder reference(double level) {
            reference = new Datasheet.Entry("reference", Require.positive("reference", level), p.inputUnit(), source);
            return this;
        }

        /** What is added to the input in front of the first cycle, in its unit; it changes no threshold. */
        public Builder residueBias(double level) {
            residueBias =
                    new Datasheet.Entry("residue bias", Require.finite("residueBias", level), p.inputUnit(), source);
            return this;
        }

        /**
         * The range in which the residue moves freely; at its ends it saturates.
         *
         * @param low low end in the unit of the input, or negative infinity
         * @param high high end, above low, or positive infinity
         */
        public Builder swing(double low, double high) {
            if (!(low < high)) {
                throw new IllegalArgumentException(String.format(
                        Locale.ROOT, "swing = %s to %s: the low end must be below the high end", low, high));
            }
            naturalSwing = false;
            lowest = low;
            highest = high;
            swingSource = source;
            return this;
        }

        /** The swing from 0 to the reference, which a uniform converter fills: a unipolar current, for example. */
        public Builder naturalSwing() {
            naturalSwing = true;
            swingSource = source;
            return this;
        }

        /** Standard deviation of the comparator's offset, one draw a channel, in the unit of the input, 0 or above. */
        public Builder comparatorOffset(double sigma) {
            return with(OFFSET, Require.nonNegative("sigma", sigma));
        }

        /**
         * Step of the floating-gate trimming of the comparator's offset, in the unit of the input, 0 for none: each
         * offset is left with its distance from the nearest multiple of the step.
         */
        public Builder offsetTrimStep(double step) {
            return with(TRIM_STEP, Require.nonNegative("step", step));
        }

        /** Standard deviation of the comparator's noise, one draw a decision, in the unit of the input, 0 or above. */
        public Builder comparatorNoise(double sigma) {
            return with(NOISE, Require.nonNegative("sigma", sigma));
        }

        /** Relative error of the residue gain of all channels, −0.5 to 0.5: finite amplifier gain, mirror ratio. */
        public Builder residueGainError(double error) {
            return with(GAIN_ERROR, Require.within("error", error, -0.5, 0.5));
        }

        /** Standard deviation of the relative error of the residue gain, one draw a channel, 0 to 0.1. */
        public Builder residueGainSpread(double sigma) {
            return with(GAIN_SPREAD, Require.within("sigma", sigma, 0, 0.1));
        }

        /** Relative standard deviation of each comparator reference of each channel, 0 or above. */
        public Builder referenceError(double sigma) {
            return with(REFERENCE_ERROR, Require.nonNegative("sigma", sigma));
        }

        /**
         * Finite gain of the amplifier that makes the residue: it becomes smaller by 1 + 1/(A β).
         *
         * @param gain A, above 0
         * @param feedback β, the part of the output that comes back to the amplifier's input, above 0, at most 1; C₁/(C₁ +
         *     C₂ + C_par), 0.5 without parasitic capacitance
         */
        public Builder residueAmplifier(double gain, double feedback) {
            Require.positive("gain", gain);
            if (!(feedback > 0 && feedback <= 1)) {
                throw new IllegalArgumentException("feedback = " + feedback + ": must be above 0 and at most 1");
            }
            return with(INVERSE_LOOP_GAIN, 1 / (gain * feedback));
        }

        /** Standard deviation of the relative mismatch δ of the residue capacitors, one draw a channel, 0 to 0.1. */
        public Builder capacitorRatioSpread(double sigma) {
            return with(RATIO_SPREAD, Require.within("sigma", sigma, 0, 0.1));
        }

        /** Standard deviation of the relative error ρ of what a 1 takes off, one draw a channel, 0 to 0.1. */
        public Builder residueReferenceSpread(double sigma) {
            return with(RESIDUE_REFERENCE_SPREAD, Require.within("sigma", sigma, 0, 0.1));
        }

        /** Supply voltage, in volts, above 0. */
        public Builder supply(double volts) {
            return with(SUPPLY, Require.positive("supply", volts));
        }

        /** Capacitance that the comparator charges to the supply in each decision, in farads, 0 or above. */
        public Builder comparatorCapacitance(double farads) {
            return with(COMPARATOR_CAPACITANCE, Require.nonNegative("comparatorCapacitance", farads));
        }

        /** Mean current of the residue and reference branches while converting, in amperes, 0 or above. */
        public Builder stageCurrent(double amperes) {
            return with(STAGE_CURRENT, Require.nonNegative("stageCurrent", amperes));
        }

        /** Time of one cycle, in seconds, 0 or above; a conversion takes p of them. */
        public Builder cycleTime(double seconds) {
            return with(CYCLE_TIME, Require.nonNegative("cycleTime", seconds));
        }

        /** Area of one programmable reference, in square metres, 0 or above. */
        public Builder referenceArea(double squareMetres) {
            return with(REFERENCE_AREA, Require.nonNegative("referenceArea", squareMetres));
        }

        /** Area of one channel besides its references, in square metres, 0 or above. */
        public Builder fixedArea(double squareMetres) {
            return with(FIXED_AREA, Require.nonNegative("fixedArea", squareMetres));
        }

        /**
         * The finished converter.
         *
         * @throws IllegalArgumentException if a node of the decision tree cannot be reached in the swing; the message
         *     names the node and the swing
         */
        public CyclicAdc build() {
            return new CyclicAdc(this);
        }
    }
}
