package org.vmmlib.devices.reram;

import org.vmmlib.core.crossbar.ArrayCells;
import org.vmmlib.core.physics.WhiteNoise;

/** Noise of cells that are known by their currents alone. */
final class Chords {

    private Chords() {}

    /** Noise of barriers with the chord conductances i/v of the source-driven cells of a row. */
    static void barrierNoise(
            ArrayCells cells, int row, double[] vRow, double[] vColumn, double temperature, double[] density) {
        int columns = cells.columns();
        double[] slopeRow = new double[columns];
        cells.evaluate(row, 0, vRow, vColumn, density, slopeRow, new double[columns]);
        for (int j = 0; j < columns; j++) {
            double voltage = vRow[j] - vColumn[j];
            double chord = voltage == 0 ? slopeRow[j] : density[j] / voltage;
            density[j] = WhiteNoise.barrier(chord, voltage, temperature);
        }
    }
}
