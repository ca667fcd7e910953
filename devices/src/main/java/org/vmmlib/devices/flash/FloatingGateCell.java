package org.vmmlib.devices.flash;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.block.Block;
import org.vmmlib.core.block.Datasheet;
import org.vmmlib.core.block.Imperfection;
import org.vmmlib.core.check.Require;
import org.vmmlib.core.crossbar.ArrayCells;
import org.vmmlib.core.crossbar.CellState;
import org.vmmlib.core.crossbar.SpiceCells;
import org.vmmlib.core.crossbar.SpiceLaw;
import org.vmmlib.core.crossbar.SpreadLaw;
import org.vmmlib.core.crossbar.StatePlane;
import org.vmmlib.core.crossbar.Topology;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.random.RandomStream;
import org.vmmlib.core.signal.DriveKind;

/**
 * A subthreshold floating-gate NMOS cell whose gate carries the input: the row line is its source, the column line its
 * drain, the bulk is at 0 V.
 *
 * <p>{@code I_D = I_spec (i(v_f) − i(v_r))} with {@code v_f = (V_P − V_S)/U_t}, {@code v_r = (V_P − V_D)/U_t} and the
 * pinch-off voltage {@code V_P = κ (V_G − V_T + σ g(V_DS))}. The law grows from four imperfections:
 *
 * <ul>
 *   <li>None of them: the saturated exponential {@code I_D = I_spec exp((κ(V_G − V_T) − V_S)/U_t)}, on which a cell's
 *       current is exactly w times that of the reference cell (Eq. 6 of Xiao et al., Appl. Phys. Rev. 7, 031301 (2020)).
 *   <li>{@code fg.inversion}: i(v) is the charge-based EKV law {@code q + q², 2q + ln q = v} of
 *       {@link org.vmmlib.core.physics.Ekv} instead of e^v. At an inversion coefficient IC = I_in/I_spec the weight is
 *       then off by about +IC(1 − w).
 *   <li>{@code fg.saturation}: the reverse current i(v_r) counts, so that the current is zero at V_DS = 0 and short of
 *       its saturated value by a factor {@code 1 − exp(−V_DS/U_t)}. The channel is symmetric in source and drain.
 *   <li>{@code fg.dibl}: the drain-source voltage lowers the barrier, {@code g(V) = sqrt(V² + U_t²) − U_t}, which is
 *       |V| − U_t in saturation, even as the device is symmetric, and smooth at 0. The current never falls
 *       with V_D nor rises with V_S. A floating gate's coupling to the drain belongs to σ too.
 *   <li>{@code fg.kappa-mismatch}: each cell's gate efficiency, which has in it the coupling of its control gate, is off.
 *       Cells are tuned with it, so that their weights are right at the tuning current; what is left is
 *       {@code I_out ∝ I_in^(κ_cell/κ)}. Drawn by {@link #program}, kept as a second plane, {@code kappa-ratio}.
 * </ul>
 *
 * <p>The state is {@code threshold}, in volts above the threshold of the reference cell. The weight of a threshold is
 * {@code exp(−κ threshold/U_t)}; 1 is the reference cell itself. With a {@link Builder#tuningCurrent tuning current}, a
 * cell is tuned so that its weight is right at that input current; without one, in weak inversion.
 *
 * <p>Temperature acts through U_t, so that a stored weight becomes {@code w^(T0/T)}, through the specific current,
 * {@code I_spec ∝ T^(2 + BEX)}, and a linear threshold shift (both as in the EKV model 2.6: Bucher et al., EPFL 1997).
 *
 * <p>Noise: on the exponential law, shot noise of forward and reverse current, {@code 2q I_sat (1 + exp(−V_DS/U_t)) =
 * 2q I coth(V_DS/2U_t)}; on the charge-based one, thermal noise of the channel's charge, which in saturation is about
 * 2/3 IC below the shot noise, IC the inversion coefficient.
 */
public final class FloatingGateCell implements SpiceLaw, SpreadLaw {

    private static final String INVERSION = "fg.inversion";
    private static final String SATURATION = "fg.saturation";
    private static final String DIBL = "fg.dibl";
    private static final String KAPPA = "fg.kappa-mismatch";
    private static final StatePlane RATIO = new StatePlane("kappa-ratio", "", 0.5, 2);

    private final Builder parameters;
    private final List<StatePlane> planes;

