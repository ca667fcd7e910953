package org.vmmlib.peripherals.dac;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.vmmlib.core.block.Block;
import org.vmmlib.core.block.Datasheet;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.block.Imperfection;
import org.vmmlib.core.check.Require;
import org.vmmlib.core.cost.Activity;
import org.vmmlib.core.cost.Cost;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.physics.Si;
import org.vmmlib.core.physics.WhiteNoise;
import org.vmmlib.core.random.RandomStream;
import org.vmmlib.core.signal.Levels;

/**
 * A voltage DAC: a string of n = 2^b − 1 equal resistors between ground and a reference, whose tap k a buffer puts on the
 * row. Immutable. The buffer's output resistance belongs to the array's lines (source resistance).
 *
 * <p>Mismatch: every resistor is one draw with relative standard deviation σ. Both ends of the string are given, so to
 * first order the INL at code k has standard deviation {@code σ sqrt(k (n − k) / n)} LSB, and the DNL σ: the transfer is
 * monotone. The reference is shared by all converters of a die, so its error is common to them.
 *
 * <p>Noise: at level x of full scale, the tap sees the two parts of the string of resistance R in parallel, so it has
 * {@code 4kTR x(1 − x)} (Nyquist 1928, <a href="https://doi.org/10.1103/PhysRev.32.110">doi:10.1103/PhysRev.32.110</a>), and the
 * buffer adds its own. Noise of the reference, which converters share, is not in it.
 *
 * <p>Energy: the string's and the buffer's static currents, and the charge that the buffer draws from its supply to lift
 * the row between random words (a third of full scale on average, lifted every second time); and what the charge into the
 * array loses between the supply and the row, the rest of which is counted by the array.
 */
public final class VoltageDac implements Dac {

    /** Id of the mismatch of the string's resistors. */
    public static final String UNIT_MISMATCH = "dac.unit-mismatch";

    /** Id of the error of the reference voltage. */
    public static final String REFERENCE = "dac.reference";

    private final Builder p;

    private VoltageDac(Builder builder) {
        p = new Builder(builder);
    }

    /**
     * Starts an ideal converter; the circuit behind its cost is chosen.
     *
     * @param bits word length b, 1 to 16
     * @param fullScale voltage of the highest code, in volts, above 0
     */
    public static Builder builder(int bits, double fullScale) {
        return new Builder(bits, fullScale);
    }

    /** A builder that starts with these parameters. */
    public Builder toBuilder() {
        return new Builder(p);
    }

    @Override
    public int bits() {
        return p.bits;
    }

    @Override
    public Levels.Quantity output() {
        return Levels.Quantity.VOLTAGE;
    }

    @Override
    public double fullScale() {
        return p.fullScale.value();
    }

    /** {@code 4kTR x(1 − x)} of the string, and the buffer's; V²/Hz. */
    @Override
    public double noise(double level, Conditions conditions) {
        double x = Math.min(1, Math.abs(level) / fullScale());
        double buffer = p.bufferNoise.value();
        return WhiteNoise.thermal(p.stringResistance.value() * x * (1 - x), conditions.temperature()) + buffer * buffer;
    }

