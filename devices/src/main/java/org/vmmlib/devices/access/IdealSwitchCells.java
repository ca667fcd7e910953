package org.vmmlib.devices.access;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.crossbar.SeparableCells;
import org.vmmlib.core.physics.WhiteNoise;

/** Resistors behind switches without resistance, closed where the gate is above a threshold. */
final class IdealSwitchCells implements SeparableCells {

    private final DMatrixRMaj conductances;
    private final double threshold;
    private final double temperature;

    IdealSwitchCells(DMatrixRMaj conductances, double threshold, double temperature) {
        this.conductances = conductances;
        this.threshold = threshold;
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
    public double drive(double gate) {
        return gate > threshold ? 1 : 0;
    }

    @Override
    public void factors(double[] vColumn, DMatrixRMaj factors) {
        int columns = conductances.numCols;
        factors.reshape(conductances.numRows, columns);
        for (int k = 0; k < conductances.getNumElements(); k++) {
            factors.data[k] = conductances.data[k] * vColumn[k % columns];
        }
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
        if (drive(gate) == 0) {
            Arrays.fill(current, 0, columns, 0);
            Arrays.fill(slopeRow, 0, columns, 0);
            Arrays.fill(slopeColumn, 0, columns, 0);
            return;
        }
        int first = row * columns;
        for (int j = 0; j < columns; j++) {
            double g = conductances.data[first + j];
            current[j] = g * (vRow[j] - vColumn[j]);
            slopeRow[j] = g;
            slopeColumn[j] = -g;
        }
    }

    /** 4kTg of the cells that are on. */
    @Override
    public void noise(int row, double gate, double[] vRow, double[] vColumn, double[] density) {
        double perSiemens = drive(gate) * WhiteNoise.thermal(1, temperature);
        int first = row * conductances.numCols;
        for (int j = 0; j < conductances.numCols; j++) {
            density[j] = perSiemens * conductances.data[first + j];
        }
    }

    /** 4kTg of the cells that are on. */
    @Override
    public void noiseDensity(
            DMatrixRMaj drives, double columnVoltage, DMatrixRMaj columnCurrents, DMatrixRMaj density) {
        int rows = rows();
        int columns = columns();
        density.reshape(drives.numRows, columns);
        Arrays.fill(density.data, 0, drives.numRows * columns, 0);
        for (int k = 0; k < drives.numRows * rows; k++) {
            double perSiemens = drive(drives.data[k]) * WhiteNoise.thermal(1, temperature);
            for (int j = 0; j < columns; j++) {
                density.data[k / rows * columns + j] += perSiemens * conductances.data[k % rows * columns + j];
            }
        }
    }
}
