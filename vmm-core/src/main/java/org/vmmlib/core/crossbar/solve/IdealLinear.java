package org.vmmlib.core.crossbar.solve;

import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.crossbar.ArrayCells;
import org.vmmlib.core.crossbar.Crossbar;
import org.vmmlib.core.crossbar.LinearCells;
import org.vmmlib.core.kernel.Product;

/**
 * Linear cells without line resistance. All voltages are taken from that of the first column, so that equal column
 * voltages cost one product and no digits: {@code I_j = Σ_i (v_i − s_0) g_ij − (s_j − s_0) Σ_i g_ij}.
 */
final class IdealLinear implements PreparedCrossbar {

    private final Crossbar crossbar;
    private final LinearCells cells;
    private final Product byRows;
    private final Product byColumns;
    private final double[] rowSum;
    private final double[] columnSum;

    IdealLinear(Crossbar crossbar, LinearCells cells) {
        this.crossbar = crossbar;
        this.cells = cells;
        int n = crossbar.rows();
        int m = crossbar.columns();
        double[] g = cells.conductances().data;
        double[] transposed = new double[n * m];
        rowSum = new double[n];
        columnSum = new double[m];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < m; j++) {
                double siemens = g[i * m + j];
                transposed[j * n + i] = siemens;
                rowSum[i] += siemens;
                columnSum[j] += siemens;
            }
        }
        byRows = Product.of(g, n, m);
        byColumns = Product.of(transposed, m, n);
    }

    private static final class Scratch implements Workspace {
        final IdealLinear owner;
        final double[] byRows;
        final double[] byColumns;
        double[] drives = {};
        double[] senses = {};

        Scratch(IdealLinear owner) {
            this.owner = owner;
            byRows = owner.byRows.scratch();
            byColumns = owner.byColumns.scratch();
        }

        void room(int vectors, int n, int m) {
            if (drives.length < vectors * n) {
                drives = new double[vectors * n];
            }
            if (senses.length < vectors * m) {
                senses = new double[vectors * m];
            }
        }
    }

    @Override
    public Crossbar crossbar() {
        return crossbar;
    }

    @Override
    public ArrayCells cells() {
        return cells;
    }

    @Override
    public String method() {
        return "product";
    }

    @Override
    public Workspace workspace() {
        return new Scratch(this);
    }

    @Override
    public void solve(Excitation excitation, Solution solution, Workspace workspace) {
        Inputs.require(excitation, crossbar);
        IdealSolver.requireConnected(excitation);
        Scratch scratch = Inputs.own(Scratch.class, workspace);
        if (scratch.owner != this) {
            throw Inputs.foreign();
        }
        int vectors = excitation.vectors();
        int n = crossbar.rows();
        int m = crossbar.columns();
        solution.shape(vectors, n, m);
        scratch.room(vectors, n, m);
        boolean offsets = shift(excitation, scratch);
        double[] rows = solution.rowCurrents.data;
        double[] columns = solution.columnCurrents.data;
        byRows.multiplySparse(scratch.drives, 0, vectors, columns, 0, scratch.byRows);
        if (offsets) {
            byColumns.multiplySparse(scratch.senses, 0, vectors, rows, 0, scratch.byColumns);
            for (int k = 0; k < vectors * m; k++) {
                columns[k] -= scratch.senses[k] * columnSum[k % m];
            }
        }
        for (int b = 0; b < vectors; b++) {
            double power = 0;
            for (int i = 0; i < n; i++) {
                int k = b * n + i;
                rows[k] = (offsets ? rows[k] : 0) - scratch.drives[k] * rowSum[i];
                power -= scratch.drives[k] * rows[k];
            }
            for (int j = 0; j < m; j++) {
                int k = b * m + j;
                power -= scratch.senses[k] * columns[k];
                if (solution.findsSlopes()) {
                    solution.columnSlopes.data[k] = -columnSum[j];
                }
            }
            IdealSolver.finish(excitation, solution, b, power);
            if (solution.keepsNodeVoltages()) {
                keepCells(scratch, solution, b);
            }
        }
    }

    private void keepCells(Scratch scratch, Solution solution, int b) {
        int n = crossbar.rows();
        int m = crossbar.columns();
        double[] g = cells.conductances().data;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < m; j++) {
                solution.cellCurrents.data[(b * n + i) * m + j] =
                        g[i * m + j] * (scratch.drives[b * n + i] - scratch.senses[b * m + j]);
            }
        }
    }

    /** Takes voltages from that of each vector's first column; returns whether the others differ from it. */
    private static boolean shift(Excitation excitation, Scratch scratch) {
        int n = excitation.rowVoltages().numCols;
        int m = excitation.columnVoltages().numCols;
        boolean offsets = false;
        for (int b = 0; b < excitation.vectors(); b++) {
            double first = excitation.columnVoltages().data[b * m];
            for (int i = b * n; i < (b + 1) * n; i++) {
                scratch.drives[i] = excitation.rowVoltages().data[i] - first;
            }
            for (int j = b * m; j < (b + 1) * m; j++) {
                scratch.senses[j] = excitation.columnVoltages().data[j] - first;
                offsets |= scratch.senses[j] != 0;
            }
        }
        return offsets;
    }

    @Override
    public void adjoint(Excitation at, DMatrixRMaj weights, DMatrixRMaj response, Workspace workspace) {
        Inputs.require(at, crossbar);
        IdealSolver.requireConnected(at);
        IdealAdjoint.write(at, weights, response);
    }
}
