package org.vmmlib.devices.reram;

import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.crossbar.LinearCells;
import org.vmmlib.core.physics.WhiteNoise;

/** Linear resistors. */
final class OhmicCells implements LinearCells {

    private final DMatrixRMaj conductances;
    private final double temperature;

    /** 4kT times the conductances of each column. */
    private final double[] columnNoise;

    OhmicCells(DMatrixRMaj conductances, double temperature) {
        this.conductances = conductances;
        this.temperature = temperature;
        columnNoise = new double[conductances.numCols];
        for (int k = 0; k < conductances.getNumElements(); k++) {
            columnNoise[k % conductances.numCols] += conductances.data[k];
        }
        for (int j = 0; j < columnNoise.length; j++) {
            columnNoise[j] = WhiteNoise.thermal(columnNoise[j], temperature);
        }
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
        double[] g = conductances.data;
        int columns = conductances.numCols;
        int first = row * columns;
        for (int j = 0; j < columns; j++) {
            double conductance = g[first + j];
            current[j] = conductance * (vRow[j] - vColumn[j]);
            slopeRow[j] = conductance;
            slopeColumn[j] = -conductance;
        }
    }

    @Override
    public void noise(int row, double gate, double[] vRow, double[] vColumn, double[] density) {
        int first = row * conductances.numCols;
        for (int j = 0; j < conductances.numCols; j++) {
            density[j] = WhiteNoise.thermal(conductances.data[first + j], temperature);
        }
    }

    @Override
    public void noiseDensity(
            DMatrixRMaj drives, double columnVoltage, DMatrixRMaj columnCurrents, DMatrixRMaj density) {
        density.reshape(drives.numRows, columnNoise.length);
        for (int b = 0; b < drives.numRows; b++) {
            System.arraycopy(columnNoise, 0, density.data, b * columnNoise.length, columnNoise.length);
        }
    }
}
