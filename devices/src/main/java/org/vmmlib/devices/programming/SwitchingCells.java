package org.vmmlib.devices.programming;

import org.ejml.data.DMatrixRMaj;

/**
 * The cells of one fabricated N×M array, as pulses move them. A positive voltage, from row to column or from gate to
 * channel, raises the state, a negative one lowers it. Immutable and safe to share.
 */
public interface SwitchingCells {

    /** Word lines, N. */
    int rows();

    /** Bit lines, M. */
    int columns();

    /**
     * The voltage up to which pulses leave a cell as it is, in volts, 0 or above; 0 for devices that every pulse moves
     * a little.
     *
     * @param up whether pulses that raise the state are meant, or those that lower it
     */
    double threshold(int row, int column, boolean up);

    /**
     * Applies one pulse to all cells.
     *
     * @param voltages N×M, what each cell sees, volts. Not modified.
     * @param width seconds, above 0
     * @param pulse number of the pulse since the array was made, 0 or above, which keys what differs from cycle to
     *     cycle
     * @param states N×M, within the window. Modified; stays within the window.
     */
    void pulse(DMatrixRMaj voltages, double width, long pulse, DMatrixRMaj states);
}
