package org.vmmlib.devices.flash;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.crossbar.ArrayCells;
import org.vmmlib.devices.transistor.MosChannel;

/**
 * Floating-gate cells whose gates are all at one voltage.
 *
 * @param cells with a gate
 * @param gate volts
 * @param channel of the reference cell
 * @param thresholds N×M, volts above the reference cell. Not modified.
 * @param temperature kelvin
 */
record FixedGateCells(
        ChargeBasedCells cells, double gate, MosChannel channel, DMatrixRMaj thresholds, double temperature)
        implements ArrayCells {

    @Override
    public int rows() {
        return cells.rows();
    }

    @Override
    public int columns() {
        return cells.columns();
    }

    @Override
    public void evaluate(
            int row,
            double rowGate,
            double[] vRow,
            double[] vColumn,
            double[] current,
            double[] slopeRow,
            double[] slopeColumn) {
        cells.evaluate(row, gate, vRow, vColumn, current, slopeRow, slopeColumn);
    }

    /** Thermal noise of the channels' charges. */
    @Override
    public void noiseDensity(
            DMatrixRMaj drives, double columnVoltage, DMatrixRMaj columnCurrents, DMatrixRMaj density) {
        int rows = rows();
        int columns = columns();
        density.reshape(drives.numRows, columns);
        Arrays.fill(density.data, 0, drives.numRows * columns, 0);
        for (int k = 0; k < drives.numRows * rows; k++) {
            for (int j = 0; j < columns; j++) {
                double pinchOff = channel.pinchOff(gate - thresholds.data[k % rows * columns + j]);
                density.data[k / rows * columns + j] +=
                        channel.noiseDensity(pinchOff, columnVoltage, drives.data[k], temperature);
            }
        }
    }
}