    private FloatingGateCell(Builder parameters) {
        this.parameters = parameters;
        StatePlane threshold = new StatePlane("threshold", "V", parameters.lowest, parameters.highest);
        planes = parameters.kappaMismatch > 0 ? List.of(threshold, RATIO) : List.of(threshold);
    }

    /** Starts from the saturated exponential law: no imperfection. */
    public static Builder exponential() {
        return new Builder();
    }

    /** Starts from the charge-based law with a finite drain voltage, without DIBL. */
    public static Builder chargeBased() {
        return new Builder().inversion(true).saturation(true);
    }

    /** This cell, to change. */
    public Builder toBuilder() {
        return new Builder(parameters);
    }

    /** Gate efficiency κ = 1/n. */
    public double kappa() {
        return parameters.kappa;
    }

    /** Specific current at the nominal temperature, amperes. */
    public double specificCurrent() {
        return parameters.specificCurrent;
    }

    /** Drain-induced barrier lowering σ, volts per volt. */
    public double dibl() {
        return parameters.dibl;
    }

    /** Input current at which weights are tuned, amperes; 0 stands for the limit of weak inversion. */
    public double tuningCurrent() {
        return parameters.tuningCurrent;
    }

    /**
     * The threshold that stores a weight.
     *
     * @param weight 0 or above; 0 gives the top of the window
     * @param conditions when the cell is tuned
     * @return volts above the reference cell, within the window
     */
    public double threshold(double weight, Conditions conditions) {
        Require.nonNegative("weight", weight);
        Channel channel = channel(conditions);
        if (!tunedAboveWeakInversion()) {
            return clip(-Math.log(weight) / channel.gateSlope());
        }
        double input = parameters.tuningCurrent / channel.specificCurrent();
        return clip((channel.voltage(input) - channel.voltage(weight * input)) / channel.gateSlope());
    }

    /**
     * The weight that a threshold stores: the inverse of {@link #threshold(double, Conditions)}.
     *
     * @param threshold volts above the reference cell
     * @param conditions when the weight is read
     */
    public double weight(double threshold, Conditions conditions) {
        Channel channel = channel(conditions);
        if (!tunedAboveWeakInversion()) {
            return Math.exp(-channel.gateSlope() * threshold);
        }
        double input = parameters.tuningCurrent / channel.specificCurrent();
        return channel.normalised(channel.voltage(input) - channel.gateSlope() * threshold) / input;
    }

    private boolean tunedAboveWeakInversion() {
        return parameters.inversion && parameters.tuningCurrent > 0;
    }

    /** Highest threshold of the window, volts above the reference cell. */
    double highest() {
        return parameters.highest;
    }

    /** Lowest threshold of the window, volts above the reference cell. */
    double lowest() {
        return parameters.lowest;
    }

    private double clip(double threshold) {
        return Math.max(parameters.lowest, Math.min(parameters.highest, threshold));
    }

    /** The channel under conditions. */
    Channel channel(Conditions conditions) {
        double ratio = conditions.temperature() / parameters.nominalTemperature;
        return new Channel(
                parameters.kappa,
                parameters.specificCurrent * Math.pow(ratio, 2 + parameters.mobilityExponent),
                parameters.referenceThreshold
                        + parameters.thresholdDrift * (conditions.temperature() - parameters.nominalTemperature),
                parameters.dibl,
                parameters.inversion,
                parameters.saturation,
                conditions.temperature(),
                conditions.thermalVoltage());
    }

    @Override
    public Topology topology() {
        return Topology.GATE_DRIVEN;
    }

    /** False: gate and bulk are two more terminals. */
    @Override
    public boolean twoTerminal() {
        return false;
    }

    /**
     * {@code threshold}, in volts above that of the reference cell; with {@code fg.kappa-mismatch} also
     * {@code kappa-ratio}, the cell's gate efficiency over κ.
     */
    @Override
    public List<StatePlane> planes() {
        return planes;
    }

    /**
     * {@link org.vmmlib.core.crossbar.SeparableCells} unless the cell has {@code fg.inversion} or
     * {@code fg.kappa-mismatch}.
     */
    @Override
    public ArrayCells bind(CellState state, Conditions conditions) {
        DMatrixRMaj thresholds = thresholds(state);
        if (parameters.kappaMismatch > 0) {
            return new MismatchedCells(channel(conditions), thresholds, state.plane(RATIO.name()));
        }
        return parameters.inversion
                ? new ChargeBasedCells(channel(conditions), thresholds)
                : new ExponentialCells(channel(conditions), thresholds);
    }

