package org.vmmlib.devices.flash;

import java.util.ArrayList;
import java.util.Arrays;
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
import org.vmmlib.core.crossbar.StatePlane;
import org.vmmlib.core.crossbar.Topology;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.physics.Si;
import org.vmmlib.core.signal.DriveKind;
import org.vmmlib.devices.transistor.ChannelElements;
import org.vmmlib.devices.transistor.MosChannel;
import org.vmmlib.devices.transistor.MosTransistor;

/**
 * The floating-gate cell of time-domain multipliers: a current source that a pulse on its control gate switches, its
 * source on the row line, its drain on the column, whose voltage falls while it integrates (Bavandpour, Mahmoodi, Strukov,
 * arXiv:1711.10673). A cell is split-gate: a select gate at a fixed voltage lies in series on the side of the drain. As a cascode it
 * keeps the drain voltage from the floating gate as long as it is saturated, which a cell of large current makes it be; at a small
 * current it is a closed switch, and the floating-gate channel sees all of the drain's swing; and where its voltage is too
 * low for the current, the cell has its own barrier lowering instead of the floating gate's.
 *
 * <p>The state is {@code threshold}, in volts above the reference threshold of the floating-gate law. A weight w stands for
 * a current of w times the largest, gate on, the column at its reset voltage.
 *
 * <ul>
 *   <li>{@code source.channel}: both channels are charge-based and their drain voltage is finite; without it, the
 *       floating gate alone on the saturated exponential law.
 *   <li>{@code source.dibl}: barrier lowering of both channels.
 *   <li>{@code source.leakage}: a cell that is off has a finite gate voltage, and leaks a current besides its channel's; without
 *       it the off level is negative infinity.
 * </ul>
 */
public final class GatedCurrentSource implements SpiceLaw {

    private static final String CHANNEL = "source.channel";
    private static final String DIBL = "source.dibl";
    private static final String LEAKAGE = "source.leakage";

    private final Builder parameters;
    private final List<StatePlane> planes;

    private GatedCurrentSource(Builder parameters) {
        this.parameters = parameters;
        planes = List.of(new StatePlane("threshold", "V", parameters.cell.lowest(), parameters.cell.highest()));
        double most =
                currents(new DMatrixRMaj(1, 1, true, new double[] {parameters.cell.lowest()}), Conditions.ROOM)[0];
        if (!(parameters.largestCurrent < most)) {
            throw new IllegalArgumentException("largestCurrent = " + parameters.largestCurrent
                    + ": must be below " + most
                    + " A, which passes at the lowest threshold; raise the select gate or the"
                    + " gate voltage, or lower the window");
        }
    }

    /**
     * Starts from the operating point of arXiv:1711.10673: gate 0 or 1.2 V, select gate 0.8 V, columns from 0.7 V, 1 µA.
     *
     * @param cell kappa, specific current, reference threshold, window, temperature and DIBL of the floating-gate channel
     * @param select the select gate's channel
     */
    public static Builder builder(FloatingGateCell cell, MosTransistor select) {
        return new Builder(cell, select);
    }

    /** The 55-nm split-gate (ESF3) cell of the time-domain multiplier of arXiv:1711.10673. */
    public static GatedCurrentSource esf3Nor55() {
        String fitted = "chosen: loses 1.6 % of 1 µA and 9.3 % of 1 nA over 0.2 V of drain voltage, as Fig. 4 of"
                + " arXiv:1711.10673, with the optimum near 0.8 V and 48 % where a select gate at 0 V limits";
        FloatingGateCell cell = FloatingGateCell.chargeBased()
                .kappa(0.7)
                .from("chosen: usual in bulk CMOS, 85 mV per decade at 300 K")
                .specificCurrent(0.8 * Si.uA)
                .from("chosen: as the gate-coupled 55-nm cell")
                .referenceThreshold(0.8)
                .from("chosen: as the gate-coupled 55-nm cell")
                .window(-0.25, 1)
                .from("chosen: on-current of a programmed cell below 0.1 pA")
                .dibl(0.0205)
                .from(fitted)
                .thresholdDrift(-1e-3)
                .from("chosen: usual in bulk CMOS")
                .cellArea(0.33 * Si.um2)
                .from("cell of the 55-nm ESF3 array, arXiv:1611.03379")
                .build();
        MosTransistor select = MosTransistor.builder()
                .kappa(0.85)
                .from(fitted)
                .specificCurrent(15 * Si.nA)
                .from(fitted)
                .threshold(0.07)
                .from(fitted)
                .dibl(0.16)
                .from(fitted)
                .thresholdDrift(-1e-3)
                .from("chosen: usual in bulk CMOS")
                .build();
        String paper = "operating point of arXiv:1711.10673";
        return builder(cell, select)
                .gates(0, 1.2)
                .from(paper)
                .selectGate(0.8)
                .from(paper)
                .resetVoltage(0.7)
                .from(paper)
                .largestCurrent(1 * Si.uA)
                .from(paper)
                .leakage(0.5e-12)
                .from("chosen: off current below 1 pA, as 40-nm split-gate cells (PMC10537690)")
                .build();
    }