    @Override
    public TransferTables on(Die die, int count) {
        Require.within("count", count, 1, Integer.MAX_VALUE);
        int codes = 1 << p.bits;
        int units = codes - 1;
        double top = fullScale() * (1 + die.mismatch(REFERENCE, p.referenceError.value(), 1)[0]);
        double sigma = p.unitMismatch.value();
        if (sigma == 0) {
            double[] levels = new double[codes];
            for (int code = 0; code < codes; code++) {
                levels[code] = top * code / units;
            }
            return TransferTables.equal(p.bits, count, levels);
        }
        if ((long) count * codes > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "count = %d converters of %d bits with mismatch: at most %d of them fit in memory",
                    count,
                    p.bits,
                    Integer.MAX_VALUE / codes));
        }
        RandomStream stream = die.stream(UNIT_MISMATCH);
        double[] errors = new double[units];
        double[] tables = new double[count * codes];
        for (int converter = 0; converter < count; converter++) {
            stream.gaussians((long) converter * units, errors, 0, units);
            int from = converter * codes;
            double resistance = 0;
            for (int unit = 0; unit < units; unit++) {
                resistance += 1 + sigma * errors[unit];
                tables[from + unit + 1] = resistance;
            }
            for (int code = 1; code < codes; code++) {
                tables[from + code] *= top / resistance;
            }
        }
        return TransferTables.each(p.bits, count, tables);
    }

    @Override
    public Cost cost(Activity activity) {
        int codes = 1 << p.bits;
        double lift = fullScale() * (codes + 1.0) / (3.0 * codes) / 2;
        double conversions = (double) activity.vectors() * activity.channels();
        double power =
                fullScale() * fullScale() / p.stringResistance.value() + p.supply.value() * p.bufferCurrent.value();
        double energy = power * activity.channels() * activity.time()
                + conversions * p.loadCapacitance.value() * p.supply.value() * lift
                + p.supply.value() * activity.charge()
                - activity.delivered();
        double settling = p.timeConstant.value() * (p.bits + 1) * Math.log(2);
        double area = activity.channels() * ((codes - 1) * p.unitArea.value() + p.fixedArea.value());
        return new Cost("DAC", energy, settling, area);
    }

    @Override
    public List<Imperfection> imperfections() {
        List<Imperfection> has = new ArrayList<>();
        if (p.unitMismatch.value() > 0) {
            has.add(new Imperfection(UNIT_MISMATCH, "mismatch of the string's resistors"));
        }
        if (p.referenceError.value() > 0) {
            has.add(new Imperfection(REFERENCE, "error of the shared reference voltage"));
        }
        return has;
    }

    @Override
    public VoltageDac without(String imperfection) {
        if (imperfections().stream().noneMatch(has -> has.id().equals(imperfection))) {
            throw Block.unknown(this, imperfection);
        }
        Builder ideal = toBuilder().source("made ideal");
        return (imperfection.equals(UNIT_MISMATCH) ? ideal.unitMismatch(0) : ideal.referenceError(0)).build();
    }

    @Override
    public Datasheet datasheet() {
        return new Datasheet(
                "voltage DAC",
                List.of(
                        new Datasheet.Entry("bits", p.bits, "", "user"),
                        p.fullScale,
                        p.unitMismatch,
                        p.referenceError,
                        p.supply,
                        p.stringResistance,
                        p.bufferNoise,
                        p.bufferCurrent,
                        p.loadCapacitance,
                        p.timeConstant,
                        p.unitArea,
                        p.fixedArea));
    }

    /** Collects the parameters. Each is recorded with the source that {@link #source} named last. */
    public static final class Builder {
        private final int bits;
        private final Datasheet.Entry fullScale;
        private String source = "user";
        private Datasheet.Entry unitMismatch;
        private Datasheet.Entry referenceError;
        private Datasheet.Entry supply;
        private Datasheet.Entry stringResistance;
        private Datasheet.Entry bufferNoise;
        private Datasheet.Entry bufferCurrent;
        private Datasheet.Entry loadCapacitance;
        private Datasheet.Entry timeConstant;
        private Datasheet.Entry unitArea;
        private Datasheet.Entry fixedArea;

        private Builder(int bits, double fullScale) {
            this.bits = Require.within("bits", bits, 1, 16);
            this.fullScale = new Datasheet.Entry("full scale", Require.positive("fullScale", fullScale), "V", "user");
            String ideal = "ideal by default";
            unitMismatch = new Datasheet.Entry("unit mismatch (relative sigma)", 0, "", ideal);
            referenceError = new Datasheet.Entry("reference error (relative sigma)", 0, "", ideal);
            String chosen = "chosen";
            supply = new Datasheet.Entry("supply", 1.2, "V", chosen);
            stringResistance = new Datasheet.Entry("string resistance", 1 * Si.MOhm, "ohm", chosen);
            bufferNoise = new Datasheet.Entry("noise density of the buffer", 0, "V/sqrt(Hz)", ideal);
            bufferCurrent = new Datasheet.Entry("buffer current", 1 * Si.uA, "A", chosen);
            loadCapacitance = new Datasheet.Entry("load capacitance", 50 * Si.fF, "F", chosen);
            timeConstant = new Datasheet.Entry("time constant", 1 * Si.ns, "s", chosen);
            unitArea = new Datasheet.Entry("area of a unit", 1 * Si.um2, "m2", chosen);
            fixedArea = new Datasheet.Entry("fixed area", 20 * Si.um2, "m2", chosen);
        }

        private Builder(Builder other) {
            bits = other.bits;
            fullScale = other.fullScale;
            unitMismatch = other.unitMismatch;
            referenceError = other.referenceError;
            supply = other.supply;
            stringResistance = other.stringResistance;
            bufferNoise = other.bufferNoise;
            bufferCurrent = other.bufferCurrent;
            loadCapacitance = other.loadCapacitance;
            timeConstant = other.timeConstant;
            unitArea = other.unitArea;
            fixedArea = other.fixedArea;
        }

        private Datasheet.Entry given(Datasheet.Entry entry, double value) {
            return new Datasheet.Entry(entry.parameter(), value, entry.unit(), source);
        }

        /** Names the source of the values set from here on: a paper, "chosen". Starts as "user". */
        public Builder source(String text) {
            source = text;
            return this;
        }

        /** Relative standard deviation of one resistor, 0 to 0.1: a draw reaches 8.6 sigma. */
        public Builder unitMismatch(double sigma) {
            unitMismatch = given(unitMismatch, Require.within("sigma", sigma, 0, 0.1));
            return this;
        }

        /** Relative standard deviation of the reference voltage, one draw a die, 0 to 0.1. */
        public Builder referenceError(double sigma) {
            referenceError = given(referenceError, Require.within("sigma", sigma, 0, 0.1));
            return this;
        }

        /** Supply voltage of the buffer, in volts, above 0. */
        public Builder supply(double volts) {
            supply = given(supply, Require.positive("supply", volts));
            return this;
        }

        /** Resistance of the whole string, in ohms, above 0. */
        public Builder stringResistance(double ohms) {
            stringResistance = given(stringResistance, Require.positive("stringResistance", ohms));
            return this;
        }

        /** White noise of the buffer at its output, the root of its one-sided density, in V/√Hz, 0 or above. */
        public Builder bufferNoise(double density) {
            bufferNoise = given(bufferNoise, Require.nonNegative("density", density));
            return this;
        }

        /** Static current of the buffer, in amperes, 0 or above. */
        public Builder bufferCurrent(double amperes) {
            bufferCurrent = given(bufferCurrent, Require.nonNegative("bufferCurrent", amperes));
            return this;
        }

        /** Capacitance of the row, in farads, 0 or above. */
        public Builder loadCapacitance(double farads) {
            loadCapacitance = given(loadCapacitance, Require.nonNegative("loadCapacitance", farads));
            return this;
        }

        /** Time constant of the output, in seconds, 0 or above; it settles to half an LSB in (b + 1) ln 2 of them. */
        public Builder timeConstant(double seconds) {
            timeConstant = given(timeConstant, Require.nonNegative("timeConstant", seconds));
            return this;
        }

        /** Area of one resistor with its switch, in square metres, 0 or above. */
        public Builder unitArea(double squareMetres) {
            unitArea = given(unitArea, Require.nonNegative("unitArea", squareMetres));
            return this;
        }

        /** Area of one converter besides its string, in square metres, 0 or above. */
        public Builder fixedArea(double squareMetres) {
            fixedArea = given(fixedArea, Require.nonNegative("fixedArea", squareMetres));
            return this;
        }

        /** The finished converter. */
        public VoltageDac build() {
            return new VoltageDac(this);
        }
    }
}
