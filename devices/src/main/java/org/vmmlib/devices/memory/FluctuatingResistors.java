package org.vmmlib.devices.memory;

import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.crossbar.FluctuatingCells;
import org.vmmlib.core.crossbar.LinearCells;

/** Linear cells with a known relative fluctuation of their currents. */
final class FluctuatingResistors implements LinearCells, FluctuatingCells {

    private final LinearCells cells;
    private final double[] relative;

    /**
     * @param cells the cells
     * @param relative N×M relative standard deviations. Not modified.
     */
    FluctuatingResistors(LinearCells cells, double[] relative) {
        this.cells = cells;
        this.relative = relative;
    }

    @Override
    public DMatrixRMaj conductances() {
        return cells.conductances();
    }

    @Override
    public int rows() {
        return cells.rows();
    }

    @Override
    public int columns() {
        return cells.columns();
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
    }

    @Override
    public void noise(int row, double gate, double[] vRow, double[] vColumn, double[] density) {
        cells.noise(row, gate, vRow, vColumn, density);
    }

    @Override
    public void noiseDensity(
            DMatrixRMaj drives, double columnVoltage, DMatrixRMaj columnCurrents, DMatrixRMaj density) {
        cells.noiseDensity(drives, columnVoltage, columnCurrents, density);
    }

    @Override
    public void fluctuation(int row, double gate, double[] vRow, double[] vColumn, double[] deviation) {
        double[] g = cells.conductances().data;
        int columns = cells.columns();
        for (int j = 0; j < columns; j++) {
            int k = row * columns + j;
            deviation[j] = g[k] * Math.abs(vRow[j] - vColumn[j]) * relative[k];
        }
    }
}
