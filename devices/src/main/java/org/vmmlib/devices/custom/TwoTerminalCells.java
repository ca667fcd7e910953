package org.vmmlib.devices.custom;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.crossbar.ArrayCells;
import org.vmmlib.core.crossbar.Topology;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.physics.WhiteNoise;

/** Cells of a user's current, which goes on as its tangent beyond the voltages that it is made for. */
final class TwoTerminalCells implements ArrayCells {

    private final TwoTerminalCurrent law;
    private final double low;
    private final double high;
    private final Conditions conditions;
    private final int columns;

    /** A row of states each. */
    private final double[][] states;

    TwoTerminalCells(TwoTerminalCurrent law, double low, double high, DMatrixRMaj states, Conditions conditions) {
        this.law = law;
        this.low = low;
        this.high = high;
        this.conditions = conditions;
        columns = states.numCols;
        this.states = new double[states.numRows][];
        for (int i = 0; i < states.numRows; i++) {
            this.states[i] = Arrays.copyOfRange(states.data, i * columns, (i + 1) * columns);
        }
    }

    @Override
    public Topology topology() {
        return Topology.SOURCE_DRIVEN;
    }

    @Override
    public int rows() {
        return states.length;
    }

    @Override
    public int columns() {
        return columns;
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
        // The column slopes hold the voltages until they are known.
        for (int j = 0; j < columns; j++) {
            slopeColumn[j] = Math.max(low, Math.min(high, vRow[j] - vColumn[j]));
        }
        law.evaluate(columns, slopeColumn, states[row], conditions, current, slopeRow);
        for (int j = 0; j < columns; j++) {
            double beyond = vRow[j] - vColumn[j] - slopeColumn[j];
            if (beyond != 0) {
                current[j] += slopeRow[j] * beyond;
            }
            slopeColumn[j] = -slopeRow[j];
        }
    }

    /** Shot noise over a barrier, {@code 2qI coth(qV/2kT)} of each cell, thermal noise at 0 V. */
    @Override
    public void noise(int row, double gate, double[] vRow, double[] vColumn, double[] density) {
        double[] slopeRow = new double[columns];
        evaluate(row, gate, vRow, vColumn, density, slopeRow, new double[columns]);
        for (int j = 0; j < columns; j++) {
            double voltage = vRow[j] - vColumn[j];
            double chord = voltage == 0 ? slopeRow[j] : density[j] / voltage;
            density[j] = WhiteNoise.barrier(chord, voltage, conditions.temperature());
        }
    }
}
