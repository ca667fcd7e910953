package org.vmmlib.devices.programming;

import org.jspecify.annotations.Nullable;
import org.vmmlib.core.crossbar.CellState;
import org.vmmlib.core.crossbar.Crossbar;
import org.vmmlib.core.crossbar.solve.CrossbarSolver;
import org.vmmlib.core.crossbar.solve.Excitation;
import org.vmmlib.core.crossbar.solve.PreparedCrossbar;
import org.vmmlib.core.crossbar.solve.Solution;
import org.vmmlib.core.crossbar.solve.Workspace;
import org.vmmlib.core.physics.Conditions;

/** Solves one array after the other, each prepared once, and keeps the worst evidence. */
final class SolvedArray {

    private final CrossbarSolver solver;
    private final Conditions conditions;
    private @Nullable CellState state;
    private @Nullable PreparedCrossbar prepared;
    private @Nullable Workspace workspace;

    double residual;
    double kirchhoffError;

    SolvedArray(CrossbarSolver solver, Conditions conditions) {
        this.solver = solver;
        this.conditions = conditions;
    }

    /** The arrays of one run differ in their state alone, and a state that changed is another object. */
    void solve(Crossbar array, Excitation excitation, Solution solution) {
        PreparedCrossbar ready = prepared;
        Workspace scratch = workspace;
        if (ready == null || scratch == null || state != array.state()) {
            ready = solver.prepare(array, conditions);
            scratch = ready.workspace();
            prepared = ready;
            workspace = scratch;
            state = array.state();
        }
        ready.solve(excitation, solution, scratch);
        residual = Math.max(residual, solution.residual);
        kirchhoffError = Math.max(kirchhoffError, solution.kirchhoffError);
    }
}
