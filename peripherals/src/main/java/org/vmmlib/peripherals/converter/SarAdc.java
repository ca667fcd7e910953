package org.vmmlib.peripherals.converter;

import java.util.List;
import org.vmmlib.core.block.Datasheet;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.block.Imperfection;
import org.vmmlib.core.check.Require;
import org.vmmlib.core.cost.Activity;
import org.vmmlib.core.cost.Cost;
import org.vmmlib.core.macro.Activation;
import org.vmmlib.core.macro.Converter;
import org.vmmlib.core.physics.Si;
import org.vmmlib.core.physics.WhiteNoise;
import org.vmmlib.core.signal.Levels;
import org.vmmlib.peripherals.parameter.Trimming;

/**
 * A successive-approximation ADC with a binary-weighted capacitive DAC, shared by several channels in turn. Immutable.
 *
 * <p>Bit b of the DAC is 2^b unit capacitors, and one more makes the sum 2^p. In p comparisons a binary search finds the
 * largest word whose DAC level the sampled input reaches. The steps are equal, so the activation is linear or a ReLU.
 *
 * <p>Mismatch: unit capacitors with relative standard deviation σ make the capacitor of bit b
 * {@code 2^b (1 + σ 2^(−b/2) N)}; the width of the code below mid-scale then has standard deviation {@code σ sqrt(2^p − 1)}
 * LSB before the gain is taken out. A search has no falling words, whatever its DAC, but may leave out words.
 *
 * <p>Other imperfections: comparator offset, trimmed to a step; comparator noise, one draw a decision; sampling noise, one
 * draw a conversion ({@code kT/C}); error of the reference, which scales the range about its low end.
 *
 * <p>Energy of a conversion: average switching energy of the conventional charge-redistribution array, {@code Σ_{i=1…p}
 * 2^(p+1−2i) (2^i − 1) C_u V²} (C.-C. Liu et al., IEEE J. Solid-State Circuits 45, 731–740 (2010),
 * <a href="https://doi.org/10.1109/JSSC.2010.2042254">doi:10.1109/JSSC.2010.2042254</a>), and comparator and logic in each
 * cycle. Time: p + 1 cycles for each channel that shares the converter. Area: 2^p unit capacitors and a fixed part.
 */
public final class SarAdc implements Converter {

    /** Id of the mismatch of the unit capacitors. */
    public static final String CAPACITOR_MISMATCH = "adc.capacitor-mismatch";

    /** Id of the comparator offset. */
    public static final String COMPARATOR_OFFSET = "adc.comparator-offset";

    /** Id of the comparator noise. */
    public static final String COMPARATOR_NOISE = "adc.comparator-noise";

    /** Id of the noise that sampling freezes. */
    public static final String SAMPLING_NOISE = "adc.sampling-noise";

    /** Id of the error of the reference. */
    public static final String REFERENCE = "adc.reference";

    private static final String MISMATCH = "unit capacitor mismatch (relative sigma)";
    private static final String OFFSET = "comparator offset (sigma)";
    private static final String TRIM_STEP = "trim step of the offset";
    private static final String NOISE = "comparator noise (sigma)";
    private static final String SAMPLED = "sampling noise (sigma)";
    private static final String REFERENCE_SPREAD = "reference error (relative sigma)";
    private static final String SHARED = "channels that share a converter";
    private static final String SUPPLY = "supply";
    private static final String UNIT_CAPACITANCE = "unit capacitance";
    private static final String CYCLE_CAPACITANCE = "capacitance switched in a cycle by comparator and logic";
    private static final String CYCLE_TIME = "cycle time";
    private static final String UNIT_AREA = "area of a unit capacitor";
    private static final String FIXED_AREA = "fixed area";

    private final Conversion p;

    private SarAdc(Conversion parameters) {
        p = parameters;
    }

    /**
     * Starts an ideal converter for each channel.
     *
     * @param bits word length p, 1 to 16
     * @param activation LINEAR, RELU or BOUNDED_RELU
     * @param input what it converts; the unit of all levels below is ampere, volt, coulomb or second accordingly
     * @param fullScale level at which the function is applied to 1, above 0
     * @throws IllegalArgumentException if a value is out of range, or the activation is not one of these
     */
    public static Builder builder(int bits, Activation activation, Levels.Quantity input, double fullScale) {
        return new Builder(
                Conversion.of("SAR ADC", bits, 16, Conversion.uniform("SAR ADC", activation), input, fullScale)
                        .flaw(CAPACITOR_MISMATCH, "mismatch of the unit capacitors", MISMATCH, "")
                        .flaw(COMPARATOR_OFFSET, "offset of the comparator", OFFSET, Conversion.unit(input))
                        .add(TRIM_STEP, 0, Conversion.unit(input), "no trimming by default")
                        .flaw(COMPARATOR_NOISE, "noise of each comparator decision", NOISE, Conversion.unit(input))
                        .flaw(SAMPLING_NOISE, "noise of each sample", SAMPLED, Conversion.unit(input))
                        .flaw(REFERENCE, "error of the reference", REFERENCE_SPREAD, "")
                        .chosen(SHARED, 1, "")
                        .chosen(SUPPLY, 1, "V")
                        .chosen(UNIT_CAPACITANCE, 1 * Si.fF, "F")
                        .chosen(CYCLE_CAPACITANCE, 50 * Si.fF, "F")
                        .chosen(CYCLE_TIME, 0.1 * Si.ns, "s")
                        .chosen(UNIT_AREA, 2 * Si.um2, "m2")
                        .chosen(FIXED_AREA, 600 * Si.um2, "m2"));
    }

