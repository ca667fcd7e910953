package org.vmmlib.devices.flash;

import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.crossbar.ArrayCells;
import org.vmmlib.core.crossbar.Topology;
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
    public Topology topology() {
        return cells.topology();
    }

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
    public void noise(int row, double gate, double[] vRow, double[] vColumn, double[] density) {
        cells.noise(row, gate, vRow, vColumn, density);
        if (gate == Double.NEGATIVE_INFINITY) {
            return;
        }
        for (int j = 0; j < cells.columns(); j++) {
            density[j] += ofLeak(vColumn[j] - vRow[j]);
        }
    }

    private double ofLeak(double across) {
        double chord = leakage / Math.sqrt(across * across + 4 * thermalVoltage * thermalVoltage);
        return WhiteNoise.barrier(chord, across, temperature);
    }

    /** Shot noise of the leakage on top of that of the cells. */
    @Override
    public void noiseDensity(
            DMatrixRMaj drives, double columnVoltage, DMatrixRMaj columnCurrents, DMatrixRMaj density) {
        int rows = cells.rows();
        int columns = cells.columns();
        double ofCell = Math.abs(leak(leakage, columnVoltage, thermalVoltage));
        double ofCellNoise = ofLeak(columnVoltage);
        DMatrixRMaj channels = new DMatrixRMaj(drives.numRows, columns);
        int[] on = new int[drives.numRows];
        for (int k = 0; k < drives.numRows * rows; k++) {
            on[k / rows] += drives.data[k] > Double.NEGATIVE_INFINITY ? 1 : 0;
        }
        for (int k = 0; k < drives.numRows * columns; k++) {
            channels.data[k] = Math.max(0, Math.abs(columnCurrents.data[k]) - on[k / columns] * ofCell);
        }
        cells.noiseDensity(drives, columnVoltage, channels, density);
        for (int k = 0; k < drives.numRows * columns; k++) {
            density.data[k] += on[k / columns] * ofCellNoise;
        }
    }
}
