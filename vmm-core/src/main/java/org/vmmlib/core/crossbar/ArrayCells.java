package org.vmmlib.core.crossbar;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/**
 * The cells of one array, bound to a state and conditions. Evaluated a row at a time; never allocates. Safe to share
 * between threads.
 */
public interface ArrayCells {

    /** Where the input works: as that of the {@link CellLaw}. */
    Topology topology();

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
     * White current-noise densities of the cells of a row, one-sided, each as a current source beside its cell. Cells are
     * independent. May allocate a few rows.
     *
     * @param row word line
     * @param gate gate voltage of the row, in volts (negative infinity: off); ignored by source-driven cells
     * @param vRow voltage of the row line at each cell, volts. Not modified.
     * @param vColumn voltage of the column line at each cell, volts. Not modified.
     * @param density A²/Hz, M elements or more. Modified.
     */
    void noise(int row, double gate, double[] vRow, double[] vColumn, double[] density);

    /**
     * White current-noise density of each column, one-sided, the exact sum over its independent cells, without line
     * resistance; the source lines of gate-driven cells are at 0 V. Cells that know it from less than their N·M noise
     * densities say so by overriding this.
     *
     * @param drives vectors × N, row voltages (source-driven) or gate voltages (gate-driven). Not modified.
     * @param columnVoltage the voltage that the columns are held at
     * @param columnCurrents vectors × M column currents at those drives, amperes. Not modified.
     * @param density vectors × M, A²/Hz. Reshaped and modified.
     */
    default void noiseDensity(
            DMatrixRMaj drives, double columnVoltage, DMatrixRMaj columnCurrents, DMatrixRMaj density) {
        boolean gated = topology() == Topology.GATE_DRIVEN;
        int columns = columns();
        density.reshape(drives.numRows, columns);
        Arrays.fill(density.data, 0, drives.numRows * columns, 0);
        double[] vRow = new double[columns];
        double[] vColumn = new double[columns];
        double[] ofRow = new double[columns];
        Arrays.fill(vColumn, columnVoltage);
        for (int b = 0; b < drives.numRows; b++) {
            for (int i = 0; i < rows(); i++) {
                double drive = drives.data[b * rows() + i];
                Arrays.fill(vRow, gated ? 0 : drive);
                noise(i, drive, vRow, vColumn, ofRow);
                for (int j = 0; j < columns; j++) {
                    density.data[b * columns + j] += ofRow[j];
                }
            }
        }
    }
}
