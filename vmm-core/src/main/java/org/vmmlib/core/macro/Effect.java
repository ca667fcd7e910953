package org.vmmlib.core.macro;

import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.crossbar.ArrayCells;
import org.vmmlib.core.crossbar.CellLaw;
import org.vmmlib.core.crossbar.CellState;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.random.RandomStream;

/**
 * Something random that happens to an array. A macro has none unless it is given one. Mismatch of a block's own parts is
 * not an effect but a parameter of that block, drawn when the block is put on a die.
 */
public sealed interface Effect {

    /** Stable id, such as {@code array.tuning}; it keys the random stream. */
    String id();

    /** Acts on the cells when they are programmed. */
    non-sealed interface OnProgramming extends Effect {

        /**
         * The state that programming leaves.
         *
         * @param target what was meant
         * @param draws the stream of this effect on this array; element = row-major index of the cell
         */
        CellState program(CellLaw law, CellState target, Conditions conditions, RandomStream draws);
    }

    /** Acts on the cells at each read: drift, telegraph noise. */
    non-sealed interface OnRead extends Effect {

        /**
         * The state that a batch is read with.
         *
         * @param draws the stream of this effect on this array, at call 0
         */
        CellState read(CellLaw law, CellState programmed, Conditions conditions, RandomStream draws);
    }

    /** Adds noise to the column currents. */
    non-sealed interface OnColumns extends Effect {

        /**
         * Standard deviation of the noise current of each column.
         *
         * @param cells the array
         * @param drives B×N row or gate voltages of the phase. Not modified.
         * @param columnVoltage column voltage at rest, volts
         * @param columnCurrents B×M noiseless signal currents, amperes. Not modified.
         * @param sigma B×M, amperes. Modified.
         */
        void sigma(
                ArrayCells cells,
                DMatrixRMaj drives,
                double columnVoltage,
                DMatrixRMaj columnCurrents,
                DMatrixRMaj sigma);
    }
}
