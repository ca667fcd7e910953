package org.vmmlib.core.crossbar.solve;

import java.util.Locale;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;
import org.vmmlib.core.crossbar.ArrayCells;
import org.vmmlib.core.crossbar.Crossbar;
import org.vmmlib.core.crossbar.Direction;
import org.vmmlib.core.kernel.RowVectors;

/** An array of nonlinear cells. Nothing but the cells is prepared: the lines are factored anew on the way. */
final class SchurNewton implements PreparedCrossbar {

    private final SchurSolver solver;
    private final Crossbar crossbar;
    private final ArrayCells cells;
    private final boolean symmetric;
    private final boolean sameBothWays;

    SchurNewton(SchurSolver solver, Crossbar crossbar, ArrayCells cells) {
        this.solver = solver;
        this.crossbar = crossbar;
        this.cells = cells;
        symmetric = crossbar.law().twoTerminal();
        sameBothWays = Wiring.sameBothWays(crossbar.lines());
    }

    /** All that belongs to one pattern of connections. */
    private static final class Network {
        final Pattern pattern;
        final SchurMatrix matrix;
        final NewtonSteps newton;
        final Crew crew;

        private @Nullable SchurLinear linear;

        Network(Pattern pattern, SchurNewton owner, Crew crew) {
            this.pattern = pattern;
            this.crew = crew;
            Wiring wiring = Wiring.of(owner.crossbar.lines(), pattern);
            double[][] wordSlope = RowVectors.rows(wiring.rows, wiring.columns);
            double[][] bitSlope = owner.symmetric ? wordSlope : RowVectors.rows(wiring.rows, wiring.columns);
            matrix = new SchurMatrix(wiring, wordSlope, bitSlope);
            SchurIteration iteration = owner.symmetric
                    ? new ConjugateGradients(matrix, crew, SchurResistors.MOST_ITERATIONS)
                    : new Gmres(matrix, crew, SchurResistors.MOST_ITERATIONS);
            newton = new NewtonSteps(owner.cells, matrix, iteration, crew);
        }

        /** The cells replaced by their slopes at the operating point. */
        SchurLinear linear() {
            SchurLinear made = linear;
            if (made == null) {
                made = new SchurLinear(matrix, newton.iteration, crew);
                linear = made;
            }
            return made;
        }
    }

    private static final class Scratch implements Workspace {
        final SchurNewton owner;
        final Crew crew;

        @Nullable
        Network network;

        Scratch(SchurNewton owner) {
            this.owner = owner;
            crew = new Crew(owner.solver.threads(), owner.crossbar);
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
        return symmetric ? "Newton, Schur complement, conjugate gradients" : "Newton, Schur complement, GMRES";
    }

    @Override
    public Workspace workspace() {
        return new Scratch(this);
    }

    private Network network(Excitation e, Workspace workspace) {
        Scratch scratch = Inputs.own(Scratch.class, workspace);
        if (scratch.owner != this) {
            throw Inputs.foreign();
        }
        Network network = scratch.network;
        if (network == null
                || !(sameBothWays || e.direction() == network.pattern.direction())
                || !e.rows().equals(network.pattern.rows())
                || !e.columns().equals(network.pattern.columns())) {
            scratch.network = null;
            network = new Network(Pattern.of(crossbar.lines(), e), this, scratch.crew);
            scratch.network = network;
        }
        return network;
    }

    @Override
    public void solve(Excitation excitation, Solution solution, Workspace workspace) {
        Inputs.require(excitation, crossbar);
        Network network = network(excitation, workspace);
        solution.shape(excitation.vectors(), crossbar.rows(), crossbar.columns());
        for (int b = 0; b < excitation.vectors(); b++) {
            NewtonSteps newton = network.newton;
            newton.base.set(excitation, b);
            if (solution.keepsNodeVoltages()) {
                newton.balance.keepVoltages(solution, b);
            }
            String failure = newton.settle(solver.tolerance(), solver.warm() && b % SchurSolver.CHUNK != 0);
            newton.balance.keepNothing();
            require(failure, b, newton);
            newton.balance.write(solution, b, newton.steps());
            if (solution.findsSlopes()) {
                columnSlopes(network, solution.columnSlopes.data, b);
            }
        }
    }

    private void columnSlopes(Network network, double[] out, int vector) {
        int count = crossbar.columns();
        boolean atWords = network.matrix.wiring.turned;
        SchurLinear linear = network.linear();
        network.matrix.factor(network.crew, false);
        double[] unit = new double[count];
        for (int j = 0; j < count; j++) {
            unit[j] = 1;
            linear.base.set(unit, 0, atWords);
            if (linear.solve(solver.tolerance()) < 0) {
                throw failure("slope of column", j, linear.balance.residual, linear.history());
            }
            out[vector * count + j] = (atWords ? linear.balance.wordCurrent : linear.balance.bitCurrent)[j];
            unit[j] = 0;
        }
    }

    private void require(@Nullable String failure, int vector, NewtonSteps newton) {
        if (failure != null) {
            throw new ConvergenceException(
                    String.format(
                            Locale.ROOT,
                            "crossbar %d x %d, vector %d: relative residual %.2g after %d Newton steps, tolerance"
                                    + " %.2g: %s",
                            crossbar.rows(),
                            crossbar.columns(),
                            vector,
                            newton.balance.residual,
                            newton.steps(),
                            solver.tolerance(),
                            failure),
                    newton.history());
        }
    }

    private ConvergenceException failure(String what, int which, double residual, double[] history) {
        return new ConvergenceException(
                String.format(
                        Locale.ROOT,
                        "crossbar %d x %d, %s %d: relative residual %.2g is above the tolerance %.2g",
                        crossbar.rows(),
                        crossbar.columns(),
                        what,
                        which,
                        residual,
                        solver.tolerance()),
                history);
    }

    @Override
    public void adjoint(Excitation at, DMatrixRMaj weights, DMatrixRMaj response, Workspace workspace) {
        Inputs.require(at, crossbar);
        Inputs.requireWeights(weights, at);
        Network network = network(at, workspace);
        int cellCount = crossbar.rows() * crossbar.columns();
        boolean atWords = (at.direction() == Direction.COLUMNS_DRIVEN) != network.matrix.wiring.turned;
        double tolerance = Math.min(SchurResistors.RESPONSE, solver.tolerance());
        response.reshape(at.vectors(), cellCount);
        for (int b = 0; b < at.vectors(); b++) {
            network.newton.base.set(at, b);
            require(network.newton.settle(solver.tolerance(), false), b, network.newton);
            network.matrix.factor(network.crew, false);
            int from = weights.numRows == 1 ? 0 : b * weights.numCols;
            if (symmetric) {
                SchurLinear linear = network.linear();
                linear.base.set(weights.data, from, atWords);
                linear.balance.keepRises(response.data, b * cellCount);
                linear.solve(tolerance);
                linear.balance.keepNothing();
                if (!(linear.balance.residual <= solver.tolerance())) {
                    throw failure("response", b, linear.balance.residual, linear.history());
                }
            } else {
                double residual = new TransposedSolve(network.matrix, network.newton.iteration)
                        .solve(weights.data, from, atWords, tolerance, response.data, b * cellCount);
                if (!(residual <= solver.tolerance())) {
                    throw failure("response", b, residual, new double[] {residual});
                }
            }
        }
    }
}
