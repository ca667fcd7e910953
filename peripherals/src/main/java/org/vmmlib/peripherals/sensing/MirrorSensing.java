package org.vmmlib.peripherals.sensing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;
import org.vmmlib.core.block.Block;
import org.vmmlib.core.block.Datasheet;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.block.Imperfection;
import org.vmmlib.core.check.Require;
import org.vmmlib.core.cost.Activity;
import org.vmmlib.core.cost.Cost;
import org.vmmlib.core.crossbar.Topology;
import org.vmmlib.core.macro.Coding;
import org.vmmlib.core.macro.ColumnPort;
import org.vmmlib.core.macro.Readout;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.physics.Si;
import org.vmmlib.core.signal.Levels;
import org.vmmlib.peripherals.parameter.Trimming;

/**
 * A current mirror on each column: holds the column at its rest voltage and copies the signal current, times a gain. One
 * phase only (INS); gives currents. Immutable.
 *
 * <p>The gain may be that of {@link BinaryBranches}, the scaling factor of a neuron: each column's branches then have
 * mismatch of their own. A finite bandwidth leaves the level short of its final value by exp(−2π f T).
 *
 * <p>The level of column j is {@code gain (1 + ε_j) I_j + o_j}. The gain error ε and the offset current o are one draw a
 * column; floating-gate trimming leaves of the offset what a trim step does not reach. The input is a virtual ground, or
 * has a constant resistance, which the array's network solves, or is a diode-connected subthreshold transistor, whose
 * voltage follows the current logarithmically: then the readout asks the array again and again until both agree.
 *
 * <p>White noise of density i_n, referred to the column's current, adds to each level {@code gain (1 + ε_j) i_n √B} times a
 * standard normal draw, of each vector and column; a finite bandwidth acts on it as on the current. Of an input and an
 * output transistor in weak inversion, of gain 1, i_n² is {@code 2 · 2qI} (Sarpeshkar, Delbrück, Mead, IEEE Circuits Devices
 * Mag. 9(6), 23–29 (1993)): take I at the mean current.
 *
 * <p>Energy: the static bias, the input branch ({@code (V_dd − V_col) Q} where the mirror gives the current, else
 * {@code V_col Q}: what falls across the array is counted there) and the output branch ({@code V_dd |gain| Q}).
 */
public final class MirrorSensing implements Readout {

    /** Id of the input resistance, constant or of the diode. */
    public static final String INPUT_RESISTANCE = "sense.input-resistance";

    /** Id of the gain error. */
    public static final String GAIN = "sense.gain";

    /** Id of the offset. */
    public static final String OFFSET = "sense.offset";

    /** Id of the mismatch of the branches of a binary-weighted mirror. */
    public static final String BRANCHES = "sense.branch-mismatch";

    /** Id of the noise. */
    public static final String NOISE = "sense.noise";

    /** Id of the finite bandwidth. */
    public static final String BANDWIDTH = "sense.bandwidth";

    /** Id of the finite output swing. */
    public static final String SWING = "sense.swing";

    private static final String ACORTEX = "aCortex, doi:10.1109/JXCDC.2020.2999581";

    private final Builder p;

    private MirrorSensing(Builder builder) {
        p = new Builder(builder);
    }

    /**
     * Starts an ideal mirror of gain 1; the circuit behind its cost is chosen.
     *
     * @param columnVoltage column voltage at rest, in volts
     * @param polarity which way the signal current flows
     */
    public static Builder builder(double columnVoltage, Polarity polarity) {
        return new Builder(columnVoltage, polarity);
    }

