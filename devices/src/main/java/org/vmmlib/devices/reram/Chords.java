package org.vmmlib.devices.reram;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.crossbar.ArrayCells;
import org.vmmlib.core.physics.WhiteNoise;

/** Noise of cells that are known by their currents alone. */
final class Chords {

    private Chords() {}

    /** Sums, column by column, the noise of barriers with the chord conductances i/v of source-driven cells. */
    static void barrierNoise(
            ArrayCells cells, DMatrixRMaj drives, double columnVoltage, double temperature, DMatrixRMaj density) {
        int rows = cells.rows();
        int columns = cells.columns();
        double[] row = new double[columns];
        double[] column = new double[columns];
        double[] current = new double[columns];
        double[] slopeRow = new double[columns];
        double[] slopeColumn = new double[columns];
        Arrays.fill(column, columnVoltage);
        density.reshape(drives.numRows, columns);
        Arrays.fill(density.data, 0, drives.numRows * columns, 0);
        for (int b = 0; b < drives.numRows; b++) {
            for (int i = 0; i < rows; i++) {
                double drive = drives.data[b * rows + i];
                double voltage = drive - columnVoltage;
                Arrays.fill(row, drive);
                cells.evaluate(i, 0, row, column, current, slopeRow, slopeColumn);
                for (int j = 0; j < columns; j++) {
                    double chord = voltage == 0 ? slopeRow[j] : current[j] / voltage;
                    density.data[b * columns + j] += WhiteNoise.barrier(chord, voltage, temperature);
                }
            }
        }
    }
}
