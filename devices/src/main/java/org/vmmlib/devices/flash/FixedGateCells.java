package org.vmmlib.devices.flash;

import org.vmmlib.core.crossbar.ArrayCells;
import org.vmmlib.core.crossbar.Topology;

/**
 * Floating-gate cells whose gates are all at one voltage.
 *
 * @param cells with a gate
 * @param gate volts
 */
record FixedGateCells(ChargeBasedCells cells, double gate) implements ArrayCells {

    @Override
    public Topology topology() {
        return Topology.SOURCE_DRIVEN;
    }

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
    public void noise(int row, double rowGate, double[] vRow, double[] vColumn, double[] density) {
        cells.noise(row, gate, vRow, vColumn, density);
    }
}