    /**
     * The local sensing of the 55-nm aCortex: unity gain, at most 1 µA, 17.5 µm² a line (the area of all sensing circuits
     * over the number of lines, of three networks) and 62 to 66 fJ a line and vector (of two). The bias current is fitted
     * to 64 fJ at 50 ns a vector, a quarter of the largest current and 0.5 V; supply and time are chosen.
     *
     * @param columnVoltage drain voltage that it holds the columns at, in volts; that of the array's reference cells
     */
    public static MirrorSensing acortex55nm(double columnVoltage) {
        return builder(columnVoltage, Polarity.SOURCE)
                .source(ACORTEX)
                .gain(1)
                .swing(0, 1 * Si.uA)
                .area(17.5 * Si.um2)
                .source("chosen")
                .supply(1.2)
                .settlingTime(5 * Si.ns)
                .source("fitted to 64 fJ at 50 ns a vector: " + ACORTEX)
                .biasCurrent(0.67 * Si.uA)
                .build();
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

    /** Output current over input current. */
    public double gain() {
        return p.gain.value();
    }

    @Override
    public Columns on(Die die, int columns, Conditions conditions) {
        Require.within("columns", columns, 1, Integer.MAX_VALUE);
        double[] gains = die.mismatch(GAIN, p.gainError.value(), columns);
        for (int j = 0; j < columns; j++) {
            gains[j] = p.gain.value() * (1 + gains[j]);
        }
        if (p.branches != null) {
            p.branches.scale(gains, die);
        }
        double[] offsets = Trimming.offsets(die, OFFSET, p.offset.value(), p.offsetTrimStep.value(), columns);
        InputNoise noise = InputNoise.of(die, NOISE, p.noise.value());
        ColumnSense sense = (array, firstCall) -> {
            DMatrixRMaj levels = sensed(array, conditions);
            noise.sample(levels, firstCall, p.noiseBandwidth.value());
            double[] data = levels.data;
            int at = 0;
            for (int vector = 0; vector < array.vectors(); vector++) {
                for (int j = 0; j < columns; j++) {
                    data[at] = gains[j] * data[at] + offsets[j];
                    at++;
                }
            }
            return levels;
        };
        Output output = new Output(Levels.Quantity.CURRENT, p.lowest, p.highest, p.bandwidth.value());
        return (vectors, firstCall) ->
                new SinglePhase("current-mirror sensing", sense, output, vectors, columns, firstCall);
    }

    private DMatrixRMaj sensed(ColumnPort array, Conditions conditions) {
        if (p.specificCurrent.value() > 0) {
            double slopeVoltage = p.slopeFactor.value() * conditions.thermalVoltage();
            return new DiodeInput(p.polarity, p.columnVoltage.value(), slopeVoltage, p.specificCurrent.value())
                    .settle(array);
        }
        DMatrixRMaj held = new DMatrixRMaj(array.vectors(), array.columns());
        held.fill(p.columnVoltage.value());
        DMatrixRMaj currents = new DMatrixRMaj(array.vectors(), array.columns());
        array.currents(held, currents, null);
        return currents;
    }

    @Override
    public Cost cost(Activity activity) {
        double supply = p.supply.value();
        double input = p.polarity.fall(supply, p.columnVoltage.value());
        double energy = (input + supply * Math.abs(p.gain.value())) * activity.charge()
                + supply * p.biasCurrent.value() * activity.channels() * activity.time();
        double area = p.area.value() + (p.branches == null ? 0 : p.branches.area());
        return new Cost("sensing", energy, p.settlingTime.value(), activity.channels() * area);
    }

    @Override
    public List<Imperfection> imperfections() {
        List<Imperfection> has = new ArrayList<>();
        if (p.inputResistance.value() > 0) {
            has.add(new Imperfection(INPUT_RESISTANCE, "input resistance of the mirrors"));
        }
        if (p.specificCurrent.value() > 0) {
            has.add(new Imperfection(INPUT_RESISTANCE, "log-law diode input of the mirrors"));
        }
        if (p.gainError.value() > 0) {
            has.add(new Imperfection(GAIN, "mismatch of the mirrors' gains"));
        }
        if (p.branches != null && p.branches.unitMismatch() > 0) {
            has.add(new Imperfection(BRANCHES, "mismatch of the mirrors' branches"));
        }
        if (p.noise.value() > 0) {
            has.add(new Imperfection(NOISE, "white noise of the mirrors"));
        }
        if (!Double.isInfinite(p.bandwidth.value())) {
            has.add(new Imperfection(BANDWIDTH, "finite bandwidth of the mirrors"));
        }
        if (p.offset.value() > 0) {
            has.add(new Imperfection(OFFSET, "offset currents of the mirrors"));
        }
        if (!Double.isInfinite(p.lowest) || !Double.isInfinite(p.highest)) {
            has.add(new Imperfection(SWING, "finite output range of the mirrors"));
        }
        return has;
    }

    @Override
    public MirrorSensing without(String imperfection) {
        if (imperfections().stream().noneMatch(has -> has.id().equals(imperfection))) {
            throw Block.unknown(this, imperfection);
        }
        Builder ideal = toBuilder().source("made ideal");
        return switch (imperfection) {
            case INPUT_RESISTANCE -> ideal.virtualGround().build();
            case GAIN -> ideal.gainError(0).build();
            case OFFSET -> ideal.offset(0).build();
            case BRANCHES -> ideal.matchedBranches().build();
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
                p.gain,
                p.inputResistance,
                p.slopeFactor,
                p.specificCurrent,
                p.gainError,
                p.offset,
                p.offsetTrimStep,
                p.noise,
                p.noiseBandwidth));
        if (!Double.isInfinite(p.lowest)) {
            entries.add(new Datasheet.Entry("lowest output", p.lowest, "A", p.swingSource));
        }
        if (!Double.isInfinite(p.highest)) {
            entries.add(new Datasheet.Entry("highest output", p.highest, "A", p.swingSource));
        }
        if (!Double.isInfinite(p.bandwidth.value())) {
            entries.add(p.bandwidth);
        }
        if (p.branches != null) {
            entries.addAll(p.branches.entries(p.branchSource));
        }
        entries.addAll(List.of(p.supply, p.biasCurrent, p.settlingTime, p.area));
        String flow = p.polarity.name().toLowerCase(Locale.ROOT);
        return new Datasheet("current-mirror sensing (" + flow + ")", entries);
    }

