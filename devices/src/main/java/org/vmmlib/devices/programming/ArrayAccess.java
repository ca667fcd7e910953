package org.vmmlib.devices.programming;

import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.crossbar.Crossbar;

/** How the cells of an array are reached to be written and read. Holds what it solved last; for one thread. */
interface ArrayAccess {

    /**
     * Writes one cell.
     *
     * @param amplitude signed, volts
     * @param voltages N×M, what each cell sees, volts. Modified.
     * @return power drawn from all terminals, watts
     */
    double write(Crossbar array, int row, int column, double amplitude, DMatrixRMaj voltages);

    /** Reads one cell: the current of its column's terminal, amperes, above 0 in the direction of reading. */
    double read(Crossbar array, int row, int column);

    /** Power drawn from all terminals by the last read, watts. */
    double readPower();
}
