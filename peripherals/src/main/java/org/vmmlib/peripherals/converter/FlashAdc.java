package org.vmmlib.peripherals.converter;

import java.util.Arrays;
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
import org.vmmlib.core.signal.Levels;
import org.vmmlib.peripherals.parameter.Trimming;

/**
 * A flash ADC: 2^p − 1 comparators, each with its own threshold, decide at once; the word is the number of ones. Immutable.
 *
 * <p>The taps of a resistor ladder give the thresholds, which embed any activation. As ones are counted, wherever they
 * stand, the word never falls when the input rises.
 *
 * <p>Imperfections: comparator offset, one draw a comparator, trimmed to a step by floating gates; comparator noise, one draw
 * a comparator and conversion; mismatch of the resistors, one draw a resistor, which moves taps but not the ends of the
 * ladder.
 *
 * <p>Energy of a conversion: {@code C V²} of each comparator with its part of the encoder, and the ladder's current over a
 * conversion. Area: comparators and a fixed part.
 */
public final class FlashAdc implements Converter {

    /** Id of the comparator offset. */
    public static final String COMPARATOR_OFFSET = "adc.comparator-offset";

    /** Id of the comparator noise. */
    public static final String COMPARATOR_NOISE = "adc.comparator-noise";

    /** Id of the mismatch of the ladder's resistors. */
    public static final String LADDER = "adc.ladder";

    private static final String OFFSET = "comparator offset (sigma)";
    private static final String TRIM_STEP = "trim step of the offset";
    private static final String NOISE = "comparator noise (sigma)";
    private static final String RESISTORS = "resistor mismatch (relative sigma)";
    private static final String SUPPLY = "supply";
    private static final String CAPACITANCE = "capacitance of a comparator";
    private static final String LADDER_CURRENT = "ladder current";
    private static final String TIME = "conversion time";
    private static final String COMPARATOR_AREA = "area of a comparator";
    private static final String FIXED_AREA = "fixed area";

    private final Conversion p;

    private FlashAdc(Conversion parameters) {
        p = parameters;
    }