    /** Collects the parameters. Each is recorded with the source that {@link #source} named last. */
    public static final class Builder {
        private final Polarity polarity;
        private final Datasheet.Entry columnVoltage;
        private String source = "user";
        private Datasheet.Entry gain;
        private Datasheet.Entry inputResistance;
        private Datasheet.Entry slopeFactor;
        private Datasheet.Entry specificCurrent;
        private Datasheet.Entry gainError;
        private Datasheet.Entry offset;
        private Datasheet.Entry offsetTrimStep;
        private Datasheet.Entry noise;
        private Datasheet.Entry noiseBandwidth;
        private double lowest = Double.NEGATIVE_INFINITY;
        private double highest = Double.POSITIVE_INFINITY;
        private String swingSource = "user";
        private Datasheet.Entry bandwidth;
        private @Nullable BinaryBranches branches;
        private String branchSource = "user";
        private Datasheet.Entry supply;
        private Datasheet.Entry biasCurrent;
        private Datasheet.Entry settlingTime;
        private Datasheet.Entry area;

        private Builder(double columnVoltage, Polarity polarity) {
            this.polarity = polarity;
            this.columnVoltage =
                    new Datasheet.Entry("column voltage", Require.finite("columnVoltage", columnVoltage), "V", "user");
            String ideal = "ideal by default";
            gain = new Datasheet.Entry("gain", 1, "", "default");
            inputResistance = new Datasheet.Entry("input resistance", 0, "ohm", ideal);
            slopeFactor = new Datasheet.Entry("slope factor of the diode input", 0, "", ideal);
            specificCurrent = new Datasheet.Entry("specific current of the diode input", 0, "A", ideal);
            gainError = new Datasheet.Entry("gain error (relative sigma)", 0, "", ideal);
            offset = new Datasheet.Entry("offset (sigma)", 0, "A", ideal);
            offsetTrimStep = new Datasheet.Entry("trim step of the offset", 0, "A", "no trimming by default");
            noise = new Datasheet.Entry("input noise density", 0, "A/sqrt(Hz)", ideal);
            noiseBandwidth = new Datasheet.Entry("noise bandwidth", 0, "Hz", "no noise by default");
            bandwidth = new Datasheet.Entry("bandwidth", Double.POSITIVE_INFINITY, "Hz", ideal);
            String chosen = "chosen";
            supply = new Datasheet.Entry("supply", 1.2, "V", chosen);
            biasCurrent = new Datasheet.Entry("bias current", 0.67 * Si.uA, "A", chosen);
            settlingTime = new Datasheet.Entry("settling time", 5 * Si.ns, "s", chosen);
            area = new Datasheet.Entry("area", 17.5 * Si.um2, "m2", chosen);
        }

