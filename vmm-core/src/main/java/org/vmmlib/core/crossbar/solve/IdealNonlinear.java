package org.vmmlib.core.crossbar.solve;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;
import org.vmmlib.core.crossbar.ArrayCells;
import org.vmmlib.core.crossbar.Crossbar;
import org.vmmlib.core.crossbar.SeparableCells;
import org.vmmlib.core.kernel.Product;

/**
 * Cells of any law without line resistance: a product where the law is separable, its rows are at 0 V, and no slopes are
 * asked for; else evaluated row by row.
 */
final class IdealNonlinear implements PreparedCrossbar {

    private final Crossbar crossbar;
    private final ArrayCells cells;
    private final @Nullable SeparableCells separable;

    IdealNonlinear(Crossbar crossbar, ArrayCells cells, @Nullable SeparableCells separable) {
        this.crossbar = crossbar;
        this.cells = cells;
        this.separable = separable;
    }

    private static final class Scratch implements Workspace {
        final IdealNonlinear owner;
        final double[] vRow;
        final double[] vColumn;
        final double[] current;
        final double[] slopeRow;
        final double[] slopeColumn;

        @Nullable
        Factored factored;

        double[] drives = {};

        Scratch(IdealNonlinear owner) {
            this.owner = owner;
            int m = owner.crossbar.columns();
            vRow = new double[m];
            vColumn = new double[m];
            current = new double[m];
            slopeRow = new double[m];
            slopeColumn = new double[m];
        }
    }

    /** The factors of separable cells at the column voltages that they were last found for. */
    private static final class Factored {
        final Product product;
        final double[] scratch;
        final DMatrixRMaj factors;
        final double[] rowSum;
        final double[] columnVoltages;

        Factored(int n, int m) {
            product = new Product(n, m);
            scratch = product.scratch();
            factors = new DMatrixRMaj(n, m);
            rowSum = new double[n];
            columnVoltages = new double[m];
            Arrays.fill(columnVoltages, Double.NaN);
        }

        void at(double[] voltages, int from, SeparableCells cells) {
            int m = columnVoltages.length;
            if (Arrays.equals(columnVoltages, 0, m, voltages, from, from + m)) {
                return;
            }
            System.arraycopy(voltages, from, columnVoltages, 0, m);
            cells.factors(columnVoltages, factors);
            product.load(factors.data);
            for (int i = 0; i < rowSum.length; i++) {
                double sum = 0;
                for (int j = 0; j < m; j++) {
                    sum += factors.data[i * m + j];
                }
                rowSum[i] = sum;
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
        return separable == null ? "cell by cell" : "product";
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
        solution.shape(excitation.vectors(), crossbar.rows(), crossbar.columns());
        if (separable != null && !solution.findsSlopes() && allZero(excitation.rowVoltages())) {
            multiply(separable, excitation, solution, scratch);
        } else {
            for (int b = 0; b < excitation.vectors(); b++) {
                evaluate(excitation, solution, b, scratch);
            }
        }
    }

    private static boolean allZero(DMatrixRMaj matrix) {
        for (int k = 0; k < matrix.getNumElements(); k++) {
            if (matrix.data[k] != 0) {
                return false;
            }
        }
        return true;
    }

    /** One product for each run of vectors with the same column voltages. */
    private void multiply(SeparableCells law, Excitation excitation, Solution solution, Scratch scratch) {
        int vectors = excitation.vectors();
        int n = crossbar.rows();
        int m = crossbar.columns();
        Factored factored = scratch.factored;
        if (factored == null) {
            factored = new Factored(n, m);
            scratch.factored = factored;
        }
        if (scratch.drives.length < vectors * n) {
            scratch.drives = new double[vectors * n];
        }
        for (int k = 0; k < vectors * n; k++) {
            scratch.drives[k] = -law.drive(excitation.gates().data[k]);
        }
        double[] voltages = excitation.columnVoltages().data;
        for (int first = 0; first < vectors; ) {
            int end = first + 1;
            while (end < vectors && Arrays.equals(voltages, first * m, first * m + m, voltages, end * m, end * m + m)) {
                end++;
            }
            factored.at(voltages, first * m, law);
            factored.product.multiplySparse(
                    scratch.drives, first * n, end - first, solution.columnCurrents.data, first * m, factored.scratch);
            for (int k = first * n; k < end * n; k++) {
                solution.rowCurrents.data[k] = -scratch.drives[k] * factored.rowSum[k % n];
            }
            first = end;
        }
        for (int b = 0; b < vectors; b++) {
            double power = 0;
            for (int k = b * m; k < (b + 1) * m; k++) {
                power -= voltages[k] * solution.columnCurrents.data[k];
            }
            IdealSolver.finish(excitation, solution, b, power);
            if (solution.keepsNodeVoltages()) {
                System.arraycopy(voltages, b * m, scratch.vColumn, 0, m);
                for (int i = 0; i < n; i++) {
                    row(excitation, b, i, scratch);
                    System.arraycopy(scratch.current, 0, solution.cellCurrents.data, (b * n + i) * m, m);
                }
            }
        }
    }

    /** Evaluates the cells of a row at the terminal voltages. */
    private void row(Excitation excitation, int b, int i, Scratch scratch) {
        int k = b * crossbar.rows() + i;
        double gate = excitation.gates().numCols == 0 ? 0 : excitation.gates().data[k];
        Arrays.fill(scratch.vRow, excitation.rowVoltages().data[k]);
        cells.evaluate(i, gate, scratch.vRow, scratch.vColumn, scratch.current, scratch.slopeRow, scratch.slopeColumn);
    }

    private void evaluate(Excitation excitation, Solution solution, int b, Scratch scratch) {
        int n = crossbar.rows();
        int m = crossbar.columns();
        double[] rows = solution.rowCurrents.data;
        double[] columns = solution.columnCurrents.data;
        boolean slopes = solution.findsSlopes();
        double power = 0;
        System.arraycopy(excitation.columnVoltages().data, b * m, scratch.vColumn, 0, m);
        Arrays.fill(columns, b * m, (b + 1) * m, 0);
        if (slopes) {
            Arrays.fill(solution.columnSlopes.data, b * m, (b + 1) * m, 0);
        }
        for (int i = 0; i < n; i++) {
            int k = b * n + i;
            double v = excitation.rowVoltages().data[k];
            row(excitation, b, i, scratch);
            if (solution.keepsNodeVoltages()) {
                System.arraycopy(scratch.current, 0, solution.cellCurrents.data, k * m, m);
            }
            double sum = 0;
            for (int j = 0; j < m; j++) {
                double amperes = scratch.current[j];
                sum += amperes;
                columns[b * m + j] += amperes;
                power += amperes * (v - scratch.vColumn[j]);
                if (slopes) {
                    solution.columnSlopes.data[b * m + j] += scratch.slopeColumn[j];
                }
            }
            rows[k] = 0 - sum;
        }
        IdealSolver.finish(excitation, solution, b, power);
    }

    @Override
    public void adjoint(Excitation at, DMatrixRMaj weights, DMatrixRMaj response, Workspace workspace) {
        Inputs.require(at, crossbar);
        IdealSolver.requireConnected(at);
        IdealAdjoint.write(at, weights, response);
    }
}
