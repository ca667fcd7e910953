package org.vmmlib.devices.flash;

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
import org.vmmlib.devices.transistor.ChannelElements;
import org.vmmlib.devices.transistor.MosChannel;

/**
 * A floating-gate transistor as a programmable resistor between row and column (Fig. 8(a) of Xiao et al., Appl. Phys. Rev.
 * 7, 031301 (2020), doi:10.1063/1.5143815): all gates are held at one read voltage, the input is a voltage on the row line,
 * the column is held at 0 V. Where the threshold puts the cell, and the row voltage, decide whether it works in weak
 * inversion, triode or saturation.
 *
 * <p>The state is {@code threshold}, in volts above the reference threshold of the floating-gate law. A weight w stands for
 * a conductance I/V of w times the highest, at the read voltage where cells are tuned. Imperfection {@code fg.channel}: the
 * charge-based channel, which saturates and whose drain lowers its barrier, in place of a resistor of that conductance.
 */
public final class FloatingGateResistor implements SpiceLaw {

    private static final String CHANNEL = "fg.channel";

    private final Builder parameters;
    private final List<StatePlane> planes;

    private FloatingGateResistor(Builder parameters) {
        this.parameters = parameters;
        planes = List.of(new StatePlane("threshold", "V", parameters.cell.lowest(), parameters.cell.highest()));
        double most = conductance(parameters.cell.lowest(), Conditions.ROOM);
        if (!(parameters.highestConductance < most)) {
            throw new IllegalArgumentException("highestConductance = " + parameters.highestConductance
                    + ": must be below " + most + " S, which the lowest threshold has; raise the read gate voltage or"
                    + " lower the window");
        }
    }

    /**
     * Starts from a gate at 1.2 V, and 10 µS at a read voltage of 50 mV.
     *
     * @param cell kappa, specific current, reference threshold, window, temperature and DIBL of the channel
     */
    public static Builder builder(FloatingGateCell cell) {
        return new Builder(cell);
    }

    /** The 55-nm split-gate NOR cell of {@link NorFlash#esf3Nor55()} as a resistor of up to 10 µS. */
    public static FloatingGateResistor esf3Nor55() {
        FloatingGateCell cell = NorFlash.esf3Nor55().cell().toBuilder()
                .window(-0.25, 1)
                .from("chosen: off below on by 1e6 at a gate of 1.2 V")
                .build();
        return builder(cell)
                .readGate(1.2)
                .from("control gate voltage of arXiv:1711.10673")
                .readVoltage(0.05)
                .from("chosen: twice U_t")
                .highestConductance(10 * Si.uS)
                .from("chosen: inversion coefficient 0.4")
                .build();
    }

    /** This cell, to change. */
    public Builder toBuilder() {
        return new Builder(parameters);
    }

    /** Conductance of a weight of 1, siemens. */
    public double highestConductance() {
        return parameters.highestConductance;
    }

    /** I/V of a threshold at the read voltage, siemens. */
    private double conductance(double threshold, Conditions conditions) {
        return channel(conditions).current(parameters.readGate - threshold, parameters.readVoltage)
                / parameters.readVoltage;
    }

    private double threshold(double conductance, Conditions conditions) {
        double current = conductance * parameters.readVoltage;
        double threshold = current > 0
                ? parameters.readGate - channel(conditions).gate(current, parameters.readVoltage)
                : parameters.cell.highest();
        return Math.max(parameters.cell.lowest(), Math.min(parameters.cell.highest(), threshold));
    }

    private Channel channel(Conditions conditions) {
        return parameters.cell.channel(conditions).law(true, true, parameters.cell.dibl());
    }

    @Override
    public Topology topology() {
        return Topology.SOURCE_DRIVEN;
    }

    /** False with the real channel, whose gate and bulk are two more terminals. */
    @Override
    public boolean twoTerminal() {
        return !parameters.channel;
    }

    /** One plane, {@code threshold}, in volts above the reference threshold. */
    @Override
    public List<StatePlane> planes() {
        return planes;
    }

    private DMatrixRMaj thresholds(CellState state) {
        if (!state.planes().equals(planes)) {
            throw new IllegalArgumentException("state has planes " + state.planes() + ": must have " + planes
                    + "; make it with store(weights, conditions) of this cell");
        }
        return state.plane("threshold");
    }

    /** {@link org.vmmlib.core.crossbar.LinearCells} without {@code fg.channel}. */
    @Override
    public ArrayCells bind(CellState state, Conditions conditions) {
        DMatrixRMaj thresholds = thresholds(state);
        if (!parameters.channel) {
            LinearReram linear = new LinearReram(ConductanceWindow.any());
            return linear.bind(linear.state(conductances(thresholds, conditions)), conditions);
        }
        return new FixedGateCells(new ChargeBasedCells(channel(conditions), thresholds), parameters.readGate);
    }

    private DMatrixRMaj conductances(DMatrixRMaj thresholds, Conditions conditions) {
        DMatrixRMaj g = new DMatrixRMaj(thresholds.numRows, thresholds.numCols);
        for (int k = 0; k < g.data.length; k++) {
            g.data[k] = conductance(thresholds.data[k], conditions);
        }
        return g;
    }