    /**
     * Starts an ideal converter.
     *
     * @param bits word length p, 1 to 10
     * @param activation function in the thresholds
     * @param input what it converts; the unit of all levels below is ampere, volt, coulomb or second accordingly
     * @param fullScale level at which the function is applied to 1, above 0
     * @throws IllegalArgumentException if a value is out of range
     */
    public static Builder builder(int bits, Activation activation, Levels.Quantity input, double fullScale) {
        String unit = Conversion.unit(input);
        return new Builder(Conversion.of("flash ADC", bits, 10, activation, input, fullScale)
                .flaw(COMPARATOR_OFFSET, "offset of the comparators", OFFSET, unit)
                .add(TRIM_STEP, 0, unit, "no trimming by default")
                .flaw(COMPARATOR_NOISE, "noise of each comparator decision", NOISE, unit)
                .flaw(LADDER, "mismatch of the ladder's resistors", RESISTORS, "")
                .chosen(SUPPLY, 1, "V")
                .chosen(CAPACITANCE, 5 * Si.fF, "F")
                .chosen(LADDER_CURRENT, 10 * Si.uA, "A")
                .chosen(TIME, 1 * Si.ns, "s")
                .chosen(COMPARATOR_AREA, 10 * Si.um2, "m2")
                .chosen(FIXED_AREA, 50 * Si.um2, "m2"));
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

    @Override
    public Channels on(Die die, int channels) {
        Require.within("channels", channels, 1, Integer.MAX_VALUE);
        int bits = p.bits();
        double noise = p.value(NOISE);
        double[] ideal = thresholds();
        int count = ideal.length;
        boolean alike = p.value(OFFSET) == 0 && p.value(RESISTORS) == 0;
        int converters = alike ? 1 : channels;
        double[][] sorted = new double[converters][];
        if (alike) {
            sorted[0] = ideal;
        } else {
            if ((long) channels * count > Integer.MAX_VALUE) {
                throw new IllegalArgumentException("channels = " + channels + ": at most " + Integer.MAX_VALUE / count
                        + " flash ADCs of " + bits + " bits fit in memory");
            }
            double[] offsets =
                    Trimming.offsets(die, COMPARATOR_OFFSET, p.value(OFFSET), p.value(TRIM_STEP), channels * count);
            for (int k = 0; k < channels; k++) {
                sorted[k] = taps(die, ideal, k);
                for (int n = 0; n < count; n++) {
                    sorted[k][n] -= offsets[k * count + n];
                }
                if (noise == 0) {
                    Arrays.sort(sorted[k]);
                }
            }
        }
        if (noise > 0) {
            return new FlashChannels(new Intake(this, channels), bits, sorted, noise, die.stream(COMPARATOR_NOISE));
        }
        SearchTrees trees = SearchTrees.of(
                bits, converters, (k, depth, prefix) -> sorted[k][SearchTrees.word(bits, depth, prefix) - 1]);
        return SearchChannels.of(this, channels, trees, 1);
    }

    /** The taps of a ladder whose resistors are proportional to the steps between thresholds. */
    private double[] taps(Die die, double[] ideal, int channel) {
        double[] taps = ideal.clone();
        int steps = ideal.length - 1;
        if (p.value(RESISTORS) == 0 || steps == 0) {
            return taps;
        }
        double[] errors = new double[steps];
        die.stream(LADDER).gaussians((long) channel * steps, errors, 0, steps);
        double span = ideal[steps] - ideal[0];
        double excess = 0;
        for (int n = 0; n < steps; n++) {
            excess += p.value(RESISTORS) * errors[n] * (ideal[n + 1] - ideal[n]);
        }
        double sum = 0;
        for (int n = 0; n < steps; n++) {
            taps[n] = ideal[0] + sum * span / (span + excess);
            sum += (1 + p.value(RESISTORS) * errors[n]) * (ideal[n + 1] - ideal[n]);
        }
        return taps;
    }

    @Override
    public Cost cost(Activity activity) {
        int comparators = (1 << p.bits()) - 1;
        double supply = p.value(SUPPLY);
        double energy =
                comparators * p.value(CAPACITANCE) * supply * supply + supply * p.value(LADDER_CURRENT) * p.value(TIME);
        double area = comparators * p.value(COMPARATOR_AREA) + p.value(FIXED_AREA);
        int channels = activity.channels();
        return new Cost("ADC", (double) activity.vectors() * channels * energy, p.value(TIME), channels * area);
    }

    @Override
    public List<Imperfection> imperfections() {
        return p.imperfections();
    }

    @Override
    public FlashAdc without(String imperfection) {
        return new FlashAdc(p.without(this, imperfection));
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

        /** Standard deviation of the comparator offset, one draw a comparator, in the unit of the input, 0 or above. */
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

        /** Relative standard deviation of a resistor of the ladder, 0 to 0.1. */
        public Builder resistorMismatch(double sigma) {
            return with(RESISTORS, Require.within("sigma", sigma, 0, 0.1));
        }

        /** Supply voltage, in volts, above 0. */
        public Builder supply(double volts) {
            return with(SUPPLY, Require.positive("volts", volts));
        }

        /** Capacitance that a comparator and its part of the encoder charge in a conversion, in farads, 0 or above. */
        public Builder comparatorCapacitance(double farads) {
            return with(CAPACITANCE, Require.nonNegative("farads", farads));
        }

        /** Current of a ladder while converting, in amperes, 0 or above. */
        public Builder ladderCurrent(double amperes) {
            return with(LADDER_CURRENT, Require.nonNegative("amperes", amperes));
        }

        /** Time of a conversion, in seconds, 0 or above. */
        public Builder conversionTime(double seconds) {
            return with(TIME, Require.nonNegative("seconds", seconds));
        }

        /** Area of a comparator with its part of the encoder, in square metres, 0 or above. */
        public Builder comparatorArea(double squareMetres) {
            return with(COMPARATOR_AREA, Require.nonNegative("squareMetres", squareMetres));
        }

        /** Area of a channel besides its comparators, in square metres, 0 or above. */
        public Builder fixedArea(double squareMetres) {
            return with(FIXED_AREA, Require.nonNegative("squareMetres", squareMetres));
        }

        /** The finished converter. */
        public FlashAdc build() {
            return new FlashAdc(p);
        }
    }
}
