package org.vmmlib.core.crossbar.solve;

import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;
import org.vmmlib.core.crossbar.ArrayCells;
import org.vmmlib.core.crossbar.Crossbar;
import org.vmmlib.core.physics.Conditions;

/** An array without line resistance: an ideal product while every line is connected, else a small network to solve. */
final class IdealUnlessFloating implements PreparedCrossbar {

    private final PreparedCrossbar ideal;
    private final ReferenceSolver other;
    private final Conditions conditions;
    private @Nullable PreparedCrossbar floating;

    IdealUnlessFloating(Crossbar crossbar, Conditions conditions, double tolerance) {
        ideal = new IdealSolver().prepare(crossbar, conditions);
        other = new ReferenceSolver(tolerance);
        this.conditions = conditions;
    }

    private static final class Scratch implements Workspace {
        final IdealUnlessFloating owner;
        final Workspace ideal;

        @Nullable
        Workspace floating;

        Scratch(IdealUnlessFloating owner) {
            this.owner = owner;
            ideal = owner.ideal.workspace();
        }
    }

    private synchronized PreparedCrossbar floating() {
        PreparedCrossbar made = floating;
        if (made == null) {
            made = other.prepare(ideal.crossbar(), conditions);
            floating = made;
        }
        return made;
    }

    @Override
    public Crossbar crossbar() {
        return ideal.crossbar();
    }

    @Override
    public ArrayCells cells() {
        return ideal.cells();
    }

    @Override
    public String method() {
        return ideal.method() + ", reference solver where lines float";
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

    private static Workspace floating(Scratch scratch, PreparedCrossbar prepared) {
        Workspace made = scratch.floating;
        if (made == null) {
            made = prepared.workspace();
            scratch.floating = made;
        }
        return made;
    }

    private static boolean connected(Excitation e) {
        return e.rows().allConnected() && e.columns().allConnected();
    }

    @Override
    public void solve(Excitation excitation, Solution solution, Workspace workspace) {
        Scratch scratch = own(workspace);
        if (connected(excitation)) {
            ideal.solve(excitation, solution, scratch.ideal);
        } else {
            floating().solve(excitation, solution, floating(scratch, floating()));
        }
    }

    @Override
    public void adjoint(Excitation at, DMatrixRMaj weights, DMatrixRMaj response, Workspace workspace) {
        Scratch scratch = own(workspace);
        if (connected(at)) {
            ideal.adjoint(at, weights, response, scratch.ideal);
        } else {
            floating().adjoint(at, weights, response, floating(scratch, floating()));
        }
    }
}
