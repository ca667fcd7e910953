package org.vmmlib.peripherals.sensing;

import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.macro.ColumnPort;

/** What a sense amplifier makes of an array that stands still. */
@FunctionalInterface
interface ColumnSense {

    /**
     * B×M unclipped output levels; a new matrix.
     *
     * @param firstCall global index of the first vector, which keys noise
     */
    DMatrixRMaj levels(ColumnPort array, long firstCall);
}
