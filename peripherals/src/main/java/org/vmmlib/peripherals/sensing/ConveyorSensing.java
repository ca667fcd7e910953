package org.vmmlib.peripherals.sensing;

import java.util.List;
import java.util.Locale;
import org.ejml.data.DMatrixRMaj;
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
import org.vmmlib.peripherals.parameter.Parameters;
import org.vmmlib.peripherals.parameter.Trimming;

/**
 * A second-generation current conveyor on each column: a loop holds the column at the voltage of its other input, and the
 * current that this takes is copied to a high-impedance output. One phase only (INS); gives currents. Immutable. Source of
 * the circuit: A. Sedra, K. Smith, "A second-generation current conveyor and its applications", IEEE Trans. Circuit Theory
 * 17, 132–134 (1970), <a href="https://doi.org/10.1109/TCT.1970.1083067">doi:10.1109/TCT.1970.1083067</a>.
 *
 * <p>The level of column j is {@code gain (1 + ε_j) I_j(V_col + v_j)}: the input offset v is the voltage that the column is
 * held at too much, and drives a current through the whole array. The loop lowers the input resistance of its transistor,
 * 1/g_m, to {@code R_in = 1/(g_m (1 + A))} with loop gain A, which is solved in the array's network. Floating-gate trimming
 * leaves of an offset what a trim step does not reach. A finite bandwidth leaves the level short of its final value by
 * exp(−2π f T) in a phase of length T.
 *
 * <p>White noise of density i_n, referred to the column's current, adds to each level {@code gain (1 + ε_j) i_n √B} times a
 * standard normal draw, of each vector and column; a finite bandwidth acts on it as on the current.
 *
 * <p>Energy: the static bias, the input branch and the output branch, as of a mirror.
 */
public final class ConveyorSensing implements Readout {

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

    private static final String P_COLUMN = "column voltage";
    private static final String P_GAIN = "gain";
    private static final String P_TRANSCONDUCTANCE = "transconductance of the input transistor";
    private static final String P_LOOP = "loop gain";
    private static final String P_SPREAD = "gain error (relative sigma)";
    private static final String P_OFFSET = "input offset (sigma)";
    private static final String P_TRIM = "trim step of the offset";
    private static final String P_NOISE = "input noise density";
    private static final String P_NOISE_BANDWIDTH = "noise bandwidth";
    private static final String P_BANDWIDTH = "bandwidth";
    private static final String P_LOWEST = "lowest output";
    private static final String P_HIGHEST = "highest output";
    private static final String P_SUPPLY = "supply";
    private static final String P_BIAS = "bias current";
    private static final String P_SETTLING = "settling time";
    private static final String P_AREA = "area";

    private final Polarity polarity;
    private final Parameters p;

    private ConveyorSensing(Polarity polarity, Parameters parameters) {
        this.polarity = polarity;
        p = parameters;
    }

    /**
     * Starts an ideal conveyor of gain 1; the circuit behind its cost is chosen.
     *
     * @param columnVoltage column voltage at rest, in volts
     * @param polarity which way the signal current flows
     */
    public static Builder builder(double columnVoltage, Polarity polarity) {
        return new Builder(columnVoltage, polarity);
    }

    /** A builder that starts with these parameters. */
    public Builder toBuilder() {
        return new Builder(polarity, p);
    }

    @Override
    public double columnVoltage() {
        return p.value(P_COLUMN);
    }

    /** {@code 1/(g_m (1 + A))}. */
    @Override
    public double inputResistance() {
        return 1 / (p.value(P_TRANSCONDUCTANCE) * (1 + p.value(P_LOOP)));
    }

    @Override
    public boolean fits(Topology topology) {
        return (polarity == Polarity.SINK) == (topology == Topology.SOURCE_DRIVEN);
    }

    /** One phase of amplitudes: it holds no charge. */
    @Override
    public boolean fits(Coding coding) {
        return coding instanceof Coding.Amplitude;
    }

    /** Which way the signal current flows. */
    public Polarity polarity() {
        return polarity;
    }

