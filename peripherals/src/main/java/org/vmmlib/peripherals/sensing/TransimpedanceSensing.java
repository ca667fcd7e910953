package org.vmmlib.peripherals.sensing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.block.Block;
import org.vmmlib.core.block.Datasheet;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.block.Imperfection;
import org.vmmlib.core.check.Require;
import org.vmmlib.core.cost.Activity;
import org.vmmlib.core.cost.Cost;
import org.vmmlib.core.crossbar.Topology;
import org.vmmlib.core.macro.Coding;
import org.vmmlib.core.macro.Readout;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.physics.Si;
import org.vmmlib.core.signal.Levels;
import org.vmmlib.peripherals.parameter.Trimming;

/**
 * A transimpedance amplifier on each column: holds the column at its own input voltage and turns the signal current into
 * a voltage across its feedback resistor. One phase only (INS); gives voltages, measured from the column voltage at rest
 * and positive for positive signal current. Immutable.
 *
 * <p>An input offset v_os, one draw a column, is the voltage that the column is held at too much: it drives a current
 * through the whole array, and stands at the output as well, so the level is {@code R (1 + ε) I(V_col + v_os) − v_os}
 * where the amplifier takes the current ({@link Polarity#SINK}) and {@code … + v_os} where it gives it. In both cases the
 * offset appears amplified by 1 + R times the column's conductance. The input resistance, R over the loop gain, is
 * solved in the array's network.
 *
 * <p>White noise of density e_n at the input, {@code e_n √B} times a standard normal draw of each vector and column, adds to
 * the offset: it too moves the column, and appears at the output times the noise gain {@code 1 + R G}, G the column's
 * conductance (P. Gray, P. Hurst, S. Lewis, R. Meyer, Analysis and Design of Analog Integrated Circuits, chapter 11). A
 * finite bandwidth acts on it as on the level. The thermal noise of the feedback resistor is not in it.
 *
 * <p>Energy: the static bias, and the signal charge from the supply, less what falls across the array where the amplifier
 * gives the current.
 */
public final class TransimpedanceSensing implements Readout {

    /** Id of the input resistance. */
    public static final String INPUT_RESISTANCE = "sense.input-resistance";

    /** Id of the gain error. */
    public static final String GAIN = "sense.gain";

    /** Id of the input offset. */
    public static final String OFFSET = "sense.offset";

    /** Id of the noise. */
    public static final String NOISE = "sense.noise";

    /** Id of the finite bandwidth. */
    public static final String BANDWIDTH = "sense.bandwidth";

    /** Id of the finite output swing. */
    public static final String SWING = "sense.swing";

    private final Builder p;

    private TransimpedanceSensing(Builder builder) {
        p = new Builder(builder);
    }

    /**
     * Starts an ideal amplifier; the circuit behind its cost is chosen.
     *
     * @param columnVoltage column voltage at rest, in volts
     * @param polarity which way the signal current flows
     * @param transimpedance feedback resistance, in ohms, above 0
     */
    public static Builder builder(double columnVoltage, Polarity polarity, double transimpedance) {
        return new Builder(columnVoltage, polarity, transimpedance);
    }

    /** A builder that starts with these parameters. */
    public Builder toBuilder() {
        return new Builder(p);
    }

    @Override
    public double columnVoltage() {
        return p.columnVoltage.value();
    }

    @Override
    public double inputResistance() {
        return p.inputResistance.value();
    }

    @Override
    public boolean fits(Topology topology) {
        return (p.polarity == Polarity.SINK) == (topology == Topology.SOURCE_DRIVEN);
    }

    /** One phase of amplitudes: it holds no charge. */
    @Override
    public boolean fits(Coding coding) {
        return coding instanceof Coding.Amplitude;
    }

    /** Which way the signal current flows. */
    public Polarity polarity() {
        return p.polarity;
    }

    /** Output voltage over input current, in ohms. */
    public double transimpedance() {
        return p.transimpedance.value();
    }

    @Override
    public Columns on(Die die, int columns, Conditions conditions) {
        Require.within("columns", columns, 1, Integer.MAX_VALUE);
        double[] gains = die.mismatch(GAIN, p.gainError.value(), columns);
        for (int j = 0; j < columns; j++) {
            gains[j] = p.transimpedance.value() * (1 + gains[j]);
        }
        double[] offsets = Trimming.offsets(die, OFFSET, p.offset.value(), p.offsetTrimStep.value(), columns);
        double rest = p.columnVoltage.value();
        int rise = p.polarity.rise();
        InputNoise noise = InputNoise.of(die, NOISE, p.noise.value());
        ColumnSense sense = (array, firstCall) -> {
            int vectors = array.vectors();
            DMatrixRMaj input = new DMatrixRMaj(vectors, columns);
            for (int b = 0; b < vectors; b++) {
                System.arraycopy(offsets, 0, input.data, b * columns, columns);
            }
            noise.sample(input, firstCall, p.noiseBandwidth.value());
            DMatrixRMaj held = new DMatrixRMaj(vectors, columns);
            for (int k = 0; k < vectors * columns; k++) {
                held.data[k] = rest + input.data[k];
            }
            DMatrixRMaj levels = new DMatrixRMaj(vectors, columns);
            array.currents(held, levels, null);
            for (int k = 0; k < vectors * columns; k++) {
                levels.data[k] = gains[k % columns] * levels.data[k] - rise * input.data[k];
            }
            return levels;
        };
        Output output = new Output(Levels.Quantity.VOLTAGE, p.lowest, p.highest, p.bandwidth.value());
        return (vectors, firstCall) ->
                new SinglePhase("transimpedance sensing", sense, output, vectors, columns, firstCall);
    }

