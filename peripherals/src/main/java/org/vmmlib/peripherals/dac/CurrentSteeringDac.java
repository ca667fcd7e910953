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
import org.vmmlib.core.physics.Constants;
import org.vmmlib.core.physics.Si;
import org.vmmlib.core.physics.WhiteNoise;
import org.vmmlib.core.random.RandomStream;
import org.vmmlib.core.signal.Levels;

/**
 * A current-steering DAC: n = 2^b − 1 equal PMOS current sources, of which code k steers k to the output. Immutable.
 *
 * <p>The upper t bits switch segments of 2^(b−t) sources in thermometer order; each of the lower b − t bits switches its
 * own 2^j sources. So t = b is the unary converter, t = 0 the binary one.
 *
 * <p>Mismatch: every source is one draw with relative standard deviation σ. Whatever the segmentation, the end-point INL
 * at code k has standard deviation {@code σ sqrt(k (n − k) / n)} LSB; the segmentation decides the DNL (mid-code:
 * σ sqrt(n) binary, σ unary).
 *
 * <p>Output resistance: each source that is on has an output conductance g_o, and the output drives a load of conductance
 * G_L, so that code k gives {@code k I_u / (1 + k g_o / G_L)}, where I_u is the source's current at zero output voltage.
 * A load that is not linear is approximated by its slope.
 *
 * <p>Settling: the capacitance C of the output is charged through the load and the sources that are on, so that code k
 * settles with {@code τ_k = C / (G_L + k g_o)} and reaches {@code 1 − exp(−T / τ_k)} of its level in the time T, from an
 * output reset to 0 (derived): the smallest codes are slowest. A load whose own conductance follows the current, such as a
 * reference cell, settles by a law of its own, which is the row port's.
 *
 * <p>Noise: each source that is on has a noise of its own, and their densities add up to that of the delivered current I:
 * {@code 2qI} of sources in weak inversion (Sarpeshkar, Delbrück, Mead, IEEE Circuits Devices Mag. 9(6), 23–29 (1993)), or
 * {@code 4kTγ g_m} with {@code g_m = (g_m/I) I} (A. van der Ziel, Proc. IRE 50, 1808–1812 (1962),
 * <a href="https://doi.org/10.1109/JRPROC.1962.288221">doi:10.1109/JRPROC.1962.288221</a>). What code 0 gives has none. Noise
 * of a bias that sources share is not in it.
 *
 * <p>Energy: the delivered charge falls from the supply to the output voltage (what falls across the load is counted by
 * the load), the supply carries a static bias, and each source whose switch changes state costs half a {@code C V²},
 * counted for random words: (T² − 1)/(3 T) segments of T = 2^t, and half of the lower sources.
 */
public final class CurrentSteeringDac implements Dac {

    /** Id of the mismatch of the unit current sources. */
    public static final String UNIT_MISMATCH = "dac.unit-mismatch";

    /** Id of the finite output resistance. */
    public static final String OUTPUT_RESISTANCE = "dac.output-resistance";

    /** Id of the settling that depends on the code. */
    public static final String SETTLING = "dac.settling";

    private static final String ACORTEX = "aCortex, doi:10.1109/JXCDC.2020.2999581";

    private final Builder p;

    private CurrentSteeringDac(Builder builder) {
        p = new Builder(builder);
    }

    /**
     * Starts an ideal binary converter.
     *
     * @param bits word length b, 1 to 16
     * @param fullScale current of the highest code, in amperes, above 0
     */
    public static Builder builder(int bits, double fullScale) {
        return new Builder(bits, fullScale);
    }

    /**
     * The PMOS converter of the 55-nm aCortex, published at 4 bits: 10.1 µm² each (the area of all DACs over their
     * number, of three networks), 51 to 54 fJ a conversion (the DACs' energy over the number of conversions, of two). The
     * paper states no mismatch, so this has none. The bias current is fitted to 52 fJ at 50 ns a vector, half scale of
     * 16 nA; supply, time and the split of the area are chosen.
     *
     * @param bits word length, 1 to 16
     * @param fullScale current of the highest code, in amperes
     */
    public static CurrentSteeringDac acortex55nm(int bits, double fullScale) {
        return builder(bits, fullScale)
                .source("chosen")
                .supply(1.2)
                .unitSwitchCapacitance(0.5 * Si.fF)
                .outputVoltage(0.5)
                .timeConstant(1 * Si.ns)
                .source("fitted to 52 fJ at 50 ns a vector: " + ACORTEX)
                .biasCurrent(0.82 * Si.uA)
                .source("15 of them and the fixed area are the 10.1 um2 of " + ACORTEX)
                .unitArea(0.4 * Si.um2)
                .fixedArea(4.1 * Si.um2)
                .build();
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
        return Levels.Quantity.CURRENT;
    }

