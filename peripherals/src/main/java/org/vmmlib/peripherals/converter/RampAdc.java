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
 * A ramp ADC: one rising ramp and one counter for many channels, each of which has a comparator and a register that keeps the
 * count at which the ramp passed its input. Immutable.
 *
 * <p>At count k the ramp stands at the threshold θ_k, so a ramp of the shape of f⁻¹ embeds any activation. Circuit: T. P. Xiao
 * et al., Appl. Phys. Rev. 7, 031301 (2020), section V.C, <a
 * href="https://doi.org/10.1063/1.5143815">doi:10.1063/1.5143815</a>.
 *
 * <p>Imperfections. Of the ramp, hence the same for all channels that share it, with y from 0 at its start to 1 at its end:
 * slope error ε, which makes the height of its levels (1 + ε) times what it was; curvature c, which adds {@code 4 c y (1 − y)}
 * of the span; step mismatch, one draw a step, which adds up to a random walk. Of each channel: comparator offset, trimmed to
 * a step; comparator noise, one draw a conversion, as the ramp passes the input once. Of all comparators: a delay d, by
 * which the count is too high: the threshold of word k becomes the ramp's level at the time d before count k.
 *
 * <p>Energy: while the ramp rises, 2^p periods of the clock, the currents of the comparators and of the generator, and the
 * counter, which charges its capacitance twice a period on average; at the end p bits of a register for each channel.
 */
public final class RampAdc implements Converter {

    /** Id of the error of the ramp's slope. */
    public static final String RAMP_SLOPE = "adc.ramp-slope";

    /** Id of the curvature of the ramp. */
    public static final String RAMP_CURVATURE = "adc.ramp-curvature";

    /** Id of the mismatch of the ramp's steps. */
    public static final String RAMP_STEP = "adc.ramp-step";

    /** Id of the comparator offset. */
    public static final String COMPARATOR_OFFSET = "adc.comparator-offset";

    /** Id of the comparator noise. */
    public static final String COMPARATOR_NOISE = "adc.comparator-noise";

    /** Id of the comparator delay. */
    public static final String COMPARATOR_DELAY = "adc.comparator-delay";

    private static final String SLOPE = "ramp slope error (relative)";
    private static final String SLOPE_SPREAD = "ramp slope error (relative sigma)";
    private static final String CURVATURE = "ramp curvature (of the span)";
    private static final String STEP = "ramp step mismatch (relative sigma)";
    private static final String OFFSET = "comparator offset (sigma)";
    private static final String TRIM_STEP = "trim step of the offset";
    private static final String NOISE = "comparator noise (sigma)";
    private static final String DELAY = "comparator delay";
    private static final String SHARED = "channels that share a ramp";
    private static final String SUPPLY = "supply";
    private static final String PERIOD = "clock period";
    private static final String COMPARATOR_CURRENT = "comparator current";
    private static final String GENERATOR_CURRENT = "ramp generator current";
    private static final String BIT_CAPACITANCE = "capacitance of a bit of counter or register";
    private static final String CHANNEL_AREA = "area of a comparator";
    private static final String BIT_AREA = "area of a bit of counter or register";
    private static final String GENERATOR_AREA = "area of the ramp generator";

    private final Conversion p;

    private RampAdc(Conversion parameters) {
        p = parameters;
    }

