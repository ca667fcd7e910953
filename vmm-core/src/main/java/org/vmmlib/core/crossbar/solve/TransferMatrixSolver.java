package org.vmmlib.core.crossbar.solve;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;
import org.vmmlib.core.check.Require;
import org.vmmlib.core.crossbar.ArrayCells;
import org.vmmlib.core.crossbar.Crossbar;
import org.vmmlib.core.crossbar.Direction;
import org.vmmlib.core.crossbar.LinearCells;
import org.vmmlib.core.physics.Conditions;

/**
 * The transfer matrix of a linear source-driven array, {@code I = Gᵀ V}, and the conductances between all other pairs of
 * its N + M terminals. Found once, exactly, by reducing the array to its terminals; after that each input costs one dense
 * product, in either direction. Worth it from about 25 inputs on the same cells.
 *
 * <p>Nothing is subtracted on the way ({@link org.vmmlib.core.kernel.Laplacian}), so that every conductance has nearly
 * all digits, however far apart those of cells and wires are. The power is {@code Σ v i} over the terminals (Tellegen).
 * The residual and Kirchhoff error of a solution are those of the reduced network for one known solution, a measure of
 * the transfer matrix and not of the input.
 *
 * <p>An array of which one cell changes is followed by a rank-one update ({@link #prepare(Crossbar, Conditions,
 * PreparedCrossbar)}).
 *
 * <p>Node voltages, floating lines and the adjoint are passed on to the exact solver, which prepares the array when first
 * asked.
 *
 * @param exact what solves all that the transfer matrix does not tell
 * @param threads threads that find the transfer matrix, 1 or above; its bits do not depend on them
 */
public record TransferMatrixSolver(CrossbarSolver exact, int threads) implements CrossbarSolver {

    /** A cell that carries all but this part of its current by itself is not taken out by an update. */
    private static final double LEAST_DENOMINATOR = 1e-3;

    /** Checks the range. */
    public TransferMatrixSolver {
        Require.within("threads", threads, 1, 1024);
    }

    /** As many threads as the machine has. */
    public TransferMatrixSolver(CrossbarSolver exact) {
        this(exact, Runtime.getRuntime().availableProcessors());
    }

    @Override
    public String name() {
        return "transfer matrix";
    }

    @Override
    public PreparedCrossbar prepare(Crossbar crossbar, Conditions conditions) {
        return new Prepared(this, crossbar, conditions, cells(crossbar, conditions), null);
    }

    /**
     * Prepares an array that differs from another by a single cell, as in a study of faults or of one device after
     * another. The first such array costs the other one a second reduction, whose parts are kept with it (about 200 bytes
     * for each cell); this and all later ones then cost one product of two vectors. Arrays that differ in more than
     * one cell, in their lines, or are so small that it would not pay, are prepared from scratch.
     *
     * @param crossbar the array
     * @param conditions its conditions
     * @param before what a transfer matrix solver prepared, of nearly the same array
     * @throws IllegalArgumentException if the cells are not linear
     */
    public PreparedCrossbar prepare(Crossbar crossbar, Conditions conditions, PreparedCrossbar before) {
        LinearCells cells = cells(crossbar, conditions);
        Prepared other =
                before instanceof Prepared prepared && prepared.differsByOneCell(crossbar, cells) ? prepared : null;
        return new Prepared(this, crossbar, conditions, cells, other);
    }

    private LinearCells cells(Crossbar crossbar, Conditions conditions) {
        if (crossbar.cells(conditions) instanceof LinearCells cells) {
            return cells;
        }
        throw new IllegalArgumentException("law = " + crossbar.law().datasheet().title()
                + ": a transfer matrix needs linear cells driven through their row line; use " + exact.name());
    }

    private static final class Prepared implements PreparedCrossbar {
        private final TransferMatrixSolver solver;
        private final Crossbar crossbar;
        private final Conditions conditions;
        private final LinearCells cells;

        private @Nullable PreparedCrossbar base;
        private @Nullable TerminalConductances rowsDriven;
        private @Nullable TerminalConductances columnsDriven;

        private @Nullable PortReduction reduction;

