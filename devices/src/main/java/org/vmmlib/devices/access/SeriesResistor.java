package org.vmmlib.devices.access;

import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.check.Require;
import org.vmmlib.core.crossbar.CellState;
import org.vmmlib.core.crossbar.StatePlane;
import org.vmmlib.devices.reram.ConductanceWindow;
import org.vmmlib.devices.transistor.MosChannel;

/**
 * The resistor of a 1T1R cell, tuned through its transistor: write-verify sees the current of the whole cell at its read
 * voltages. Weights are linear in that current, from its value at the lowest conductance to that at the highest.
 *
 * @param window conductances of the resistor
 * @param atRow whether the resistor lies between row and transistor, else between transistor and column
 * @param gate read voltage of the gate, volts
 * @param row read voltage of the row, volts
 * @param column read voltage of the column, volts
 */
record SeriesResistor(ConductanceWindow window, boolean atRow, double gate, double row, double column) {

    static final String PLANE = "conductance";

    List<StatePlane> planes() {
        return List.of(new StatePlane(PLANE, "S", window.low(), window.high()));
    }

    DMatrixRMaj conductances(CellState state) {
        return conductances(state, planes());
    }

    static DMatrixRMaj conductances(CellState state, List<StatePlane> planes) {
        if (!state.planes().equals(planes)) {
            throw new IllegalArgumentException("state has planes " + state.planes() + ": must have " + planes
                    + "; make it with store(weights, conditions) of this cell");
        }
        return state.plane(planes.get(0).name());
    }

    /** Magnitudes of the read currents, amperes, row-major. */
    double[] readCurrents(DMatrixRMaj conductances, MosChannel channel) {
        int columns = conductances.numCols;
        TransistorResistorCells cells = new TransistorResistorCells(channel, conductances, atRow, gate, 0, 1);
        double[] vRow = filled(columns, row);
        double[] vColumn = filled(columns, column);
        double[] current = new double[columns];
        double[] slope = new double[columns];
        double[] out = new double[conductances.getNumElements()];
        for (int i = 0; i < conductances.numRows; i++) {
            cells.evaluate(i, gate, vRow, vColumn, current, slope, new double[columns]);
            for (int j = 0; j < columns; j++) {
                out[i * columns + j] = Math.abs(current[j]);
            }
        }
        return out;
    }

    /** The conductance at which the read current has a magnitude, within the window. */
    double conductanceAt(double current, MosChannel channel) {
        double resistorEnd = atRow ? row : column;
        double channelEnd = atRow ? column : row;
        double pinchOff = channel.pinchOff(gate);
        double drop = resistorEnd > channelEnd
                ? resistorEnd - channel.drainAt(pinchOff, channelEnd, current, resistorEnd)
                : channel.sourceAt(pinchOff, channelEnd, current) - resistorEnd;
        return drop > 0 ? Math.max(window.low(), Math.min(window.high(), current / drop)) : window.high();
    }

    /** Read currents of the lowest and the highest conductance, amperes. */
    double[] ends(MosChannel channel) {
        if (window.high() == Double.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "window = any conductance: has no highest weight; give the cell a bounded window");
        }
        return readCurrents(new DMatrixRMaj(1, 2, true, new double[] {window.low(), window.high()}), channel);
    }

    /** The conductance of a weight, given the read currents of both ends. */
    double conductance(double weight, double[] ends, MosChannel channel) {
        if (weight == 0) {
            return window.low();
        }
        return weight == 1 ? window.high() : conductanceAt(ends[0] + weight * (ends[1] - ends[0]), channel);
    }

    CellState store(DMatrixRMaj weights, MosChannel channel) {
        Require.within("weights", weights, 0, 1);
        double[] ends = ends(channel);
        DMatrixRMaj g = new DMatrixRMaj(weights.numRows, weights.numCols);
        for (int k = 0; k < g.data.length; k++) {
            g.data[k] = conductance(weights.data[k], ends, channel);
        }
        return new CellState(planes(), g);
    }

    CellState deviate(CellState target, DMatrixRMaj relativeError, MosChannel channel) {
        DMatrixRMaj g = conductances(target).copy();
        refuseErrors(relativeError, g);
        double[] currents = readCurrents(g, channel);
        for (int k = 0; k < g.data.length; k++) {
            g.data[k] = conductanceAt(currents[k] * (1 + relativeError.data[k]), channel);
        }
        return new CellState(planes(), g);
    }

    static void refuseErrors(DMatrixRMaj relativeError, DMatrixRMaj of) {
        Require.shape("relativeError", relativeError, of.numRows, of.numCols);
        Require.within("relativeError", relativeError, Math.nextUp(-1.0), Double.MAX_VALUE);
    }

    static double[] filled(int count, double value) {
        double[] out = new double[count];
        Arrays.fill(out, value);
        return out;
    }
}
