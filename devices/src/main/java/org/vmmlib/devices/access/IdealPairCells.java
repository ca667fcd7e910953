package org.vmmlib.devices.access;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.crossbar.SeparableCells;
import org.vmmlib.core.physics.WhiteNoise;

/**
 * Signed pairs of resistors behind ideal switches.
 *
 * @param positive N×M conductances to the low rail, siemens. Not modified.
 * @param negative N×M conductances to the high rail, siemens. Not modified.
 * @param lowRail volts above the row line
 * @param highRail volts above the row line
 * @param threshold gate voltage above which the switches are closed, volts
 * @param temperature kelvin
 */
record IdealPairCells(
        DMatrixRMaj positive,
        DMatrixRMaj negative,
        double lowRail,
        double highRail,
        double threshold,
        double temperature)
        implements SeparableCells {

    @Override
    public int rows() {
        return positive.numRows;
    }

    @Override
    public int columns() {
        return positive.numCols;
    }

    @Override
    public double drive(double gate) {
        return gate > threshold ? 1 : 0;
    }

    @Override
    public void factors(double[] vColumn, DMatrixRMaj factors) {
        int columns = columns();
        factors.reshape(rows(), columns);
        for (int k = 0; k < rows() * columns; k++) {
            double v = vColumn[k % columns];
            factors.data[k] = positive.data[k] * (v - lowRail) + negative.data[k] * (v - highRail);
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
        int columns = columns();
        if (drive(gate) == 0) {
            Arrays.fill(current, 0, columns, 0);
            Arrays.fill(slopeRow, 0, columns, 0);
            Arrays.fill(slopeColumn, 0, columns, 0);
            return;
        }
        int first = row * columns;
        for (int j = 0; j < columns; j++) {
            double plus = positive.data[first + j];
            double minus = negative.data[first + j];
            double across = vRow[j] - vColumn[j];
            current[j] = plus * (across + lowRail) + minus * (across + highRail);
            slopeRow[j] = plus + minus;
            slopeColumn[j] = -(plus + minus);
        }
    }

    /** 4kTg of both resistors of the cells that are on. */
    @Override
    public void noise(int row, double gate, double[] vRow, double[] vColumn, double[] density) {
        double perSiemens = drive(gate) * WhiteNoise.thermal(1, temperature);
        int first = row * columns();
        for (int j = 0; j < columns(); j++) {
            density[j] = perSiemens * (positive.data[first + j] + negative.data[first + j]);
        }
    }

    /** 4kTg of both resistors of the cells that are on. */
    @Override
    public void noiseDensity(
            DMatrixRMaj drives, double columnVoltage, DMatrixRMaj columnCurrents, DMatrixRMaj density) {
        int rows = rows();
        int columns = columns();
        density.reshape(drives.numRows, columns);
        Arrays.fill(density.data, 0, drives.numRows * columns, 0);
        for (int k = 0; k < drives.numRows * rows; k++) {
            double perSiemens = drive(drives.data[k]) * WhiteNoise.thermal(1, temperature);
            int first = k % rows * columns;
            for (int j = 0; j < columns; j++) {
                density.data[k / rows * columns + j] +=
                        perSiemens * (positive.data[first + j] + negative.data[first + j]);
            }
        }
    }
}
