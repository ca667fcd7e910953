package org.vmmlib.core.crossbar.solve;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.vmmlib.core.kernel.Product;

/**
 * A linear array as its terminals see it: a conductance between every two of them. The current out of terminal k is
 * {@code Σ_m c_km (v_m − v_k)}. Safe to share between threads.
 *
 * <p>Voltages are taken from that of the first column terminal, so that equal column voltages cost one product for the
 * columns and one for the rows, and no digits. What the columns do to each other and to the rows is made ready when it is
 * first asked for.
 */
final class TerminalConductances {

    private final int rows;
    private final int columns;
    private final double[] effective;
    private final double[] rowToRow;
    private final double[] columnToColumn;

    /** l2 norm of what does not balance in a known solution, over that of its sources. */
    final double residual;
    /** Largest current that does not balance in a known solution, over the largest branch current. */
    final double kirchhoffError;

    private final int scratchLength;
    private final Product byRows;
    private final Product rowsByRows;
    private @Nullable Product byColumns;
    private @Nullable Product rowsByColumns;

    /**
     * @param effective N×M siemens between rows and columns: {@code I_j = Σ_i G_ij v_i} where columns are at 0 V
     * @param rowToRow N×N siemens between rows, symmetric; the diagonal is not read, but set
     * @param columnToColumn M×M siemens between columns, symmetric; the diagonal is not read, but set
     */
    TerminalConductances(
            int rows,
            int columns,
            double[] effective,
            double[] rowToRow,
            double[] columnToColumn,
            double residual,
            double kirchhoffError) {
        this.rows = rows;
        this.columns = columns;
        this.effective = effective;
        this.rowToRow = rowToRow;
        this.columnToColumn = columnToColumn;
        this.residual = residual;
        this.kirchhoffError = kirchhoffError;
        double[] toRow = new double[rows];
        double[] toColumn = new double[columns];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                double siemens = effective[i * columns + j];
                toRow[i] += siemens;
                toColumn[j] += siemens;
            }
        }
        close(rowToRow, toRow);
        close(columnToColumn, toColumn);
        byRows = Product.of(effective, rows, columns);
        rowsByRows = Product.of(rowToRow, rows, rows);
        scratchLength = Math.max(byRows.scratch().length, rowsByRows.scratch().length);
    }

    /** What becomes of them when a cell changes by {@code change} siemens. */
    TerminalConductances changed(PortReduction.Response cell, double change) {
        double factor = -change / (1 + change * cell.resistance());
        double[] t = cell.response();
        double[] between = effective.clone();
        add(between, factor, t, 0, rows, rows, columns);
        double[] amongRows = rowToRow.clone();
        add(amongRows, factor, t, 0, rows, 0, rows);
        double[] amongColumns = columnToColumn.clone();
        add(amongColumns, factor, t, rows, columns, rows, columns);
        return new TerminalConductances(rows, columns, between, amongRows, amongColumns, residual, kirchhoffError);
    }

    private static void add(double[] c, double factor, double[] t, int first, int n, int second, int m) {
        for (int i = 0; i < n; i++) {
            double part = factor * t[first + i];
            for (int j = 0; j < m; j++) {
                c[i * m + j] += part * t[second + j];
            }
        }
    }

    /** Sets the diagonal to minus the sum of the other conductances of a terminal. */
    private static void close(double[] between, double[] toOthers) {
        int n = toOthers.length;
        for (int k = 0; k < n; k++) {
            between[k * n + k] = 0;
            double sum = toOthers[k];
            for (int m = 0; m < n; m++) {
                sum += between[k * n + m];
            }
            between[k * n + k] = -sum;
        }
    }

    /** Scratch memory of one thread. */
    static final class Scratch {
        private double[] drives = {};
        private double[] senses = {};
        private double[] part = {};
        private double[] product = {};

        private void room(int vectors, int rows, int columns, int length) {
            if (drives.length < vectors * rows) {
                drives = new double[vectors * rows];
            }
            if (senses.length < vectors * columns) {
                senses = new double[vectors * columns];
            }
            if (product.length < length) {
                product = new double[length];
            }
        }
    }

    /** Finds all terminal currents, the power, and the slopes if asked for. */
    void solve(Excitation excitation, Solution solution, Scratch scratch) {
        int vectors = excitation.vectors();
        solution.shape(vectors, rows, columns);
        scratch.room(vectors, rows, columns, scratchLength);
        boolean offsets = shift(excitation, scratch);
        double[] rowCurrents = solution.rowCurrents.data;
        double[] columnCurrents = solution.columnCurrents.data;
        multiply(byRows, scratch.drives, vectors, columnCurrents, scratch);
        multiply(rowsByRows, scratch.drives, vectors, rowCurrents, scratch);
        if (offsets) {
            addOffsets(vectors, rowCurrents, columnCurrents, scratch);
        }
        boolean live = false;
        for (int b = 0; b < vectors; b++) {
            double power = 0;
            for (int k = b * rows; k < (b + 1) * rows; k++) {
                power -= scratch.drives[k] * rowCurrents[k];
                live |= rowCurrents[k] != 0;
            }
            for (int k = b * columns; k < (b + 1) * columns; k++) {
                power -= scratch.senses[k] * columnCurrents[k];
                live |= columnCurrents[k] != 0;
            }
            solution.power.data[b] = power;
            for (int j = 0; j < columns && solution.findsSlopes(); j++) {
                solution.columnSlopes.data[b * columns + j] = columnToColumn[j * (columns + 1)];
            }
        }
        solution.residual = live ? residual : 0;
        solution.kirchhoffError = live ? kirchhoffError : 0;
        solution.iterations = 1;
    }

    /** Takes voltages from that of each vector's first column; returns whether the others differ from it. */
    private boolean shift(Excitation excitation, Scratch scratch) {
        double[] v = excitation.rowVoltages().data;
        double[] s = excitation.columnVoltages().data;
        boolean offsets = false;
        for (int b = 0; b < excitation.vectors(); b++) {
            double first = s[b * columns];
            for (int k = b * rows; k < (b + 1) * rows; k++) {
                scratch.drives[k] = v[k] - first;
            }
            for (int k = b * columns; k < (b + 1) * columns; k++) {
                scratch.senses[k] = s[k] - first;
                offsets |= scratch.senses[k] != 0;
            }
        }
        return offsets;
    }

    private void addOffsets(int vectors, double[] rowCurrents, double[] columnCurrents, Scratch scratch) {
        if (scratch.part.length < vectors * Math.max(rows, columns)) {
            scratch.part = new double[vectors * Math.max(rows, columns)];
        }
        Product columnProduct;
        Product rowProduct;
        synchronized (this) {
            if (byColumns == null) {
                double[] transposed = new double[rows * columns];
                for (int i = 0; i < rows; i++) {
                    for (int j = 0; j < columns; j++) {
                        transposed[j * rows + i] = effective[i * columns + j];
                    }
                }
                rowsByColumns = Product.of(transposed, columns, rows);
                byColumns = Product.of(columnToColumn, columns, columns);
            }
            columnProduct = byColumns;
            rowProduct = Objects.requireNonNull(rowsByColumns);
        }
        multiply(columnProduct, scratch.senses, vectors, scratch.part, scratch);
        for (int k = 0; k < vectors * columns; k++) {
            columnCurrents[k] += scratch.part[k];
        }
        multiply(rowProduct, scratch.senses, vectors, scratch.part, scratch);
        for (int k = 0; k < vectors * rows; k++) {
            rowCurrents[k] += scratch.part[k];
        }
    }

    /** Skips zeros where there are many: bit for bit the same. */
    private static void multiply(Product product, double[] x, int vectors, double[] out, Scratch scratch) {
        int count = vectors * product.rows();
        int zeros = 0;
        for (int k = 0; k < count; k++) {
            zeros += x[k] == 0 ? 1 : 0;
        }
        if (2 * zeros > count) {
            product.multiplySparse(x, 0, vectors, out, 0, scratch.product);
        } else {
            product.multiply(x, 0, vectors, out, 0, scratch.product);
        }
    }
}
