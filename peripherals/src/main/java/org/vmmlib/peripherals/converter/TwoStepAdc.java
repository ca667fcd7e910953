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

/**
 * A two-step ADC: a coarse one with the thresholds of the activation gives the upper bits, then a linear one interpolates
 * between the two coarse references on either side of the input and gives the lower bits. Immutable.
 *
 * <p>The result is the activation, piecewise linear between 2^c + 1 points, without the over- and undersampling of a table
 * behind a linear converter. The outermost coarse intervals of a sigmoid or tanh have no end; there the line goes through the
 * last coarse threshold and the outermost of the p-bit thresholds. Circuit: M. Giordano et al., "Analog-to-digital conversion
 * with reconfigurable function mapping for neural networks activation function acceleration", IEEE J. Emerg. Sel. Topics
 * Circuits Syst. 9, 367–376 (2019); Fig. 13 of T. P. Xiao et al., Appl. Phys. Rev. 7, 031301 (2020), <a
 * href="https://doi.org/10.1063/1.5143815">doi:10.1063/1.5143815</a>.
 *
 * <p>Imperfections: offset of each step's comparator, one draw a channel, the coarse one of which may choose a neighbouring
 * interval, where the fine step ends at the interval's edge; error of each coarse reference of each channel, which moves the
 * ends of the fine range with it, relative to a coarse step of equal spacing; error of the fine range relative to its
 * interval; noise of each decision.
 *
 * <p>Energy: p decisions, one at a time, and the reference branches over that time. Area: a programmable reference for each
 * coarse threshold and both ends, 2^f fine units, a fixed part.
 */
public final class TwoStepAdc implements Converter {

    /** Id of the offset of the coarse comparator. */
    public static final String COARSE_OFFSET = "adc.coarse-offset";

    /** Id of the offset of the fine comparator. */
    public static final String FINE_OFFSET = "adc.comparator-offset";

    /** Id of the noise of the decisions. */
    public static final String COMPARATOR_NOISE = "adc.comparator-noise";

    /** Id of the error of the coarse references. */
    public static final String REFERENCE = "adc.reference";

    /** Id of the error of the fine range. */
    public static final String FINE_RANGE = "adc.fine-range";

    private static final String COARSE_BITS = "coarse bits";
    private static final String COARSE_SIGMA = "coarse comparator offset (sigma)";
    private static final String FINE_SIGMA = "fine comparator offset (sigma)";
    private static final String NOISE = "comparator noise (sigma)";
    private static final String REFERENCE_SIGMA = "coarse reference error (sigma, of a coarse step)";
    private static final String RANGE_ERROR = "fine range error (relative)";
    private static final String RANGE_SPREAD = "fine range error (relative sigma)";
    private static final String SUPPLY = "supply";
    private static final String CAPACITANCE = "comparator capacitance";
    private static final String CURRENT = "reference current";
    private static final String CYCLE_TIME = "cycle time";
    private static final String REFERENCE_AREA = "area of a coarse reference";
    private static final String UNIT_AREA = "area of a fine unit";
    private static final String FIXED_AREA = "fixed area";

    private final Conversion p;

    private TwoStepAdc(Conversion parameters) {
        p = parameters;
    }