    /**
     * {@inheritDoc}
     *
     * <p>The exponential law goes on as such at any voltage; that of {@link #bind} becomes its tangent where v exceeds
     * 100, volts above pinch-off.
     */
    @Override
    public SpiceCells spice(CellState state, Conditions conditions) {
        return new FloatingGateElements(channel(conditions), thresholds(state), ratios(state));
    }

    /** Gate efficiencies over κ. */
    private DMatrixRMaj ratios(CellState state) {
        if (parameters.kappaMismatch > 0) {
            return state.plane(RATIO.name());
        }
        DMatrixRMaj ones = new DMatrixRMaj(state.rows(), state.columns());
        ones.fill(1);
        return ones;
    }

    private CellState state(DMatrixRMaj thresholds, DMatrixRMaj ratios) {
        return parameters.kappaMismatch > 0
                ? new CellState(planes, thresholds, ratios)
                : new CellState(planes, thresholds);
    }

    private DMatrixRMaj thresholds(CellState state) {
        if (!state.planes().equals(planes)) {
            throw new IllegalArgumentException("state has planes " + state.planes() + ": must have " + planes
                    + "; make it with store(weights, conditions) of this cell");
        }
        return state.plane("threshold");
    }

    /** Weight 1 has the threshold of the reference cell; those too small for the window its highest threshold. */
    @Override
    public CellState store(DMatrixRMaj weights, Conditions conditions) {
        Require.within("weights", weights, 0, 1);
        DMatrixRMaj thresholds = new DMatrixRMaj(weights.numRows, weights.numCols);
        for (int k = 0; k < thresholds.data.length; k++) {
            thresholds.data[k] = threshold(weights.data[k], conditions);
        }
        DMatrixRMaj ones = new DMatrixRMaj(weights.numRows, weights.numCols);
        ones.fill(1);
        return state(thresholds, ones);
    }

    /**
     * Draws the gate efficiency of every cell and tunes the cells with it: weights are right at the tuning current, or
     * where the reference cell's gate is at its threshold if there is none.
     */
    @Override
    public CellState program(CellState target, Conditions conditions, RandomStream draws) {
        if (parameters.kappaMismatch == 0) {
            throw new IllegalArgumentException("kappaMismatch = 0.0: these cells have no spread of their own; give the"
                    + " builder a kappaMismatch, or the array a tuning tolerance");
        }
        DMatrixRMaj thresholds = thresholds(target).copy();
        DMatrixRMaj ratios = ratios(target).copy();
        Channel channel = channel(conditions);
        double pivot = parameters.tuningCurrent > 0
                ? channel.voltage(parameters.tuningCurrent / channel.specificCurrent()) / channel.gateSlope()
                : 0;
        double[] normal = new double[thresholds.getNumElements()];
        draws.gaussians(0, normal, 0, normal.length);
        for (int k = 0; k < normal.length; k++) {
            double ratio = 1 + parameters.kappaMismatch * normal[k];
            double drawn = Math.max(RATIO.low(), Math.min(RATIO.high(), ratio));
            thresholds.data[k] = clip(pivot - (pivot - thresholds.data[k]) * ratios.data[k] / drawn);
            ratios.data[k] = drawn;
        }
        return new CellState(planes, thresholds, ratios);
    }

    /**
     * In weak inversion, the threshold shift {@code −(U_t/κ) ln(1 + error)}; with a tuning current, the shift that makes
     * the error at that input.
     */
    @Override
    public CellState deviate(CellState target, DMatrixRMaj relativeError, Conditions conditions) {
        DMatrixRMaj thresholds = thresholds(target).copy();
        Require.shape("relativeError", relativeError, thresholds.numRows, thresholds.numCols);
        Require.within("relativeError", relativeError, Math.nextUp(-1.0), Double.MAX_VALUE);
        DMatrixRMaj ratios = ratios(target);
        Channel channel = channel(conditions);
        double input = channel.voltage(parameters.tuningCurrent / channel.specificCurrent());
        for (int k = 0; k < thresholds.data.length; k++) {
            double slope = ratios.data[k] * channel.gateSlope();
            double shift = Math.log1p(relativeError.data[k]);
            if (tunedAboveWeakInversion()) {
                double v = ratios.data[k] * input - slope * thresholds.data[k];
                shift = channel.voltage(channel.normalised(v) * (1 + relativeError.data[k])) - v;
            }
            thresholds.data[k] = clip(thresholds.data[k] - shift / slope);
        }
        return state(thresholds, ratios);
    }

