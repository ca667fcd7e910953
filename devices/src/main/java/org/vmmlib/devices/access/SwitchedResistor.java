package org.vmmlib.devices.access;

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
import org.vmmlib.devices.reram.ConductanceWindow;
import org.vmmlib.devices.reram.LinearReram;
import org.vmmlib.devices.transistor.MosChannel;
import org.vmmlib.devices.transistor.MosTransistor;

/**
 * The passive 1T1R cell: a linear resistor in series with a transistor that selects it. The input is either a voltage on
 * the row line, all gates held on (Fig. 9 of Xiao et al., Appl. Phys. Rev. 7, 031301 (2020)), or bits and pulses on the
 * gates, the row line at 0 V and the column at the read voltage.
 *
 * <p>The state is {@code conductance}, of the resistor alone, in siemens. Weights are tuned to currents of the whole
 * cell at its read voltage, so that the channel's resistance is part of the weight there; what tuning leaves is its dependence
 * on voltage and temperature. Imperfection {@code 1t1r.channel}: the channel is that of a real transistor (EKV), else
 * a switch that closes where the gate is above the threshold.
 */
public final class SwitchedResistor implements SpiceLaw {

    private static final String CHANNEL = "1t1r.channel";

    private final Builder parameters;
    private final SeriesResistor resistor;

    private SwitchedResistor(Builder parameters) {
        this.parameters = parameters;
        boolean gated = parameters.topology == Topology.GATE_DRIVEN;
        resistor = new SeriesResistor(
                parameters.window,
                parameters.resistorAtRow,
                parameters.gate,
                gated ? 0 : parameters.readVoltage,
                gated ? parameters.readVoltage : 0);
        if (parameters.channel && !(parameters.gate > parameters.transistor.threshold())) {
            throw new IllegalArgumentException("gate = " + parameters.gate + ": must be above the threshold of "
                    + parameters.transistor.threshold() + " V to select the cell; raise it or lower the threshold");
        }
    }

    /**
     * Starts from a real transistor with its gate at 1.2 V, read at 0.2 V through the row line.
     *
     * @param window conductances of the resistor
     * @param transistor the select transistor
     */
    public static Builder builder(ConductanceWindow window, MosTransistor transistor) {
        return new Builder(window, transistor);
    }

    /**
     * Hafnia ReRAM with the conductances of Milo et al., IEEE IRPS (2021): 50 to 225 µS, in a 1T1R array; the transistor is
     * chosen.
     */
    public static SwitchedResistor hafnia() {
        MosTransistor transistor = MosTransistor.builder()
                .specificCurrent(20 * Si.uA)
                .from("chosen: 30 squares, so that the channel is 2 % of the lowest resistance")
                .threshold(0.5)
                .from("chosen: usual at 130 nm")
                .dibl(0.01)
                .from("chosen: usual at 130 nm")
                .thresholdDrift(-1e-3)
                .from("chosen: usual in bulk CMOS")
                .build();
        ConductanceWindow window = new ConductanceWindow(
                50e-6,
                225e-6,
                0.5 * Si.um2,
                "range of the IGVVA-100 programming statistics of Milo et al., IRPS (2021)",
                "chosen: 30 F² at 130 nm");
        return builder(window, transistor)
                .gate(1.8)
                .from("chosen: fully on")
                .readVoltage(0.2)
                .from("read voltage of Milo et al., IRPS (2021)")
                .build();
    }

    /** This cell, to change. */
    public Builder toBuilder() {
        return new Builder(parameters);
    }

    /** Gate voltage that selects a cell, volts. */
    public double gate() {
        return parameters.gate;
    }

    /** Voltage across the cell where it is tuned, volts. */
    public double readVoltage() {
        return parameters.readVoltage;
    }

    /** The resistor and where it is read. */
    SeriesResistor resistor() {
        return resistor;
    }

    /** The channel under conditions. */
    MosChannel channel(Conditions conditions) {
        return parameters.transistor.at(conditions);
    }

    /** Gate voltage above which an ideal switch is closed, volts. */
    double switchThreshold() {
        return parameters.transistor.threshold();
    }

    boolean hasChannel() {
        return parameters.channel;
    }

    /**
     * The state of an array given in siemens.
     *
     * @param conductances N×M of the resistors alone, within the window. Not modified.
     */
    public CellState state(DMatrixRMaj conductances) {
        return new CellState(planes(), conductances);
    }

