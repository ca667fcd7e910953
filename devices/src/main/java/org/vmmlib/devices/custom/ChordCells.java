package org.vmmlib.devices.custom;

import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.crossbar.LinearCells;
import org.vmmlib.core.physics.WhiteNoise;

/** Cells as the resistors that they are at the read voltage. */
final class ChordCells implements LinearCells {

    private final DMatrixRMaj conductances;
    private final double temperature;

    ChordCells(DMatrixRMaj conductances, double temperature) {
        this.conductances = conductances;
        this.temperature = temperature;
    }

    @Override
    public int rows() {
        return conductances.numRows;
    }

    @Override
    public int columns() {
        return conductances.numCols;
    }

    @Override
    public DMatrixRMaj conductances() {
        return conductances;
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
        int columns = conductances.numCols;
        for (int j = 0; j < columns; j++) {
            double g = conductances.data[row * columns + j];
            current[j] = g * (vRow[j] - vColumn[j]);
            slopeRow[j] = g;
            slopeColumn[j] = -g;
        }
    }

    @Override
    public void noise(int row, double gate, double[] vRow, double[] vColumn, double[] density) {
        int first = row * conductances.numCols;
        for (int j = 0; j < conductances.numCols; j++) {
            density[j] = WhiteNoise.thermal(conductances.data[first + j], temperature);
        }
    }
}
