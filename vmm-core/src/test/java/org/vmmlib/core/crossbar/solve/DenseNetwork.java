package org.vmmlib.core.crossbar.solve;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;
import org.vmmlib.core.crossbar.Crossbar;
import org.vmmlib.core.crossbar.Direction;
import org.vmmlib.core.crossbar.LinearCells;
import org.vmmlib.core.crossbar.Lines;
import org.vmmlib.core.physics.Conditions;

/**
 * The nodal equations of a linear array as a textbook writes them: one unknown voltage per node, a dense matrix, LU with
 * pivoting. Needs every resistance above 0 and every node to have a path to a terminal.
 */
final class DenseNetwork {

    private final int rows;
    private final int columns;
    private final DMatrixRMaj matrix;
    private final DMatrixRMaj right;
    /** Whether every node has a path to a terminal, without which there is no solution. */
    final boolean solvable;

    final double[] rowCurrents;
    final double[] columnCurrents;
    final double[] voltages;

    DenseNetwork(Crossbar crossbar, Excitation e, int vector) {
        rows = crossbar.rows();
        columns = crossbar.columns();
        int size = 2 * rows * columns;
        matrix = new DMatrixRMaj(size, size);
        right = new DMatrixRMaj(size, 1);
        rowCurrents = new double[rows];
        columnCurrents = new double[columns];
        voltages = new double[size];
        DMatrixRMaj g = ((LinearCells) crossbar.cells(Conditions.ROOM)).conductances();
        Lines lines = crossbar.lines();
        boolean forward = e.direction() == Direction.ROWS_DRIVEN;
        for (int c = 0; c < rows * columns; c++) {
            join(c, rows * columns + c, g.data[c]);
        }
        for (int i = 0; i < rows; i++) {
            for (int j = 1; j < columns; j++) {
                if (!lines.rowSegmentOpen(i, j)) {
                    join(word(i, j - 1), word(i, j), 1 / lines.rowResistance());
                }
            }
        }
        for (int j = 0; j < columns; j++) {
            for (int i = 1; i < rows; i++) {
                if (!lines.columnSegmentOpen(j, i)) {
                    join(bit(i - 1, j), bit(i, j), 1 / lines.columnResistance());
                }
            }
        }
        double[] toRow = new double[size];
        double[] toColumn = new double[size];
        for (int i = 0; i < rows; i++) {
            double r = lines.rowResistance() + (forward ? lines.sourceResistance(i) : lines.senseResistance(i));
            if (lines.rowEnds().first()
                    && !lines.rowSegmentOpen(i, 0)
                    && !e.rows().isFloating(i)) {
                toRow[word(i, 0)] += 1 / r;
            }
            if (lines.rowEnds().last()
                    && !lines.rowSegmentOpen(i, columns)
                    && !e.rows().isFloating(i)) {
                toRow[word(i, columns - 1)] += 1 / r;
            }
        }
        for (int j = 0; j < columns; j++) {
            double r = lines.columnResistance() + (forward ? lines.senseResistance(j) : lines.sourceResistance(j));
            if (lines.columnEnds().first()
                    && !lines.columnSegmentOpen(j, 0)
                    && !e.columns().isFloating(j)) {
                toColumn[bit(0, j)] += 1 / r;
            }
            if (lines.columnEnds().last()
                    && !lines.columnSegmentOpen(j, rows)
                    && !e.columns().isFloating(j)) {
                toColumn[bit(rows - 1, j)] += 1 / r;
            }
        }
        for (int k = 0; k < size; k++) {
            matrix.add(k, k, toRow[k] + toColumn[k]);
            right.data[k] = toRow[k] * rowVoltage(e, vector, k) + toColumn[k] * columnVoltage(e, vector, k);
        }
        solvable = connected(toRow, toColumn);
        if (!solvable) {
            return;
        }
        LinearSolverDense<DMatrixRMaj> lu = LinearSolverFactory_DDRM.lu(size);
        if (!lu.setA(matrix.copy())) {
            throw new IllegalStateException("singular");
        }
        DMatrixRMaj v = new DMatrixRMaj(size, 1);
        lu.solve(right, v);
        System.arraycopy(v.data, 0, voltages, 0, size);
        Arrays.fill(rowCurrents, 0);
        for (int k = 0; k < size; k++) {
            if (toRow[k] > 0) {
                rowCurrents[k / columns] += toRow[k] * (v.data[k] - rowVoltage(e, vector, k));
            }
            if (toColumn[k] > 0) {
                columnCurrents[k % columns] += toColumn[k] * (v.data[k] - columnVoltage(e, vector, k));
            }
        }
    }

    private boolean connected(double[] toRow, double[] toColumn) {
        int size = toRow.length;
        boolean[] reached = new boolean[size];
        for (int k = 0; k < size; k++) {
            reached[k] = toRow[k] + toColumn[k] > 0;
        }
        boolean grows = true;
        while (grows) {
            grows = false;
            for (int a = 0; a < size; a++) {
                for (int b = 0; reached[a] && b < size; b++) {
                    if (!reached[b] && matrix.get(a, b) != 0) {
                        reached[b] = true;
                        grows = true;
                    }
                }
            }
        }
        for (boolean is : reached) {
            if (!is) {
                return false;
            }
        }
        return true;
    }

    private double rowVoltage(Excitation e, int vector, int node) {
        return node < rows * columns ? e.rowVoltages().get(vector, node / columns) : 0;
    }

    private double columnVoltage(Excitation e, int vector, int node) {
        return node < rows * columns ? 0 : e.columnVoltages().get(vector, node % columns);
    }

    private int word(int i, int j) {
        return i * columns + j;
    }

    private int bit(int i, int j) {
        return rows * columns + i * columns + j;
    }

    private void join(int a, int b, double g) {
        matrix.add(a, a, g);
        matrix.add(b, b, g);
        matrix.add(a, b, -g);
        matrix.add(b, a, -g);
    }
}