    /** Output current over input current. */
    public double gain() {
        return p.value(P_GAIN);
    }

    @Override
    public Columns on(Die die, int columns, Conditions conditions) {
        Require.within("columns", columns, 1, Integer.MAX_VALUE);
        double[] gains = die.mismatch(GAIN, p.value(P_SPREAD), columns);
        double[] held = Trimming.offsets(die, OFFSET, p.value(P_OFFSET), p.value(P_TRIM), columns);
        for (int j = 0; j < columns; j++) {
            gains[j] = gain() * (1 + gains[j]);
            held[j] += columnVoltage();
        }
        InputNoise noise = InputNoise.of(die, NOISE, p.value(P_NOISE));
        ColumnSense sense = (array, firstCall) -> {
            int vectors = array.vectors();
            DMatrixRMaj voltages = new DMatrixRMaj(vectors, columns);
            for (int b = 0; b < vectors; b++) {
                System.arraycopy(held, 0, voltages.data, b * columns, columns);
            }
            DMatrixRMaj levels = new DMatrixRMaj(vectors, columns);
            array.currents(voltages, levels, null);
            noise.sample(levels, firstCall, p.value(P_NOISE_BANDWIDTH));
            for (int k = 0; k < vectors * columns; k++) {
                levels.data[k] *= gains[k % columns];
            }
            return levels;
        };
        Output output =
                new Output(Levels.Quantity.CURRENT, p.value(P_LOWEST), p.value(P_HIGHEST), p.value(P_BANDWIDTH));
        return (vectors, firstCall) ->
                new SinglePhase("current-conveyor sensing", sense, output, vectors, columns, firstCall);
    }

    @Override
    public Cost cost(Activity activity) {
        double supply = p.value(P_SUPPLY);
        double energy = (polarity.fall(supply, columnVoltage()) + supply * Math.abs(gain())) * activity.charge()
                + supply * p.value(P_BIAS) * activity.channels() * activity.time();
        return new Cost("sensing", energy, p.value(P_SETTLING), activity.channels() * p.value(P_AREA));
    }

    @Override
    public List<Imperfection> imperfections() {
        return p.imperfections();
    }

    @Override
    public ConveyorSensing without(String imperfection) {
        return new ConveyorSensing(polarity, p.without(this, imperfection));
    }

    @Override
    public Datasheet datasheet() {
        String flow = polarity.name().toLowerCase(Locale.ROOT);
        return new Datasheet("current-conveyor sensing (" + flow + ")", p.entries());
    }

    /** Collects the parameters. Each is recorded with the source that {@link #source} named last. */
    public static final class Builder {
        private final Polarity polarity;
        private Parameters p;

        private Builder(double columnVoltage, Polarity polarity) {
            this.polarity = polarity;
            double none = Double.POSITIVE_INFINITY;
            p = Parameters.none()
                    .add(P_COLUMN, Require.finite("columnVoltage", columnVoltage), "V", "user")
                    .add(P_GAIN, 1, "", "default")
                    .flaw(INPUT_RESISTANCE, "input resistance of the conveyors", P_TRANSCONDUCTANCE, none, "S")
                    .flaw(INPUT_RESISTANCE, "input resistance of the conveyors", P_LOOP, none, "")
                    .flaw(GAIN, "mismatch of the conveyors' gains", P_SPREAD, "")
                    .flaw(OFFSET, "input offsets of the conveyors", P_OFFSET, "V")
                    .add(P_TRIM, 0, "V", "no trimming by default")
                    .flaw(NOISE, "white noise of the conveyors", P_NOISE, "A/sqrt(Hz)")
                    .add(P_NOISE_BANDWIDTH, 0, "Hz", "no noise by default")
                    .flaw(BANDWIDTH, "finite bandwidth of the conveyors", P_BANDWIDTH, none, "Hz")
                    .flaw(SWING, "finite output range of the conveyors", P_LOWEST, -none, "A")
                    .flaw(SWING, "finite output range of the conveyors", P_HIGHEST, none, "A")
                    .chosen(P_SUPPLY, 1.2, "V")
                    .chosen(P_BIAS, 5 * Si.uA, "A")
                    .chosen(P_SETTLING, 10 * Si.ns, "s")
                    .chosen(P_AREA, 60 * Si.um2, "m2");
        }

