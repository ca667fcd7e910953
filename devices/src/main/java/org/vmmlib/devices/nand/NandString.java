package org.vmmlib.devices.nand;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.block.Block;
import org.vmmlib.core.block.Datasheet;
import org.vmmlib.core.block.Imperfection;
import org.vmmlib.core.check.Require;
import org.vmmlib.core.crossbar.ArrayCells;
import org.vmmlib.core.crossbar.CellState;
import org.vmmlib.core.crossbar.SpiceCells;
import org.vmmlib.core.crossbar.SpiceLaw;
import org.vmmlib.core.crossbar.StatePlane;
import org.vmmlib.core.crossbar.Topology;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.physics.Ekv;
import org.vmmlib.core.signal.DriveKind;

/**
 * A string of a 3D-NAND block as a cell: from the row line, which is the common source line, through the source-select
 * transistor, L flash cells and the bit-select transistor to the bit line. One cell, the selected one, has the read
 * voltage on its word plane; all others pass, with the pass voltage on theirs. The input is the voltage on the gate of
 * the bit-select transistor: a pulse of the on-voltage, whose length carries the number (time-domain multiplication,
 * Bavandpour et al., arXiv:1908.02472), since a word plane is shared by all strings of the block. Bulk is at 0 V.
 *
 * <p>Every transistor follows the charge-based EKV law of {@link Ekv}: {@code I = I_spec (i(v_s) − i(v_d))}, {@code v =
 * (V_P − V)/U_t}, {@code V_P = κ (V_G − V_T)}, the selected one with DIBL on its own drain-source voltage as in
 * {@link org.vmmlib.devices.flash.FloatingGateCell}. So a pass cell in its triode region has the resistance
 * {@code U_t/(I_spec q)}, which rises with the threshold it was programmed to (the background pattern) and with the
 * potential of its channel, by a fifth of an erased cell's from the source line to a bit line at 0.7 V. Pass cells
 * below the selected one degenerate its source, those above take from its drain-source voltage: the current depends on
 * the layer. All is solved inside the cell, with exact derivatives.
 *
 * <p>Pass cells below and above the selected cell are each merged into one transistor with the voltage of the chain up
 * to the square of its current: exact where they have one threshold, otherwise within 2e-3 of the current for 64
 * layers. {@link Builder#cellByCell} keeps every cell apart, at more than ten times the time. Linear pass resistors
 * would save little time over the merged transistors, and be off by a fifth and more where the channel is near the bit
 * line.
 *
 * <p>The law grows from three imperfections:
 *
 * <ul>
 *   <li>None of them: the selected cell alone, between source line and bit line; the bit-select transistor is a switch
 *       that closes above its threshold.
 *   <li>{@code nand.series}: pass cells and select transistors have their resistances. All pass cells count as erased.
 *   <li>{@code nand.background}: pass cells have the thresholds that they store (with {@code nand.series}).
 *   <li>{@code nand.dibl}: the drain-source voltage of the selected cell lowers its barrier.
 * </ul>
 *
 * <p>The state holds the whole block: one plane for each layer, {@code threshold 0} at the source line to
 * {@code threshold L−1} at the bit line, in volts; {@link #select} gives the law that multiplies with another of them.
 * A weight is the current of a string at the read point (on-voltage, bit line at the drain voltage, source line at 0)
 * over {@link #maxCurrent()}; {@link #write} tunes it there, so that layer and background at that time are tuned away.
 * What is programmed to other layers afterwards is not.
 *
 * <p>Temperature acts through U_t, a linear threshold shift, and the specific current, {@code I_spec ∝ T²
 * exp(−V_b/U_t)}: the mobility of poly-silicon is limited by barriers V_b between its grains (Seto, J. Appl. Phys. 46,
 * 5247 (1975), doi:10.1063/1.321593), so that strings carry more when warm.
 *
 * <p>Noise is that of each transistor along the string: 4kTg without a voltage, 2qI where one in weak inversion
 * saturates.
 */
public final class NandString implements SpiceLaw {

    private static final String SERIES = "nand.series";
    private static final String BACKGROUND = "nand.background";
    private static final String DIBL = "nand.dibl";

    private final Builder parameters;
    private final List<StatePlane> planes;

