package org.vmmlib.devices.access;

import java.util.Arrays;
import org.vmmlib.core.crossbar.ArrayCells;
import org.vmmlib.core.crossbar.Topology;

/**
 * Two 1T1R cells between the row's rails and one column.
 *
 * @param positive to the low rail
 * @param negative to the high rail
 */
record SignedPairCells(TransistorResistorCells positive, TransistorResistorCells negative) implements ArrayCells {

    @Override
    public Topology topology() {
        return positive.topology();
    }

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
    public void noise(int row, double gate, double[] vRow, double[] vColumn, double[] density) {
        Arrays.fill(density, 0, columns(), 0);
        positive.addNoise(row, gate, vRow, vColumn, density);
        negative.addNoise(row, gate, vRow, vColumn, density);
    }
}
