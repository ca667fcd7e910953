package org.vmmlib.peripherals.converter;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.vmmlib.core.block.Block;
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
 * comparator noise, one draw a decision; residue gain {@code 2 (1 + ε)} in place of 2; relative error of each reference
 * of each channel.
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

    private static final String ACORTEX = "aCortex, doi:10.1109/JXCDC.2020.2999581";

    private final Builder p;
    private final double reference;
    private final double residueBias;
    private final double low;
    private final double high;
    private final DecisionTree tree;

    private CyclicAdc(Builder builder) {
        p = new Builder(builder);
        double[] thresholds = thresholds();
        double middle = thresholds[thresholds.length / 2];
        reference = p.reference == null ? defaultReference(thresholds) : p.reference.value();
        residueBias = p.residueBias == null ? 0.5 * reference - middle : p.residueBias.value();
        low = p.naturalSwing ? 0 : p.lowest;
        high = p.naturalSwing ? reference : p.highest;
        tree = new DecisionTree(p.bits, thresholds, residueBias, reference, low, high);
    }

    private double defaultReference(double[] thresholds) {
        if (p.activation.uniform() || p.bits == 1) {
            boolean unipolar = p.activation == Activation.RELU || p.activation == Activation.BOUNDED_RELU;
            return unipolar ? fullScale() : 2 * fullScale();
        }
        return DecisionTree.centredReference(p.bits, thresholds);
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
        return new Builder(p);
    }

    @Override
    public int bits() {
        return p.bits;
    }

    @Override
    public Levels.Quantity input() {
        return p.input;
    }

    @Override
    public Activation activation() {
        return p.activation;
    }

    @Override
    public double fullScale() {
        return p.fullScale.value();
    }

    @Override
    public double inputBias() {
        return p.inputBias.value();
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
        double[] offsets = die.mismatch(COMPARATOR_OFFSET, p.comparatorOffset.value(), channels);
        double trimStep = p.offsetTrimStep.value();
        for (int k = 0; k < channels && trimStep > 0; k++) {
            offsets[k] -= trimStep * Math.rint(offsets[k] / trimStep);
        }
        double[] gains = die.mismatch(RESIDUE_GAIN, p.residueGainSpread.value(), channels);
        for (int k = 0; k < channels; k++) {
            gains[k] = 2 * (1 + p.residueGainError.value() + gains[k]);
        }
        RandomStream noise = p.comparatorNoise.value() > 0 ? die.stream(COMPARATOR_NOISE) : null;
        return new CyclicChannels(this, programmed(die, channels), offsets, gains, p.comparatorNoise.value(), noise);
    }

    /** The references as programmed, by node, for each channel. */
    private double[][] programmed(Die die, int channels) {
        double[] ideal = tree.references();
        double[][] out = new double[channels][];
        double sigma = p.referenceError.value();
        if (sigma == 0) {
            Arrays.fill(out, ideal);
            return out;
        }
        RandomStream stream = die.stream(REFERENCE);
        int count = ideal.length - 1;
        double[] errors = new double[count];
        for (int channel = 0; channel < channels; channel++) {
            stream.gaussians((long) channel * count, errors, 0, count);
            double[] nodes = new double[ideal.length];
            for (int node = 1; node < nodes.length; node++) {
                nodes[node] = ideal[node] * (1 + sigma * errors[node - 1]);
            }
            out[channel] = nodes;
        }
        return out;
    }

    @Override
    public Cost cost(Activity activity) {
        double supply = p.supply.value();
        double cycle = p.comparatorCapacitance.value() * supply * supply
                + supply * p.stageCurrent.value() * p.cycleTime.value();
        double conversions = (double) activity.vectors() * activity.channels();
        double channelArea = p.fixedArea.value() + ((1 << p.bits) - 1) * p.referenceArea.value();
        return new Cost(
                "ADC", conversions * p.bits * cycle, p.bits * p.cycleTime.value(), activity.channels() * channelArea);
    }

    @Override
    public List<Imperfection> imperfections() {
        List<Imperfection> has = new ArrayList<>();
        if (p.comparatorOffset.value() > 0) {
            has.add(new Imperfection(COMPARATOR_OFFSET, "offset of the comparators"));
        }
        if (p.comparatorNoise.value() > 0) {
            has.add(new Imperfection(COMPARATOR_NOISE, "noise of each comparator decision"));
        }
        if (p.residueGainError.value() != 0 || p.residueGainSpread.value() > 0) {
            has.add(new Imperfection(RESIDUE_GAIN, "error of the residue gain"));
        }
        if (p.referenceError.value() > 0) {
            has.add(new Imperfection(REFERENCE, "error of the programmed references"));
        }
        return has;
    }

    @Override
    public CyclicAdc without(String imperfection) {
        if (imperfections().stream().noneMatch(has -> has.id().equals(imperfection))) {
            throw Block.unknown(this, imperfection);
        }
        Builder ideal = toBuilder().source("made ideal");
        return switch (imperfection) {
            case COMPARATOR_OFFSET -> ideal.comparatorOffset(0).build();
            case COMPARATOR_NOISE -> ideal.comparatorNoise(0).build();
            case RESIDUE_GAIN -> ideal.residueGainError(0).residueGainSpread(0).build();
            default -> ideal.referenceError(0).build();
        };
    }

    @Override
    public Datasheet datasheet() {
        String unit = switch (p.input) {
            case CURRENT -> "A";
            case VOLTAGE -> "V";
            case CHARGE -> "C";
        };
        List<Datasheet.Entry> entries = new ArrayList<>();
        entries.add(new Datasheet.Entry("bits", p.bits, "", "user"));
        entries.add(p.fullScale);
        entries.add(p.inputBias);
        entries.add(p.reference == null ? new Datasheet.Entry("reference", reference, unit, "derived") : p.reference);
        entries.add(
                p.residueBias == null
                        ? new Datasheet.Entry("residue bias", residueBias, unit, "derived")
                        : p.residueBias);
        if (!Double.isInfinite(low)) {
            entries.add(new Datasheet.Entry("lowest residue", low, unit, p.swingSource));
        }
        if (!Double.isInfinite(high)) {
            entries.add(new Datasheet.Entry("highest residue", high, unit, p.swingSource));
        }
        entries.addAll(List.of(
                p.comparatorOffset,
                p.offsetTrimStep,
                p.comparatorNoise,
                p.residueGainError,
                p.residueGainSpread,
                p.referenceError,
                p.supply,
                p.comparatorCapacitance,
                p.stageCurrent,
                p.cycleTime,
                p.referenceArea,
                p.fixedArea));
        String function = p.activation.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return new Datasheet("cyclic ADC (" + function + ")", entries);
    }

    /** Collects the parameters. Each is recorded with the source that {@link #source} named last. */
    public static final class Builder {
        private final int bits;
        private final Activation activation;
        private final Levels.Quantity input;
        private final String unit;
        private final Datasheet.Entry fullScale;
        private String source = "user";
        private Datasheet.Entry inputBias;
        private Datasheet.@Nullable Entry reference;
        private Datasheet.@Nullable Entry residueBias;
        private boolean naturalSwing;
        private double lowest = Double.NEGATIVE_INFINITY;
        private double highest = Double.POSITIVE_INFINITY;
        private String swingSource = "user";
        private Datasheet.Entry comparatorOffset;
        private Datasheet.Entry offsetTrimStep;
        private Datasheet.Entry comparatorNoise;
        private Datasheet.Entry residueGainError;
        private Datasheet.Entry residueGainSpread;
        private Datasheet.Entry referenceError;
        private Datasheet.Entry supply;
        private Datasheet.Entry comparatorCapacitance;
        private Datasheet.Entry stageCurrent;
        private Datasheet.Entry cycleTime;
        private Datasheet.Entry referenceArea;
        private Datasheet.Entry fixedArea;

        private Builder(int bits, Activation activation, Levels.Quantity input, double fullScale) {
            this.bits = Require.within("bits", bits, 1, 16);
            this.activation = activation;
            this.input = input;
            unit = switch (input) {
                case CURRENT -> "A";
                case VOLTAGE -> "V";
                case CHARGE -> "C";
            };
            this.fullScale = new Datasheet.Entry("full scale", Require.positive("fullScale", fullScale), unit, "user");
            String ideal = "ideal by default";
            inputBias = new Datasheet.Entry("input bias", 0, unit, "default");
            comparatorOffset = new Datasheet.Entry("comparator offset (sigma)", 0, unit, ideal);
            offsetTrimStep = new Datasheet.Entry("trim step of the offset", 0, unit, "no trimming by default");
            comparatorNoise = new Datasheet.Entry("comparator noise (sigma)", 0, unit, ideal);
            residueGainError = new Datasheet.Entry("residue gain error (relative)", 0, "", ideal);
            residueGainSpread = new Datasheet.Entry("residue gain error (relative sigma)", 0, "", ideal);
            referenceError = new Datasheet.Entry("reference error (relative sigma)", 0, "", ideal);
            String chosen = "chosen";
            supply = new Datasheet.Entry("supply", 1.2, "V", chosen);
            comparatorCapacitance = new Datasheet.Entry("comparator capacitance", 2 * Si.fF, "F", chosen);
            stageCurrent = new Datasheet.Entry("stage current", 5 * Si.uA, "A", chosen);
            cycleTime = new Datasheet.Entry("cycle time", 3.8 * Si.ns, "s", chosen);
            referenceArea = new Datasheet.Entry("area of a reference", 0.43 * Si.um2, "m2", chosen);
            fixedArea = new Datasheet.Entry("fixed area", 3.75 * Si.um2, "m2", chosen);
        }

        private Builder(Builder other) {
            bits = other.bits;
            activation = other.activation;
            input = other.input;
            unit = other.unit;
            fullScale = other.fullScale;
            inputBias = other.inputBias;
            reference = other.reference;
            residueBias = other.residueBias;
            naturalSwing = other.naturalSwing;
            lowest = other.lowest;
            highest = other.highest;
            swingSource = other.swingSource;
            comparatorOffset = other.comparatorOffset;
            offsetTrimStep = other.offsetTrimStep;
            comparatorNoise = other.comparatorNoise;
            residueGainError = other.residueGainError;
            residueGainSpread = other.residueGainSpread;
            referenceError = other.referenceError;
            supply = other.supply;
            comparatorCapacitance = other.comparatorCapacitance;
            stageCurrent = other.stageCurrent;
            cycleTime = other.cycleTime;
            referenceArea = other.referenceArea;
            fixedArea = other.fixedArea;
        }

        private Datasheet.Entry given(Datasheet.Entry entry, double value) {
            return new Datasheet.Entry(entry.parameter(), value, entry.unit(), source);
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
            inputBias = given(inputBias, Require.finite("inputBias", level));
            return this;
        }

        /** What a decision of 1 takes off the doubled residue, in the unit of the input, above 0. */
        public Builder reference(double level) {
            reference = new Datasheet.Entry("reference", Require.positive("reference", level), unit, source);
            return this;
        }

        /** What is added to the input in front of the first cycle, in its unit; it changes no threshold. */
        public Builder residueBias(double level) {
            residueBias = new Datasheet.Entry("residue bias", Require.finite("residueBias", level), unit, source);
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
            comparatorOffset = given(comparatorOffset, Require.nonNegative("sigma", sigma));
            return this;
        }

        /**
         * Step of the floating-gate trimming of the comparator's offset, in the unit of the input, 0 for none: each
         * offset is left with its distance from the nearest multiple of the step.
         */
        public Builder offsetTrimStep(double step) {
            offsetTrimStep = given(offsetTrimStep, Require.nonNegative("step", step));
            return this;
        }

        /** Standard deviation of the comparator's noise, one draw a decision, in the unit of the input, 0 or above. */
        public Builder comparatorNoise(double sigma) {
            comparatorNoise = given(comparatorNoise, Require.nonNegative("sigma", sigma));
            return this;
        }

        /** Relative error of the residue gain of all channels, −0.5 to 0.5: finite amplifier gain, mirror ratio. */
        public Builder residueGainError(double error) {
            residueGainError = given(residueGainError, Require.within("error", error, -0.5, 0.5));
            return this;
        }

        /** Standard deviation of the relative error of the residue gain, one draw a channel, 0 to 0.1. */
        public Builder residueGainSpread(double sigma) {
            residueGainSpread = given(residueGainSpread, Require.within("sigma", sigma, 0, 0.1));
            return this;
        }

        /** Relative standard deviation of each comparator reference of each channel, 0 or above. */
        public Builder referenceError(double sigma) {
            referenceError = given(referenceError, Require.nonNegative("sigma", sigma));
            return this;
        }

        /** Supply voltage, in volts, above 0. */
        public Builder supply(double volts) {
            supply = given(supply, Require.positive("supply", volts));
            return this;
        }

        /** Capacitance that the comparator charges to the supply in each decision, in farads, 0 or above. */
        public Builder comparatorCapacitance(double farads) {
            comparatorCapacitance = given(comparatorCapacitance, Require.nonNegative("comparatorCapacitance", farads));
            return this;
        }

        /** Mean current of the residue and reference branches while converting, in amperes, 0 or above. */
        public Builder stageCurrent(double amperes) {
            stageCurrent = given(stageCurrent, Require.nonNegative("stageCurrent", amperes));
            return this;
        }

        /** Time of one cycle, in seconds, 0 or above; a conversion takes p of them. */
        public Builder cycleTime(double seconds) {
            cycleTime = given(cycleTime, Require.nonNegative("cycleTime", seconds));
            return this;
        }

        /** Area of one programmable reference, in square metres, 0 or above. */
        public Builder referenceArea(double squareMetres) {
            referenceArea = given(referenceArea, Require.nonNegative("referenceArea", squareMetres));
            return this;
        }

        /** Area of one channel besides its references, in square metres, 0 or above. */
        public Builder fixedArea(double squareMetres) {
            fixedArea = given(fixedArea, Require.nonNegative("fixedArea", squareMetres));
            return this;
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