    /**
     * The converter of the ISAAC accelerator, published at 8 bits in 32 nm: one for the 128 columns of an array, 1.67 pJ and
     * 1/1.2 ns a conversion, 1200 µm² (A. Shafiee et al., ISCA 2016,
     * <a href="https://doi.org/10.1109/ISCA.2016.12">doi:10.1109/ISCA.2016.12</a>). Unit capacitance and area per unit are
     * chosen, the other capacitance and the fixed area fitted to the published figures.
     *
     * @param bits word length, 1 to 16
     * @param activation LINEAR, RELU or BOUNDED_RELU
     * @param fullScale voltage at which the function is applied to 1, above 0
     */
    public static SarAdc isaac32nm(int bits, Activation activation, double fullScale) {
        return builder(bits, activation, Levels.Quantity.VOLTAGE, fullScale)
                .source("chosen")
                .supply(1)
                .unitCapacitance(1 * Si.fF)
                .unitArea(2 * Si.um2)
                .source("fitted to ISAAC, doi:10.1109/ISCA.2016.12")
                .cycleCapacitance(166 * Si.fF)
                .cycleTime(1 / 1.2e9 / 9)
                .fixedArea(688 * Si.um2)
                .source("ISAAC, doi:10.1109/ISCA.2016.12")
                .shared(128)
                .build();
    }

