package org.vmmlib.core.crossbar;

import org.ejml.data.DMatrixRMaj;

/**
 * The cells of one array, bound to a state and conditions. Evaluated a row at a time; never allocates. Safe to share
 * between threads.
 */
public interface ArrayCells {

    /** Word lines, N. */
    int rows();

    /** Bit lines, M. */
    int columns();

    /**
     * Currents and slopes of all cells of a row. All arrays have M elements or more; elements 0 … M − 1 are used.
     *
     * @param row word line
     * @param gate gate voltage of the row, in volts (negative infinity: off); ignored by source-driven cells
     * @param vRow voltage of the row line at each cell, volts. Not modified.
     * @param vColumn voltage of the column line at each cell, volts. Not modified.
     * @param current amperes, positive from row to column. Modified.
     * @param slopeRow ∂i/∂v_row, siemens. Modified.
     * @param slopeColumn ∂i/∂v_column, siemens; −slopeRow where the law is two-terminal. Modified.
     */
    void evaluate(
            int row,
            double gate,
            double[] vRow,
            double[] vColumn,
            double[] current,
            double[] slopeRow,
            double[] slopeColumn);

    /**
     * White current-noise density of each column, one-sided, the exact sum over its independent cells, without line
     * resistance.
     *
     * @param drives vectors × N, row voltages (source-driven) or gate voltages (gate-driven). Not modified.
     * @param columnVoltage the voltage that the columns are held at
     * @param columnCurrents vectors × M column currents, amperes. Not modified.
     * @param density vectors × M, A²/Hz. Modified.
     */
    void noiseDensity(DMatrixRMaj drives, double columnVoltage, DMatrixRMaj columnCurrents, DMatrixRMaj density);
}