    private NandString(Builder parameters) {
        this.parameters = parameters;
        planes = IntStream.range(0, parameters.layers)
                .mapToObj(k -> new StatePlane(plane(k), "V", parameters.lowest, parameters.highest))
                .toList();
        double pinchOff = parameters.kappa * (parameters.passVoltage - parameters.highest);
        if (parameters.layers > 1 && pinchOff < parameters.drainVoltage) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "passVoltage = %s: must be at least %s, so that cells of the highest threshold pass the drain"
                            + " voltage",
                    parameters.passVoltage,
                    parameters.highest + parameters.drainVoltage / parameters.kappa));
        }
        Conditions nominal = Conditions.ROOM.atTemperature(parameters.nominalTemperature);
        double needed = threshold(erased(1, 1), 0, parameters.maxCurrent, nominal);
        if (!(needed >= parameters.lowest)) {
            CellState all = erased(1, 1);
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "maxCurrent = %s: must be at most %s, which an erased string carries at the read point; raise"
                            + " readVoltage or drainVoltage",
                    parameters.maxCurrent,
                    readCurrents(all, nominal)[0]));
        }
    }

    /** Name of the plane of a layer. */
    static String plane(int layer) {
        return "threshold " + layer;
    }

    /** Starts from a string without imperfections: the selected cell alone. */
    public static Builder ideal() {
        return new Builder();
    }

    /** Starts from a string whose pass cells and select transistors have their resistances, without DIBL. */
    public static Builder string() {
        return new Builder().series(true).background(true);
    }

    /** This string, to change. */
    public Builder toBuilder() {
        return new Builder(parameters);
    }

    /**
     * The law of the same strings with another cell selected.
     *
     * @param layer 0 (at the source line) to layers − 1 (at the bit line)
     * @throws IllegalArgumentException if there is no such layer, or if its weight of 1 is out of reach
     */
    public NandString select(int layer) {
        return toBuilder().selected(layer).build();
    }

    /** Number of flash cells in a string, L. */
    public int layers() {
        return parameters.layers;
    }

    /** Layer of the selected cell, 0 at the source line. */
    public int selected() {
        return parameters.selected;
    }

    /** Current of a weight of 1, amperes. */
    public double maxCurrent() {
        return parameters.maxCurrent;
    }

    /** Gate voltage of the bit-select transistor during a pulse, volts. */
    public double onVoltage() {
        return parameters.onVoltage;
    }

    /** Bit-line voltage at which weights are tuned, volts. */
    public double drainVoltage() {
        return parameters.drainVoltage;
    }

    /** Voltage of the word planes that are not selected, volts. */
    public double passVoltage() {
        return parameters.passVoltage;
    }

    /** Voltage of the selected word plane, volts. */
    public double readVoltage() {
        return parameters.readVoltage;
    }

    /** A block whose cells all have the lowest threshold. */
    public CellState erased(int rows, int columns) {
        DMatrixRMaj[] values = new DMatrixRMaj[parameters.layers];
        for (int k = 0; k < values.length; k++) {
            values[k] = new DMatrixRMaj(rows, columns);
            values[k].fill(parameters.lowest);
        }
        return new CellState(planes, values);
    }

    /**
     * A block with weights written to the selected layer, tuned with what the other layers hold now. A weight that the
     * string cannot reach gets the end of the window.
     *
     * @param block what all layers hold, N×M strings. Not modified.
     * @param weights N×M in [0, 1]. Not modified.
     * @param conditions when the cells are tuned
     */
    public CellState write(CellState block, DMatrixRMaj weights, Conditions conditions) {
        check(block);
        Require.shape("weights", weights, block.rows(), block.columns());
        Require.within("weights", weights, 0, 1);
        double[] currents = new double[weights.getNumElements()];
        for (int c = 0; c < currents.length; c++) {
            currents[c] = weights.data[c] * parameters.maxCurrent;
        }
        return tuned(block, currents, conditions);
    }

    private CellState tuned(CellState block, double[] currents, Conditions conditions) {
        StringBias bias = bias(conditions);
        Series series = Series.of(bias, block, parameters.selected);
        DMatrixRMaj thresholds = new DMatrixRMaj(block.rows(), block.columns());
        for (int c = 0; c < currents.length; c++) {
            double threshold = threshold(bias, series, c, currents[c]);
            thresholds.data[c] = Math.max(parameters.lowest, Math.min(parameters.highest, threshold));
        }
        DMatrixRMaj[] values = new DMatrixRMaj[parameters.layers];
        for (int k = 0; k < values.length; k++) {
            values[k] = k == parameters.selected ? thresholds : block.plane(plane(k));
        }
        return new CellState(planes, values);
    }

    private double threshold(CellState block, int string, double current, Conditions conditions) {
        StringBias bias = bias(conditions);
        return threshold(bias, Series.of(bias, block, parameters.selected), string, current);
    }

    /** The threshold of the selected cell at which a string carries a current; negative infinity if none does. */
    private double threshold(StringBias bias, Series series, int string, double current) {
        double x = current / bias.specificCurrent();
        double below = 0;
        double above = parameters.drainVoltage / bias.thermalVoltage();
        if (bias.series()) {
            int middle = series.first[2 * string + 1];
            for (int s = series.first[2 * string]; s < middle; s++) {
                below = across(series.pinch[s], below, -series.ratio[s] * x);
            }
            above = across(bias.bitSelectPinch(parameters.onVoltage), above, bias.selectRatio() * x);
            for (int s = middle; s < series.first[2 * string + 2]; s++) {
                above = across(series.pinch[s], above, series.ratio[s] * x);
            }
        }
        double drain = above - below;
        if (x == 0) {
            return Double.POSITIVE_INFINITY;
        }
        if (!(drain > 0)) {
            return Double.NEGATIVE_INFINITY;
        }
        double p = forward(x, drain) + below - bias.lowering(drain);
        return (bias.readBase() - p) / bias.gateSlope();
    }

    /**
     * The voltage at the other end of a transistor, where i is that of this end plus a difference; NaN if that is none.
     */
    private static double across(double pinch, double y, double difference) {
        double i = Ekv.current(pinch - y) + difference;
        return i > 0 ? pinch - Ekv.voltageAtCurrent(i) : Double.NaN;
    }

    /** The v for which {@code i(v) − i(v − drain)} is x: Newton's method from above, on a convex function. */
    private static double forward(double x, double drain) {
        double v = Ekv.voltageAtCurrent(x) - Math.log(-Math.expm1(-drain));
        for (int k = 0; k < 60; k++) {
            double f = Ekv.charge(v);
            double r = Ekv.charge(v - drain);
            double step = ((f - r) * (1 + f + r) - x) / (f - r);
            v -= step;
            if (Math.abs(step) <= 1e-15 * Math.max(1, Math.abs(v))) {
                break;
            }
        }
        return v;
    }

    /** Currents of all strings at the read point, amperes into the bit lines' strings, row by row. */
    private double[] readCurrents(CellState block, Conditions conditions) {
        ArrayCells cells = bind(block, conditions);
        int columns = block.columns();
        double[] all = new double[block.rows() * columns];
        double[] vRow = new double[columns];
        double[] vColumn = new double[columns];
        double[] current = new double[columns];
        double[] slopeRow = new double[columns];
        double[] slopeColumn = new double[columns];
        Arrays.fill(vColumn, parameters.drainVoltage);
        for (int i = 0; i < block.rows(); i++) {
            cells.evaluate(i, parameters.onVoltage, vRow, vColumn, current, slopeRow, slopeColumn);
            for (int j = 0; j < columns; j++) {
                all[i * columns + j] = -current[j];
            }
        }
        return all;
    }

    private StringBias bias(Conditions conditions) {
        Builder p = parameters;
        double thermal = conditions.thermalVoltage();
        double nominal = Conditions.ROOM.atTemperature(p.nominalTemperature).thermalVoltage();
        double slope = p.kappa / thermal;
        double growth = Math.pow(thermal / nominal, 2) * Math.exp(p.grainBarrier / nominal - p.grainBarrier / thermal);
        double shift = p.thresholdDrift * (conditions.temperature() - p.nominalTemperature);
        return new StringBias(
                thermal,
                conditions.temperature(),
                p.specificCurrent * growth,
                slope,
                p.kappa * p.dibl,
                slope * (p.readVoltage - shift),
                slope * (p.passVoltage - shift),
                -slope * (p.selectThreshold + shift),
                slope * (p.sourceSelectVoltage - p.selectThreshold - shift),
                p.specificCurrent / p.selectCurrent,
                p.selectThreshold + shift,
                p.series,
                p.background,
                p.lowest,
                p.cellByCell,
                p.drainVoltage / thermal);
    }

    private void check(CellState state) {
        if (!state.planes().equals(planes)) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "state has planes %s: must have %d, %s to %s; make it with store(weights, conditions) or"
                            + " erased(rows, columns) of this cell",
                    state.planes(),
                    planes.size(),
                    planes.get(0),
                    planes.get(planes.size() - 1)));
        }
    }

    @Override
    public Topology topology() {
        return Topology.GATE_DRIVEN;
    }

    /** False: gates and bulk are more terminals. */
    @Override
    public boolean twoTerminal() {
        return false;
    }

    /** One plane for each layer, {@code threshold 0} at the source line first, in volts. */
    @Override
    public List<StatePlane> planes() {
        return planes;
    }

    @Override
    public ArrayCells bind(CellState state, Conditions conditions) {
        check(state);
        StringBias bias = bias(conditions);
        return new StringCells(bias, Series.of(bias, state, parameters.selected));
    }

    /** Every transistor that {@link #bind} solves for, as a behavioural source: with cellByCell, the whole string. */
    @Override
    public SpiceCells spice(CellState state, Conditions conditions) {
        check(state);
        StringBias bias = bias(conditions);
        return new StringElements(bias, Series.of(bias, state, parameters.selected));
    }

    /** {@link #write} into an erased block. */
    @Override
    public CellState store(DMatrixRMaj weights, Conditions conditions) {
        Require.within("weights", weights, 0, 1);
        return write(erased(weights.numRows, weights.numCols), weights, conditions);
    }

    /** Shifts the threshold of the selected cell so that the current at the read point is off by the error. */
    @Override
    public CellState deviate(CellState target, DMatrixRMaj relativeError, Conditions conditions) {
        check(target);
        Require.shape("relativeError", relativeError, target.rows(), target.columns());
        Require.within("relativeError", relativeError, Math.nextUp(-1.0), Double.MAX_VALUE);
        double[] currents = readCurrents(target, conditions);
        for (int c = 0; c < currents.length; c++) {
            currents[c] = Math.min(Double.MAX_VALUE, currents[c] * (1 + relativeError.data[c]));
        }
        return tuned(target, currents, conditions);
    }

    /** Current of a weight of 1 in an otherwise erased block at a gate voltage of the bit-select transistor. */
    @Override
    public double unitSignal(DriveKind kind, double drive, double columnVoltage, Conditions conditions) {
        if (kind != DriveKind.GATE_VOLTAGE) {
            throw new IllegalArgumentException("kind = " + kind
                    + ": strings are driven by pulses on their bit-select lines, a " + DriveKind.GATE_VOLTAGE);
        }
        DMatrixRMaj one = new DMatrixRMaj(1, 1);
        one.fill(1);
        double[] current = new double[1];
        bind(store(one, conditions), conditions)
                .evaluate(0, drive, new double[1], new double[] {columnVoltage}, current, new double[1], new double[1]);
        return -current[0];
    }

    /** Footprint of a string with all its layers. */
    @Override
    public double cellArea() {
        return parameters.footprint;
    }

    @Override
    public List<Imperfection> imperfections() {
        List<Imperfection> list = new ArrayList<>();
        if (parameters.series) {
            list.add(new Imperfection(SERIES, "pass cells and select transistors have a resistance"));
        }
        if (parameters.background) {
            list.add(new Imperfection(BACKGROUND, "the resistance of pass cells depends on what they store"));
        }
        if (parameters.dibl > 0) {
            list.add(new Imperfection(DIBL, "the drain voltage lowers the barrier of the selected cell"));
        }
        return list;
    }

    @Override
    public NandString without(String imperfection) {
        if (imperfections().stream().noneMatch(i -> i.id().equals(imperfection))) {
            throw Block.unknown(this, imperfection);
        }
        Builder copy = toBuilder();
        switch (imperfection) {
            case SERIES -> copy.series(false);
            case BACKGROUND -> copy.background(false);
            default -> copy.dibl(0).from("without " + DIBL);
        }
        return copy.build();
    }

    @Override
    public Datasheet datasheet() {
        Builder p = parameters;
        return Datasheet.of("3D-NAND string" + (p.series ? "" : ", selected cell alone"))
                .add("layers", p.layers, "", p.source("layers"))
                .add("selected layer, 0 at the source line", p.selected, "", p.source("selected"))
                .add("largest cell current", p.maxCurrent, "A", p.source("maxCurrent"))
                .add("bit-line voltage when read", p.drainVoltage, "V", p.source("drainVoltage"))
                .add("read voltage", p.readVoltage, "V", p.source("readVoltage"))
                .add("pass voltage", p.passVoltage, "V", p.source("passVoltage"))
                .add("bit-select on-voltage", p.onVoltage, "V", p.source("onVoltage"))
                .add("source-select voltage", p.sourceSelectVoltage, "V", p.source("sourceSelectVoltage"))
                .add("gate efficiency kappa", p.kappa, "", p.source("kappa"))
                .add("specific current of a cell", p.specificCurrent, "A", p.source("specificCurrent"))
                .add("lowest threshold, erased", p.lowest, "V", p.source("window"))
                .add("highest threshold", p.highest, "V", p.source("window"))
                .add("DIBL", p.dibl, "V/V", p.source("dibl"))
                .add("threshold of select transistors", p.selectThreshold, "V", p.source("selectTransistors"))
                .add("specific current of select transistors", p.selectCurrent, "A", p.source("selectTransistors"))
                .add("nominal temperature", p.nominalTemperature, "K", p.source("nominalTemperature"))
                .add("grain barrier", p.grainBarrier, "V", p.source("grainBarrier"))
                .add("threshold temperature coefficient", p.thresholdDrift, "V/K", p.source("thresholdDrift"))
                .add("footprint of a string", p.footprint, "m²", p.source("footprint"))
                .build();
    }

    /** Collects the parameters of a string. Each value may be followed by {@link #from}, which tells its source. */
    public static final class Builder {
        private final Map<String, String> sources;
        private String last = "";
        private int layers = 64;
        private int selected;
        private double kappa = 0.7;
        private double specificCurrent = 20e-9;
        private double lowest;
        private double highest = 3;
        private double dibl;
        private double passVoltage = 6;
        private double readVoltage = 1.8;
        private double onVoltage = 4;
        private double sourceSelectVoltage = 4;
        private double selectThreshold = 0.35;
        private double selectCurrent = 20e-9;
        private double drainVoltage = 0.7;
        private double maxCurrent = 0.3e-6;
        private double nominalTemperature = Conditions.ROOM.temperature();
        private double grainBarrier;
        private double thresholdDrift;
        private double footprint;
        private boolean series;
        private boolean background;
        private boolean cellByCell;

        private Builder() {
            sources = new TreeMap<>();
            sources.put("layers", "chosen: 64 layers, as arXiv:1908.02472");
            sources.put("selected", "default: at the source line");
            sources.put("kappa", "chosen: 85 mV per decade at 300 K");
            sources.put("specificCurrent", "chosen: an erased cell then passes with 16 kΩ");
            sources.put("window", "chosen");
            sources.put("passVoltage", "chosen: usual in NAND flash, 5 to 7 V");
            sources.put("readVoltage", "chosen");
            sources.put("onVoltage", "chosen: usual in NAND flash, 3 to 5 V");
            sources.put("sourceSelectVoltage", "chosen: usual in NAND flash, 3 to 5 V");
            sources.put("selectTransistors", "chosen: a current of about 1 pA where the gate is at 0 V");
            sources.put("drainVoltage", "chosen: usual in NAND flash, 0.5 to 1 V");
            sources.put("maxCurrent", "chosen: 2.3 MΩ at 0.7 V");
            sources.put("nominalTemperature", "chosen: 25 °C");
        }

        private Builder(Builder other) {
            sources = new TreeMap<>(other.sources);
            layers = other.layers;
            selected = other.selected;
            kappa = other.kappa;
            specificCurrent = other.specificCurrent;
            lowest = other.lowest;
            highest = other.highest;
            dibl = other.dibl;
            passVoltage = other.passVoltage;
            readVoltage = other.readVoltage;
            onVoltage = other.onVoltage;
            sourceSelectVoltage = other.sourceSelectVoltage;
            selectThreshold = other.selectThreshold;
            selectCurrent = other.selectCurrent;
            drainVoltage = other.drainVoltage;
            maxCurrent = other.maxCurrent;
            nominalTemperature = other.nominalTemperature;
            grainBarrier = other.grainBarrier;
            thresholdDrift = other.thresholdDrift;
            footprint = other.footprint;
            series = other.series;
            background = other.background;
            cellByCell = other.cellByCell;
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

        /** Number of flash cells in a string, 1 to 1024; the selected layer is 0 again. */
        public Builder layers(int count) {
            layers = Require.within("layers", count, 1, 1024);
            selected = 0;
            return set("layers");
        }

        /** Layer of the selected cell, 0 (at the source line) to layers − 1 (at the bit line). */
        public Builder selected(int layer) {
            selected = Require.within("layer", layer, 0, layers - 1);
            return set("selected");
        }

        /** Gate efficiency κ = 1/n of all transistors, above 0, to 1. */
        public Builder kappa(double value) {
            kappa = Require.within("kappa", Require.positive("kappa", value), 0, 1);
            return set("kappa");
        }

        /** Specific current of a flash cell at the nominal temperature, amperes, above 0. */
        public Builder specificCurrent(double amperes) {
            specificCurrent = Require.positive("specificCurrent", amperes);
            return set("specificCurrent");
        }

        /**
         * The thresholds that a cell can be programmed to, volts.
         *
         * @param low of an erased cell, −10 to 10
         * @param high highest, above low, to 10: a weight of 0
         */
        public Builder window(double low, double high) {
            lowest = Require.within("low", low, -10, 10);
            highest = Require.within("high", high, Math.nextUp(low), 10);
            return set("window");
        }

        /** DIBL σ of a flash cell, volts of threshold per volt of drain-source voltage, 0 to 0.9. */
        public Builder dibl(double voltPerVolt) {
            dibl = Require.within("dibl", voltPerVolt, 0, 0.9);
            return set("dibl");
        }

        /** Voltage of the word planes that are not selected, volts; must turn on cells of the highest threshold. */
        public Builder passVoltage(double volts) {
            passVoltage = Require.within("passVoltage", volts, -100, 100);
            return set("passVoltage");
        }

        /** Voltage of the selected word plane, volts. */
        public Builder readVoltage(double volts) {
            readVoltage = Require.within("readVoltage", volts, -100, 100);
            return set("readVoltage");
        }

        /** Gate voltage of the bit-select transistor during a pulse, volts. */
        public Builder onVoltage(double volts) {
            onVoltage = Require.within("onVoltage", volts, -100, 100);
            return set("onVoltage");
        }

        /** Gate voltage of the source-select transistor, volts. */
        public Builder sourceSelectVoltage(double volts) {
            sourceSelectVoltage = Require.within("sourceSelectVoltage", volts, -100, 100);
            return set("sourceSelectVoltage");
        }

        /**
         * The select transistors at both ends.
         *
         * @param threshold volts
         * @param current specific current at the nominal temperature, amperes, above 0
         */
        public Builder selectTransistors(double threshold, double current) {
            selectThreshold = Require.within("threshold", threshold, -10, 10);
            selectCurrent = Require.positive("current", current);
            return set("selectTransistors");
        }

        /** Bit-line voltage at which weights are tuned, volts, above 0, to 20. */
        public Builder drainVoltage(double volts) {
            drainVoltage = Require.within("drainVoltage", Require.positive("drainVoltage", volts), 0, 20);
            return set("drainVoltage");
        }

        /** Current of a weight of 1 at the read point, amperes, above 0. */
        public Builder maxCurrent(double amperes) {
            maxCurrent = Require.positive("maxCurrent", amperes);
            return set("maxCurrent");
        }

        /** Temperature of the values given here, kelvin, above 0. */
        public Builder nominalTemperature(double kelvin) {
            nominalTemperature = Require.positive("nominalTemperature", kelvin);
            return set("nominalTemperature");
        }

        /** Height V_b of the barriers between the grains of the poly-silicon channel, volts, 0 to 1. */
        public Builder grainBarrier(double volts) {
            grainBarrier = Require.within("grainBarrier", volts, 0, 1);
            return set("grainBarrier");
        }

        /** Threshold shift of all transistors per kelvin above the nominal temperature, V/K; usually negative. */
        public Builder thresholdDrift(double voltPerKelvin) {
            thresholdDrift = Require.within("thresholdDrift", voltPerKelvin, -1, 1);
            return set("thresholdDrift");
        }

        /** Area that a string takes, square metres, 0 or above. */
        public Builder footprint(double squareMetres) {
            footprint = Require.nonNegative("footprint", squareMetres);
            return set("footprint");
        }

        /** Whether pass cells and select transistors have a resistance. */
        public Builder series(boolean on) {
            series = on;
            return this;
        }

        /** Whether the resistance of pass cells depends on what they store; else all count as erased. */
        public Builder background(boolean on) {
            background = on;
            return this;
        }

        /** Whether pass cells of different thresholds are kept apart instead of merged: slower, and exact. */
        public Builder cellByCell(boolean on) {
            cellByCell = on;
            return this;
        }

        /**
         * The finished string.
         *
         * @throws IllegalArgumentException if the pass voltage does not turn on all pass cells, or if a weight of 1 is
         *     out of reach
         */
        public NandString build() {
            return new NandString(new Builder(this));
        }
    }
}