    /** A builder that starts with these parameters. */
    public Builder toBuilder() {
        return new Builder(p);
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

    /** Channels that one converter serves in turn. */
    public int shared() {
        return p.count(SHARED);
    }

    @Override
    public Channels on(Die die, int channels) {
        Require.within("channels", channels, 1, Integer.MAX_VALUE);
        int shared = shared();
        int converters = converters(channels);
        SearchChannels search = SearchChannels.of(this, channels, trees(die, converters), shared)
                .withOffsets(
                        Trimming.offsets(die, COMPARATOR_OFFSET, p.value(OFFSET), p.value(TRIM_STEP), converters),
                        shared)
                .withInputNoise(p.value(SAMPLED), die.stream(SAMPLING_NOISE));
        return p.value(NOISE) == 0 ? search : search.withDecisionNoise(p.value(NOISE), die.stream(COMPARATOR_NOISE));
    }

    private int converters(int channels) {
        return (channels - 1) / shared() + 1;
    }

    private SearchTrees trees(Die die, int converters) {
        double[] thresholds = thresholds();
        if (p.value(MISMATCH) == 0 && p.value(REFERENCE_SPREAD) == 0) {
            return SearchTrees.counting(p.bits(), thresholds);
        }
        int bits = p.bits();
        int words = 1 << bits;
        double span = p.step() * words;
        double[] capacitors = die.mismatch(CAPACITOR_MISMATCH, p.value(MISMATCH), converters * (bits + 1));
        double[] references = die.mismatch(REFERENCE, p.value(REFERENCE_SPREAD), converters);
        double[] shares = new double[bits];
        int[] held = {-1};
        return SearchTrees.of(bits, converters, (converter, depth, prefix) -> {
            if (held[0] != converter) {
                held[0] = converter;
                shares(capacitors, converter, shares);
            }
            int word = SearchTrees.word(bits, depth, prefix);
            double excess = 0;
            for (int bit = 0; bit < bits; bit++) {
                excess += ((word >> bit) & 1) * shares[bit];
            }
            double share = (double) word / words + excess;
            return thresholds[word - 1] + span * (excess + share * references[converter]);
        });
    }

    /** What each bit's share of the whole capacitance has in excess of its ideal share. */
    private void shares(double[] errors, int converter, double[] out) {
        int bits = p.bits();
        int from = converter * (bits + 1);
        // The last is the unit that makes the sum 2^p.
        double total = (1 << bits) + errors[from + bits];
        for (int bit = 0; bit < bits; bit++) {
            total += Math.sqrt(1 << bit) * errors[from + bit];
        }
        for (int bit = 0; bit < bits; bit++) {
            double capacitance = (1 << bit) + Math.sqrt(1 << bit) * errors[from + bit];
            out[bit] = capacitance / total - Math.scalb(1.0, bit - bits);
        }
    }

    @Override
    public Cost cost(Activity activity) {
        return cost(activity, p.bits());
    }

    /** The same with fewer comparisons. */
    Cost cost(Activity activity, double comparisons) {
        int bits = p.bits();
        double square = p.value(SUPPLY) * p.value(SUPPLY);
        double switching = 0;
        for (int i = 1; i <= comparisons; i++) {
            switching += Math.scalb(Math.scalb(1.0, i) - 1, bits + 1 - 2 * i);
        }
        double energy = square * (switching * p.value(UNIT_CAPACITANCE) + comparisons * p.value(CYCLE_CAPACITANCE));
        int channels = activity.channels();
        return new Cost(
                "ADC",
                (double) activity.vectors() * channels * energy,
                Math.min(shared(), channels) * (bits + 1) * p.value(CYCLE_TIME),
                converters(channels) * ((1 << bits) * p.value(UNIT_AREA) + p.value(FIXED_AREA)));
    }

    @Override
    public List<Imperfection> imperfections() {
        return p.imperfections();
    }

    @Override
    public SarAdc without(String imperfection) {
        return new SarAdc(p.without(this, imperfection));
    }

    @Override
    public Datasheet datasheet() {
        return p.datasheet();
    }

    /** Collects the parameters. Each is recorded with the source that {@link #source} named last. */
    public static final class Builder {
        private Conversion p;

        private Builder(Conversion parameters) {
            p = parameters.from("user");
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

        /** A level added to the input, in its unit; it lowers every threshold. */
        public Builder inputBias(double level) {
            return with(Conversion.INPUT_BIAS, Require.finite("inputBias", level));
        }

        /** Relative standard deviation σ of a unit capacitor, 0 to 0.1. */
        public Builder capacitorMismatch(double sigma) {
            return with(MISMATCH, Require.within("sigma", sigma, 0, 0.1));
        }

        /** Standard deviation of the comparator offset, one draw a converter, in the unit of the input, 0 or above. */
        public Builder comparatorOffset(double sigma) {
            return with(OFFSET, Require.nonNegative("sigma", sigma));
        }

        /** Step to whose multiples the offset is trimmed, in the unit of the input; 0 for no trimming. */
        public Builder offsetTrimStep(double step) {
            return with(TRIM_STEP, Require.nonNegative("step", step));
        }

        /** Standard deviation of the noise of each decision, in the unit of the input, 0 or above. */
        public Builder comparatorNoise(double sigma) {
            return with(NOISE, Require.nonNegative("sigma", sigma));
        }

        /** Standard deviation of the noise of each sample, in the unit of the input, 0 or above. */
        public Builder samplingNoise(double sigma) {
            return with(SAMPLED, Require.nonNegative("sigma", sigma));
        }

        /**
         * The noise that sampling a voltage on a capacitor freezes, {@code sqrt(kT/C)}.
         *
         * @param capacitance C in farads, above 0
         * @param temperature T in kelvin, above 0
         * @throws IllegalArgumentException if the input is no voltage
         */
        public Builder sampledOn(double capacitance, double temperature) {
            if (p.input() != Levels.Quantity.VOLTAGE) {
                throw new IllegalArgumentException("input = " + p.input()
                        + ": a capacitor samples a voltage; give samplingNoise in the unit of the input");
            }
            return samplingNoise(WhiteNoise.sampled(capacitance, temperature));
        }

        /** Relative standard deviation of the reference, one draw a converter, 0 to 0.1. */
        public Builder referenceError(double sigma) {
            return with(REFERENCE_SPREAD, Require.within("sigma", sigma, 0, 0.1));
        }

        /** Channels that one converter serves in turn, 1 or more; neighbours share one. */
        public Builder shared(int channels) {
            return with(SHARED, Require.within("channels", channels, 1, 1 << 20));
        }

        /** Supply and reference voltage, in volts, above 0. */
        public Builder supply(double volts) {
            return with(SUPPLY, Require.positive("supply", volts));
        }

        /** Capacitance of a unit of the DAC, in farads, 0 or above. */
        public Builder unitCapacitance(double farads) {
            return with(UNIT_CAPACITANCE, Require.nonNegative("unitCapacitance", farads));
        }

        /** Capacitance that comparator and logic charge to the supply in each cycle, in farads, 0 or above. */
        public Builder cycleCapacitance(double farads) {
            return with(CYCLE_CAPACITANCE, Require.nonNegative("cycleCapacitance", farads));
        }

        /** Time of one cycle, in seconds, 0 or above; a conversion takes p and one to sample. */
        public Builder cycleTime(double seconds) {
            return with(CYCLE_TIME, Require.nonNegative("cycleTime", seconds));
        }

        /** Area of a unit capacitor, in square metres, 0 or above. */
        public Builder unitArea(double squareMetres) {
            return with(UNIT_AREA, Require.nonNegative("unitArea", squareMetres));
        }

        /** Area of a converter besides its capacitors, in square metres, 0 or above. */
        public Builder fixedArea(double squareMetres) {
            return with(FIXED_AREA, Require.nonNegative("fixedArea", squareMetres));
        }

        /** The finished converter. */
        public SarAdc build() {
            return new SarAdc(p);
        }
    }
}