    @Override
    public double fullScale() {
        return p.fullScale.value();
    }

    /** Number of upper bits in thermometer code: 0 is binary, {@link #bits()} is unary. */
    public int thermometerBits() {
        return p.thermometerBits;
    }

    /** {@code 2qI}, or {@code 4kTγ g_m} of {@link Builder#channelNoise}; A²/Hz. */
    @Override
    public double noise(double level, Conditions conditions) {
        double current = Math.abs(level);
        return p.efficiency.value() == 0
                ? 2 * Constants.ELEMENTARY_CHARGE * current
                : p.excess.value() * WhiteNoise.thermal(p.efficiency.value() * current, conditions.temperature());
    }

    private int units() {
        return (1 << p.bits) - 1;
    }

    private Segmentation segmentation() {
        return new Segmentation(p.bits, p.thermometerBits);
    }

    @Override
    public TransferTables on(Die die, int count) {
        return on(die, count, Double.POSITIVE_INFINITY);
    }

    @Override
    public TransferTables on(Die die, int count, double time) {
        Require.within("count", count, 1, Integer.MAX_VALUE);
        int codes = 1 << p.bits;
        double sigma = p.unitMismatch.value();
        double[] sums = new double[codes];
        if (sigma == 0) {
            levels(sums, sums, 0, time);
            return TransferTables.equal(p.bits, count, sums);
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
        int units = units();
        double[] errors = new double[units];
        double[] tables = new double[count * codes];
        for (int converter = 0; converter < count; converter++) {
            stream.gaussians((long) converter * units, errors, 0, units);
            segmentation().errorSums(errors, sigma, sums);
            levels(sums, tables, converter * codes, time);
        }
        return TransferTables.each(p.bits, count, tables);
    }

    /** Time constant of a code, seconds; 0 where the output has no capacitance. */
    public double timeConstant(int code) {
        Require.within("code", code, 0, units());
        double capacitance = p.outputCapacitance.value();
        return capacitance == 0 ? 0 : capacitance / (p.loadConductance.value() + code * p.outputConductance.value());
    }

    private void levels(double[] errorSums, double[] out, int from, double time) {
        int units = units();
        double compression =
                p.loadConductance.value() == 0 ? 0 : p.outputConductance.value() / p.loadConductance.value();
        for (int code = 0; code <= units; code++) {
            double reached = p.outputCapacitance.value() == 0 ? 1 : -Math.expm1(-time / timeConstant(code));
            out[from + code] = reached * fullScale() * (code + errorSums[code]) / (units * (1 + code * compression));
        }
    }

    @Override
    public Cost cost(Activity activity) {
        double supply = p.supply.value();
        double switching = 0.5
                * p.unitSwitchCapacitance.value()
                * supply
                * supply
                * segmentation().switchedUnits();
        double conversions = (double) activity.vectors() * activity.channels();
        double energy = Math.max(0, supply - p.outputVoltage.value()) * activity.charge()
                + supply * p.biasCurrent.value() * activity.channels() * activity.time()
                + conversions * switching;
        double slowest = Math.max(p.timeConstant.value(), timeConstant(1));
        double settling = slowest * Math.max(0, p.bits * Math.log(2) - Math.log(p.settlingError.value()));
        double area = activity.channels() * (units() * p.unitArea.value() + p.fixedArea.value());
        return new Cost("DAC", energy, settling, area);
    }

    @Override
    public List<Imperfection> imperfections() {
        List<Imperfection> has = new ArrayList<>();
        if (p.unitMismatch.value() > 0) {
            has.add(new Imperfection(UNIT_MISMATCH, "mismatch of the unit current sources"));
        }
        if (p.outputConductance.value() > 0) {
            has.add(new Imperfection(OUTPUT_RESISTANCE, "finite output resistance of the unit current sources"));
        }
        if (p.outputCapacitance.value() > 0) {
            has.add(new Imperfection(SETTLING, "settling of the output, by its capacitance"));
        }
        return has;
    }

    @Override
    public CurrentSteeringDac without(String imperfection) {
        if (imperfections().stream().noneMatch(has -> has.id().equals(imperfection))) {
            throw Block.unknown(this, imperfection);
        }
        Builder ideal = toBuilder().source("made ideal");
        return switch (imperfection) {
            case UNIT_MISMATCH -> ideal.unitMismatch(0).build();
            case OUTPUT_RESISTANCE -> ideal.idealOutput().build();
            default -> ideal.outputCapacitance(0).build();
        };
    }

    @Override
    public Datasheet datasheet() {
        return new Datasheet(
                "current-steering DAC",
                List.of(
                        new Datasheet.Entry("bits", p.bits, "", "user"),
                        p.fullScale,
                        new Datasheet.Entry("thermometer bits", p.thermometerBits, "", "user"),
                        p.unitMismatch,
                        p.outputConductance,
                        p.loadConductance,
                        p.outputCapacitance,
                        p.settlingError,
                        p.excess,
                        p.efficiency,
                        p.supply,
                        p.outputVoltage,
                        p.biasCurrent,
                        p.unitSwitchCapacitance,
                        p.timeConstant,
                        p.unitArea,
                        p.fixedArea));
    }

    /** Collects the parameters. Each is recorded with the source that {@link #source} named last. */
    public static final class Builder {
        private final int bits;
        private final Datasheet.Entry fullScale;
        private String source = "user";
        private int thermometerBits;
        private Datasheet.Entry unitMismatch;
        private Datasheet.Entry outputConductance;
        private Datasheet.Entry loadConductance;
        private Datasheet.Entry outputCapacitance;
        private Datasheet.Entry settlingError;
        private Datasheet.Entry excess;
        private Datasheet.Entry efficiency;
        private Datasheet.Entry supply;
        private Datasheet.Entry outputVoltage;
        private Datasheet.Entry biasCurrent;
        private Datasheet.Entry unitSwitchCapacitance;
        private Datasheet.Entry timeConstant;
        private Datasheet.Entry unitArea;
        private Datasheet.Entry fixedArea;

        private Builder(int bits, double fullScale) {
            this.bits = Require.within("bits", bits, 1, 16);
            this.fullScale = new Datasheet.Entry("full scale", Require.positive("fullScale", fullScale), "A", "user");
            String ideal = "ideal by default";
            unitMismatch = new Datasheet.Entry("unit mismatch (relative sigma)", 0, "", ideal);
            outputConductance = new Datasheet.Entry("output conductance of a unit", 0, "S", ideal);
            loadConductance = new Datasheet.Entry("load conductance", 0, "S", ideal);
            outputCapacitance = new Datasheet.Entry("capacitance of the output", 0, "F", ideal);
            settlingError = new Datasheet.Entry("largest settling error", 0.5, "LSB", "default");
            String shot = "weak inversion: 2qI";
            excess = new Datasheet.Entry("noise factor gamma of the channels", 0, "", shot);
            efficiency = new Datasheet.Entry("transconductance over current of the sources", 0, "1/V", shot);
            String chosen = "chosen";
            supply = new Datasheet.Entry("supply", 1.2, "V", chosen);
            outputVoltage = new Datasheet.Entry("output voltage", 0, "V", "default");
            biasCurrent = new Datasheet.Entry("bias current", 0.82 * Si.uA, "A", chosen);
            unitSwitchCapacitance = new Datasheet.Entry("switch capacitance of a unit", 0.5 * Si.fF, "F", chosen);
            timeConstant = new Datasheet.Entry("time constant", 1 * Si.ns, "s", chosen);
            unitArea = new Datasheet.Entry("area of a unit", 0.4 * Si.um2, "m2", chosen);
            fixedArea = new Datasheet.Entry("fixed area", 4.1 * Si.um2, "m2", chosen);
        }

        private Builder(Builder other) {
            bits = other.bits;
            fullScale = other.fullScale;
            thermometerBits = other.thermometerBits;
            unitMismatch = other.unitMismatch;
            outputConductance = other.outputConductance;
            loadConductance = other.loadConductance;
            outputCapacitance = other.outputCapacitance;
            settlingError = other.settlingError;
            excess = other.excess;
            efficiency = other.efficiency;
            supply = other.supply;
            outputVoltage = other.outputVoltage;
            biasCurrent = other.biasCurrent;
            unitSwitchCapacitance = other.unitSwitchCapacitance;
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

        /** One source after the other, so that the transfer is monotone whatever the mismatch. */
        public Builder unary() {
            return segmented(bits);
        }

        /** Each bit has its own sources. */
        public Builder binary() {
            return segmented(0);
        }

        /**
         * The upper bits in thermometer code, the others binary.
         *
         * @param upperBits 0 to the word length
         */
        public Builder segmented(int upperBits) {
            thermometerBits = Require.within("upperBits", upperBits, 0, bits);
            return this;
        }

        /**
         * Relative standard deviation of the current of one unit source, 0 to 0.1: a draw reaches 8.6 sigma, and a
         * source cannot turn round.
         */
        public Builder unitMismatch(double sigma) {
            unitMismatch = given(unitMismatch, Require.within("sigma", sigma, 0, 0.1));
            return this;
        }

        /**
         * Finite output resistance: the conductance of one unit source, and that of the load.
         *
         * @param unitConductance g_o in siemens at the full scale's unit current, 0 or above; 0 for a load alone
         * @param load G_L in siemens, above 0
         */
        public Builder outputConductance(double unitConductance, double load) {
            outputConductance = given(outputConductance, Require.nonNegative("unitConductance", unitConductance));
            loadConductance = given(loadConductance, Require.positive("load", load));
            return this;
        }

        /**
         * Capacitance of the output, in farads, 0 or above: the code settles with C over the conductance of the load and of the
         * sources that are on, of {@link #outputConductance}.
         */
        public Builder outputCapacitance(double farads) {
            outputCapacitance = given(outputCapacitance, Require.nonNegative("outputCapacitance", farads));
            return this;
        }

        /**
         * Largest error that settling may leave of a level, of which the time to settle follows, in LSB, above 0; half an LSB
         * unless given, and 2^b for phases of any length.
         */
        public Builder settlingError(double steps) {
            settlingError = given(settlingError, Require.positive("settlingError", steps));
            return this;
        }

        /**
         * Thermal noise of the sources' channels, {@code 4kTγ g_m}, in place of 2qI. In weak inversion γ is n/2 and g_m/I is
         * 1/(n U_t), which is 2qI again; in strong inversion they are 2/3 and 2 over the overdrive voltage.
         *
         * @param gamma noise factor γ, above 0
         * @param transconductanceOverCurrent g_m/I, 1/V, above 0
         */
        public Builder channelNoise(double gamma, double transconductanceOverCurrent) {
            excess = given(excess, Require.positive("gamma", gamma));
            efficiency =
                    given(efficiency, Require.positive("transconductanceOverCurrent", transconductanceOverCurrent));
            return this;
        }

        private Builder idealOutput() {
            outputConductance = given(outputConductance, 0);
            return this;
        }

        /** Supply voltage, in volts, above 0. */
        public Builder supply(double volts) {
            supply = given(supply, Require.positive("supply", volts));
            return this;
        }

        /**
         * Voltage that the output stands at, the drain voltage of a reference cell, in volts, 0 or above; it decides only
         * which part of the supplied energy is counted here.
         */
        public Builder outputVoltage(double volts) {
            outputVoltage = given(outputVoltage, Require.nonNegative("outputVoltage", volts));
            return this;
        }

        /** Static current of one converter besides what it delivers, in amperes, 0 or above. */
        public Builder biasCurrent(double amperes) {
            biasCurrent = given(biasCurrent, Require.nonNegative("biasCurrent", amperes));
            return this;
        }

        /** Gate capacitance that switching one unit source drives, in farads, 0 or above. */
        public Builder unitSwitchCapacitance(double farads) {
            unitSwitchCapacitance = given(unitSwitchCapacitance, Require.nonNegative("unitSwitchCapacitance", farads));
            return this;
        }

        /**
         * Time constant of the switches, in seconds, 0 or above: it settles to half an LSB in (b + 1) ln 2 of them, or of the
         * output's time constant where that is longer.
         */
        public Builder timeConstant(double seconds) {
            timeConstant = given(timeConstant, Require.nonNegative("timeConstant", seconds));
            return this;
        }

        /** Area of one unit source with its switch, in square metres, 0 or above. */
        public Builder unitArea(double squareMetres) {
            unitArea = given(unitArea, Require.nonNegative("unitArea", squareMetres));
            return this;
        }

        /** Area of one converter besides its unit sources, in square metres, 0 or above. */
        public Builder fixedArea(double squareMetres) {
            fixedArea = given(fixedArea, Require.nonNegative("fixedArea", squareMetres));
            return this;
        }

        /**
         * The finished converter.
         *
         * @throws IllegalArgumentException if its output has a capacitance, but no load that charges it
         */
        public CurrentSteeringDac build() {
            if (outputCapacitance.value() > 0 && loadConductance.value() == 0) {
                throw new IllegalArgumentException("outputCapacitance = " + outputCapacitance.value()
                        + " F without a load: give outputConductance the load's conductance too");
            }
            return new CurrentSteeringDac(this);
        }
    }
}
