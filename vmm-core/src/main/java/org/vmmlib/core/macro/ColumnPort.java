package org.vmmlib.core.macro;

import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/** The array as a readout sees it during one phase: it asks for the currents at the column voltages it imposes now. */
public interface ColumnPort {

    /** Number of vectors, B. */
    int vectors();

    /** Number of columns, M. */
    int columns();

    /**
     * Signal currents of the columns. One call is one solve of the array for the batch.
     *
     * @param vSense B×M voltages that the readout holds the columns at, volts. Not modified.
     * @param currents B×M signal currents, amperes: positive out of a source-driven array, positive into a gate-driven
     *     one (the drain current). Modified.
     * @param slopes B×M slopes of the signal current by the column's own voltage, siemens, or null if not needed.
     *     Modified.
     */
    void currents(DMatrixRMaj vSense, DMatrixRMaj currents, @Nullable DMatrixRMaj slopes);

    /**
     * Whether the signal current of each column is {@code a + b v} of its own voltage v, and of no other column's, as of
     * linear resistors on wires without resistance. Then one pull with slopes tells the currents at all voltages.
     */
    default boolean affine() {
        return false;
    }

    /**
     * Tells the array that the state of the last pull lasted for these times, which its energy is counted by. Readouts
     * that move the column voltage call it after each time step; if it is never called in a phase, the last pull stands
     * for the whole phase.
     *
     * @param seconds one per vector. Not modified.
     */
    default void dwell(double[] seconds) {}
}