    /**
     * Starts an ideal converter.
     *
     * @param coarseBits upper bits c, 1 to 10
     * @param fineBits lower bits f, 1 to 10, with at most 16 bits in all
     * @param activation function in the coarse thresholds
     * @param input what it converts; the unit of all levels below is ampere, volt, coulomb or second accordingly
     * @param fullScale level at which the function is applied to 1, above 0
     * @throws IllegalArgumentException if a value is out of range
     */
    public static Builder builder(
            int coarseBits, int fineBits, Activation activation, Levels.Quantity input, double fullScale) {
        Require.within("coarseBits", coarseBits, 1, 10);
        Require.within("fineBits", fineBits, 1, 10);
        String unit = Conversion.unit(input);
        return new Builder(Conversion.of("two-step ADC", coarseBits + fineBits, 16, activation, input, fullScale)
                .add(COARSE_BITS, coarseBits, "", "user")
                .flaw(COARSE_OFFSET, "offset of the coarse comparators", COARSE_SIGMA, unit)
                .flaw(FINE_OFFSET, "offset of the fine comparators", FINE_SIGMA, unit)
                .flaw(COMPARATOR_NOISE, "noise of each decision", NOISE, unit)
                .flaw(REFERENCE, "error of the coarse references", REFERENCE_SIGMA, "")
                .flaw(FINE_RANGE, "error of the fine range", RANGE_ERROR, "")
                .flaw(FINE_RANGE, "error of the fine range", RANGE_SPREAD, "")
                .chosen(SUPPLY, 1.2, "V")
                .chosen(CAPACITANCE, 2 * Si.fF, "F")
                .chosen(CURRENT, 5 * Si.uA, "A")
                .chosen(CYCLE_TIME, 4 * Si.ns, "s")
                .chosen(REFERENCE_AREA, 0.43 * Si.um2, "m2")
                .chosen(UNIT_AREA, 0.4 * Si.um2, "m2")
                .chosen(FIXED_AREA, 10 * Si.um2, "m2"));
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

    /** Upper bits, which the coarse step gives. */
    public int coarseBits() {
        return p.count(COARSE_BITS);
    }

    /** The thresholds of the piecewise linear function; where the activation is uniform, those of the activation. */
    @Override
    public double[] thresholds() {
        double[] exact = Converter.super.thresholds();
        if (p.activation().uniform()) {
            return exact;
        }
        double[] ends = coarseReferences(exact);
        int steps = 1 << (p.bits() - coarseBits());
        for (int n = 1; n <= exact.length; n++) {
            int interval = n / steps;
            double part = (double) (n % steps) / steps;
            if (part > 0) {
                exact[n - 1] = ends[interval] + part * (ends[interval + 1] - ends[interval]);
            }
        }
        return exact;
    }

    /** Both ends and the coarse thresholds between them: 2^c + 1 levels. */
    private double[] coarseReferences(double[] thresholds) {
        int intervals = 1 << coarseBits();
        int steps = 1 << (p.bits() - coarseBits());
        double[] out = new double[intervals + 1];
        for (int k = 1; k < intervals; k++) {
            out[k] = thresholds[k * steps - 1];
        }
        double outward = steps / (steps - 1.0);
        int last = thresholds.length;
        out[0] = out[1] + (thresholds[0] - out[1]) * outward;
        out[intervals] = out[intervals - 1] + (thresholds[last - 1] - out[intervals - 1]) * outward;
        return out;
    }

    @Override
    public Channels on(Die die, int channels) {
        Require.within("channels", channels, 1, Integer.MAX_VALUE);
        double noise = p.value(NOISE);
        boolean alike = imperfections().stream().allMatch(has -> has.id().equals(COMPARATOR_NOISE));
        SearchTrees trees = alike ? SearchTrees.counting(p.bits(), thresholds()) : trees(die, channels);
        SearchChannels search = SearchChannels.of(this, channels, trees, 1);
        return noise == 0 ? search : search.withDecisionNoise(noise, die.stream(COMPARATOR_NOISE));
    }

    private SearchTrees trees(Die die, int channels) {
        int bits = p.bits();
        int coarse = coarseBits();
        int fine = bits - coarse;
        int ends = (1 << coarse) + 1;
        double[] thresholds = Converter.super.thresholds();
        double[] ideal = coarseReferences(thresholds);
        double step = (ideal[ends - 1] - ideal[0]) / (ends - 1);
        double[] references = die.mismatch(REFERENCE, step * p.value(REFERENCE_SIGMA), channels * ends);
        double[] coarseOffsets = die.mismatch(COARSE_OFFSET, p.value(COARSE_SIGMA), channels);
        double[] fineOffsets = die.mismatch(FINE_OFFSET, p.value(FINE_SIGMA), channels);
        double[] ranges = die.mismatch(FINE_RANGE, p.value(RANGE_SPREAD), channels);
        return SearchTrees.of(bits, channels, (k, depth, prefix) -> {
            int word = SearchTrees.word(bits, depth, prefix);
            int interval = word >> fine;
            double low = ideal[interval] + references[k * ends + interval];
            if (depth < coarse) {
                return low - coarseOffsets[k];
            }
            double high = ideal[interval + 1] + references[k * ends + interval + 1];
            double part = Math.scalb((double) (word - (interval << fine)), -fine);
            return low + part * (high - low) * (1 + p.value(RANGE_ERROR) + ranges[k]) - fineOffsets[k];
        });
    }

    @Override
    public Cost cost(Activity activity) {
        int bits = p.bits();
        double supply = p.value(SUPPLY);
        double cycle = p.value(CAPACITANCE) * supply * supply + supply * p.value(CURRENT) * p.value(CYCLE_TIME);
        double area = ((1 << coarseBits()) + 1) * p.value(REFERENCE_AREA)
                + (1 << (bits - coarseBits())) * p.value(UNIT_AREA)
                + p.value(FIXED_AREA);
        int channels = activity.channels();
        return new Cost(
                "ADC",
                (double) activity.vectors() * channels * bits * cycle,
                bits * p.value(CYCLE_TIME),
                channels * area);
    }

    @Override
    public List<Imperfection> imperfections() {
        return p.imperfections();
    }

    @Override
    public TwoStepAdc without(String imperfection) {
        return new TwoStepAdc(p.without(this, imperfection));
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

        /** Standard deviation of the offset of the coarse comparator, one draw a channel, in the unit of the input, 0 or above. */
        public Builder coarseOffset(double sigma) {
            return with(COARSE_SIGMA, Require.nonNegative("sigma", sigma));
        }

        /** Standard deviation of the offset of the fine comparator, one draw a channel, in the unit of the input, 0 or above. */
        public Builder fineOffset(double sigma) {
            return with(FINE_SIGMA, Require.nonNegative("sigma", sigma));
        }

        /** Standard deviation of the noise of each decision, in the unit of the input, 0 or above. */
        public Builder comparatorNoise(double sigma) {
            return with(NOISE, Require.nonNegative("sigma", sigma));
        }

        /** Standard deviation of a coarse reference, in coarse steps of equal spacing, 0 to 0.3. */
        public Builder referenceError(double sigma) {
            return with(REFERENCE_SIGMA, Require.within("sigma", sigma, 0, 0.3));
        }

        /** Relative error of the fine range of all channels, −0.5 to 0.5. */
        public Builder fineRangeError(double error) {
            return with(RANGE_ERROR, Require.within("error", error, -0.5, 0.5));
        }

        /** Relative standard deviation of the fine range, one draw a channel, 0 to 0.1. */
        public Builder fineRangeSpread(double sigma) {
            return with(RANGE_SPREAD, Require.within("sigma", sigma, 0, 0.1));
        }

        /** Supply voltage, in volts, above 0. */
        public Builder supply(double volts) {
            return with(SUPPLY, Require.positive("volts", volts));
        }

        /** Capacitance that a decision charges to the supply, in farads, 0 or above. */
        public Builder comparatorCapacitance(double farads) {
            return with(CAPACITANCE, Require.nonNegative("farads", farads));
        }

        /** Current of the reference branches while converting, in amperes, 0 or above. */
        public Builder referenceCurrent(double amperes) {
            return with(CURRENT, Require.nonNegative("amperes", amperes));
        }

        /** Time of a decision, in seconds, 0 or above. */
        public Builder cycleTime(double seconds) {
            return with(CYCLE_TIME, Require.nonNegative("seconds", seconds));
        }

        /** Area of a coarse reference, in square metres, 0 or above. */
        public Builder referenceArea(double squareMetres) {
            return with(REFERENCE_AREA, Require.nonNegative("squareMetres", squareMetres));
        }

        /** Area of a unit of the fine DAC, in square metres, 0 or above. */
        public Builder unitArea(double squareMetres) {
            return with(UNIT_AREA, Require.nonNegative("squareMetres", squareMetres));
        }

        /** Area of a channel besides these, in square metres, 0 or above. */
        public Builder fixedArea(double squareMetres) {
            return with(FIXED_AREA, Require.nonNegative("squareMetres", squareMetres));
        }

        /** The finished converter. */
        public TwoStepAdc build() {
            return new TwoStepAdc(p);
        }
    }
}