    /**
     * Starts an ideal converter.
     *
     * @param bits word length p, 1 to 16
     * @param activation function in the shape of the ramp
     * @param input what it converts; the unit of all levels below is ampere, volt, coulomb or second accordingly
     * @param fullScale level at which the function is applied to 1, above 0
     * @throws IllegalArgumentException if a value is out of range
     */
    public static Builder builder(int bits, Activation activation, Levels.Quantity input, double fullScale) {
        String unit = Conversion.unit(input);
        return new Builder(Conversion.of("ramp ADC", bits, 16, activation, input, fullScale)
                .flaw(RAMP_SLOPE, "error of the ramp's slope", SLOPE, "")
                .flaw(RAMP_SLOPE, "error of the ramp's slope", SLOPE_SPREAD, "")
                .flaw(RAMP_CURVATURE, "curvature of the ramp", CURVATURE, "")
                .flaw(RAMP_STEP, "mismatch of the ramp's steps", STEP, "")
                .flaw(COMPARATOR_OFFSET, "offset of the comparators", OFFSET, unit)
                .add(TRIM_STEP, 0, unit, "no trimming by default")
                .flaw(COMPARATOR_NOISE, "noise of each comparison", NOISE, unit)
                .flaw(COMPARATOR_DELAY, "delay of the comparators", DELAY, "s")
                .chosen(SHARED, 1024, "")
                .chosen(SUPPLY, 1, "V")
                .chosen(PERIOD, 1 * Si.ns, "s")
                .chosen(COMPARATOR_CURRENT, 2 * Si.uA, "A")
                .chosen(GENERATOR_CURRENT, 50 * Si.uA, "A")
                .chosen(BIT_CAPACITANCE, 2 * Si.fF, "F")
                .chosen(CHANNEL_AREA, 20 * Si.um2, "m2")
                .chosen(BIT_AREA, 5 * Si.um2, "m2")
                .chosen(GENERATOR_AREA, 1000 * Si.um2, "m2"));
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

    /** Channels that one ramp serves at once. */
    public int shared() {
        return p.count(SHARED);
    }

    @Override
    public Channels on(Die die, int channels) {
        Require.within("channels", channels, 1, Integer.MAX_VALUE);
        int shared = shared();
        return SearchChannels.of(this, channels, trees(die, ramps(channels)), shared)
                .withOffsets(Trimming.offsets(die, COMPARATOR_OFFSET, p.value(OFFSET), p.value(TRIM_STEP), channels), 1)
                .withInputNoise(p.value(NOISE), die.stream(COMPARATOR_NOISE));
    }

    private int ramps(int channels) {
        return (channels - 1) / shared() + 1;
    }

    private SearchTrees trees(Die die, int ramps) {
        double[] ideal = thresholds();
        boolean alike = p.value(SLOPE_SPREAD) == 0 && p.value(STEP) == 0;
        if (alike && p.value(SLOPE) == 0 && p.value(CURVATURE) == 0 && p.value(DELAY) == 0) {
            return SearchTrees.counting(p.bits(), ideal);
        }
        int count = alike ? 1 : ramps;
        double[] slopes = die.mismatch(RAMP_SLOPE, p.value(SLOPE_SPREAD), count);
        double[] levels = new double[ideal.length];
        int[] held = {-1};
        int bits = p.bits();
        return SearchTrees.of(bits, count, (ramp, depth, prefix) -> {
            if (held[0] != ramp) {
                held[0] = ramp;
                ramp(die, ideal, ramp, slopes[ramp], levels);
            }
            return levels[SearchTrees.word(bits, depth, prefix) - 1];
        });
    }

    /** Thresholds of one ramp, which never fall: a register keeps the first count at which its comparator turned. */
    private void ramp(Die die, double[] ideal, int ramp, double slope, double[] out) {
        int count = ideal.length;
        double lag = p.value(DELAY) / p.value(PERIOD);
        double[] steps = new double[count];
        if (p.value(STEP) > 0) {
            die.stream(RAMP_STEP).gaussians((long) ramp * count, steps, 0, count);
        }
        double start = at(ideal, 0);
        double span = at(ideal, count + 1) - start;
        double walk = 0;
        for (int k = 0; k < count; k++) {
            walk += p.value(STEP) * steps[k] * (at(ideal, k + 1) - at(ideal, k));
            double level = at(ideal, k + 1 - lag);
            double y = (level - start) / span;
            double moved = (p.value(SLOPE) + slope) * (level - start) + 4 * p.value(CURVATURE) * span * y * (1 - y);
            out[k] = level + moved + walk;
            if (k > 0) {
                out[k] = Math.max(out[k], out[k - 1]);
            }
        }
    }

    /** Level of the ideal ramp at a count: straight between counts, and on beyond the first and the last threshold. */
    private double at(double[] ideal, double count) {
        if (ideal.length == 1) {
            return ideal[0] + (count - 1) * p.fullScale();
        }
        int low = (int) Math.max(1, Math.min(ideal.length - 1, Math.floor(count)));
        return ideal[low - 1] + (count - low) * (ideal[low] - ideal[low - 1]);
    }

    @Override
    public Cost cost(Activity activity) {
        int bits = p.bits();
        int channels = activity.channels();
        int ramps = ramps(channels);
        double time = (1 << bits) * p.value(PERIOD);
        double supply = p.value(SUPPLY);
        double bit = p.value(BIT_CAPACITANCE) * supply * supply;
        double currents = channels * p.value(COMPARATOR_CURRENT) + ramps * p.value(GENERATOR_CURRENT);
        double energy = supply * currents * time + (ramps * Math.scalb(2.0, bits) + channels * bits) * bit;
        double area = channels * (p.value(CHANNEL_AREA) + bits * p.value(BIT_AREA))
                + ramps * (p.value(GENERATOR_AREA) + bits * p.value(BIT_AREA));
        return new Cost("ADC", activity.vectors() * energy, time, area);
    }

    @Override
    public List<Imperfection> imperfections() {
        return p.imperfections();
    }

    @Override
    public RampAdc without(String imperfection) {
        return new RampAdc(p.without(this, imperfection));
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

        /** Relative error of the slope of every ramp, −0.5 to 0.5. */
        public Builder rampSlopeError(double error) {
            return with(SLOPE, Require.within("error", error, -0.5, 0.5));
        }

        /** Relative standard deviation of the slope, one draw a ramp, 0 to 0.1. */
        public Builder rampSlopeSpread(double sigma) {
            return with(SLOPE_SPREAD, Require.within("sigma", sigma, 0, 0.1));
        }

        /** Height of the ramp's bow in its middle, as a part of its span, −0.2 to 0.2. */
        public Builder rampCurvature(double bow) {
            return with(CURVATURE, Require.within("bow", bow, -0.2, 0.2));
        }

        /** Relative standard deviation of a step of the ramp, 0 to 0.3. */
        public Builder rampStepMismatch(double sigma) {
            return with(STEP, Require.within("sigma", sigma, 0, 0.3));
        }

        /** Standard deviation of the comparator offset, one draw a channel, in the unit of the input, 0 or above. */
        public Builder comparatorOffset(double sigma) {
            return with(OFFSET, Require.nonNegative("sigma", sigma));
        }

        /** Step to whose multiples the offset is trimmed, in the unit of the input; 0 for no trimming. */
        public Builder offsetTrimStep(double step) {
            return with(TRIM_STEP, Require.nonNegative("step", step));
        }

        /** Standard deviation of the noise of each conversion, in the unit of the input, 0 or above. */
        public Builder comparatorNoise(double sigma) {
            return with(NOISE, Require.nonNegative("sigma", sigma));
        }

        /** Delay of the comparators, in seconds, 0 or above. */
        public Builder comparatorDelay(double seconds) {
            return with(DELAY, Require.nonNegative("delay", seconds));
        }

        /** Channels that one ramp serves at once, 1 or more; neighbours share one. */
        public Builder shared(int channels) {
            return with(SHARED, Require.within("channels", channels, 1, 1 << 20));
        }

        /** Supply voltage, in volts, above 0. */
        public Builder supply(double volts) {
            return with(SUPPLY, Require.positive("supply", volts));
        }

        /** Period of the counter's clock, in seconds, above 0; a conversion takes 2^p. */
        public Builder clockPeriod(double seconds) {
            return with(PERIOD, Require.positive("period", seconds));
        }

        /** Current of a comparator while the ramp rises, in amperes, 0 or above. */
        public Builder comparatorCurrent(double amperes) {
            return with(COMPARATOR_CURRENT, Require.nonNegative("comparatorCurrent", amperes));
        }

        /** Current of a ramp generator while the ramp rises, in amperes, 0 or above. */
        public Builder generatorCurrent(double amperes) {
            return with(GENERATOR_CURRENT, Require.nonNegative("generatorCurrent", amperes));
        }

        /** Capacitance of a bit of a counter or register, in farads, 0 or above. */
        public Builder bitCapacitance(double farads) {
            return with(BIT_CAPACITANCE, Require.nonNegative("bitCapacitance", farads));
        }

        /** Area of a comparator, in square metres, 0 or above. */
        public Builder comparatorArea(double squareMetres) {
            return with(CHANNEL_AREA, Require.nonNegative("comparatorArea", squareMetres));
        }

        /** Area of a bit of a counter or register, in square metres, 0 or above. */
        public Builder bitArea(double squareMetres) {
            return with(BIT_AREA, Require.nonNegative("bitArea", squareMetres));
        }

        /** Area of a ramp generator, in square metres, 0 or above. */
        public Builder generatorArea(double squareMetres) {
            return with(GENERATOR_AREA, Require.nonNegative("generatorArea", squareMetres));
        }

        /** The finished converter. */
        public RampAdc build() {
            return new RampAdc(p);
        }
    }
}
