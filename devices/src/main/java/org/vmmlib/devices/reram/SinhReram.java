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
 * A passive resistive cell with a hyperbolic-sine law, {@code i = (g/α) sinh(α v)}, v = v_row − v_column: at small
 * voltages a conductance g, above by a factor of about {@code 1 + (αv)²/6}. It is the static law of thermally activated
 * hopping, as in the Stanford and PKU compact models, where V0 = 1/α is about 0.25 to 0.4 V. The state is
 * {@code conductance}, the g of small voltages, in siemens.
 *
 * <p>Above {@code |αv| = 300} the law goes on as its tangent, so that it stays finite and monotone wherever an iteration
 * tries it. Its noise is that of a barrier, {@code 2qI coth(qV/2kT)} of each cell, 4kTg at zero voltage.
 *
 * @param window the conductances that a cell can hold
 * @param alpha α, 1/V, 0 or above; 0 is the linear cell
 */
public record SinhReram(ConductanceWindow window, double alpha) implements ConductanceLaw {

    private static final String NONLINEARITY = "reram.nonlinearity";

    /** Checks the range. */
    public SinhReram {
        Require.nonNegative("alpha", alpha);
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

    /** {@link org.vmmlib.core.crossbar.LinearCells} if α is 0. */
    @Override
    public ArrayCells bind(CellState state, Conditions conditions) {
        DMatrixRMaj conductances = window.conductances(state);
        return alpha == 0
                ? new OhmicCells(conductances, conditions.temperature())
                : new SinhCells(conductances, alpha, conditions.temperature());
    }

    /** Behavioural sources that are the hyperbolic sine at any voltage; resistors if α is 0. */
    @Override
    public SpiceCells spice(CellState state, Conditions conditions) {
        return new ResistiveElements(window.conductances(state), alpha);
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
        return alpha == 0
                ? List.of()
                : List.of(new Imperfection(NONLINEARITY, "current grows as the hyperbolic sine of the voltage"));
    }

    @Override
    public SinhReram without(String imperfection) {
        if (alpha == 0 || !imperfection.equals(NONLINEARITY)) {
            throw Block.unknown(this, imperfection);
        }
        return new SinhReram(window, 0);
    }

    @Override
    public Datasheet datasheet() {
        return window.sheet("0T1R resistive cell, sinh law")
                .add("alpha", alpha, "1/V", "user")
                .build();
    }
}
