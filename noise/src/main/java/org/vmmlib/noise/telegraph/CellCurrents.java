package org.vmmlib.noise.telegraph;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;
import org.vmmlib.core.crossbar.ArrayCells;
import org.vmmlib.core.crossbar.solve.Excitation;
import org.vmmlib.core.crossbar.solve.Solution;
import org.vmmlib.core.crossbar.solve.Workspace;
import org.vmmlib.core.macro.Effect;

/**
 * Currents of the cells of an array in a read, voltages across them, and the way of a change of them to the columns: one
 * vector at a time.
 */
final class CellCurrents {

    private final Effect.Read read;
    private final int rows;
    private final int columns;
    private final boolean whole;
    private final double[] currents;
    private final double[] voltages;
    private final @Nullable Workspace workspace;
    private Excitation excitation;

    CellCurrents(Effect.Read read) {
        this.read = read;
        excitation = read.excitation();
        rows = read.array().crossbar().rows();
        columns = read.array().crossbar().columns();
        whole = read.array().crossbar().lines().ideal()
                && excitation.rows().allConnected()
                && excitation.columns().allConnected();
        currents = new double[rows * columns];
        voltages = new double[rows * columns];
        workspace = whole ? null : read.array().workspace();
    }

    /** Goes to a vector of the batch. */
    void at(int vector) {
        Excitation all = read.excitation();
        excitation = new Excitation(
                all.direction(),
                row(all.gates(), vector),
                row(all.rowVoltages(), vector),
                row(all.columnVoltages(), vector),
                all.rows(),
                all.columns());
        if (workspace == null) {
            evaluate(read.cells());
        } else {
            solve(workspace);
        }
    }

    private static DMatrixRMaj row(DMatrixRMaj of, int vector) {
        DMatrixRMaj out = new DMatrixRMaj(1, of.numCols);
        System.arraycopy(of.data, vector * of.numCols, out.data, 0, of.numCols);
        return out;
    }

    private void evaluate(ArrayCells cells) {
        boolean gated = excitation.gates().numCols > 0;
        double[] column = excitation.columnVoltages().data;
        double[] row = new double[columns];
        double[] current = new double[columns];
        double[] slopeRow = new double[columns];
        double[] slopeColumn = new double[columns];
        for (int i = 0; i < rows; i++) {
            Arrays.fill(row, excitation.rowVoltages().data[i]);
            cells.evaluate(i, gated ? excitation.gates().data[i] : 0, row, column, current, slopeRow, slopeColumn);
            for (int j = 0; j < columns; j++) {
                currents[i * columns + j] = current[j];
                voltages[i * columns + j] = row[j] - column[j];
            }
        }
    }

    private void solve(Workspace scratch) {
        Solution solution = new Solution(true, false);
        read.array().solve(excitation, solution, scratch);
        for (int k = 0; k < currents.length; k++) {
            currents[k] = solution.cellCurrents.data[k];
            voltages[k] = solution.wordLines.data[k] - solution.bitLines.data[k];
        }
    }

    /** Current of a cell, row to column, amperes. */
    double current(int cell) {
        return currents[cell];
    }

    /** Voltage across a cell, volts. */
    double voltage(int cell) {
        return voltages[cell];
    }

    /**
     * Adds what changes of cells do to the columns.
     *
     * @param cells indices of those that change
     * @param changes amperes, row to column
     * @param sign of the signal current by that out of the column
     * @param out B×M column currents. Modified: added to.
     * @param from where the columns of this vector start
     */
    void toColumns(int[] cells, double[] changes, double sign, double[] out, int from) {
        if (workspace == null) {
            for (int k = 0; k < cells.length; k++) {
                out[from + cells[k] % columns] += sign * changes[k];
            }
            return;
        }
        DMatrixRMaj response = new DMatrixRMaj(0, 0);
        DMatrixRMaj weights = new DMatrixRMaj(1, columns);
        for (int j = 0; j < columns; j++) {
            weights.zero();
            weights.data[j] = 1;
            read.array().adjoint(excitation, weights, response, workspace);
            double sum = 0;
            for (int k = 0; k < cells.length; k++) {
                sum += response.data[cells[k]] * changes[k];
            }
            out[from + j] += sign * sum;
        }
    }
}