    @Override
    public Topology topology() {
        return parameters.topology;
    }

    /** False with a real transistor, whose gate and bulk are two more terminals. */
    @Override
    public boolean twoTerminal() {
        return !parameters.channel;
    }

    /** One plane, {@code conductance}, in siemens. */
    @Override
    public List<StatePlane> planes() {
        return resistor.planes();
    }

    /** {@link org.vmmlib.core.crossbar.LinearCells} if the input is on the rows and the switch is ideal. */
    @Override
    public ArrayCells bind(CellState state, Conditions conditions) {
        DMatrixRMaj g = resistor.conductances(state);
        if (parameters.channel) {
            return new TransistorResistorCells(
                    channel(conditions), g, parameters.resistorAtRow, heldGate(), 0, conditions.temperature());
        }
        if (parameters.topology == Topology.GATE_DRIVEN) {
            return new IdealSwitchCells(g, parameters.transistor.threshold(), conditions.temperature());
        }
        LinearReram linear = new LinearReram(ConductanceWindow.any());
        return linear.bind(linear.state(g), conditions);
    }

    /** NaN where the gate carries the input. */
    private double heldGate() {
        return parameters.topology == Topology.GATE_DRIVEN ? Double.NaN : parameters.gate;
    }

    @Override
    public SpiceCells spice(CellState state, Conditions conditions) {
        DMatrixRMaj g = resistor.conductances(state);
        if (parameters.channel) {
            return new TransistorResistorElements(channel(conditions), g, parameters.resistorAtRow, heldGate());
        }
        LinearReram linear = new LinearReram(ConductanceWindow.any());
        SpiceCells closed = linear.spice(linear.state(g), conditions);
        if (parameters.topology != Topology.GATE_DRIVEN) {
            return closed;
        }
        String threshold = SpiceCells.constant(parameters.transistor.threshold());
        return (i, j, at) -> "Bc" + at.name() + " " + at.row() + " " + at.column() + " I=(v(" + at.gate() + ")>"
                + threshold + " ? " + SpiceCells.constant(g.get(i, j)) + " : 0)*v(" + at.row() + "," + at.column()
                + ")\n";
    }

    /** Weights are linear in the current at the read voltage. */
    @Override
    public CellState store(DMatrixRMaj weights, Conditions conditions) {
        if (parameters.channel) {
            return resistor.store(weights, channel(conditions));
        }
        Require.within("weights", weights, 0, 1);
        DMatrixRMaj g = new DMatrixRMaj(weights.numRows, weights.numCols);
        for (int k = 0; k < g.data.length; k++) {
            g.data[k] = Math.min(
                    parameters.window.high(),
                    parameters.window.low() + weights.data[k] * (parameters.window.high() - parameters.window.low()));
        }
        return new CellState(planes(), g);
    }

    /** The conductance at which the current at the read voltage is off by the error. */
    @Override
    public CellState deviate(CellState target, DMatrixRMaj relativeError, Conditions conditions) {
        if (parameters.channel) {
            return resistor.deviate(target, relativeError, channel(conditions));
        }
        DMatrixRMaj g = resistor.conductances(target).copy();
        SeriesResistor.refuseErrors(relativeError, g);
        for (int k = 0; k < g.data.length; k++) {
            g.data[k] = Math.max(
                    parameters.window.low(),
                    Math.min(parameters.window.high(), g.data[k] * (1 + relativeError.data[k])));
        }
        return new CellState(planes(), g);
    }

    /**
     * Through the rows, the span of the conductances that the cell shows at its read voltage, times the drive; through
     * the gates, the span of currents at the gate and column voltages, which counts from column to row.
     */
    @Override
    public double unitSignal(DriveKind kind, double drive, double columnVoltage, Conditions conditions) {
        boolean gated = parameters.topology == Topology.GATE_DRIVEN;
        DriveKind takes = gated ? DriveKind.GATE_VOLTAGE : DriveKind.ROW_VOLTAGE;
        if (kind != takes) {
            throw new IllegalArgumentException("kind = " + kind + ": these cells are driven by a " + takes);
        }
        DMatrixRMaj ends =
                new DMatrixRMaj(1, 2, true, new double[] {parameters.window.low(), parameters.window.high()});
        double[] current = new double[2];
        double[] slopes = new double[2];
        bind(new CellState(planes(), ends), conditions)
                .evaluate(
                        0,
                        gated ? drive : parameters.gate,
                        SeriesResistor.filled(2, gated ? 0 : parameters.readVoltage),
                        SeriesResistor.filled(2, gated ? columnVoltage : 0),
                        current,
                        slopes,
                        new double[2]);
        return gated ? current[0] - current[1] : (current[1] - current[0]) / parameters.readVoltage * drive;
    }

