package org.vmmlib.core.crossbar.solve;

import java.util.Arrays;
import java.util.Locale;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;
import org.vmmlib.core.crossbar.ArrayCells;
import org.vmmlib.core.crossbar.Crossbar;
import org.vmmlib.core.crossbar.Direction;

/** A nonlinear array, ordered once and factored anew along the way to each operating point. */
final class NewtonReference implements PreparedCrossbar {

    private static final int MOST_STEPS = 200;
    /** Steps end here: it is at rounding. */
    private static final double ROUNDING = 0x1p-50;
    /** Steps with an old factorisation may end here. */
    private static final double NEAR = 0x1p-44;
    /** A factorisation is kept while steps with it shrink to this part, and the residual they leave too. */
    private static final double KEEP = 0.1;
    /** A step must reduce the norm at least by this part of what its linear model promises (Armijo's rule). */
    private static final double ARMIJO = 1e-4;

    private static final double SHORTEST = 0x1p-40;
    private final ReferenceSolver solver;
    private final Crossbar crossbar;
    private final ArrayCells cells;
    private final boolean symmetric;
    private final Pattern firstPattern;
    private final Network firstNetwork;

    NewtonReference(ReferenceSolver solver, Crossbar crossbar, ArrayCells cells) {
        this.solver = solver;
        this.crossbar = crossbar;
        this.cells = cells;
        symmetric = crossbar.law().twoTerminal();
        firstPattern = Pattern.first(crossbar.lines());
        firstNetwork = firstPattern.network(crossbar.lines());
        counts(firstNetwork);
    }

    private int[] counts(Network network) {
        return solver.factorCounts(crossbar, network, Integer.BYTES + (symmetric ? 1 : 2) * Double.BYTES);
    }

    /** Jacobian and factors of one pattern of connections, of one thread. */
    private final class Matrix {
        final Pattern pattern;
        final Network network;
        final Jacobian jacobian;
        private final Factorization usual;
        private @Nullable Factorization fallback;
        Factors factors;

        Matrix(Pattern pattern, Network network) {
            this.pattern = pattern;
            this.network = network;
            jacobian = new Jacobian(network);
            int[] counts = counts(network);
            usual = symmetric
                    ? new CholeskyFactorization(network.pattern)
                    : new LuFactorization(network.pattern, counts);
            factors = usual.factors();
        }

        /** Factors at an operating point; a law with a negative slope may need LU although it is symmetric. */
        boolean factor(OperatingPoint point) {
            jacobian.assemble(point.slopeRow, point.slopeColumn);
            if (usual.factor(jacobian)) {
                factors = usual.factors();
                return true;
            }
            if (!symmetric) {
                return false;
            }
            Factorization lu = fallback;
            if (lu == null) {
                lu = new LuFactorization(
                        network.pattern, solver.factorCounts(crossbar, network, Integer.BYTES + 2 * Double.BYTES));
                fallback = lu;
            }
            factors = lu.factors();
            return lu.factor(jacobian);
        }
    }

    private static final class Scratch implements Workspace {
        final NewtonReference owner;
        final double[] step;
        final double[] rest;
        final double[] history = new double[MOST_STEPS + 1];
        final Sensitivity sensitivity;
        OperatingPoint point;
        OperatingPoint trial;
        int steps;

        @Nullable
        Matrix first;

        @Nullable
        Matrix other;

