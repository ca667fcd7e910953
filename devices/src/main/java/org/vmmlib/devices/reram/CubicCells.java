package org.vmmlib.devices.reram;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.crossbar.ArrayCells;
import org.vmmlib.core.physics.WhiteNoise;

/** Cells with {@code i = g (v + a v |v| + b v³)} up to a voltage, |v| rounded off around 0, and the tangent above. */
final class CubicCells implements ArrayCells {

    private final DMatrixRMaj conductances;
    private final double[] second;
    private final double[] third;
    private final double limit;
    private final double temperature;

    CubicCells(DMatrixRMaj conductances, CubicNonlinearity nonlinearity, double temperature) {
        this.conductances = conductances;
        this.temperature = temperature;
        limit = nonlinearity.limit();
        int cells = conductances.getNumElements();
        second = new double[cells];
        third = new double[cells];
        for (int k = 0; k < cells; k++) {
            second[k] = nonlinearity.relativeSecond(conductances.data[k]);
            third[k] = nonlinearity.relativeThird(conductances.data[k]);
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
            double voltage = vRow[j] - vColumn[j];
            double within = Math.max(-limit, Math.min(limit, voltage));
            double size = CubicNonlinearity.size(within);
            double sizeSlope = CubicNonlinearity.sizeSlope(within);
            double a = second[first + j];
            double b = third[first + j];
            double conductance = g[first + j];
            double slope = conductance * (1 + a * (size + within * sizeSlope) + 3 * b * within * within);
            current[j] = conductance * within * (1 + a * size + b * within * within) + slope * (voltage - within);
            slopeRow[j] = slope;
            slopeColumn[j] = -slope;
        }
    }

    /** Barrier noise of each cell at its chord conductance. */
    @Override
    public void noiseDensity(
            DMatrixRMaj drives, double columnVoltage, DMatrixRMaj columnCurrents, DMatrixRMaj density) {
        int rows = conductances.numRows;
        int columns = conductances.numCols;
        density.reshape(drives.numRows, columns);
        Arrays.fill(density.data, 0, drives.numRows * columns, 0);
        for (int v = 0; v < drives.numRows; v++) {
            for (int i = 0; i < rows; i++) {
                double voltage = drives.data[v * rows + i] - columnVoltage;
                double within = Math.max(-limit, Math.min(limit, voltage));
                double size = CubicNonlinearity.size(within);
                double perSiemens = WhiteNoise.barrier(1, voltage, temperature);
                for (int j = 0; j < columns; j++) {
                    int k = i * columns + j;
                    density.data[v * columns + j] +=
                            perSiemens * conductances.data[k] * (1 + second[k] * size + third[k] * within * within);
                }
            }
        }
    }
}
