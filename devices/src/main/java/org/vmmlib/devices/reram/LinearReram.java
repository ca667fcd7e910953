package org.vmmlib.devices.reram;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.block.Block;
import org.vmmlib.core.block.Datasheet;
import org.vmmlib.core.block.Imperfection;
import org.vmmlib.core.crossbar.ArrayCells;
import org.vmmlib.core.crossbar.CellState;
import org.vmmlib.core.crossbar.SpiceCells;
import org.vmmlib.core.crossbar.StatePlane;
import org.vmmlib.core.crossbar.Topology;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.signal.DriveKind;

/**
 * A passive resistive cell that obeys Ohm's law, {@code i = g (v_row − v_column)}. The state is {@code conductance}, in
 * siemens. Its noise is thermal, 4kTg, whatever the voltage.
 *
 * @param window the conductances that a cell can hold
 */
public record LinearReram(ConductanceWindow window) implements ConductanceLaw {

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

    /** {@link org.vmmlib.core.crossbar.LinearCells}. */
    @Override
    public ArrayCells bind(CellState state, Conditions conditions) {
        return new OhmicCells(window.conductances(state), conditions.temperature());
    }

    /** Resistors. */
    @Override
    public SpiceCells spice(CellState state, Conditions conditions) {
        return new ResistiveElements(window.conductances(state), 0);
    }

    /** {@code g = low + w (high − low)}, whatever the conditions. */
    @Override
    public CellState store(DMatrixRMaj weights, Conditions conditions) {
        return window.store(weights);
    }

    /** {@code g (1 + error)}, whatever the conditions. */
    @Override
    public CellState deviate(CellState target, DMatrixRMaj relativeError, Conditions conditions) {
        return window.deviate(target, relativeError);
    }

    /** The span of the window, siemens. */
    @Override
    public double unitSignal(DriveKind kind, double drive, double columnVoltage, Conditions conditions) {
        return window.unitSignal(kind, drive);
    }

    @Override
    public double cellArea() {
        return window.cellArea();
    }

    /** None. */
    @Override
    public List<Imperfection> imperfections() {
        return List.of();
    }

    @Override
    public LinearReram without(String imperfection) {
        throw Block.unknown(this, imperfection);
    }

    @Override
    public Datasheet datasheet() {
        return window.sheet("0T1R resistive cell, linear").build();
    }
}
