package org.vmmlib.devices.custom;

import java.util.Arrays;
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
    public void noiseDensity(
            DMatrixRMaj drives, double columnVoltage, DMatrixRMaj columnCurrents, DMatrixRMaj density) {
        int columns = conductances.numCols;
        density.reshape(drives.numRows, columns);
        Arrays.fill(density.data, 0, drives.numRows * columns, 0);
        for (int k = 0; k < conductances.getNumElements(); k++) {
            double thermal = WhiteNoise.thermal(conductances.data[k], temperature);
            for (int b = 0; b < drives.numRows; b++) {
                density.data[b * columns + k % columns] += thermal;
            }
        }
    }
}