    /** This cell, to change. */
    public Builder toBuilder() {
        return new Builder(parameters);
    }

    /** Gate voltage of a pulse, volts. */
    public double onGate() {
        return parameters.onGate;
    }

    /** Gate voltage between pulses, volts; negative infinity without {@code source.leakage}. */
    public double offGate() {
        return parameters.leaks ? parameters.offGate : Double.NEGATIVE_INFINITY;
    }

    /** Column voltage from which a cell integrates and at which it is tuned, volts. */
    public double resetVoltage() {
        return parameters.resetVoltage;
    }

    /** Current of a weight of 1, amperes. */
    public double largestCurrent() {
        return parameters.largestCurrent;
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

    /** One plane, {@code threshold}, in volts above the reference threshold. */
    @Override
    public List<StatePlane> planes() {
        return planes;
    }

    private Channel floating(Conditions conditions) {
        return parameters.cell.channel(conditions).law(parameters.channel, parameters.channel, parameters.cell.dibl());
    }

    private MosChannel select(Conditions conditions) {
        return parameters.select.at(conditions);
    }

    @Override
    public ArrayCells bind(CellState state, Conditions conditions) {
        ArrayCells cells = withoutLeakage(thresholds(state), conditions);
        return parameters.leaks && parameters.leakage > 0
                ? new LeakyCells(cells, parameters.leakage, conditions.thermalVoltage(), conditions.temperature())
                : cells;
    }

    private ArrayCells withoutLeakage(DMatrixRMaj thresholds, Conditions conditions) {
        Channel floating = floating(conditions);
        if (!parameters.channel) {
            return new ExponentialCells(floating, thresholds);
        }
        MosChannel select = select(conditions);
        return new SplitGateCells(
                floating.mos(), select, select.pinchOff(parameters.selectGate), thresholds, conditions.temperature());
    }

    @Override
    public SpiceCells spice(CellState state, Conditions conditions) {
        DMatrixRMaj thresholds = thresholds(state);
        MosChannel floating = floating(conditions).mos();
        MosChannel select = select(conditions);
        String knee = SpiceCells.constant(4 * conditions.thermalVoltage() * conditions.thermalVoltage());
        return (i, j, at) -> {
            String across = "v(" + at.column() + "," + at.row() + ")";
            String leak = parameters.leaks && parameters.leakage > 0
                    ? "+" + SpiceCells.constant(parameters.leakage) + "*" + across + "/sqrt(" + across + "*" + across
                            + "+" + knee + ")"
                    : "";
            String pinchOff = SpiceCells.constant(floating.kappa() / floating.thermalVoltage()) + "*(v(" + at.gate()
                    + ")-" + SpiceCells.constant(floating.threshold() + thresholds.get(i, j)) + ")";
            String source = "v(" + at.row() + ")";
            String drain = "v(" + at.column() + ")";
            if (!parameters.channel) {
                ChannelElements only = ChannelElements.of(floating, at.name(), pinchOff, source, drain);
                return "Bc" + at.name() + " " + at.row() + " " + at.column() + " I=-(" + only.current() + leak + ")\n";
            }
            String inner = "cx" + at.name();
            ChannelElements below = ChannelElements.of(floating, "f" + at.name(), pinchOff, source, "v(" + inner + ")");
            ChannelElements above = ChannelElements.of(
                    select,
                    "s" + at.name(),
                    SpiceCells.constant(select.pinchOff(parameters.selectGate)),
                    "v(" + inner + ")",
                    drain);
            return "Bc" + at.name() + " " + at.row() + " " + inner + " I=-(" + below.current() + leak + ")\nBcs"
                    + at.name() + " " + inner + " " + at.column() + " I=-(" + above.current() + leak + ")\n"
                    + below.elements() + above.elements();
        };
    }

    private DMatrixRMaj thresholds(CellState state) {
        if (!state.planes().equals(planes)) {
            throw new IllegalArgumentException("state has planes " + state.planes() + ": must have " + planes
                    + "; make it with store(weights, conditions) of this cell");
        }
        return state.plane("threshold");
    }

    /** Currents of cells that are on, the column at its reset voltage, amperes, row-major. */
    private double[] currents(DMatrixRMaj thresholds, Conditions conditions) {
        int columns = thresholds.numCols;
        ArrayCells cells = bind(new CellState(planes, thresholds), conditions);
        double[] vRow = new double[columns];
        double[] vColumn = new double[columns];
        Arrays.fill(vColumn, parameters.resetVoltage);
        double[] current = new double[columns];
        double[] out = new double[thresholds.getNumElements()];
        for (int i = 0; i < thresholds.numRows; i++) {
            cells.evaluate(i, parameters.onGate, vRow, vColumn, current, new double[columns], new double[columns]);
            for (int j = 0; j < columns; j++) {
                out[i * columns + j] = -current[j];
            }
        }
        return out;
    }

    /** The threshold at which a cell carries a current, gate on, the column at its reset voltage; within the window. */
    private double threshold(double current, Conditions conditions) {
        double channelCurrent = parameters.leaks
                ? current - LeakyCells.leak(parameters.leakage, parameters.resetVoltage, conditions.thermalVoltage())
                : current;
        if (!(channelCurrent > 0)) {
            return parameters.cell.highest();
        }
        Channel floating = floating(conditions);
        double drain = parameters.resetVoltage;
        if (parameters.channel) {
            MosChannel select = select(conditions);
            drain = select.sourceAt(select.pinchOff(parameters.selectGate), drain, channelCurrent);
            if (!(drain > 0)) {
                return parameters.cell.lowest();
            }
        }
        double threshold = parameters.onGate - floating.gate(channelCurrent, drain);
        return Math.max(parameters.cell.lowest(), Math.min(parameters.cell.highest(), threshold));
    }

    /** Weight 0 has the highest threshold of the window. */
    @Override
    public CellState store(DMatrixRMaj weights, Conditions conditions) {
        Require.within("weights", weights, 0, 1);
        DMatrixRMaj thresholds = new DMatrixRMaj(weights.numRows, weights.numCols);
        for (int k = 0; k < thresholds.data.length; k++) {
            thresholds.data[k] = threshold(weights.data[k] * parameters.largestCurrent, conditions);
        }
        return new CellState(planes, thresholds);
    }

    /** The threshold at which the current, gate on, at the reset voltage, is off by the error. */
    @Override
    public CellState deviate(CellState target, DMatrixRMaj relativeError, Conditions conditions) {
        DMatrixRMaj thresholds = thresholds(target).copy();
        Require.shape("relativeError", relativeError, thresholds.numRows, thresholds.numCols);
        Require.within("relativeError", relativeError, Math.nextUp(-1.0), Double.MAX_VALUE);
        double[] currents = currents(thresholds, conditions);
        for (int k = 0; k < currents.length; k++) {
            thresholds.data[k] = threshold(currents[k] * (1 + relativeError.data[k]), conditions);
        }
        return new CellState(planes, thresholds);
    }

    /** The current of a weight of 1 at the gate and column voltages, as tuned under the conditions. */
    @Override
    public double unitSignal(DriveKind kind, double drive, double columnVoltage, Conditions conditions) {
        if (kind != DriveKind.GATE_VOLTAGE) {
            throw new IllegalArgumentException(
                    "kind = " + kind + ": these cells are driven by a " + DriveKind.GATE_VOLTAGE);
        }
        double[] current = new double[1];
        bind(store(new DMatrixRMaj(1, 1, true, new double[] {1}), conditions), conditions)
                .evaluate(0, drive, new double[1], new double[] {columnVoltage}, current, new double[1], new double[1]);
        return -current[0];
    }

    @Override
    public double cellArea() {
        return parameters.cell.cellArea();
    }

    @Override
    public List<Imperfection> imperfections() {
        List<Imperfection> list = new ArrayList<>();
        if (parameters.channel) {
            list.add(new Imperfection(CHANNEL, "charge-based channels with a select gate and a finite drain voltage"));
        }
        if (parameters.cell.dibl() > 0 || parameters.select.dibl() > 0) {
            list.add(new Imperfection(DIBL, "the drain voltage lowers the barrier"));
        }
        if (parameters.leaks) {
            list.add(new Imperfection(LEAKAGE, "current of cells that are off"));
        }
        return list;
    }

    @Override
    public GatedCurrentSource without(String imperfection) {
        if (imperfections().stream().noneMatch(i -> i.id().equals(imperfection))) {
            throw Block.unknown(this, imperfection);
        }
        Builder copy = toBuilder();
        switch (imperfection) {
            case CHANNEL -> copy.channel = false;
            case LEAKAGE -> copy.leaks = false;
            default -> {
                String source = "without " + DIBL;
                copy.cell = copy.cell.toBuilder().dibl(0).from(source).build();
                copy.select = copy.select.toBuilder().dibl(0).from(source).build();
            }
        }
        return copy.build();
    }

    @Override
    public Datasheet datasheet() {
        Builder p = parameters;
        Datasheet.Builder sheet = Datasheet.of("voltage-gated floating-gate current source"
                        + (p.channel ? ", split gate, charge-based (EKV)" : ", saturated exponential"))
                .add("gate voltage on", p.onGate, "V", p.source("gates"))
                .add("gate voltage off", offGate(), "V", p.leaks ? p.source("gates") : "without " + LEAKAGE)
                .add("select gate voltage", p.selectGate, "V", p.source("selectGate"))
                .add("column reset voltage", p.resetVoltage, "V", p.source("resetVoltage"))
                .add("largest current", p.largestCurrent, "A", p.source("largestCurrent"))
                .add("leakage", p.leaks ? p.leakage : 0, "A", p.leaks ? p.source("leakage") : "without " + LEAKAGE);
        p.cell.datasheet().entries().stream()
                .filter(e -> !e.parameter().equals("tuning current"))
                .forEach(e -> sheet.add(e.parameter(), e.value(), e.unit(), e.source()));
        p.select.describe(sheet, "select gate");
        return sheet.build();
    }

    /** Collects the parameters. Each value may be followed by {@link #from}, which tells its source. */
    public static final class Builder {
        private final Map<String, String> sources;
        private String last = "";
        private FloatingGateCell cell;
        private MosTransistor select;
        private double offGate;
        private double onGate = 1.2;
        private double selectGate = 0.8;
        private double resetVoltage = 0.7;
        private double largestCurrent = 1e-6;
        private double leakage;
        private boolean channel = true;
        private boolean leaks = true;

        private Builder(FloatingGateCell cell, MosTransistor select) {
            sources = new TreeMap<>();
            this.cell = cell;
            this.select = select;
        }

        private Builder(Builder other) {
            sources = new TreeMap<>(other.sources);
            cell = other.cell;
            select = other.select;
            offGate = other.offGate;
            onGate = other.onGate;
            selectGate = other.selectGate;
            resetVoltage = other.resetVoltage;
            largestCurrent = other.largestCurrent;
            leakage = other.leakage;
            channel = other.channel;
            leaks = other.leaks;
        }

        private String source(String parameter) {
            return sources.getOrDefault(
                    parameter, parameter.equals("leakage") ? "default: none" : "operating point of arXiv:1711.10673");
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

        /** The law of the floating-gate channel; its inversion and saturation are those of this cell. */
        public Builder cell(FloatingGateCell value) {
            cell = value;
            return this;
        }

        /** The select gate's channel. */
        public Builder select(MosTransistor value) {
            select = value;
            return this;
        }

        /**
         * Gate voltages.
         *
         * @param off volts, between pulses
         * @param on volts, during pulses, above off
         */
        public Builder gates(double off, double on) {
            offGate = Require.finite("off", off);
            onGate = Require.within("on", on, Math.nextUp(off), Double.MAX_VALUE);
            leaks = true;
            return set("gates");
        }

        /** Voltage of the select gates, volts. */
        public Builder selectGate(double volts) {
            selectGate = Require.finite("selectGate", volts);
            return set("selectGate");
        }

        /** Column voltage from which cells integrate and at which they are tuned, volts, above 0. */
        public Builder resetVoltage(double volts) {
            resetVoltage = Require.positive("resetVoltage", volts);
            return set("resetVoltage");
        }

        /** Current of a weight of 1, amperes, above 0. */
        public Builder largestCurrent(double amperes) {
            largestCurrent = Require.positive("largestCurrent", amperes);
            return set("largestCurrent");
        }

        /** Drain leakage of a cell besides its channel's current, amperes, 0 or above. */
        public Builder leakage(double amperes) {
            leakage = Require.nonNegative("leakage", amperes);
            leaks = true;
            return set("leakage");
        }

        /**
         * The finished cell.
         *
         * @throws IllegalArgumentException if a cell of the lowest threshold cannot carry the largest current
         */
        public GatedCurrentSource build() {
            return new GatedCurrentSource(new Builder(this));
        }
    }
}
