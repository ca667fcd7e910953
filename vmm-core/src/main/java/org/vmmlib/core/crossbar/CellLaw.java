package org.vmmlib.core.crossbar;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.block.Block;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.signal.DriveKind;

/**
 * A memory cell as a circuit element: a current from its row line to its column line, {@code i = f(v_row, v_column;
 * state, gate)}. To add a device, implement this interface; every solver, readout and effect then works with it.
 */
public interface CellLaw extends Block {

    /** Where the input works. */
    Topology topology();

    /**
     * Whether the current depends on {@code v_row − v_column} only, so that the two slopes are equal and opposite and
     * the network's operator is symmetric.
     */
    boolean twoTerminal();

    /** What a cell stores. */
    List<StatePlane> planes();

    /**
     * The law of an array in a state, under conditions; {@link LinearCells} if and only if the cells are linear
     * resistors. Immutable and safe to share.
     *
     * @throws IllegalArgumentException if the state is not of this law
     */
    ArrayCells bind(CellState state, Conditions conditions);

    /**
     * The target state that stores normalised weights.
     *
     * @param weights N×M in [0, 1]: 0 is the lowest state that the device has, 1 its highest
     * @param conditions when the cells are tuned
     */
    CellState store(DMatrixRMaj weights, Conditions conditions);

    /**
     * The state whose read current is off by a relative error: what write-verify leaves behind. States that would leave
     * the window stay at its edge.
     *
     * @param target N×M target state
     * @param relativeError N×M, above −1; cell current is (1 + error) times that of the target
     * @param conditions when the cells are tuned
     */
    CellState deviate(CellState target, DMatrixRMaj relativeError, Conditions conditions);

    /**
     * Signal current that one unit of normalised weight adds at a drive, in the law's linear range: the conductance window
     * times a row voltage; the mirrored current itself; the current of a cell of weight 1 at a gate voltage.
     *
     * @param kind what the drive is
     * @param drive row voltage in volts, mirrored current in amperes, or gate voltage in volts
     * @param columnVoltage voltage that the columns are held at, volts
     * @param conditions when the cells are read
     * @throws IllegalArgumentException if the cells are not driven like that
     */
    double unitSignal(DriveKind kind, double drive, double columnVoltage, Conditions conditions);

    /** Area of one cell, in square metres. */
    double cellArea();

    /** This law with one imperfection made ideal. */
    @Override
    CellLaw without(String imperfection);
}
