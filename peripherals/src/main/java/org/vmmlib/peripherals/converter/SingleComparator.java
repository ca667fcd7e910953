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
import org.vmmlib.core.signal.Levels;
import org.vmmlib.peripherals.parameter.Trimming;

/**
 * A single comparator for each channel: the binary activation, 1 at or above the threshold f⁻¹(1/2). Immutable.
 *
 * <p>Imperfections: comparator offset, one draw a channel, trimmed to a step by floating gates; comparator noise, one draw a
 * decision. Energy: {@code C V²} a decision.
 */
public final class SingleComparator implements Converter {

    /** Id of the comparator offset. */
    public static final String COMPARATOR_OFFSET = "adc.comparator-offset";

    /** Id of the comparator noise. */
    public static final String COMPARATOR_NOISE = "adc.comparator-noise";

    private static final String OFFSET = "comparator offset (sigma)";
    private static final String TRIM_STEP = "trim step of the offset";
    private static final String NOISE = "comparator noise (sigma)";
    private static final String SUPPLY = "supply";
    private static final String CAPACITANCE = "comparator capacitance";
    private static final String TIME = "decision time";
    private static final String AREA = "area";

    private final Conversion p;

    private SingleComparator(Conversion parameters) {
        p = parameters;
    }

    /**
     * Starts an ideal comparator.
     *
     * @param activation function whose middle is the threshold: 0 for LINEAR, SIGMOID and TANH, half of the full scale
     *     otherwise
     * @param input what it compares; the unit of all levels below is ampere, volt, coulomb or second accordingly
     * @param fullScale level at which the function is applied to 1, above 0
     * @throws IllegalArgumentException if a value is out of range
     */
    public static Builder builder(Activation activation, Levels.Quantity input, double fullScale) {
        String unit = Conversion.unit(input);
        return new Builder(Conversion.of("single comparator", 1, 1, activation, input, fullScale)
                .flaw(COMPARATOR_OFFSET, "offset of the comparators", OFFSET, unit)
                .add(TRIM_STEP, 0, unit, "no trimming by default")
                .flaw(COMPARATOR_NOISE, "noise of each decision", NOISE, unit)
                .chosen(SUPPLY, 1.2, "V")
                .chosen(CAPACITANCE, 2 * Si.fF, "F")
                .chosen(TIME, 1 * Si.ns, "s")
                .chosen(AREA, 4 * Si.um2, "m2"));
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
        double[] offsets = Trimming.offsets(die, COMPARATOR_OFFSET, p.value(OFFSET), p.value(TRIM_STEP), channels);
        return SearchChannels.of(this, channels, SearchTrees.counting(1, thresholds()), 1)
                .withOffsets(offsets, 1)
                .withInputNoise(p.value(NOISE), die.stream(COMPARATOR_NOISE));
    }

    @Override
    public Cost cost(Activity activity) {
        double energy = p.value(CAPACITANCE) * p.value(SUPPLY) * p.value(SUPPLY);
        int channels = activity.channels();
        return new Cost(
                "comparator", (double) activity.vectors() * channels * energy, p.value(TIME), channels * p.value(AREA));
    }

    @Override
    public List<Imperfection> imperfections() {
        return p.imperfections();
    }

    @Override
    public SingleComparator without(String imperfection) {
        return new SingleComparator(p.without(this, imperfection));
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

        /** Standard deviation of the comparator offset, one draw a channel, in the unit of the input, 0 or above. */
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

        /** Supply voltage, in volts, above 0. */
        public Builder supply(double volts) {
            return with(SUPPLY, Require.positive("volts", volts));
        }

        /** Capacitance that a decision charges to the supply, in farads, 0 or above. */
        public Builder comparatorCapacitance(double farads) {
            return with(CAPACITANCE, Require.nonNegative("farads", farads));
        }

        /** Time of a decision, in seconds, 0 or above. */
        public Builder decisionTime(double seconds) {
            return with(TIME, Require.nonNegative("seconds", seconds));
        }

        /** Area of a comparator, in square metres, 0 or above. */
        public Builder area(double squareMetres) {
            return with(AREA, Require.nonNegative("squareMetres", squareMetres));
        }

        /** The finished converter. */
        public SingleComparator build() {
            return new SingleComparator(p);
        }
    }
}