    @Override
    public double unitSignal(DriveKind kind, double drive, double columnVoltage, Conditions conditions) {
        return switch (kind) {
            case INPUT_CURRENT -> drive;
            case GATE_VOLTAGE -> channel(conditions).current(drive, columnVoltage);
            case ROW_VOLTAGE ->
                throw new IllegalArgumentException("kind = " + kind
                        + ": the cells are driven by their gates, through reference cells or by pulses");
        };
    }

    @Override
    public double cellArea() {
        return parameters.cellArea;
    }

    @Override
    public List<Imperfection> imperfections() {
        List<Imperfection> list = new ArrayList<>();
        if (parameters.inversion) {
            list.add(new Imperfection(INVERSION, "charge-based law instead of the exponential"));
        }
        if (parameters.saturation) {
            list.add(new Imperfection(SATURATION, "finite drain voltage: the reverse current counts"));
        }
        if (parameters.dibl > 0) {
            list.add(new Imperfection(DIBL, "the drain voltage lowers the barrier"));
        }
        if (parameters.kappaMismatch > 0) {
            list.add(new Imperfection(KAPPA, "gate efficiency of each cell"));
        }
        return list;
    }

    @Override
    public FloatingGateCell without(String imperfection) {
        if (imperfections().stream().noneMatch(i -> i.id().equals(imperfection))) {
            throw Block.unknown(this, imperfection);
        }
        Builder copy = toBuilder();
        switch (imperfection) {
            case INVERSION -> copy.inversion = false;
            case SATURATION -> copy.saturation = false;
            case KAPPA -> copy.kappaMismatch(0).from("without " + KAPPA);
            default -> copy.dibl(0).from("without " + DIBL);
        }
        return copy.build();
    }

    @Override
    public Datasheet datasheet() {
        Builder p = parameters;
        return Datasheet.of("gate-coupled floating-gate cell, "
                        + (p.inversion ? "charge-based (EKV)" : "exponential")
                        + (p.saturation ? ", finite drain voltage" : ", saturated"))
                .add("gate efficiency kappa", p.kappa, "", p.source("kappa"))
                .add("specific current", p.specificCurrent, "A", p.source("specificCurrent"))
                .add("reference threshold", p.referenceThreshold, "V", p.source("referenceThreshold"))
                .add("lowest threshold above it", p.lowest, "V", p.source("window"))
                .add("highest threshold above it", p.highest, "V", p.source("window"))
                .add("DIBL", p.dibl, "V/V", p.source("dibl"))
                .add("kappa mismatch sigma", p.kappaMismatch, "", p.source("kappaMismatch"))
                .add("tuning current", p.tuningCurrent, "A", p.source("tuningCurrent"))
                .add("nominal temperature", p.nominalTemperature, "K", p.source("nominalTemperature"))
                .add("mobility temperature exponent", p.mobilityExponent, "", p.source("mobilityExponent"))
                .add("threshold temperature coefficient", p.thresholdDrift, "V/K", p.source("thresholdDrift"))
                .add("cell area", p.cellArea, "m²", p.source("cellArea"))
                .build();
    }

    /** Collects the parameters of a cell. Each value may be followed by {@link #from}, which tells its source. */
    public static final class Builder {
        private final Map<String, String> sources;
        private String last = "";
        private double kappa = 0.7;
        private double specificCurrent = 0.8e-6;
        private double referenceThreshold = 0.8;
        private double lowest = -0.25;
        private double highest = 0.51;
        private double dibl;
        private double kappaMismatch;
        private double tuningCurrent;
        private double nominalTemperature = Conditions.ROOM.temperature();
        private double mobilityExponent = -1.5;
        private double thresholdDrift;
        private double cellArea;
        private boolean inversion;
        private boolean saturation;

        private Builder() {
            sources = new TreeMap<>();
            sources.put("kappa", "chosen: usual in bulk CMOS, 85 mV per decade at 300 K");
            sources.put("specificCurrent", "chosen: 16 nA is then at inversion coefficient 0.02");
            sources.put("referenceThreshold", "chosen");
            sources.put("window", "chosen: weights from 1e-6 to 900 at 25 °C");
            sources.put("nominalTemperature", "chosen: 25 °C");
            sources.put("mobilityExponent", "default of BEX, EKV model 2.6, Bucher et al., EPFL (1997)");
        }