        Prepared(
                TransferMatrixSolver solver,
                Crossbar crossbar,
                Conditions conditions,
                LinearCells cells,
                @Nullable Prepared before) {
            this.solver = solver;
            this.crossbar = crossbar;
            this.conditions = conditions;
            this.cells = cells;
            Direction direction = direction();
            TerminalConductances changed = before == null ? null : before.changed(cells);
            if (changed == null) {
                changed = PortReduction.of(cells.conductances().data, crossbar.lines(), direction, solver.threads());
            }
            if (direction == Direction.ROWS_DRIVEN) {
                rowsDriven = changed;
            } else {
                columnsDriven = changed;
            }
        }

        /** The direction that is reduced at once. */
        private Direction direction() {
            return crossbar.lines().fits(Direction.ROWS_DRIVEN) ? Direction.ROWS_DRIVEN : Direction.COLUMNS_DRIVEN;
        }

        private boolean differsByOneCell(Crossbar other, LinearCells otherCells) {
            return other.lines() == crossbar.lines()
                    && PortReduction.paysToKeep(crossbar.lines())
                    && changedCell(otherCells) >= 0;
        }

        /** The only cell that differs, or −1 if there are more or none. */
        private int changedCell(LinearCells other) {
            double[] g = cells.conductances().data;
            double[] h = other.conductances().data;
            int changed = Arrays.mismatch(g, h);
            boolean only = changed >= 0 && Arrays.equals(g, changed + 1, g.length, h, changed + 1, h.length);
            return only ? changed : -1;
        }

        /** The other array's conductances, or null where a rank-one update would lose digits. */
        private @Nullable TerminalConductances changed(LinearCells other) {
            int cell = changedCell(other);
            double change = other.conductances().data[cell] - cells.conductances().data[cell];
            int columns = crossbar.columns();
            PortReduction.Response response = reduction().response(cell / columns, cell % columns);
            if (1 + change * response.resistance() < LEAST_DENOMINATOR) {
                return null;
            }
            return terminals(direction()).changed(response, change);
        }

        private synchronized PortReduction reduction() {
            PortReduction known = reduction;
            if (known == null) {
                known = PortReduction.kept(cells.conductances().data, crossbar.lines(), direction(), solver.threads());
                reduction = known;
            }
            return known;
        }

        private synchronized TerminalConductances terminals(Direction direction) {
            boolean forward = direction == Direction.ROWS_DRIVEN;
            TerminalConductances known = forward ? rowsDriven : columnsDriven;
            if (known == null) {
                known = PortReduction.of(cells.conductances().data, crossbar.lines(), direction, solver.threads());
                if (forward) {
                    rowsDriven = known;
                } else {
                    columnsDriven = known;
                }
            }
            return known;
        }

        private synchronized PreparedCrossbar base() {
            PreparedCrossbar known = base;
            if (known == null) {
                known = solver.exact().prepare(crossbar, conditions);
                base = known;
            }
            return known;
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
            return solver.name();
        }

        @Override
        public Workspace workspace() {
            return new Scratch(this);
        }

        private Scratch own(Workspace workspace) {
            Scratch scratch = Inputs.own(Scratch.class, workspace);
            if (scratch.owner != this) {
                throw Inputs.foreign();
            }
            return scratch;
        }

        @Override
        public void solve(Excitation excitation, Solution solution, Workspace workspace) {
            Inputs.require(excitation, crossbar);
            Scratch scratch = own(workspace);
            if (solution.keepsNodeVoltages()
                    || !excitation.rows().allConnected()
                    || !excitation.columns().allConnected()) {
                base().solve(excitation, solution, scratch.base());
            } else {
                terminals(excitation.direction()).solve(excitation, solution, scratch.terminals);
            }
        }

        @Override
        public void adjoint(Excitation at, DMatrixRMaj weights, DMatrixRMaj response, Workspace workspace) {
            Scratch scratch = own(workspace);
            base().adjoint(at, weights, response, scratch.base());
        }
    }

    private static final class Scratch implements Workspace {
        final Prepared owner;
        final TerminalConductances.Scratch terminals = new TerminalConductances.Scratch();
        private @Nullable Workspace base;

        Scratch(Prepared owner) {
            this.owner = owner;
        }

        Workspace base() {
            Workspace known = base;
            if (known == null) {
                known = owner.base().workspace();
                base = known;
            }
            return known;
        }
    }
}
