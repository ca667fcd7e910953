package org.vmmlib.core.macro;

import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.crossbar.ArrayCells;
import org.vmmlib.core.crossbar.CellFaults;
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

        /**
         * The faults that cells are left with: those there are, unless the effect makes more.
         *
         * @param faults those that there are
         * @param draws the stream of this effect on this array; element = row-major index of the cell
         */
        default CellFaults faults(CellFaults faults, RandomStream draws) {
            return faults;
        }
    }

    /** Acts on the state by the time that a chip is read: drift, relaxation. Drawn once for a chip. */
    non-sealed interface OnAge extends Effect {

        /**
         * The state that the chip is read with.
         *
         * @param conditions with the age at which it is read
         * @param draws the stream of this effect on this array; element = row-major index of the cell
         */
        CellState age(CellLaw law, CellState programmed, Conditions conditions, RandomStream draws);
    }

    /** Acts on the column currents of each phase: noise, telegraph noise. */
    non-sealed interface OnRead extends Effect {

        /**
         * Adds to the currents. What it adds depends on the read and its keyed stream alone, so that asking again in the
         * same phase gives the same.
         *
         * @param read the array as it is read
         * @param currents B×M signal currents, amperes. Modified: added to.
         */
        void disturb(Read read, DMatrixRMaj currents);
    }

    /**
     * One phase of a batch, as an effect sees it. The matrices are not to be modified.
     *
     * @param cells the array
     * @param drives B×N row or gate voltages
     * @param durations of the phase, seconds, one for each vector
     * @param columnVoltage column voltage at rest, volts
     * @param signal B×M undisturbed signal currents, amperes
     * @param phase index of the phase in the schedule
     * @param firstCall global index of the first vector
     * @param draws the stream of the effect on this array; the call is the global index of a vector
     */
    record Read(
            ArrayCells cells,
            DMatrixRMaj drives,
            double[] durations,
            double columnVoltage,
            DMatrixRMaj signal,
            int phase,
            long firstCall,
            RandomStream draws) {}
}