    @Override
    public SpiceCells spice(CellState state, Conditions conditions) {
        DMatrixRMaj thresholds = thresholds(state);
        if (!parameters.channel) {
            LinearReram linear = new LinearReram(ConductanceWindow.any());
            return linear.spice(linear.state(conductances(thresholds, conditions)), conditions);
        }
        MosChannel channel = channel(conditions).mos();
        return (i, j, at) -> {
            ChannelElements text = ChannelElements.of(
                    channel,
                    at.name(),
                    SpiceCells.constant(channel.pinchOff(parameters.readGate - thresholds.get(i, j))),
                    "v(" + at.column() + ")",
                    "v(" + at.row() + ")");
            return "Bc" + at.name() + " " + at.row() + " " + at.column() + " I=" + text.current() + "\n"
                    + text.elements();
        };
    }

    /** Weight 0 has the highest threshold of the window. */
    @Override
    public CellState store(DMatrixRMaj weights, Conditions conditions) {
        Require.within("weights", weights, 0, 1);
        DMatrixRMaj thresholds = new DMatrixRMaj(weights.numRows, weights.numCols);
        for (int k = 0; k < thresholds.data.length; k++) {
            thresholds.data[k] = threshold(weights.data[k] * parameters.highestConductance, conditions);
        }
        return new CellState(planes, thresholds);
    }

    /** The threshold at which the current at the read voltage is off by the error. */
    @Override
    public CellState deviate(CellState target, DMatrixRMaj relativeError, Conditions conditions) {
        DMatrixRMaj thresholds = thresholds(target).copy();
        Require.shape("relativeError", relativeError, thresholds.numRows, thresholds.numCols);
        Require.within("relativeError", relativeError, Math.nextUp(-1.0), Double.MAX_VALUE);
        for (int k = 0; k < thresholds.data.length; k++) {
            thresholds.data[k] =
                    threshold(conductance(thresholds.data[k], conditions) * (1 + relativeError.data[k]), conditions);
        }
        return new CellState(planes, thresholds);
    }

    /** The highest conductance times the drive. */
    @Override
    public double unitSignal(DriveKind kind, double drive, double columnVoltage, Conditions conditions) {
        if (kind != DriveKind.ROW_VOLTAGE) {
            throw new IllegalArgumentException(
                    "kind = " + kind + ": these cells are driven by a " + DriveKind.ROW_VOLTAGE);
        }
        return parameters.highestConductance * drive;
    }

    @Override
    public double cellArea() {
        return parameters.cell.cellArea();
    }

    @Override
    public List<Imperfection> imperfections() {
        return parameters.channel
                ? List.of(new Imperfection(CHANNEL, "the channel saturates, and its drain lowers its barrier"))
                : List.of();
    }

    @Override
    public FloatingGateResistor without(String imperfection) {
        if (!parameters.channel || !imperfection.equals(CHANNEL)) {
            throw Block.unknown(this, imperfection);
        }
        Builder copy = toBuilder();
        copy.channel = false;
        return copy.build();
    }

    @Override
    public Datasheet datasheet() {
        Builder p = parameters;
        Datasheet.Builder sheet = Datasheet.of("floating-gate cell as a programmable resistor"
                        + (p.channel ? ", charge-based (EKV)" : ", linear"))
                .add("read gate voltage", p.readGate, "V", p.source("readGate"))
                .add("read voltage", p.readVoltage, "V", p.source("readVoltage"))
                .add("highest conductance", p.highestConductance, "S", p.source("highestConductance"));
        p.cell.datasheet().entries().stream()
                .filter(e -> !e.parameter().equals("tuning current"))
                .forEach(e -> sheet.add(e.parameter(), e.value(), e.unit(), e.source()));
        return sheet.build();
    }

    /** Collects the parameters. Each value may be followed by {@link #from}, which tells its source. */
    public static final class Builder {
        private final Map<String, String> sources;
        private String last = "";
        private FloatingGateCell cell;
        private double readGate = 1.2;
        private double readVoltage = 0.05;
        private double highestConductance = 1e-5;
        private boolean channel = true;

        private Builder(FloatingGateCell cell) {
            sources = new TreeMap<>();
            this.cell = cell;
        }

        private Builder(Builder other) {
            sources = new TreeMap<>(other.sources);
            cell = other.cell;
            readGate = other.readGate;
            readVoltage = other.readVoltage;
            highestConductance = other.highestConductance;
            channel = other.channel;
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

        /** The law of the channel; its inversion and saturation are those of this cell. */
        public Builder cell(FloatingGateCell value) {
            cell = value;
            return this;
        }

        /** Gate voltage of all cells, volts. */
        public Builder readGate(double volts) {
            readGate = Require.finite("readGate", volts);
            return set("readGate");
        }

        /** Row voltage at which cells are tuned, volts, above 0. */
        public Builder readVoltage(double volts) {
            readVoltage = Require.positive("readVoltage", volts);
            return set("readVoltage");
        }

        /** I/V of a weight of 1 at the read voltage, siemens, above 0. */
        public Builder highestConductance(double siemens) {
            highestConductance = Require.positive("highestConductance", siemens);
            return set("highestConductance");
        }

        /**
         * The finished cell.
         *
         * @throws IllegalArgumentException if the lowest threshold does not have the highest conductance
         */
        public FloatingGateResistor build() {
            return new FloatingGateResistor(new Builder(this));
        }
    }
}
