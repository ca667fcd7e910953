package org.vmmlib.studies.device;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.crossbar.ArrayCells;
import org.vmmlib.core.crossbar.CellLaw;
import org.vmmlib.core.crossbar.CellState;
import org.vmmlib.core.physics.Conditions;

/** A row of cells of one device that were tuned to weights at 25 °C, read at any temperature. */
final class Cells {

    private final CellLaw law;
    private final CellState state;
    private final int count;

    Cells(CellLaw law, double... weights) {
        this.law = law;
        count = weights.length;
        DMatrixRMaj row = new DMatrixRMaj(1, count);
        System.arraycopy(weights, 0, row.data, 0, count);
        state = law.store(row, Conditions.ROOM);
    }

    /** What they store. */
    CellState state() {
        return state;
    }

    /** Currents of the cells, amperes, positive from row to column. */
    double[] currents(Conditions conditions, double gate, double row, double column) {
        ArrayCells cells = law.bind(state, conditions);
        double[] current = new double[count];
        cells.evaluate(0, gate, filled(row), filled(column), current, new double[count], new double[count]);
        return current;
    }

    /** Currents at the read point, amperes, positive in the direction of that of the last cell. */
    double[] read(Conditions conditions, Bias bias) {
        double[] currents = currents(conditions, bias.gate(), bias.row(), bias.column());
        double sign = Math.signum(currents[count - 1]);
        for (int k = 0; k < count; k++) {
            currents[k] *= sign;
        }
        return currents;
    }

    private double[] filled(double value) {
        double[] all = new double[count];
        Arrays.fill(all, value);
        return all;
    }

    /** The gate voltage between two at which a growing current has a value, to a nanovolt. */
    static double gateOf(DoubleUnaryOperator current, double wanted, double low, double high) {
        double below = low;
        double above = high;
        while (above - below > 1e-9) {
            double middle = 0.5 * (below + above);
            if (current.applyAsDouble(middle) < wanted) {
                below = middle;
            } else {
                above = middle;
            }
        }
        return 0.5 * (below + above);
    }
}