        private Builder(Builder other) {
            polarity = other.polarity;
            columnVoltage = other.columnVoltage;
            gain = other.gain;
            inputResistance = other.inputResistance;
            slopeFactor = other.slopeFactor;
            specificCurrent = other.specificCurrent;
            gainError = other.gainError;
            offset = other.offset;
            offsetTrimStep = other.offsetTrimStep;
            noise = other.noise;
            noiseBandwidth = other.noiseBandwidth;
            lowest = other.lowest;
            highest = other.highest;
            swingSource = other.swingSource;
            bandwidth = other.bandwidth;
            branches = other.branches;
            branchSource = other.branchSource;
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

        /** Output current over input current, not 0; replaces branches. */
        public Builder gain(double value) {
            Require.finite("gain", value);
            if (value == 0) {
                throw new IllegalArgumentException("gain = 0.0: must not be 0");
            }
            gain = given(gain, value);
            branches = null;
            return this;
        }

        /** An output of binary-weighted branches, which sets the gain; replaces a plain gain. */
        public Builder branches(BinaryBranches value) {
            gain = given(gain, value.gain());
            branches = value;
            branchSource = source;
            return this;
        }

        private Builder matchedBranches() {
            return branches == null ? this : branches(branches.withUnitMismatch(0));
        }

        /**
         * Bandwidth (−3 dB, one pole), in hertz, above 0, or infinite: from 0 at its beginning, the level reaches 1 − exp(−2π f
         * T) of its final value in a phase of length T.
         */
        public Builder bandwidth(double hertz) {
            bandwidth = given(bandwidth, Output.requireBandwidth(hertz));
            return this;
        }

        /**
         * Constant input resistance, in ohms, 0 or above; replaces a diode input. Take the slope {@code n U_t / I} of a
         * diode at its mean current to linearise it.
         */
        public Builder inputResistance(double ohms) {
            inputResistance = given(inputResistance, Require.nonNegative("inputResistance", ohms));
            slopeFactor = given(slopeFactor, 0);
            specificCurrent = given(specificCurrent, 0);
            return this;
        }

        /**
         * A diode-connected subthreshold transistor as input; replaces a constant input resistance. The column stands
         * {@code n U_t ln(1 + I / I_s)} above its rest voltage where the mirror takes the current, below it where it
         * gives it.
         *
         * @param factor slope factor n, 1 to 10; U_t is that of the conditions of reading
         * @param current I_s in amperes, above 0: the current at which the column moves by 0.69 n U_t
         */
        public Builder diodeInput(double factor, double current) {
            inputResistance = given(inputResistance, 0);
            slopeFactor = given(slopeFactor, Require.within("factor", factor, 1, 10));
            specificCurrent = given(specificCurrent, Require.positive("current", current));
            return this;
        }

        private Builder virtualGround() {
            return inputResistance(0);
        }

        /** Relative standard deviation of the gain, one draw a column, 0 or above. */
        public Builder gainError(double sigma) {
            gainError = given(gainError, Require.nonNegative("sigma", sigma));
            return this;
        }

        /**
         * White noise of the mirror, referred to the column's current. Of one pole of frequency f the noise
         * bandwidth is {@code π f/2}; of an integration over a time t it is {@code 1/(2t)}.
         *
         * @param density root of the one-sided density, A/√Hz, 0 or above
         * @param hertz equivalent noise bandwidth, hertz, above 0
         */
        public Builder noise(double density, double hertz) {
            noise = given(noise, Require.nonNegative("density", density));
            noiseBandwidth = given(noiseBandwidth, Require.positive("noiseBandwidth", hertz));
            return this;
        }

        /** Standard deviation of the current added to the output, one draw a column, in amperes, 0 or above. */
        public Builder offset(double sigma) {
            offset = given(offset, Require.nonNegative("sigma", sigma));
            return this;
        }

        /**
         * Step of the floating-gate trimming of the offset, in amperes, 0 for none: each offset is left with its distance
         * from the nearest multiple of the step.
         */
        public Builder offsetTrimStep(double step) {
            offsetTrimStep = given(offsetTrimStep, Require.nonNegative("step", step));
            return this;
        }

        /**
         * The range of output currents; what lies outside is clipped and counted as {@code sense.bottom} and
         * {@code sense.top}.
         *
         * @param low lowest output in amperes, or negative infinity
         * @param high highest output in amperes, above low, or positive infinity
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

        /** Static current of one column's circuit besides the signal, in amperes, 0 or above. */
        public Builder biasCurrent(double amperes) {
            biasCurrent = given(biasCurrent, Require.nonNegative("biasCurrent", amperes));
            return this;
        }

        /** Time to settle that it adds to a vector, in seconds, 0 or above. */
        public Builder settlingTime(double seconds) {
            settlingTime = given(settlingTime, Require.nonNegative("settlingTime", seconds));
            return this;
        }

        /** Area of one column's circuit, in square metres, 0 or above. */
        public Builder area(double squareMetres) {
            area = given(area, Require.nonNegative("area", squareMetres));
            return this;
        }

        /** The finished mirror. */
        public MirrorSensing build() {
            return new MirrorSensing(this);
        }
    }
}