        Scratch(NewtonReference owner) {
            this.owner = owner;
            int nodes = 2 * owner.crossbar.rows() * owner.crossbar.columns();
            point = new OperatingPoint(owner.cells);
            trial = new OperatingPoint(owner.cells);
            step = new double[nodes];
            rest = new double[nodes];
            sensitivity = new Sensitivity(owner.crossbar.rows(), owner.crossbar.columns());
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
        return symmetric ? "Newton, sparse Cholesky" : "Newton, sparse LU";
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

    private Matrix matrix(Excitation excitation, Scratch scratch) {
        Pattern pattern = Pattern.of(crossbar.lines(), excitation);
        if (pattern.equals(firstPattern)) {
            Matrix first = scratch.first;
            if (first == null) {
                first = new Matrix(firstPattern, firstNetwork);
                scratch.first = first;
            }
            return first;
        }
        Matrix other = scratch.other;
        if (other == null || !pattern.equals(other.pattern)) {
            scratch.other = null;
            other = new Matrix(pattern, pattern.network(crossbar.lines()));
            scratch.other = other;
        }
        return other;
    }

    @Override
    public void solve(Excitation excitation, Solution solution, Workspace workspace) {
        Inputs.require(excitation, crossbar);
        Scratch scratch = own(workspace);
        Matrix matrix = matrix(excitation, scratch);
        solution.shape(excitation.vectors(), crossbar.rows(), crossbar.columns());
        for (int b = 0; b < excitation.vectors(); b++) {
            settle(excitation, b, matrix, scratch);
            scratch.point.store(solution, b);
            solution.iterations = Math.max(solution.iterations, scratch.steps);
            if (solution.findsSlopes()) {
                linearise(matrix, scratch, b);
                scratch.sensitivity.columnSlopes(
                        matrix.network,
                        matrix.factors,
                        scratch.point.slopeRow,
                        scratch.point.slopeColumn,
                        solution.columnSlopes.data,
                        b * crossbar.columns());
            }
        }
    }

    /** Finds the operating point of one vector, of passive cells if it can. */
    private void settle(Excitation excitation, int vector, Matrix matrix, Scratch scratch) {
        String failure = settle(excitation, vector, matrix, scratch, true);
        if (failure != null) {
            failure = settle(excitation, vector, matrix, scratch, false);
        }
        if (failure != null) {
            throw failure(vector, scratch, failure);
        }
    }

    /** Newton's method from the state without line drops; returns why it failed. */
    private @Nullable String settle(
            Excitation excitation, int vector, Matrix matrix, Scratch scratch, boolean passive) {
        Network network = matrix.network;
        scratch.steps = 0;
        scratch.point.start(network, excitation, vector);
        scratch.history[0] = scratch.point.residual;
        if (!scratch.point.isFinite()) {
            return "cell currents are not finite at the terminal voltages; lower the drive";
        }
        boolean factored = false;
        double longest = Double.POSITIVE_INFINITY;
        while (scratch.point.residual > ROUNDING && scratch.steps < MOST_STEPS) {
            boolean fresh = !factored;
            if (fresh && !matrix.factor(scratch.point)) {
                return dead(scratch)
                        ? null
                        : "the Jacobian is singular; a floating line may have no cell that reacts to it";
            }
            step(network, matrix.factors, scratch);
            double length = length(scratch.step, network.unknowns);
            double before = scratch.point.norm;
            boolean good = scratch.point.residual <= solver.tolerance();
            boolean strays = !fresh && length > longest;
            scratch.point.confine(network, scratch.step, scratch.rest, passive);
            if (!strays && advance(excitation, vector, network, scratch, fresh)) {
                scratch.history[++scratch.steps] = scratch.point.residual;
                double ratio = scratch.point.norm / before;
                if (fresh && good && ratio > 0.5) {
                    return null;
                }
                factored = ratio <= KEEP;
                longest = KEEP * length;
            } else if (!fresh && !(good && scratch.point.residual <= NEAR)) {
                factored = false;
            } else {
                return good || dead(scratch) ? null : "no shorter step reduces the residual";
            }
        }
        return scratch.point.residual <= solver.tolerance() ? null : "too many steps";
    }

    /** A step of Newton's method as the sum of two numbers, the second by one step of iterative refinement. */
    private static void step(Network network, Factors factors, Scratch scratch) {
        OperatingPoint point = scratch.point;
        for (int k = 0; k < network.unknowns; k++) {
            scratch.step[k] = -point.net[k];
            scratch.rest[k] = -point.net[k];
        }
        factors.solve(scratch.step);
        network.subtractProduct(scratch.step, point.slopeRow, point.slopeColumn, scratch.rest);
        factors.solve(scratch.rest);
    }

    /** Whether no current flows at all; then that is the solution. */
    private static boolean dead(Scratch scratch) {
        if (!scratch.point.isDead()) {
            return false;
        }
        scratch.point.residual = 0;
        scratch.point.kirchhoffError = 0;
        return true;
    }

    private static double length(double[] step, int count) {
        double longest = 0;
        for (int k = 0; k < count; k++) {
            longest = Math.max(longest, Math.abs(step[k]));
        }
        return longest;
    }

    /** Takes the step, halved until the norm falls; or leaves the point where it is. */
    private static boolean advance(
            Excitation excitation, int vector, Network network, Scratch scratch, boolean mayShorten) {
        OperatingPoint point = scratch.point;
        OperatingPoint trial = scratch.trial;
        double part = 1;
        do {
            trial.move(network, point, part, scratch.step, scratch.rest);
            trial.evaluate(network, excitation, vector);
            if (trial.isFinite() && trial.norm <= (1 - ARMIJO * part) * point.norm) {
                scratch.point = trial;
                scratch.trial = point;
                return true;
            }
            part *= 0.5;
        } while (mayShorten && part > SHORTEST);
        return false;
    }

    private ConvergenceException failure(int vector, Scratch scratch, String reason) {
        return new ConvergenceException(
                String.format(
                        Locale.ROOT,
                        "crossbar %d x %d, vector %d: relative residual %.2g after %d Newton steps, tolerance %.2g: %s",
                        crossbar.rows(),
                        crossbar.columns(),
                        vector,
                        scratch.point.residual,
                        scratch.steps,
                        solver.tolerance(),
                        reason),
                Arrays.copyOf(scratch.history, scratch.steps + 1));
    }

    /** Factors the Jacobian at the operating point found. */
    private void linearise(Matrix matrix, Scratch scratch, int vector) {
        if (!matrix.factor(scratch.point)) {
            throw failure(vector, scratch, "the Jacobian is singular at the operating point");
        }
    }

    @Override
    public void adjoint(Excitation at, DMatrixRMaj weights, DMatrixRMaj response, Workspace workspace) {
        Inputs.require(at, crossbar);
        Inputs.requireWeights(weights, at);
        Scratch scratch = own(workspace);
        Matrix matrix = matrix(at, scratch);
        boolean columnsSensed = at.direction() == Direction.ROWS_DRIVEN;
        int cellCount = crossbar.rows() * crossbar.columns();
        response.reshape(at.vectors(), cellCount);
        for (int b = 0; b < at.vectors(); b++) {
            settle(at, b, matrix, scratch);
            linearise(matrix, scratch, b);
            int from = weights.numRows == 1 ? 0 : b * weights.numCols;
            Sensitivity sensitivity = scratch.sensitivity;
            sensitivity.clear();
            sensitivity.weigh(0, weights.data, from, columnsSensed);
            sensitivity.solve(matrix.network, matrix.factors, scratch.point.slopeRow, scratch.point.slopeColumn);
            sensitivity.responses(matrix.network, 0, response.data, b * cellCount);
        }
    }
}