    @Override
    public Cost cost(Activity activity) {
        double supply = p.supply.value();
        double fall = p.polarity == Polarity.SOURCE ? supply - p.columnVoltage.value() : supply;
        double energy = Math.max(0, fall) * activity.charge()
                + supply * p.biasCurrent.value() * activity.channels() * activity.time();
        return new Cost("sensing", energy, p.settlingTime.value(), activity.channels() * p.area.value());
    }

    @Override
    public List<Imperfection> imperfections() {
        List<Imperfection> has = new ArrayList<>();
        if (p.inputResistance.value() > 0) {
            has.add(new Imperfection(INPUT_RESISTANCE, "input resistance of the amplifiers"));
        }
        if (p.gainError.value() > 0) {
            has.add(new Imperfection(GAIN, "mismatch of the feedback resistors"));
        }
        if (p.noise.value() > 0) {
            has.add(new Imperfection(NOISE, "white noise of the amplifiers"));
        }
        if (!Double.isInfinite(p.bandwidth.value())) {
            has.add(new Imperfection(BANDWIDTH, "finite bandwidth of the amplifiers"));
        }
        if (p.offset.value() > 0) {
            has.add(new Imperfection(OFFSET, "input offsets of the amplifiers"));
        }
        if (!Double.isInfinite(p.lowest) || !Double.isInfinite(p.highest)) {
            has.add(new Imperfection(SWING, "finite output swing of the amplifiers"));
        }
        return has;
    }

    @Override
    public TransimpedanceSensing without(String imperfection) {
        if (imperfections().stream().noneMatch(has -> has.id().equals(imperfection))) {
            throw Block.unknown(this, imperfection);
        }
        Builder ideal = toBuilder().source("made ideal");
        return switch (imperfection) {
            case INPUT_RESISTANCE -> ideal.inputResistance(0).build();
            case GAIN -> ideal.gainError(0).build();
            case OFFSET -> ideal.offset(0).build();
            case NOISE -> ideal.noise(0, p.noiseBandwidth.value()).build();
            case BANDWIDTH -> ideal.bandwidth(Double.POSITIVE_INFINITY).build();
            default ->
                ideal.swing(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY).build();
        };
    }

    @Override
    public Datasheet datasheet() {
        List<Datasheet.Entry> entries = new ArrayList<>(List.of(
                p.columnVoltage,
                p.transimpedance,
                p.inputResistance,
                p.gainError,
                p.offset,
                p.offsetTrimStep,
                p.noise,
                p.noiseBandwidth));
        if (!Double.isInfinite(p.lowest)) {
            entries.add(new Datasheet.Entry("lowest output", p.lowest, "V", p.swingSource));
        }
        if (!Double.isInfinite(p.highest)) {
            entries.add(new Datasheet.Entry("highest output", p.highest, "V", p.swingSource));
        }
        if (!Double.isInfinite(p.bandwidth.value())) {
            entries.add(p.bandwidth);
        }
        entries.addAll(List.of(p.supply, p.biasCurrent, p.settlingTime, p.area));
        String flow = p.polarity.name().toLowerCase(Locale.ROOT);
        return new Datasheet("transimpedance sensing (" + flow + ")", entries);
    }

    /** Collects the parameters. Each is recorded with the source that {@link #source} named last. */
    public static final class Builder {
        private final Polarity polarity;
        private final Datasheet.Entry columnVoltage;
        private final Datasheet.Entry transimpedance;
        private String source = "user";
        private Datasheet.Entry inputResistance;
        private Datasheet.Entry gainError;
        private Datasheet.Entry offset;
        private double lowest = Double.NEGATIVE_INFINITY;
        private double highest = Double.POSITIVE_INFINITY;
        private String swingSource = "user";
        private Datasheet.Entry offsetTrimStep;
        private Datasheet.Entry noise;
        private Datasheet.Entry noiseBandwidth;
        private Datasheet.Entry bandwidth;
        private Datasheet.Entry supply;
        private Datasheet.Entry biasCurrent;
        private Datasheet.Entry settlingTime;
        private Datasheet.Entry area;

