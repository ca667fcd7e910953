package org.vmmlib.core.crossbar;

import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.block.Block;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.cost.Activity;
import org.vmmlib.core.cost.Cost;
import org.vmmlib.core.physics.Conditions;

/** Turns an encoder's input current into the row's gate voltage: the peripheral reference cell of a gate-coupled array. */
public interface RowPort extends Block {

    /** The ports of one array, with their mismatch drawn. */
    Rows on(Die die, int rows);

    /**
     * Current of a cell of weight 1 over the input current: the mirror ratio, 1 / m for reference cells that are m cells
     * in parallel. Above 0.
     */
    double ratio();

    /** Energy, time (settling of the gate line, which a phase must last) and area. */
    Cost cost(Activity activity);

    @Override
    RowPort without(String imperfection);

    /** The ports of one array. Safe to share. */
    interface Rows {

        /**
         * The gate voltages of a batch.
         *
         * @param currents vectors × rows input currents, amperes, 0 or above. Not modified.
         * @param gates vectors × rows gate voltages, volts; negative infinity (or the port's off level) where the input
         *     is 0. Modified.
         */
        void gates(DMatrixRMaj currents, Conditions conditions, DMatrixRMaj gates);

        /**
         * White noise of the ports, one-sided, referred to their input currents; none unless a port states it.
         *
         * @param currents vectors × rows input currents, amperes, 0 or above. Not modified.
         * @param density vectors × rows, A²/Hz. Reshaped and modified.
         */
        default void noise(DMatrixRMaj currents, Conditions conditions, DMatrixRMaj density) {
            density.reshape(currents.numRows, currents.numCols);
            density.zero();
        }
    }
}
