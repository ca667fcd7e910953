package org.vmmlib.core.macro;

import org.jspecify.annotations.Nullable;
import org.vmmlib.core.crossbar.Crossbar;
import org.vmmlib.core.crossbar.LinearCells;
import org.vmmlib.core.crossbar.solve.CrossbarSolver;
import org.vmmlib.core.crossbar.solve.PreparedCrossbar;
import org.vmmlib.core.crossbar.solve.SchurSolver;
import org.vmmlib.core.crossbar.solve.TransferMatrixSolver;
import org.vmmlib.core.physics.Conditions;

/**
 * How one array is solved: by the solver that the macro was given, or else by what takes least time. Without line
 * resistance that is the ideal product; with it, the transfer matrix for linear cells as soon as {@link #MANY} inputs
 * are known to come, and the Schur-complement solver otherwise. Which of them a call takes depends on the global index
 * of its last vector alone, not on the order in which threads call.
 */
final class ArraySolve {

    /** Inputs from which on the transfer matrix of an array takes less time than a solve for each of them. */
    static final long MANY = 25;

    private final CrossbarSolver solver;
    private final PreparedCrossbar first;
    private final Conditions conditions;
    private final boolean mayReduce;
    private @Nullable PreparedCrossbar reduced;

    /** The solver of a macro that was given none; throws if it cannot solve such an array. */
    ArraySolve(@Nullable CrossbarSolver given, Crossbar crossbar, Conditions conditions) {
        solver = given == null ? new SchurSolver() : given;
        first = solver.prepare(crossbar, conditions);
        this.conditions = conditions;
        mayReduce = given == null && !crossbar.lines().ideal() && first.cells() instanceof LinearCells;
    }

    /** Whether the cells are linear resistors. */
    boolean linear() {
        return first.cells() instanceof LinearCells;
    }

    Crossbar crossbar() {
        return first.crossbar();
    }

    /** What solves a call whose vectors have the global indices {@code firstCall … firstCall + vectors − 1}. */
    PreparedCrossbar prepared(long firstCall, int vectors) {
        return mayReduce && firstCall + vectors >= MANY ? reduced() : first;
    }

    private synchronized PreparedCrossbar reduced() {
        PreparedCrossbar known = reduced;
        if (known == null) {
            known = new TransferMatrixSolver(solver).prepare(first.crossbar(), conditions);
            reduced = known;
        }
        return known;
    }
}
