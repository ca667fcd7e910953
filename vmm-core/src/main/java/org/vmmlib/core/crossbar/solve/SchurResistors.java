package org.vmmlib.core.crossbar.solve;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;
import org.vmmlib.core.crossbar.ArrayCells;
import org.vmmlib.core.crossbar.Crossbar;
import org.vmmlib.core.crossbar.Direction;
import org.vmmlib.core.crossbar.LinearCells;

/** A linear array, its lines factored once. */
final class SchurResistors implements PreparedCrossbar {

    /** Iterations of one solve; far more than any array needs whose cells conduct less than its wires. */
    static final int MOST_ITERATIONS = 5_000;
    /** Responses are found to this residual, or the tolerance if that is less. */
    static final double RESPONSE = 1e-12;

    private final SchurSolver solver;
    private final Crossbar crossbar;
    private final LinearCells cells;
    private final double[][] conductances;
    private final boolean sameBothWays;
    private final Matrix first;
    /** The crew that prepared this, for the first workspace to go on with. */
    private final AtomicReference<Crew> spare = new AtomicReference<>();

    SchurResistors(SchurSolver solver, Crossbar crossbar, LinearCells cells) {
        this.solver = solver;
        this.crossbar = crossbar;
        this.cells = cells;
        Pattern pattern = Pattern.first(crossbar.lines());
        Wiring wiring = Wiring.of(crossbar.lines(), pattern);
        conductances = wiring.rows(cells.conductances().data);
        sameBothWays = Wiring.sameBothWays(crossbar.lines());
        Crew crew = new Crew(solver.threads(), crossbar);
        first = new Matrix(pattern, wiring, crew);
        spare.set(crew);
    }

    /** The factored network of one pattern of connections. */
    private final class Matrix {
        final Pattern pattern;
        final SchurMatrix factored;
        private double @Nullable [] columnSlopes;

        Matrix(Pattern pattern, Wiring wiring, Crew crew) {
            this.pattern = pattern;
            factored = new SchurMatrix(wiring, conductances, conductances);
            factored.factor(crew, true);
        }

        boolean serves(Excitation e) {
            return (sameBothWays || e.direction() == pattern.direction())
                    && e.rows().equals(pattern.rows())
                    && e.columns().equals(pattern.columns());
        }

        /** They do not depend on the vector, so they are found once. */
        synchronized double[] columnSlopes(SchurLinear linear) {
            double[] slopes = columnSlopes;
            if (slopes == null) {
                slopes = new double[crossbar.columns()];
                boolean atWords = factored.wiring.turned;
                double[] unit = new double[slopes.length];
                for (int j = 0; j < slopes.length; j++) {
                    unit[j] = 1;
                    linear.base.set(unit, 0, atWords);
                    require(linear.solve(solver.tolerance()), "slope of column", j, linear);
                    slopes[j] = (atWords ? linear.balance.wordCurrent : linear.balance.bitCurrent)[j];
                    unit[j] = 0;
                }
                columnSlopes = slopes;
            }
            return slopes;
        }
    }

    /** The scratch of one thread for the pattern it solved last. */
    private static final class Scratch implements Workspace {
        final SchurResistors owner;
        final Crew crew;

        @Nullable
        Matrix matrix;

        @Nullable
        SchurLinear linear;

        Scratch(SchurResistors owner) {
            this.owner = owner;
            Crew prepared = owner.spare.getAndSet(null);
            crew = prepared == null ? new Crew(owner.solver.threads(), owner.crossbar) : prepared;
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
        return "Schur complement, conjugate gradients";
    }

    @Override
    public Workspace workspace() {
        return new Scratch(this);
    }

    private SchurLinear ready(Excitation excitation, Workspace workspace) {
        Scratch scratch = Inputs.own(Scratch.class, workspace);
        if (scratch.owner != this) {
            throw Inputs.foreign();
        }
        Matrix matrix = scratch.matrix;
        SchurLinear linear = scratch.linear;
        if (matrix != null && linear != null && matrix.serves(excitation)) {
            return linear;
        }
        if (first.serves(excitation)) {
            matrix = first;
        } else {
            scratch.matrix = null;
            Pattern pattern = Pattern.of(crossbar.lines(), excitation);
            matrix = new Matrix(pattern, Wiring.of(crossbar.lines(), pattern), scratch.crew);
        }
        scratch.linear = null;
        linear = new SchurLinear(
                matrix.factored, new ConjugateGradients(matrix.factored, scratch.crew, MOST_ITERATIONS), scratch.crew);
        scratch.matrix = matrix;
        scratch.linear = linear;
        return linear;
    }

    @Override
    public void solve(Excitation excitation, Solution solution, Workspace workspace) {
        Inputs.require(excitation, crossbar);
        SchurLinear linear = ready(excitation, workspace);
        int vectors = excitation.vectors();
        solution.shape(vectors, crossbar.rows(), crossbar.columns());
        for (int b = 0; b < vectors; b++) {
            linear.base.set(excitation, b);
            if (solution.keepsNodeVoltages()) {
                linear.balance.keepVoltages(solution, b);
            }
            int iterations = linear.solve(solver.tolerance());
            linear.balance.keepNothing();
            require(iterations, "vector", b, linear);
            linear.balance.write(solution, b, iterations);
        }
        if (solution.findsSlopes() && vectors > 0) {
            double[] slopes = matrix(workspace).columnSlopes(linear);
            for (int b = 0; b < vectors; b++) {
                System.arraycopy(slopes, 0, solution.columnSlopes.data, b * slopes.length, slopes.length);
            }
        }
    }

    private Matrix matrix(Workspace workspace) {
        Matrix matrix = ((Scratch) workspace).matrix;
        return matrix == null ? first : matrix;
    }

    private void require(int iterations, String what, int which, SchurLinear linear) {
        if (iterations < 0) {
            double[] history = linear.history();
            throw new ConvergenceException(
                    String.format(
                            Locale.ROOT,
                            "crossbar %d x %d, %s %d: relative residual %.2g is above the tolerance %.2g after %d "
                                    + "iterations, where rounding stops it; allow a larger tolerance",
                            crossbar.rows(),
                            crossbar.columns(),
                            what,
                            which,
                            history[history.length - 1],
                            solver.tolerance(),
                            history.length - 1),
                    history);
        }
    }

    /** By reciprocity: the rise from word line to bit line at each cell, with the weights for terminal voltages. */
    @Override
    public void adjoint(Excitation at, DMatrixRMaj weights, DMatrixRMaj response, Workspace workspace) {
        Inputs.require(at, crossbar);
        Inputs.requireWeights(weights, at);
        SchurLinear linear = ready(at, workspace);
        int cellCount = crossbar.rows() * crossbar.columns();
        int vectors = at.vectors();
        response.reshape(vectors, cellCount);
        int distinct = Math.min(weights.numRows, vectors);
        boolean atWords = (at.direction() == Direction.COLUMNS_DRIVEN) != matrix(workspace).factored.wiring.turned;
        double tolerance = Math.min(RESPONSE, solver.tolerance());
        for (int b = 0; b < distinct; b++) {
            linear.base.set(weights.data, b * weights.numCols, atWords);
            linear.balance.keepRises(response.data, b * cellCount);
            int iterations = linear.solve(tolerance);
            linear.balance.keepNothing();
            if (!(linear.balance.residual <= solver.tolerance())) {
                require(iterations, "response", b, linear);
            }
        }
        for (int b = distinct; b < vectors; b++) {
            System.arraycopy(response.data, 0, response.data, b * cellCount, cellCount);
        }
    }
}
