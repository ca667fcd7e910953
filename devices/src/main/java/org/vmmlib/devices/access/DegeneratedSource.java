package org.vmmlib.devices.access;

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
import org.vmmlib.core.crossbar.StatePlane;
import org.vmmlib.core.crossbar.Topology;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.physics.Si;
import org.vmmlib.core.signal.DriveKind;
import org.vmmlib.devices.reram.ConductanceWindow;
import org.vmmlib.devices.transistor.MosChannel;
import org.vmmlib.devices.transistor.MosTransistor;

/**
 * The active 1T1R cell: a subthreshold transistor whose source has a programmable resistor to the row line, an adjustable
 * current source (Sahay, Bavandpour, Mahmoodi, Strukov, IEEE J. Explor. Solid-State Comput. Devices
 * Circuits 6, 18–26 (2020), arXiv:1905.09454). The gate carries the input; the column is the drain; the bulk is at 0 V.
 *
 * <p>Without imperfections, in weak inversion and saturation, {@code I = I_0 exp(−I R/U_t)} with
 * {@code I_0 = I_spec exp(κ(V_G − V_T)/U_t)}, so that {@code I = (U_t/R) W(R I_0/U_t)} with Lambert's W. The resistor
 * also divides the effect of the drain voltage, d ln I/dV_D, by {@code 1 + I R/U_t}. The law grows from:
 *
 * <ul>
 *   <li>{@code 1t1r.inversion}: the charge-based EKV law instead of the exponential;
 *   <li>{@code 1t1r.saturation}: the reverse current counts, so that no drain voltage means no current;
 *   <li>{@code 1t1r.dibl}: the drain-source voltage lowers the barrier.
 * </ul>
 *
 * <p>The state is {@code conductance}, of the resistor, in siemens. Weights are linear in the cell current at the read
 * gate and drain voltage, from the smallest current, which is not 0, to the largest.
 */
public final class DegeneratedSource implements SpiceLaw {

    private static final String INVERSION = "1t1r.inversion";
    private static final String SATURATION = "1t1r.saturation";
    private static final String DIBL = "1t1r.dibl";

    private final Builder parameters;
    private final SeriesResistor resistor;

    private DegeneratedSource(Builder parameters) {
        this.parameters = parameters;
        resistor = new SeriesResistor(parameters.window, true, parameters.gate, 0, parameters.drainVoltage);
    }

    /**
     * Starts from the law with every imperfection that the transistor has, its gate at 0.3 V, read at 0.5 V.
     *
     * @param window conductances of the resistor
     * @param transistor the current source
     */
    public static Builder builder(ConductanceWindow window, MosTransistor transistor) {
        return new Builder(window, transistor);
    }

    /**
     * The cell of the time-domain multiplier of arXiv:1905.09454, with resistors of 100 kΩ to 10 MΩ around a current of
     * 1 µA; the paper's own device values are not in its abstract.
     */
    public static DegeneratedSource timeDomain() {
        MosTransistor transistor = MosTransistor.builder()
                .specificCurrent(15 * Si.uA)
                .from("chosen: the largest current, 0.3 µA, is at inversion coefficient 0.02")
                .threshold(0.4)
                .from("chosen")
                .dibl(0.0194)
                .from("chosen: that of the 55-nm floating-gate cell, arXiv:1711.10673")
                .thresholdDrift(-1e-3)
                .from("chosen: usual in bulk CMOS")
                .build();
        ConductanceWindow window =
                new ConductanceWindow(1e-7, 1e-5, 0.1 * Si.um2, "chosen: 10 MΩ to 100 kΩ", "chosen: 30 F² at 55 nm");
        return builder(window, transistor)
                .gate(0.3)
                .from("chosen: 1 µA without resistor")
                .drainVoltage(0.7)
                .from("chosen: reset voltage of the floating-gate multiplier, arXiv:1711.10673")
                .build();
    }

    /** This cell, to change. */
    public Builder toBuilder() {
        return new Builder(parameters);
    }

    /** Gate voltage of a cell that is on, volts. */
    public double gate() {
        return parameters.gate;
    }

    /** Drain voltage at which cells are tuned, volts. */
    public double drainVoltage() {
        return parameters.drainVoltage;
    }

    /**
     * The state of an array given in siemens.
     *
     * @param conductances N×M of the resistors, within the window. Not modified.
     */
    public CellState state(DMatrixRMaj conductances) {
        return new CellState(planes(), conductances);
    }