        private Builder(Polarity polarity, Parameters other) {
            this.polarity = polarity;
            p = other.fromUser();
        }

        /** Names the source of the values set from here on: a paper, "chosen". Starts as "user". */
        public Builder source(String text) {
            p = p.from(text);
            return this;
        }

        /** Output current over input current, not 0. */
        public Builder gain(double value) {
            if (Require.finite("gain", value) == 0) {
                throw new IllegalArgumentException("gain = 0.0: must not be 0");
            }
            p = p.with(P_GAIN, value);
            return this;
        }

        /**
         * The input resistance, by the circuit.
         *
         * @param transconductance g_m of the input transistor, siemens, above 0
         * @param loopGain A of the loop around it, 0 or above
         */
        public Builder input(double transconductance, double loopGain) {
            p = p.with(P_TRANSCONDUCTANCE, Require.positive("transconductance", transconductance));
            p = p.with(P_LOOP, Require.nonNegative("loopGain", loopGain));
            return this;
        }

        /** Relative standard deviation of the gain, one draw a column, 0 or above. */
        public Builder gainError(double sigma) {
            p = p.with(P_SPREAD, Require.nonNegative("sigma", sigma));
            return this;
        }

        /**
         * White noise of the conveyor, referred to the column's current. Of one pole of frequency f the noise
         * bandwidth is {@code π f/2}; of an integration over a time t it is {@code 1/(2t)}.
         *
         * @param density root of the one-sided density, A/√Hz, 0 or above
         * @param noiseBandwidth equivalent noise bandwidth, hertz, above 0
         */
        public Builder noise(double density, double noiseBandwidth) {
            p = p.with(P_NOISE, Require.nonNegative("density", density));
            p = p.with(P_NOISE_BANDWIDTH, Require.positive("noiseBandwidth", noiseBandwidth));
            return this;
        }

        /** Standard deviation of the input offset, one draw a column, in volts, 0 or above. */
        public Builder offset(double sigma) {
            p = p.with(P_OFFSET, Require.nonNegative("sigma", sigma));
            return this;
        }

        /**
         * Step of the floating-gate trimming of the offset, in volts, 0 for none: each offset is left with its distance from the
         * nearest multiple of the step.
         */
        public Builder offsetTrimStep(double step) {
            p = p.with(P_TRIM, Require.nonNegative("step", step));
            return this;
        }

        /** Bandwidth (−3 dB, one pole), in hertz, above 0, or infinite. */
        public Builder bandwidth(double hertz) {
            p = p.with(P_BANDWIDTH, Output.requireBandwidth(hertz));
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
            p = p.with(P_LOWEST, low);
            p = p.with(P_HIGHEST, high);
            return this;
        }

        /** Supply voltage, in volts, above 0. */
        public Builder supply(double volts) {
            p = p.with(P_SUPPLY, Require.positive("supply", volts));
            return this;
        }

        /** Static current of one conveyor besides the signal, in amperes, 0 or above. */
        public Builder biasCurrent(double amperes) {
            p = p.with(P_BIAS, Require.nonNegative("biasCurrent", amperes));
            return this;
        }

        /** Time that a phase must last at least, in seconds, 0 or above. */
        public Builder settlingTime(double seconds) {
            p = p.with(P_SETTLING, Require.nonNegative("settlingTime", seconds));
            return this;
        }

        /** Area of one conveyor, in square metres, 0 or above. */
        public Builder area(double squareMetres) {
            p = p.with(P_AREA, Require.nonNegative("area", squareMetres));
            return this;
        }

        /** The finished conveyor. */
        public ConveyorSensing build() {
            return new ConveyorSensing(polarity, p);
        }
    }
}
