package org.vmmlib.devices.reram;

import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.crossbar.ArrayCells;
import org.vmmlib.core.crossbar.Topology;

/** Magnetic junctions whose antiparallel part conducts more at a higher voltage. */
final class MagneticCells implements ArrayCells {

    private final MagneticJunction law;
    private final DMatrixRMaj parallel;
    private final double temperature;

    MagneticCells(MagneticJunction law, DMatrixRMaj parallel, double temperature) {
        this.law = law;
        this.parallel = parallel;
        this.temperature = temperature;
    }

    @Override
    public Topology topology() {
        return Topology.SOURCE_DRIVEN;
    }

    @Override
    public int rows() {
        return parallel.numRows;
    }

    @Override
    public int columns() {
        return parallel.numCols;
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
        int columns = parallel.numCols;
        double g = law.conductance();
        double perHalf = 1 / law.halfVoltage();
        double m = law.magnetoresistance();
        for (int j = 0; j < columns; j++) {
            double x = parallel.data[row * columns + j];
            double voltage = vRow[j] - vColumn[j];
            double u = voltage * perHalf;
            double top = 1 + u * u;
            double bottom = top + m;
            double ratio = top / bottom;
            // v · d(ratio)/dv = 2 u² m / bottom²
            double slope = g * (x + (1 - x) * (ratio + 2 * u * u * m / (bottom * bottom)));
            current[j] = g * voltage * (x + (1 - x) * ratio);
            slopeRow[j] = slope;
            slopeColumn[j] = -slope;
        }
    }

    /** Barrier noise of each cell at its chord conductance. */
    @Override
    public void noise(int row, double gate, double[] vRow, double[] vColumn, double[] density) {
        Chords.barrierNoise(this, row, vRow, vColumn, temperature, density);
    }
}
