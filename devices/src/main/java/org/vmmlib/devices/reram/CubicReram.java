package org.vmmlib.devices.reram;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.block.Block;
import org.vmmlib.core.block.Datasheet;
import org.vmmlib.core.block.Imperfection;
import org.vmmlib.core.check.Require;
import org.vmmlib.core.crossbar.ArrayCells;
import org.vmmlib.core.crossbar.CellState;
import org.vmmlib.core.crossbar.SpiceCells;
import org.vmmlib.core.crossbar.StatePlane;
import org.vmmlib.core.crossbar.Topology;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.signal.DriveKind;

/**
 * A passive resistive cell with a cubic law whose bend depends on its conductance: see {@link CubicNonlinearity}. The
 * state is {@code conductance}, the g of small voltages, in siemens. Its noise is that of a barrier,
 * {@code 2qI coth(qV/2kT)}.
 *
 * @param window the conductances that a cell can hold
 * @param nonlinearity how the current bends; none: linear
 * @param readVoltage where the current of a cell is read when it is tuned, volts, above 0
 * @param linear whether the bend is left out
 */
public record CubicReram(ConductanceWindow window, CubicNonlinearity nonlinearity, double readVoltage, boolean linear)
        implements ConductanceLaw {

    private static final String NONLINEARITY = "reram.nonlinearity";

    /** Checks the range. */
    public CubicReram {
        Require.positive("readVoltage", readVoltage);
    }

    /** The law with its bend. */
    public CubicReram(ConductanceWindow window, CubicNonlinearity nonlinearity, double readVoltage) {
        this(window, nonlinearity, readVoltage, false);
    }

    @Override
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
        return window.planes();
    }

    @Override
    public ArrayCells bind(CellState state, Conditions conditions) {
        DMatrixRMaj conductances = window.conductances(state);
        return linear
                ? new OhmicCells(conductances, conditions.temperature())
                : new CubicCells(conductances, nonlinearity, conditions.temperature());
    }

    /** Behavioural sources; resistors without the bend. */
    @Override
    public SpiceCells spice(CellState state, Conditions conditions) {
        DMatrixRMaj conductances = window.conductances(state);
        return linear ? new ResistiveElements(conductances, 0) : new CubicElements(conductances, nonlinearity);
    }

    /** {@code g = low + w (high − low)}, whatever the conditions. */
    @Override
    public CellState store(DMatrixRMaj weights, Conditions conditions) {
        return window.store(weights);
    }

    /** The conductance whose current at the read voltage is (1 + error) times that of the target. */
    @Override
    public CellState deviate(CellState target, DMatrixRMaj relativeError, Conditions conditions) {
        CellState scaled = window.deviate(target, relativeError);
        if (linear) {
            return scaled;
        }
        DMatrixRMaj from = window.conductances(target);
        DMatrixRMaj g = window.conductances(scaled).copy();
        // No bend halves a current, nor doubles it, or the current would not rise over the whole fit.
        for (int k = 0; k < g.data.length; k++) {
            double wanted = (1 + relativeError.data[k]) * readCurrent(from.data[k]);
            double low = Math.max(window.low(), g.data[k] / 4);
            double high = Math.min(window.high(), g.data[k] * 4);
            g.data[k] = relativeError.data[k] == 0 || from.data[k] == 0
                    ? from.data[k]
                    : ReadPoint.state(this::readCurrent, low, high, wanted);
        }
        return new CellState(planes(), g);
    }

    private double readCurrent(double g) {
        double v = Math.min(readVoltage, nonlinearity.limit());
        double a = nonlinearity.relativeSecond(g);
        double b = nonlinearity.relativeThird(g);
        return g
                * (v * (1 + a * CubicNonlinearity.size(v) + b * v * v)
                        + (1 + v * (2 * a + 3 * b * v)) * (readVoltage - v));
    }

    /** The span of the window, siemens: the signal of small voltages. */
    @Override
    public double unitSignal(DriveKind kind, double drive, double columnVoltage, Conditions conditions) {
        return window.unitSignal(kind, drive);
    }

    @Override
    public double cellArea() {
        return window.cellArea();
    }

    @Override
    public List<Imperfection> imperfections() {
        return linear
                ? List.of()
                : List.of(new Imperfection(
                        NONLINEARITY, "current bends with the voltage, the more the less the cell conducts"));
    }

    @Override
    public CubicReram without(String imperfection) {
        if (linear || !imperfection.equals(NONLINEARITY)) {
            throw Block.unknown(this, imperfection);
        }
        return new CubicReram(window, nonlinearity, readVoltage, true);
    }

    @Override
    public Datasheet datasheet() {
        Datasheet.Builder sheet = window.sheet("0T1R resistive cell, cubic law")
                .add("read voltage of write-verify", readVoltage, "V", "user");
        if (!linear) {
            for (double g : new double[] {nonlinearity.lowest(), nonlinearity.highest()}) {
                sheet.add("bend NL2/g at " + g + " S", nonlinearity.relativeSecond(g), "1/V", nonlinearity.source())
                        .add("bend NL3/g at " + g + " S", nonlinearity.relativeThird(g), "1/V²", nonlinearity.source());
            }
            sheet.add("largest voltage of the fit", nonlinearity.limit(), "V", nonlinearity.source());
        }
        return sheet.build();
    }
}
