package org.vmmlib.devices.access;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.crossbar.ArrayCells;

/**
 * Two 1T1R cells between the row's rails and one column.
 *
 * @param positive to the low rail
 * @param negative to the high rail
 */
record SignedPairCells(TransistorResistorCells positive, TransistorResistorCells negative) implements ArrayCells {

    @Override
    public int rows() {
        return positive.rows();
    }

    @Override
    public int columns() {
        return positive.columns();
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
        positive.evaluate(row, gate, vRow, vColumn, current, slopeRow, slopeColumn);
        negative.add(row, gate, vRow, vColumn, current, slopeRow, slopeColumn);
    }

    @Override
    public void noiseDensity(
            DMatrixRMaj drives, double columnVoltage, DMatrixRMaj columnCurrents, DMatrixRMaj density) {
        density.reshape(drives.numRows, columns());
        Arrays.fill(density.data, 0, drives.numRows * columns(), 0);
        positive.addNoise(drives, columnVoltage, density);
        negative.addNoise(drives, columnVoltage, density);
    }
}
