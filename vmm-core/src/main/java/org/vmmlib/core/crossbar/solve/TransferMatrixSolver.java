package org.vmmlib.core.crossbar.solve;

import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.crossbar.ArrayCells;
import org.vmmlib.core.crossbar.Crossbar;
import org.vmmlib.core.crossbar.Direction;
import org.vmmlib.core.crossbar.LinearCells;
import org.vmmlib.core.kernel.Product;
import org.vmmlib.core.physics.Conditions;

/**
 * The port admittance of a linear source-driven array, {@code I = Y V} over all N + M terminals, found once by
 * superposition of unit drives, after which each input costs one dense product. The power is {@code Σ v i} over the
 * terminals (Tellegen), so a common voltage of all terminals costs it digits. Residual and Kirchhoff error are the worst of
 * the unit drives, which each input is a sum of. Worth it from about N + M inputs on the same cells.
 *
 * <p>Node voltages, floating lines, the transpose direction and the adjoint are passed on to the exact solver.
 *
 * @param exact what solves the unit drives
 */
public record TransferMatrixSolver(CrossbarSolver exact) implements CrossbarSolver {

    @Override
    public String name() {
        return "transfer matrix of " + exact.name();
    }

    @Override
    public PreparedCrossbar prepare(Crossbar crossbar, Conditions conditions) {
        PreparedCrossbar base = exact.prepare(crossbar, conditions);
        if (!(base.cells() instanceof LinearCells)) {
            throw new IllegalArgumentException(
                    "law = " + crossbar.law().datasheet().title()
                            + ": superposition needs linear cells driven through their row line; use " + exact.name());
        }
        return new Prepared(name(), base);
    }

    private static final class Prepared implements PreparedCrossbar {
        private final String name;
        private final PreparedCrossbar base;
        private final int rows;
        private final int columns;
        /** Row k: currents out of all terminals, rows first, at 1 V on terminal k. */
        private final Product admittance;

        private final double[] columnSlopes;
        private final double residual;
        private final double kirchhoffError;

        Prepared(String name, PreparedCrossbar base) {
            this.name = name;
            this.base = base;
            rows = base.crossbar().rows();
            columns = base.crossbar().columns();
            int ports = rows + columns;
            double[] response = new double[ports * ports];
            Workspace workspace = base.workspace();
            Solution unit = new Solution();
            double worstResidual = 0;
            double worstKirchhoff = 0;
            for (boolean side : new boolean[] {true, false}) {
                int count = side ? rows : columns;
                DMatrixRMaj atRows = new DMatrixRMaj(count, rows);
                DMatrixRMaj atColumns = new DMatrixRMaj(count, columns);
                for (int k = 0; k < count; k++) {
                    (side ? atRows : atColumns).set(k, k, 1);
                }
                base.solve(Excitation.rows(atRows, atColumns), unit, workspace);
                for (int k = 0; k < count; k++) {
                    int at = (side ? k : rows + k) * ports;
                    System.arraycopy(unit.rowCurrents.data, k * rows, response, at, rows);
                    System.arraycopy(unit.columnCurrents.data, k * columns, response, at + rows, columns);
                }
                worstResidual = Math.max(worstResidual, unit.residual);
                worstKirchhoff = Math.max(worstKirchhoff, unit.kirchhoffError);
            }
            admittance = Product.of(response, ports, ports);
            columnSlopes = new double[columns];
            for (int j = 0; j < columns; j++) {
                columnSlopes[j] = response[(rows + j) * (ports + 1)];
            }
            residual = worstResidual;
            kirchhoffError = worstKirchhoff;
        }

        @Override
        public Crossbar crossbar() {
            return base.crossbar();
        }

        @Override
        public ArrayCells cells() {
            return base.cells();
        }

        @Override
        public String method() {
            return name;
        }

        @Override
        public Workspace workspace() {
            return new Scratch(base.workspace(), admittance.scratch());
        }

        @Override
        public void solve(Excitation excitation, Solution solution, Workspace workspace) {
            Inputs.require(excitation, base.crossbar());
            Scratch scratch = own(workspace);
            if (excitation.direction() != Direction.ROWS_DRIVEN
                    || solution.keepsNodeVoltages()
                    || !excitation.rows().allConnected()
                    || !excitation.columns().allConnected()) {
                base.solve(excitation, solution, scratch.base);
                return;
            }
            int vectors = excitation.vectors();
            int ports = rows + columns;
            solution.shape(vectors, rows, columns);
            scratch.voltages.reshape(vectors, ports);
            scratch.currents.reshape(vectors, ports);
            for (int b = 0; b < vectors; b++) {
                System.arraycopy(excitation.rowVoltages().data, b * rows, scratch.voltages.data, b * ports, rows);
                System.arraycopy(
                        excitation.columnVoltages().data,
                        b * columns,
                        scratch.voltages.data,
                        b * ports + rows,
                        columns);
            }
            admittance.multiplySparse(scratch.voltages.data, 0, vectors, scratch.currents.data, 0, scratch.product);
            for (int b = 0; b < vectors; b++) {
                double power = 0;
                for (int k = 0; k < ports; k++) {
                    power -= scratch.voltages.data[b * ports + k] * scratch.currents.data[b * ports + k];
                }
                solution.power.data[b] = power;
                System.arraycopy(scratch.currents.data, b * ports, solution.rowCurrents.data, b * rows, rows);
                System.arraycopy(
                        scratch.currents.data, b * ports + rows, solution.columnCurrents.data, b * columns, columns);
                if (solution.findsSlopes()) {
                    System.arraycopy(columnSlopes, 0, solution.columnSlopes.data, b * columns, columns);
                }
            }
            solution.residual = residual;
            solution.kirchhoffError = kirchhoffError;
            solution.iterations = 1;
        }

        private static Scratch own(Workspace workspace) {
            if (workspace instanceof Scratch scratch) {
                return scratch;
            }
            throw new IllegalArgumentException("workspace is of another solver: take one from workspace()");
        }

        @Override
        public void adjoint(Excitation at, DMatrixRMaj weights, DMatrixRMaj response, Workspace workspace) {
            base.adjoint(at, weights, response, own(workspace).base);
        }
    }

    private static final class Scratch implements Workspace {
        private final Workspace base;
        private final double[] product;
        private final DMatrixRMaj voltages = new DMatrixRMaj(0, 0);
        private final DMatrixRMaj currents = new DMatrixRMaj(0, 0);

        Scratch(Workspace base, double[] product) {
            this.base = base;
            this.product = product;
        }
    }
}
