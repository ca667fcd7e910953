package org.vmmlib.devices.reram;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.crossbar.ArrayCells;
import org.vmmlib.core.physics.WhiteNoise;

/**
 * Cells with {@code i = (g/α) sinh(α v)}. Up to |αv| = 1 sinh(x)/x is its Taylor polynomial, which keeps the
 * relative accuracy at small voltages; above, the difference of two exponentials; above {@link #LIMIT}, its tangent.
 */
final class SinhCells implements ArrayCells {

    private static final double LIMIT = 300;
    private static final double SINH_AT_LIMIT = Math.sinh(LIMIT);

    private final DMatrixRMaj conductances;
    private final double alpha;
    private final double temperature;

    SinhCells(DMatrixRMaj conductances, double alpha, double temperature) {
        this.conductances = conductances;
        this.alpha = alpha;
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
        double perAlpha = 1 / alpha;
        for (int j = 0; j < columns; j++) {
            double voltage = vRow[j] - vColumn[j];
            double x = alpha * voltage;
            double size = Math.abs(x);
            double sinhPerAlpha;
            double cosh;
            if (size <= 1) {
                double ratio = sinhRatio(x * x);
                double sinh = x * ratio;
                sinhPerAlpha = voltage * ratio;
                cosh = Math.sqrt(1 + sinh * sinh);
            } else if (size <= LIMIT) {
                double growing = Math.exp(x);
                double falling = 1 / growing;
                sinhPerAlpha = 0.5 * (growing - falling) * perAlpha;
                cosh = 0.5 * (growing + falling);
            } else {
                // sinh and cosh agree to a rounding here.
                sinhPerAlpha = Math.copySign(SINH_AT_LIMIT * (1 + size - LIMIT), x) * perAlpha;
                cosh = SINH_AT_LIMIT;
            }
            double conductance = g[first + j];
            double slope = conductance * cosh;
            current[j] = conductance * sinhPerAlpha;
            slopeRow[j] = slope;
            slopeColumn[j] = -slope;
        }
    }

    /** sinh(x)/x from s = x², s ≤ 1: Taylor polynomial whose first term left out is 1/19! = 8e-18. */
    private static double sinhRatio(double s) {
        double sum = 1 / 355687428096000.0;
        sum = sum * s + 1 / 1307674368000.0;
        sum = sum * s + 1 / 6227020800.0;
        sum = sum * s + 1 / 39916800.0;
        sum = sum * s + 1 / 362880.0;
        sum = sum * s + 1 / 5040.0;
        sum = sum * s + 1 / 120.0;
        sum = sum * s + 1 / 6.0;
        return 1 + sum * s;
    }

    /** The chord conductance is {@code g sinh(αv)/(αv)}, so a row weighs the conductances of its cells with one factor. */
    @Override
    public void noiseDensity(
            DMatrixRMaj drives, double columnVoltage, DMatrixRMaj columnCurrents, DMatrixRMaj density) {
        int rows = conductances.numRows;
        int columns = conductances.numCols;
        density.reshape(drives.numRows, columns);
        Arrays.fill(density.data, 0, drives.numRows * columns, 0);
        for (int b = 0; b < drives.numRows; b++) {
            for (int i = 0; i < rows; i++) {
                double voltage = drives.data[b * rows + i] - columnVoltage;
                double x = alpha * voltage;
                double chord = x == 0 ? 1 : Math.sinh(Math.max(-LIMIT, Math.min(LIMIT, x))) / x;
                double perSiemens = WhiteNoise.barrier(chord, voltage, temperature);
                for (int j = 0; j < columns; j++) {
                    density.data[b * columns + j] += perSiemens * conductances.data[i * columns + j];
                }
            }
        }
    }
}
