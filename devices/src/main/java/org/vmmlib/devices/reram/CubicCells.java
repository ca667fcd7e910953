package org.vmmlib.devices.reram;

import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.crossbar.ArrayCells;
import org.vmmlib.core.crossbar.Topology;
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
    public void noise(int row, double gate, double[] vRow, double[] vColumn, double[] density) {
        int columns = conductances.numCols;
        double last = Double.NaN;
        double perSiemens = 0;
        for (int j = 0; j < columns; j++) {
            double voltage = vRow[j] - vColumn[j];
            if (voltage != last) {
                last = voltage;
                perSiemens = WhiteNoise.barrier(1, voltage, temperature);
            }
            double within = Math.max(-limit, Math.min(limit, voltage));
            int k = row * columns + j;
            density[j] = perSiemens
                    * conductances.data[k]
                    * (1 + second[k] * CubicNonlinearity.size(within) + third[k] * within * within);
        }
    }
}
