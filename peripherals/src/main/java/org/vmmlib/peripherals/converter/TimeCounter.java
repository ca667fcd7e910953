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
 * A time-to-digital converter: one counter for many channels; each channel's register keeps the count at which its pulse
 * ends. Immutable.
 *
 * <p>Pulses begin with the count, which rises by one every 1/2^p of the full scale, so the word is the number of whole
 * periods that the pulse lasts. It takes lengths of pulses ({@link Levels.Quantity#TIME}), which are never negative, so the
 * activation is a ReLU. Circuit: 3D-aCortex, M. Bavandpour et al., arXiv:1908.02472.
 *
 * <p>Imperfections: error of the clock's period; jitter of the pulse's length, one draw a conversion; delay of a channel's
 * register, one draw a channel, which adds to the length, trimmed to a step.
 *
 * <p>Energy: the counter charges its capacitance twice a period on average until it stops at 2^p; the last edge of each pulse
 * clocks p bits of a register. Area: counters, registers, and a fixed part for each channel.
 */
public final class TimeCounter implements Converter {

    /** Id of the error of the clock. */
    public static final String CLOCK = "adc.clock";

    /** Id of the jitter. */
    public static final String JITTER = "adc.jitter";

    /** Id of the delay of the registers. */
    public static final String LATCH_DELAY = "adc.latch-delay";

    private static final String CLOCK_ERROR = "clock period error (relative)";
    private static final String CLOCK_SPREAD = "clock period error (relative sigma)";
    private static final String LENGTH_JITTER = "jitter of a pulse length (sigma)";
    private static final String DELAY = "register delay (sigma)";
    private static final String TRIM_STEP = "trim step of the delay";
    private static final String SHARED = "channels that share a counter";
    private static final String SUPPLY = "supply";
    private static final String BIT_CAPACITANCE = "capacitance of a bit of counter or register";
    private static final String BIT_AREA = "area of a bit of counter or register";
    private static final String FIXED_AREA = "fixed area";

    private final Conversion p;

    private TimeCounter(Conversion parameters) {
        p = parameters;
    }

    /**
     * Starts an ideal converter.
     *
     * @param bits word length p, 1 to 16
     * @param activation RELU or BOUNDED_RELU
     * @param fullScale length of a pulse at which the counter has gone round, in seconds, above 0
     * @throws IllegalArgumentException if a value is out of range, or the activation is not one of these
     */
    public static Builder builder(int bits, Activation activation, double fullScale) {
        if (activation != Activation.RELU && activation != Activation.BOUNDED_RELU) {
            throw new IllegalArgumentException("activation = " + activation
                    + ": a pulse has no negative length and a counter equal steps; use RELU or BOUNDED_RELU");
        }
        return new Builder(
                Conversion.of("time-to-digital counter", bits, 16, activation, Levels.Quantity.TIME, fullScale)
                        .flaw(CLOCK, "error of the clock's period", CLOCK_ERROR, "")
                        .flaw(CLOCK, "error of the clock's period", CLOCK_SPREAD, "")
                        .flaw(JITTER, "jitter of each pulse's length", LENGTH_JITTER, "s")
                        .flaw(LATCH_DELAY, "delay of the registers", DELAY, "s")
                        .add(TRIM_STEP, 0, "s", "no trimming by default")
                        .chosen(SHARED, 1024, "")
                        .chosen(SUPPLY, 1.2, "V")
                        .chosen(BIT_CAPACITANCE, 4 * Si.fF, "F")
                        .chosen(BIT_AREA, 10 * Si.um2, "m2")
                        .chosen(FIXED_AREA, 5 * Si.um2, "m2"));
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

    /** Channels that one counter serves at once. */
    public int shared() {
        return p.count(SHARED);
    }

    private int counters(int channels) {
        return (channels - 1) / shared() + 1;
    }

    @Override
    public Channels on(Die die, int channels) {
        Require.within("channels", channels, 1, Integer.MAX_VALUE);
        double spread = p.value(CLOCK_SPREAD);
        int counters = spread == 0 ? 1 : counters(channels);
        double[] ideal = thresholds();
        double[] errors = die.mismatch(CLOCK, spread, counters);
        int bits = p.bits();
        SearchTrees trees = SearchTrees.of(bits, counters, (counter, depth, prefix) -> {
            double threshold = ideal[SearchTrees.word(bits, depth, prefix) - 1];
            double error = p.value(CLOCK_ERROR) + errors[counter];
            return threshold + error * (threshold + p.inputBias());
        });
        return SearchChannels.of(this, channels, trees, shared())
                .withOffsets(Trimming.offsets(die, LATCH_DELAY, p.value(DELAY), p.value(TRIM_STEP), channels), 1)
                .withInputNoise(p.value(LENGTH_JITTER), die.stream(JITTER));
    }

    @Override
    public Cost cost(Activity activity) {
        int bits = p.bits();
        int channels = activity.channels();
        int counters = counters(channels);
        double bit = p.value(BIT_CAPACITANCE) * p.value(SUPPLY) * p.value(SUPPLY);
        double energy = (counters * Math.scalb(2.0, bits) + channels * bits) * bit;
        double area = (channels + counters) * bits * p.value(BIT_AREA) + channels * p.value(FIXED_AREA);
        return new Cost("TDC", activity.vectors() * energy, p.fullScale(), area);
    }

    @Override
    public List<Imperfection> imperfections() {
        return p.imperfections();
    }

    @Override
    public TimeCounter without(String imperfection) {
        return new TimeCounter(p.without(this, imperfection));
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

        /** A time added to each pulse, in seconds; it lowers every threshold. */
        public Builder inputBias(double seconds) {
            return with(Conversion.INPUT_BIAS, Require.finite("inputBias", seconds));
        }

        /** Relative error of the period of every clock, −0.5 to 0.5. */
        public Builder clockError(double error) {
            return with(CLOCK_ERROR, Require.within("error", error, -0.5, 0.5));
        }

        /** Relative standard deviation of the clock's period, one draw a counter, 0 to 0.1. */
        public Builder clockSpread(double sigma) {
            return with(CLOCK_SPREAD, Require.within("sigma", sigma, 0, 0.1));
        }

        /** Standard deviation of a pulse's length, one draw a conversion, in seconds, 0 or above; of jitter σ in each of two edges, √2 σ. */
        public Builder jitter(double sigma) {
            return with(LENGTH_JITTER, Require.nonNegative("sigma", sigma));
        }

        /** Standard deviation of the delay of a register, one draw a channel, in seconds, 0 or above. */
        public Builder latchDelay(double sigma) {
            return with(DELAY, Require.nonNegative("sigma", sigma));
        }

        /** Step to whose multiples the delay is trimmed, in seconds; 0 for no trimming. */
        public Builder delayTrimStep(double step) {
            return with(TRIM_STEP, Require.nonNegative("step", step));
        }

        /** Channels that one counter serves at once, 1 or more; neighbours share one. */
        public Builder shared(int channels) {
            return with(SHARED, Require.within("channels", channels, 1, 1 << 20));
        }

        /** Supply voltage, in volts, above 0. */
        public Builder supply(double volts) {
            return with(SUPPLY, Require.positive("volts", volts));
        }

        /** Capacitance of a bit of a counter or register, in farads, 0 or above. */
        public Builder bitCapacitance(double farads) {
            return with(BIT_CAPACITANCE, Require.nonNegative("farads", farads));
        }

        /** Area of a bit of a counter or register, in square metres, 0 or above. */
        public Builder bitArea(double squareMetres) {
            return with(BIT_AREA, Require.nonNegative("squareMetres", squareMetres));
        }

        /** Area of a channel besides its register, in square metres, 0 or above. */
        public Builder fixedArea(double squareMetres) {
            return with(FIXED_AREA, Require.nonNegative("squareMetres", squareMetres));
        }

        /** The finished converter. */
        public TimeCounter build() {
            return new TimeCounter(p);
        }
    }
}