    @Override
    public double cellArea() {
        return parameters.window.cellArea();
    }

    @Override
    public List<Imperfection> imperfections() {
        return parameters.channel
                ? List.of(new Imperfection(CHANNEL, "resistance of the select transistor's channel"))
                : List.of();
    }

    @Override
    public SwitchedResistor without(String imperfection) {
        if (!parameters.channel || !imperfection.equals(CHANNEL)) {
            throw Block.unknown(this, imperfection);
        }
        return toBuilder().channel(false).build();
    }

    @Override
    public Datasheet datasheet() {
        Builder p = parameters;
        Datasheet.Builder sheet = Datasheet.of(
                        "1T1R cell, passive, input on the " + (p.topology == Topology.GATE_DRIVEN ? "gates" : "rows"))
                .add("lowest conductance", p.window.low(), "S", p.window.source())
                .add("highest conductance", p.window.high(), "S", p.window.source())
                .add("gate voltage", p.gate, "V", p.source("gate"))
                .add("read voltage", p.readVoltage, "V", p.source("readVoltage"))
                .add("cell area", p.window.cellArea(), "m²", p.window.areaSource());
        p.transistor.describe(sheet, "select transistor");
        return sheet.build();
    }

    /** Collects the parameters. Each value may be followed by {@link #from}, which tells its source. */
    public static final class Builder {
        private final Map<String, String> sources;
        private String last = "";
        private ConductanceWindow window;
        private MosTransistor transistor;
        private Topology topology = Topology.SOURCE_DRIVEN;
        private boolean resistorAtRow;
        private boolean channel = true;
        private double gate = 1.2;
        private double readVoltage = 0.2;

        private Builder(ConductanceWindow window, MosTransistor transistor) {
            sources = new TreeMap<>();
            this.window = window;
            this.transistor = transistor;
        }

        private Builder(Builder other) {
            sources = new TreeMap<>(other.sources);
            window = other.window;
            transistor = other.transistor;
            topology = other.topology;
            resistorAtRow = other.resistorAtRow;
            channel = other.channel;
            gate = other.gate;
            readVoltage = other.readVoltage;
        }

        private String source(String parameter) {
            return sources.getOrDefault(parameter, "chosen");
        }

        private Builder set(String parameter) {
            sources.put(parameter, "user");
            last = parameter;
            return this;
        }

        /**
         * Tells the source of the gate or read voltage given just before, for the datasheet; "user" unless told.
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

        /** Conductances of the resistor. */
        public Builder window(ConductanceWindow value) {
            window = value;
            return this;
        }

        /** The select transistor. */
        public Builder transistor(MosTransistor value) {
            transistor = value;
            return this;
        }

        /** The input is a voltage on the row lines; all gates are held on. */
        public Builder inputOnRows() {
            topology = Topology.SOURCE_DRIVEN;
            return this;
        }

        /** The input is on the gates; the row lines are source lines at 0 V. */
        public Builder inputOnGates() {
            topology = Topology.GATE_DRIVEN;
            return this;
        }

        /** Whether the resistor is on the side of the row; else, as usual, on that of the column. */
        public Builder resistorAtRow(boolean value) {
            resistorAtRow = value;
            return this;
        }

        /** Whether the channel is that of a real transistor; else an ideal switch. */
        public Builder channel(boolean real) {
            channel = real;
            return this;
        }

        /** Gate voltage that selects a cell, volts, above the transistor's threshold. */
        public Builder gate(double volts) {
            gate = Require.finite("gate", volts);
            return set("gate");
        }

        /** Voltage across the cell where it is tuned, volts, above 0. */
        public Builder readVoltage(double volts) {
            readVoltage = Require.positive("readVoltage", volts);
            return set("readVoltage");
        }

        /**
         * The finished cell.
         *
         * @throws IllegalArgumentException if the gate is not above the threshold
         */
        public SwitchedResistor build() {
            return new SwitchedResistor(new Builder(this));
        }
    }
}
