package org.vmmlib.devices.reram;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.crossbar.ArrayCells;
import org.vmmlib.core.crossbar.Topology;
import org.vmmlib.core.kernel.RowFunctions;
import org.vmmlib.core.physics.WhiteNoise;

/**
 * Cells with {@code i = (g/α) sinh(α v)}; above |αv| = {@link #LIMIT}, its tangent.
 */
final class SinhCells implements ArrayCells {

    private static final double LIMIT = 300;

    private final DMatrixRMaj conductances;
    private final double alpha;
    private final double temperature;

    SinhCells(DMatrixRMaj conductances, double alpha, double temperature) {
        this.conductances = conductances;
        this.alpha = alpha;
        this.temperature = temperature;
    }

    @Override
    public Topology topology() {
        return Topology.SOURCE_DRIVEN;
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
        int columns = conductances.numCols;
        for (int j = 0; j < columns; j++) {
            slopeColumn[j] = Math.max(-LIMIT, Math.min(LIMIT, alpha * (vRow[j] - vColumn[j])));
        }
        RowFunctions.sinhAndCosh(columns, slopeColumn, current, slopeRow);
        // Beyond the limit sinh and cosh agree to a rounding.
        for (int j = 0; j < columns; j++) {
            double beyond = alpha * (vRow[j] - vColumn[j]) - slopeColumn[j];
            current[j] = current[j] + slopeRow[j] * beyond;
        }
        scale(row, 1 / alpha, current, slopeRow, slopeColumn);
    }

    private void scale(int row, double perAlpha, double[] current, double[] slopeRow, double[] slopeColumn) {
        double[] g = conductances.data;
        int columns = conductances.numCols;
        int first = row * columns;
        for (int j = 0; j < columns; j++) {
            double conductance = g[first + j];
            double slope = conductance * slopeRow[j];
            current[j] = conductance * (current[j] * perAlpha);
            slopeRow[j] = slope;
            slopeColumn[j] = -slope;
        }
    }

    /** Barrier noise of each cell at its chord conductance, {@code g sinh(αv)/(αv)}. */
    @Override
    public void noise(int row, double gate, double[] vRow, double[] vColumn, double[] density) {
        int first = row * conductances.numCols;
        for (int j = 0; j < conductances.numCols; j++) {
            density[j] = perSiemens(vRow[j] - vColumn[j]) * conductances.data[first + j];
        }
    }

    private double perSiemens(double voltage) {
        double x = alpha * voltage;
        double chord = x == 0 ? 1 : Math.sinh(Math.max(-LIMIT, Math.min(LIMIT, x))) / x;
        return WhiteNoise.barrier(chord, voltage, temperature);
    }

    /** A row weighs the conductances of its cells with one factor. */
    @Override
    public void noiseDensity(
            DMatrixRMaj drives, double columnVoltage, DMatrixRMaj columnCurrents, DMatrixRMaj density) {
        int rows = conductances.numRows;
        int columns = conductances.numCols;
        density.reshape(drives.numRows, columns);
        Arrays.fill(density.data, 0, drives.numRows * columns, 0);
        for (int b = 0; b < drives.numRows; b++) {
            for (int i = 0; i < rows; i++) {
                double perSiemens = perSiemens(drives.data[b * rows + i] - columnVoltage);
                for (int j = 0; j < columns; j++) {
                    density.data[b * columns + j] += perSiemens * conductances.data[i * columns + j];
                }
            }
        }
    }
}
