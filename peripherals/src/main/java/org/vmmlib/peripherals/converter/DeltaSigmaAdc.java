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
import org.vmmlib.core.random.RandomStream;
import org.vmmlib.core.signal.Levels;

/**
 * An incremental delta-sigma ADC for each channel: for each conversion its modulator starts from rest, runs for N periods on
 * the level that it is given, and a decimator counts. Immutable.
 *
 * <p>First order: the decimator counts the ones. After 2^p periods an ideal one has the number of thresholds at or below the
 * input, exactly. Second order: the decimator sums twice, whereby N (N − 1) / 2 steps are told apart; the input is
 * scaled to the part of the feedback range in which the modulator is stable, and what the second integrator still holds is
 * the error, below a word if N is large enough. Circuit and counting: J. Robert et al., IEEE J. Solid-State Circuits 22,
 * 157–163 (1987), <a href="https://doi.org/10.1109/JSSC.1987.1052697">doi:10.1109/JSSC.1987.1052697</a>; modulators: {@link
 * DeltaSigmaModulator}.
 *
 * <p>Imperfections: leak of the integrators (finite gain), error of the feedback's reference (one draw a channel, scales the
 * range about its low end), offset of the comparator in units of the integrators (which the loop shapes), and noise
 * of each sample, of which the decimator lets through {@code σ sqrt(Σ w²) / Σ w} for its weights w: one draw a conversion.
 *
 * <p>Energy: {@code C V²} of the switched capacitors, comparator and decimator in each period.
 */
public final class DeltaSigmaAdc implements Converter {

    /** Id of the leak of the integrators. */
    public static final String INTEGRATOR_LEAK = "adc.integrator-leak";

    /** Id of the error of the reference. */
    public static final String REFERENCE = "adc.reference";

    /** Id of the comparator offset. */
    public static final String COMPARATOR_OFFSET = "adc.comparator-offset";

    /** Id of the noise of the samples. */
    public static final String SAMPLING_NOISE = "adc.sampling-noise";

    /** Part of the feedback range that a second-order modulator of one bit can use. */
    private static final double STABLE_PART = 0.7;

    private static final String ORDER = "order";
    private static final String PERIODS = "periods of a conversion";
    private static final String LEAK = "integrator leak (part lost in a period)";
    private static final String REFERENCE_SPREAD = "reference error (relative sigma)";
    private static final String OFFSET = "comparator offset (sigma, of the feedback range)";
    private static final String SAMPLED = "noise of a sample (sigma)";
    private static final String SUPPLY = "supply";
    private static final String CAPACITANCE = "capacitance switched in a period";
    private static final String PERIOD = "clock period";
    private static final String AREA = "area";

    private final Conversion p;

    private DeltaSigmaAdc(Conversion parameters) {
        p = parameters;
    }