        private Builder(Builder other) {
            sources = new TreeMap<>(other.sources);
            kappa = other.kappa;
            specificCurrent = other.specificCurrent;
            referenceThreshold = other.referenceThreshold;
            lowest = other.lowest;
            highest = other.highest;
            dibl = other.dibl;
            kappaMismatch = other.kappaMismatch;
            tuningCurrent = other.tuningCurrent;
            nominalTemperature = other.nominalTemperature;
            mobilityExponent = other.mobilityExponent;
            thresholdDrift = other.thresholdDrift;
            cellArea = other.cellArea;
            inversion = other.inversion;
            saturation = other.saturation;
        }

        private String source(String parameter) {
            return sources.getOrDefault(parameter, "default: none");
        }

        private Builder set(String parameter) {
            sources.put(parameter, "user");
            last = parameter;
            return this;
        }

        /**
         * Tells the source of the value given just before, for the datasheet; "user" unless told.
         *
         * @throws IllegalArgumentException if no value was given before
         */
        public Builder from(String source) {
            if (last.isEmpty()) {
                throw new IllegalArgumentException("source = " + source + ": give a value first, then its source");
            }
            sources.put(last, source);
            return this;
        }

        /** Gate efficiency κ = 1/n, above 0, to 1. */
        public Builder kappa(double value) {
            kappa = Require.within("kappa", Require.positive("kappa", value), 0, 1);
            return set("kappa");
        }

        /** Specific current {@code 2 n μ C_ox (W/L) U_t²} at the nominal temperature, amperes, above 0. */
        public Builder specificCurrent(double amperes) {
            specificCurrent = Require.positive("specificCurrent", amperes);
            return set("specificCurrent");
        }

        /** Threshold of the reference cell at the nominal temperature, volts: where the gates work. */
        public Builder referenceThreshold(double volts) {
            referenceThreshold = Require.finite("referenceThreshold", volts);
            return set("referenceThreshold");
        }

        /**
         * The thresholds that a cell can be programmed to, in volts above the reference cell.
         *
         * @param low lowest, −10 to 0 (below 0 leaves room for the tuning error of a weight of 1)
         * @param high highest, above 0, to 10: a weight of 0
         */
        public Builder window(double low, double high) {
            lowest = Require.within("low", low, -10, 0);
            highest = Require.within("high", Require.positive("high", high), 0, 10);
            return set("window");
        }

        /** DIBL and drain coupling σ, volts of threshold per volt of drain-source voltage, 0 to 0.9. */
        public Builder dibl(double voltPerVolt) {
            dibl = Require.within("dibl", voltPerVolt, 0, 0.9);
            return set("dibl");
        }

        /** Relative standard deviation of the cells' gate efficiency, 0 to 0.1. */
        public Builder kappaMismatch(double value) {
            kappaMismatch = Require.within("kappaMismatch", value, 0, 0.1);
            return set("kappaMismatch");
        }

        /** Input current at which the weights are tuned, amperes; 0: the limit of weak inversion. */
        public Builder tuningCurrent(double amperes) {
            tuningCurrent = Require.nonNegative("tuningCurrent", amperes);
            return set("tuningCurrent");
        }

        /** Temperature of the values given here, kelvin, above 0. */
        public Builder nominalTemperature(double kelvin) {
            nominalTemperature = Require.positive("nominalTemperature", kelvin);
            return set("nominalTemperature");
        }

        /** Exponent BEX of the mobility, μ ∝ T^BEX. */
        public Builder mobilityExponent(double value) {
            mobilityExponent = Require.within("mobilityExponent", value, -5, 5);
            return set("mobilityExponent");
        }

        /** Threshold shift of all cells per kelvin above the nominal temperature, V/K; usually negative. */
        public Builder thresholdDrift(double voltPerKelvin) {
            thresholdDrift = Require.finite("thresholdDrift", voltPerKelvin);
            return set("thresholdDrift");
        }

        /** Area of a cell, square metres, 0 or above. */
        public Builder cellArea(double squareMetres) {
            cellArea = Require.nonNegative("cellArea", squareMetres);
            return set("cellArea");
        }

        /** Whether the channel follows the charge-based law instead of the exponential. */
        public Builder inversion(boolean on) {
            inversion = on;
            return this;
        }

        /** Whether the drain voltage is finite, so that the reverse current counts. */
        public Builder saturation(boolean on) {
            saturation = on;
            return this;
        }

        /** The finished cell. */
        public FloatingGateCell build() {
            return new FloatingGateCell(new Builder(this));
        }
    }
}