        private Builder(double columnVoltage, Polarity polarity, double transimpedance) {
            this.polarity = polarity;
            this.columnVoltage =
                    new Datasheet.Entry("column voltage", Require.finite("columnVoltage", columnVoltage), "V", "user");
            this.transimpedance = new Datasheet.Entry(
                    "transimpedance", Require.positive("transimpedance", transimpedance), "ohm", "user");
            String ideal = "ideal by default";
            inputResistance = new Datasheet.Entry("input resistance", 0, "ohm", ideal);
            gainError = new Datasheet.Entry("gain error (relative sigma)", 0, "", ideal);
            offset = new Datasheet.Entry("input offset (sigma)", 0, "V", ideal);
            offsetTrimStep = new Datasheet.Entry("trim step of the offset", 0, "V", "no trimming by default");
            noise = new Datasheet.Entry("input noise density", 0, "V/sqrt(Hz)", ideal);
            noiseBandwidth = new Datasheet.Entry("noise bandwidth", 0, "Hz", "no noise by default");
            bandwidth = new Datasheet.Entry("bandwidth", Double.POSITIVE_INFINITY, "Hz", ideal);
            String chosen = "chosen";
            supply = new Datasheet.Entry("supply", 1.2, "V", chosen);
            biasCurrent = new Datasheet.Entry("bias current", 10 * Si.uA, "A", chosen);
            settlingTime = new Datasheet.Entry("settling time", 20 * Si.ns, "s", chosen);
            area = new Datasheet.Entry("area", 100 * Si.um2, "m2", chosen);
        }

        private Builder(Builder other) {
            polarity = other.polarity;
            columnVoltage = other.columnVoltage;
            transimpedance = other.transimpedance;
            inputResistance = other.inputResistance;
            gainError = other.gainError;
            offset = other.offset;
            lowest = other.lowest;
            highest = other.highest;
            swingSource = other.swingSource;
            offsetTrimStep = other.offsetTrimStep;
            noise = other.noise;
            noiseBandwidth = other.noiseBandwidth;
            bandwidth = other.bandwidth;
            supply = other.supply;
            biasCurrent = other.biasCurrent;
            settlingTime = other.settlingTime;
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

        /**
         * Step of the floating-gate trimming of the offset, in volts, 0 for none: each offset is left with its distance from the
         * nearest multiple of the step.
         */
        public Builder offsetTrimStep(double step) {
            offsetTrimStep = given(offsetTrimStep, Require.nonNegative("step", step));
            return this;
        }

        /**
         * Bandwidth (−3 dB, one pole), in hertz, above 0, or infinite: from 0 at its beginning, the level reaches 1 − exp(−2π f
         * T) of its final value in a phase of length T.
         */
        public Builder bandwidth(double hertz) {
            bandwidth = given(bandwidth, Output.requireBandwidth(hertz));
            return this;
        }

        /** Input resistance, the feedback resistance over 1 + loop gain, in ohms, 0 or above. */
        public Builder inputResistance(double ohms) {
            inputResistance = given(inputResistance, Require.nonNegative("inputResistance", ohms));
            return this;
        }

        /** Relative standard deviation of the transimpedance, one draw a column, 0 or above. */
        public Builder gainError(double sigma) {
            gainError = given(gainError, Require.nonNegative("sigma", sigma));
            return this;
        }

        /**
         * White noise of the amplifier, referred to its input. Of one pole of frequency f the noise bandwidth is
         * {@code π f/2}.
         *
         * @param density root of the one-sided density, V/√Hz, 0 or above
         * @param hertz equivalent noise bandwidth, above 0
         */
        public Builder noise(double density, double hertz) {
            noise = given(noise, Require.nonNegative("density", density));
            noiseBandwidth = given(noiseBandwidth, Require.positive("noiseBandwidth", hertz));
            return this;
        }

        /** Standard deviation of the input offset, one draw a column, in volts, 0 or above. */
        public Builder offset(double sigma) {
            offset = given(offset, Require.nonNegative("sigma", sigma));
            return this;
        }

        /**
         * The range of levels; what lies outside is clipped and counted as {@code sense.bottom} and {@code sense.top}.
         *
         * @param low lowest level in volts, or negative infinity
         * @param high highest level in volts, above low, or positive infinity
         */
        public Builder swing(double low, double high) {
            if (!(low < high)) {
                throw new IllegalArgumentException(String.format(
                        Locale.ROOT, "swing = %s to %s: the low end must be below the high end", low, high));
            }
            lowest = low;
            highest = high;
            swingSource = source;
            return this;
        }

        /** Supply voltage, in volts, above 0. */
        public Builder supply(double volts) {
            supply = given(supply, Require.positive("supply", volts));
            return this;
        }

        /** Static current of one amplifier, in amperes, 0 or above. */
        public Builder biasCurrent(double amperes) {
            biasCurrent = given(biasCurrent, Require.nonNegative("biasCurrent", amperes));
            return this;
        }

        /** Time to settle that it adds to a vector, in seconds, 0 or above. */
        public Builder settlingTime(double seconds) {
            settlingTime = given(settlingTime, Require.nonNegative("settlingTime", seconds));
            return this;
        }

        /** Area of one amplifier, in square metres, 0 or above. */
        public Builder area(double squareMetres) {
            area = given(area, Require.nonNegative("area", squareMetres));
            return this;
        }

        /** The finished amplifier. */
        public TransimpedanceSensing build() {
            return new TransimpedanceSensing(this);
        }
    }
}
