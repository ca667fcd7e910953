package org.vmmlib.devices.flash;

import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.crossbar.ArrayCells;
import org.vmmlib.core.physics.WhiteNoise;

/**
 * Cells each of which also leaks from drain to source, {@code I V/sqrt(V² + 4 U_t²)}: a current that hardly depends on the
 * voltage once it is some U_t, and a conductance I/2U_t below, as of a channel in weak inversion.
 *
 * @param cells without leakage
 * @param leakage amperes
 * @param thermalVoltage U_t, volts
 * @param temperature kelvin
 */
record LeakyCells(ArrayCells cells, double leakage, double thermalVoltage, double temperature) implements ArrayCells {

    @Override
    public int rows() {
        return cells.rows();
    }

    @Override
    public int columns() {
        return cells.columns();
    }

    /** What leaks at a drain-source voltage, amperes. */
    static double leak(double leakage, double across, double thermalVoltage) {
        return leakage * across / Math.sqrt(across * across + 4 * thermalVoltage * thermalVoltage);
    }

    @Override
    public void evaluate(
            int row,
            double gate,
            double[] vRow,
            double[] vColumn,
            double[] current,
            double[] slopeRow,
            double[] slopeColumn) {
        cells.evaluate(row, gate, vRow, vColumn, current, slopeRow, slopeColumn);
        if (gate == Double.NEGATIVE_INFINITY) {
            return;
        }
        double knee = 4 * thermalVoltage * thermalVoltage;
        int columns = cells.columns();
        for (int j = 0; j < columns; j++) {
            double across = vColumn[j] - vRow[j];
            double perRoot = 1 / Math.sqrt(across * across + knee);
            double slope = leakage * knee * perRoot * perRoot * perRoot;
            current[j] -= leakage * across * perRoot;
            slopeRow[j] += slope;
            slopeColumn[j] -= slope;
        }
    }

    /** Shot noise of the leakage on top of that of the cells. */
    @Override
    public void noiseDensity(
            DMatrixRMaj drives, double columnVoltage, DMatrixRMaj columnCurrents, DMatrixRMaj density) {
        cells.noiseDensity(drives, columnVoltage, columnCurrents, density);
        int rows = cells.rows();
        int columns = cells.columns();
        double chord = leakage / Math.sqrt(columnVoltage * columnVoltage + 4 * thermalVoltage * thermalVoltage);
        double ofCell = WhiteNoise.barrier(chord, columnVoltage, temperature);
        for (int k = 0; k < drives.numRows * rows; k++) {
            if (drives.data[k] > Double.NEGATIVE_INFINITY) {
                for (int j = 0; j < columns; j++) {
                    density.data[k / rows * columns + j] += ofCell;
                }
            }
        }
    }
}
