package org.vmmlib.devices.memory;

import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.crossbar.ArrayCells;
import org.vmmlib.core.crossbar.FluctuatingCells;
import org.vmmlib.core.crossbar.Topology;

/** Cells with a known relative fluctuation of their currents. */
final class FluctuatingMemory implements FluctuatingCells {

    private final ArrayCells cells;
    private final double[] relative;

    /**
     * @param cells the cells
     * @param relative N×M relative standard deviations. Not modified.
     */
    FluctuatingMemory(ArrayCells cells, double[] relative) {
        this.cells = cells;
        this.relative = relative;
    }

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
        int columns = cells.columns();
        cells.evaluate(row, gate, vRow, vColumn, deviation, new double[columns], new double[columns]);
        for (int j = 0; j < columns; j++) {
            deviation[j] = Math.abs(deviation[j]) * relative[row * columns + j];
        }
    }
}