    private MosChannel channel(Conditions conditions) {
        return parameters
                .transistor
                .at(conditions)
                .law(parameters.inversion, parameters.saturation, parameters.transistor.dibl());
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

    /** One plane, {@code conductance}, in siemens. */
    @Override
    public List<StatePlane> planes() {
        return resistor.planes();
    }

    @Override
    public ArrayCells bind(CellState state, Conditions conditions) {
        return new TransistorResistorCells(
                channel(conditions), resistor.conductances(state), true, Double.NaN, 0, conditions.temperature());
    }

    /**
     * {@inheritDoc}
     *
     * <p>The exponential law goes on as such at any voltage; that of {@link #bind} becomes its tangent where v exceeds
     * 100, volts above pinch-off.
     */
    @Override
    public SpiceCells spice(CellState state, Conditions conditions) {
        return new TransistorResistorElements(channel(conditions), resistor.conductances(state), true, Double.NaN);
    }

    /** Weights are linear in the current at the read voltages; a weight of 0 has the smallest, not none. */
    @Override
    public CellState store(DMatrixRMaj weights, Conditions conditions) {
        return resistor.store(weights, channel(conditions));
    }

    /** The conductance at which the current at the read voltages is off by the error. */
    @Override
    public CellState deviate(CellState target, DMatrixRMaj relativeError, Conditions conditions) {
        return resistor.deviate(target, relativeError, channel(conditions));
    }

    /** The span of currents at the gate and drain voltages. */
    @Override
    public double unitSignal(DriveKind kind, double drive, double columnVoltage, Conditions conditions) {
        if (kind != DriveKind.GATE_VOLTAGE) {
            throw new IllegalArgumentException(
                    "kind = " + kind + ": these cells are driven by a " + DriveKind.GATE_VOLTAGE);
        }
        double[] ends = new SeriesResistor(parameters.window, true, drive, 0, columnVoltage).ends(channel(conditions));
        return ends[1] - ends[0];
    }

    @Override
    public double cellArea() {
        return parameters.window.cellArea();
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
        if (parameters.transistor.dibl() > 0) {
            list.add(new Imperfection(DIBL, "the drain voltage lowers the barrier"));
        }
        return list;
    }

    @Override
    public DegeneratedSource without(String imperfection) {
        if (imperfections().stream().noneMatch(i -> i.id().equals(imperfection))) {
            throw Block.unknown(this, imperfection);
        }
        Builder copy = toBuilder();
        switch (imperfection) {
            case INVERSION -> copy.inversion(false);
            case SATURATION -> copy.saturation(false);
            default ->
                copy.transistor(parameters.transistor.toBuilder()
                        .dibl(0)
                        .from("without " + DIBL)
                        .build());
        }
        return copy.build();
    }

    @Override
    public Datasheet datasheet() {
        Builder p = parameters;
        Datasheet.Builder sheet = Datasheet.of("1T1R cell, active, "
                        + (p.inversion ? "charge-based (EKV)" : "exponential")
                        + (p.saturation ? ", finite drain voltage" : ", saturated"))
                .add("lowest conductance", p.window.low(), "S", p.window.source())
                .add("highest conductance", p.window.high(), "S", p.window.source())
                .add("gate voltage", p.gate, "V", p.source("gate"))
                .add("drain voltage where tuned", p.drainVoltage, "V", p.source("drainVoltage"))
                .add("cell area", p.window.cellArea(), "m²", p.window.areaSource());
        p.transistor.describe(sheet, "transistor");
        return sheet.build();
    }

    /** Collects the parameters. Each value may be followed by {@link #from}, which tells its source. */
    public static final class Builder {
        private final Map<String, String> sources;
        private String last = "";
        private ConductanceWindow window;
        private MosTransistor transistor;
        private boolean inversion = true;
        private boolean saturation = true;
        private double gate = 0.3;
        private double drainVoltage = 0.5;

        private Builder(ConductanceWindow window, MosTransistor transistor) {
            sources = new TreeMap<>();
            this.window = window;
            this.transistor = transistor;
        }

        private Builder(Builder other) {
            sources = new TreeMap<>(other.sources);
            window = other.window;
            transistor = other.transistor;
            inversion = other.inversion;
            saturation = other.saturation;
            gate = other.gate;
            drainVoltage = other.drainVoltage;
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
         * Tells the source of the gate or drain voltage given just before, for the datasheet; "user" unless told.
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

        /** The transistor. */
        public Builder transistor(MosTransistor value) {
            transistor = value;
            return this;
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

        /** Gate voltage of a cell that is on, volts. */
        public Builder gate(double volts) {
            gate = Require.finite("gate", volts);
            return set("gate");
        }

        /** Drain voltage at which cells are tuned, volts, above 0. */
        public Builder drainVoltage(double volts) {
            drainVoltage = Require.positive("drainVoltage", volts);
            return set("drainVoltage");
        }

        /** The finished cell. */
        public DegeneratedSource build() {
            return new DegeneratedSource(new Builder(this));
        }
    }
}