    /**
     * Starts an ideal converter of first order with 2^p periods.
     *
     * @param bits word length p, 1 to 20
     * @param activation LINEAR, RELU or BOUNDED_RELU
     * @param input what it converts; the unit of all levels below is ampere, volt, coulomb or second accordingly
     * @param fullScale level at which the function is applied to 1, above 0
     * @throws IllegalArgumentException if a value is out of range, or the activation is not one of these
     */
    public static Builder builder(int bits, Activation activation, Levels.Quantity input, double fullScale) {
        String kind = "delta-sigma ADC";
        Conversion start = Conversion.of(kind, bits, 20, Conversion.uniform(kind, activation), input, fullScale);
        return new Builder(start.add(ORDER, 1, "", "default")
                .add(PERIODS, 1 << bits, "", "default")
                .flaw(INTEGRATOR_LEAK, "leak of the integrators", LEAK, "")
                .flaw(REFERENCE, "error of the reference", REFERENCE_SPREAD, "")
                .flaw(COMPARATOR_OFFSET, "offset of the comparators", OFFSET, "")
                .flaw(SAMPLING_NOISE, "noise of each sample", SAMPLED, Conversion.unit(input))
                .chosen(SUPPLY, 1, "V")
                .chosen(CAPACITANCE, 20 * Si.fF, "F")
                .chosen(PERIOD, 1 * Si.ns, "s")
                .chosen(AREA, 150 * Si.um2, "m2"));
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

    /** Order of the modulator, 1 or 2. */
    public int order() {
        return p.count(ORDER);
    }

    /** Periods N of a conversion. */
    public int periods() {
        return p.count(PERIODS);
    }

    @Override
    public Channels on(Die die, int channels) {
        Require.within("channels", channels, 1, Integer.MAX_VALUE);
        double[] references = die.mismatch(REFERENCE, p.value(REFERENCE_SPREAD), channels);
        double[] offsets = die.mismatch(COMPARATOR_OFFSET, p.value(OFFSET), channels);
        DeltaSigmaModulator modulator = new DeltaSigmaModulator(order(), p.value(LEAK), 1);
        double noise = p.value(SAMPLED) * modulator.noiseGain(periods());
        RandomStream stream = noise > 0 ? die.stream(SAMPLING_NOISE) : null;
        double words = 1 << p.bits();
        double span = p.step() * words;
        double low = (p.activation() == Activation.LINEAR ? -p.fullScale() : 0) - p.inputBias();
        double part = order() == 1 ? 1 : STABLE_PART;
        return new DeltaSigmaChannels(
                new Intake(this, channels),
                p.bits(),
                periods(),
                modulator,
                new DeltaSigmaChannels.Range(low, span, part),
                references,
                offsets,
                noise,
                stream);
    }

    @Override
    public Cost cost(Activity activity) {
        double energy = periods() * p.value(CAPACITANCE) * p.value(SUPPLY) * p.value(SUPPLY);
        int channels = activity.channels();
        // The decimator grows with the word.
        double area = channels * p.value(AREA) * (1 + 0.1 * order() * p.bits());
        return new Cost("ADC", (double) activity.vectors() * channels * energy, periods() * p.value(PERIOD), area);
    }

    @Override
    public List<Imperfection> imperfections() {
        return p.imperfections();
    }

    @Override
    public DeltaSigmaAdc without(String imperfection) {
        return new DeltaSigmaAdc(p.without(this, imperfection));
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

        /**
         * Order of the modulator, and how long it runs.
         *
         * @param order 1 or 2
         * @param periods N, 2 to 2^22; a first-order one tells N words apart, a second-order one about N²/3
         */
        public Builder modulator(int order, int periods) {
            Require.within("order", order, 1, 2);
            return with(ORDER, order).with(PERIODS, Require.within("periods", periods, 2, 1 << 22));
        }

        /** Part of its content that an integrator loses in a period, 0 to 0.5: 1/A of an amplifier of gain A. */
        public Builder integratorLeak(double part) {
            return with(LEAK, Require.within("part", part, 0, 0.5));
        }

        /** Relative standard deviation of the reference, one draw a channel, 0 to 0.1. */
        public Builder referenceError(double sigma) {
            return with(REFERENCE_SPREAD, Require.within("sigma", sigma, 0, 0.1));
        }

        /** Standard deviation of the comparator offset, one draw a channel, as a part of the feedback range, 0 to 0.2. */
        public Builder comparatorOffset(double sigma) {
            return with(OFFSET, Require.within("sigma", sigma, 0, 0.2));
        }

        /** Standard deviation of the noise of each sample, in the unit of the input, 0 or above. */
        public Builder samplingNoise(double sigma) {
            return with(SAMPLED, Require.nonNegative("sigma", sigma));
        }

        /** Supply voltage, in volts, above 0. */
        public Builder supply(double volts) {
            return with(SUPPLY, Require.positive("volts", volts));
        }

        /** Capacitance that a period charges to the supply, in farads, 0 or above. */
        public Builder periodCapacitance(double farads) {
            return with(CAPACITANCE, Require.nonNegative("farads", farads));
        }

        /** Period of the clock, in seconds, 0 or above. */
        public Builder clockPeriod(double seconds) {
            return with(PERIOD, Require.nonNegative("seconds", seconds));
        }

        /** Area of a modulator; the decimator adds a tenth of it for each bit and order. In square metres, 0 or above. */
        public Builder area(double squareMetres) {
            return with(AREA, Require.nonNegative("squareMetres", squareMetres));
        }

        /** The finished converter. */
        public DeltaSigmaAdc build() {
            return new DeltaSigmaAdc(p);
        }
    }
}
