package org.vmmlib.devices.access;

import java.util.List;
import org.apache.commons.math3.util.FastMath;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;
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

/**
 * The 1S1R cell: an exponential selector in series with a linear resistor, {@code I = g (V − y) = I_0 sinh(y/V_0)}, with
 * the inner voltage y solved inside the cell. At half the read voltage the selector takes nearly all of it, which is what
 * keeps the sneak currents of passive arrays small.
 *
 * <p>The state is {@code conductance}, of the resistor alone, in siemens. Weights are linear in the current of the
 * whole cell at the read voltage, where it is tuned; a selector that is too weak for the highest conductance limits them.
 * Imperfection {@code 1s1r.selector}: without it, the cell is its resistor.
 *
 * @param window conductances of the resistor
 * @param selector in series; null: none
 * @param readVoltage voltage across the cell where it is tuned, volts, above 0
 * @param readSource where that comes from
 */
public record SelectedResistor(
        ConductanceWindow window, @Nullable Selector selector, double readVoltage, String readSource)
        implements SpiceLaw {

    private static final String SELECTOR = "1s1r.selector";

    /** Checks the range. */
    public SelectedResistor {
        Require.positive("readVoltage", readVoltage);
    }

    /**
     * A resistor of 10 kΩ to 1 MΩ with a selector of 120 mV per decade, the slope of punch-through silicon selectors.
     */
    public static SelectedResistor punchThrough() {
        return new SelectedResistor(
                new ConductanceWindow(
                        1e-6, 1e-4, 0.16 * Si.um2, "chosen: 1 MΩ to 10 kΩ", "chosen: 4F² with lines of 200 nm"),
                new Selector(
                        1e-13,
                        0.12 / Math.log(10),
                        0.3,
                        "120 mV per decade as published for Si n-i-p-i-n punch-through selectors; the rest chosen"),
                1.4,
                "chosen: the selector takes 1.06 V of it at the highest conductance");
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
        return Topology.SOURCE_DRIVEN;
    }

    /** True. */
    @Override
    public boolean twoTerminal() {
        return true;
    }

    /** One plane, {@code conductance}, in siemens. */
    @Override
    public List<StatePlane> planes() {
        return List.of(new StatePlane(SeriesResistor.PLANE, "S", window.low(), window.high()));
    }

    /** {@link org.vmmlib.core.crossbar.LinearCells} without a selector. */
    @Override
    public ArrayCells bind(CellState state, Conditions conditions) {
        DMatrixRMaj g = SeriesResistor.conductances(state, planes());
        if (selector == null) {
            LinearReram linear = new LinearReram(ConductanceWindow.any());
            return linear.bind(linear.state(g), conditions);
        }
        return new SelectorResistorCells(
                g, selector.scaleCurrent(conditions), selector.scaleVoltage(), conditions.temperature());
    }

    /**
     * A resistor and a behavioural selector. The inner node has, in place of its voltage, the one z for which the selector's
     * voltage is V_0 asinh(z), so that Newton's method meets no exponential.
     */
    @Override
    public SpiceCells spice(CellState state, Conditions conditions) {
        DMatrixRMaj g = SeriesResistor.conductances(state, planes());
        if (selector == null) {
            LinearReram linear = new LinearReram(ConductanceWindow.any());
            return linear.spice(linear.state(g), conditions);
        }
        double scale = selector.scaleCurrent(conditions);
        double volts = selector.scaleVoltage();
        return (i, j, at) -> {
            double conductance = g.get(i, j);
            if (conductance == 0) {
                return "";
            }
            String z = "v(cx" + at.name() + ")";
            String per = SpiceCells.constant(1 / volts);
            // y/V_0 = z; I_0 sinh z = g (V - V_0 z).
            return "Bc" + at.name() + " " + at.row() + " " + at.column() + " I="
                    + SpiceCells.constant(conductance * volts) + "*(" + per + "*v(" + at.row() + "," + at.column()
                    + ")-" + z + ")\nBcx" + at.name() + " 0 cx" + at.name() + " I=" + per + "*v(" + at.row() + ","
                    + at.column() + ")-" + z + "-" + SpiceCells.constant(scale / (conductance * volts)) + "*sinh("
                    + z + ")\n";
        };
    }

    /** The current of a cell at the read voltage. */
    private double readCurrent(double conductance, Conditions conditions) {
        if (selector == null) {
            return conductance * readVoltage;
        }
        double[] current = new double[1];
        bind(state(new DMatrixRMaj(1, 1, true, new double[] {conductance})), conditions)
                .evaluate(0, 0, new double[] {readVoltage}, new double[1], current, new double[1], new double[1]);
        return current[0];
    }

    private double conductanceAt(double current, Conditions conditions) {
        double taken = selector == null
                ? 0
                : selector.scaleVoltage() * FastMath.asinh(current / selector.scaleCurrent(conditions));
        return taken < readVoltage
                ? Math.max(window.low(), Math.min(window.high(), current / (readVoltage - taken)))
                : window.high();
    }

    @Override
    public CellState store(DMatrixRMaj weights, Conditions conditions) {
        Require.within("weights", weights, 0, 1);
        double low = readCurrent(window.low(), conditions);
        double high = highCurrent(conditions);
        DMatrixRMaj g = new DMatrixRMaj(weights.numRows, weights.numCols);
        for (int k = 0; k < g.data.length; k++) {
            double weight = weights.data[k];
            g.data[k] = weight == 0
                    ? window.low()
                    : weight == 1 ? window.high() : conductanceAt(low + weight * (high - low), conditions);
        }
        return state(g);
    }

    private double highCurrent(Conditions conditions) {
        if (window.high() == Double.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "window = any conductance: has no highest weight; give the cell a bounded window");
        }
        return readCurrent(window.high(), conditions);
    }

    /** The conductance at which the current at the read voltage is off by the error. */
    @Override
    public CellState deviate(CellState target, DMatrixRMaj relativeError, Conditions conditions) {
        DMatrixRMaj g = SeriesResistor.conductances(target, planes()).copy();
        SeriesResistor.refuseErrors(relativeError, g);
        for (int k = 0; k < g.data.length; k++) {
            g.data[k] = conductanceAt(readCurrent(g.data[k], conditions) * (1 + relativeError.data[k]), conditions);
        }
        return state(g);
    }

    /** The span of the conductances that the cell shows at its read voltage, times the drive. */
    @Override
    public double unitSignal(DriveKind kind, double drive, double columnVoltage, Conditions conditions) {
        if (kind != DriveKind.ROW_VOLTAGE) {
            throw new IllegalArgumentException(
                    "kind = " + kind + ": these cells are driven by a " + DriveKind.ROW_VOLTAGE);
        }
        return (highCurrent(conditions) - readCurrent(window.low(), conditions)) / readVoltage * drive;
    }

    @Override
    public double cellArea() {
        return window.cellArea();
    }

    @Override
    public List<Imperfection> imperfections() {
        return selector == null
                ? List.of()
                : List.of(new Imperfection(SELECTOR, "the selector takes a part of the voltage"));
    }

    @Override
    public SelectedResistor without(String imperfection) {
        if (selector == null || !imperfection.equals(SELECTOR)) {
            throw Block.unknown(this, imperfection);
        }
        return new SelectedResistor(window, null, readVoltage, readSource);
    }

    @Override
    public Datasheet datasheet() {
        Datasheet.Builder sheet = Datasheet.of(selector == null ? "1S1R cell, ideal selector" : "1S1R cell")
                .add("lowest conductance", window.low(), "S", window.source())
                .add("highest conductance", window.high(), "S", window.source())
                .add("read voltage", readVoltage, "V", readSource)
                .add("cell area", window.cellArea(), "m²", window.areaSource());
        if (selector != null) {
            sheet.add("selector scale current at 25 °C", selector.scaleCurrent(), "A", selector.source())
                    .add("selector scale voltage", selector.scaleVoltage(), "V", selector.source())
                    .add("selector activation energy", selector.activationEnergy(), "eV", selector.source());
        }
        return sheet.build();
    }
}
