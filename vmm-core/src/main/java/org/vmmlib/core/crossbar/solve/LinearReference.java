package org.vmmlib.core.crossbar.solve;

import java.util.Arrays;
import java.util.Locale;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;
import org.vmmlib.core.crossbar.ArrayCells;
import org.vmmlib.core.crossbar.Crossbar;
import org.vmmlib.core.crossbar.Direction;
import org.vmmlib.core.crossbar.LinearCells;

/** A linear array, factored once. */
final class LinearReference implements PreparedCrossbar {

    private static final int WIDTH = Factors.WIDTH;
    /** Refinement ends here: it is at rounding. */
    private static final double ROUNDING = 0x1p-50;

    private static final int MOST_REFINEMENTS = 50;

    private final ReferenceSolver solver;
    private final Crossbar crossbar;
    private final LinearCells cells;
    private final double[] slopeRow;
    private final double[] slopeColumn;
    private final Matrix first;

    LinearReference(ReferenceSolver solver, Crossbar crossbar, LinearCells cells) {
        this.solver = solver;
        this.crossbar = crossbar;
        this.cells = cells;
        slopeRow = cells.conductances().data;
        slopeColumn = new double[crossbar.rows() * crossbar.columns()];
        for (int c = 0; c < slopeColumn.length; c++) {
            slopeColumn[c] = -slopeRow[c];
        }
        first = new Matrix(Pattern.first(crossbar.lines()));
    }

    /** The factored network of one pattern of connections. */
    private final class Matrix {
        final Pattern pattern;
        final Network network;
        final Factors factors;
        private double @Nullable [] columnSlopes;

        Matrix(Pattern pattern) {
            this.pattern = pattern;
            network = pattern.network(crossbar.lines());
            int[] counts = solver.factorCounts(crossbar, network, Integer.BYTES + Double.BYTES);
            Jacobian jacobian = new Jacobian(network);
            jacobian.assemble(slopeRow, slopeColumn);
            Factorization factorization = new CholeskyFactorization(network.pattern);
            if (!factorization.factor(jacobian)) {
                factorization = new LuFactorization(network.pattern, counts);
                if (!factorization.factor(jacobian)) {
                    throw new ConvergenceException(
                            String.format(
                                    Locale.ROOT,
                                    "crossbar %d x %d: its matrix is singular; conductances are too far apart for "
                                            + "double precision",
                                    crossbar.rows(),
                                    crossbar.columns()),
                            new double[0]);
                }
            }
            factors = factorization.factors();
        }

        /** They do not depend on the vector, so they are found once. */
        synchronized double[] columnSlopes(Sensitivity sensitivity) {
            double[] slopes = columnSlopes;
            if (slopes == null) {
                slopes = new double[crossbar.columns()];
                sensitivity.columnSlopes(network, factors, slopeRow, slopeColumn, slopes, 0);
                columnSlopes = slopes;
            }
            return slopes;
        }
    }

    private static final class Scratch implements Workspace {
        final LinearReference owner;
        final OperatingPoint[] points = new OperatingPoint[WIDTH];
        final double[] previous = new double[WIDTH];
        final boolean[] done = new boolean[WIDTH];
        final double[] step;
        final Sensitivity sensitivity;

        @Nullable
        Matrix other;

        Scratch(LinearReference owner) {
            this.owner = owner;
            int nodes = 2 * owner.crossbar.rows() * owner.crossbar.columns();
            Arrays.setAll(points, r -> new OperatingPoint(owner.cells));
            step = new double[WIDTH * nodes];
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
        return "sparse Cholesky";
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
        if (pattern.equals(first.pattern)) {
            return first;
        }
        Matrix other = scratch.other;
        if (other == null || !pattern.equals(other.pattern)) {
            scratch.other = null;
            other = new Matrix(pattern);
            scratch.other = other;
        }
        return other;
    }

    @Override
    public void solve(Excitation excitation, Solution solution, Workspace workspace) {
        Inputs.require(excitation, crossbar);
        Scratch scratch = own(workspace);
        Matrix matrix = matrix(excitation, scratch);
        int vectors = excitation.vectors();
        solution.shape(vectors, crossbar.rows(), crossbar.columns());
        for (int b = 0; b < vectors; b += WIDTH) {
            group(excitation, b, Math.min(WIDTH, vectors - b), matrix, scratch);
            for (int r = 0; r < Math.min(WIDTH, vectors - b); r++) {
                scratch.points[r].store(solution, b + r);
            }
        }
        solution.iterations = 1;
        if (solution.findsSlopes()) {
            double[] slopes = matrix.columnSlopes(scratch.sensitivity);
            for (int b = 0; b < vectors; b++) {
                System.arraycopy(slopes, 0, solution.columnSlopes.data, b * slopes.length, slopes.length);
            }
        }
    }

    /** Solves up to four vectors; what is done to one does not depend on the others. */
    private void group(Excitation excitation, int vector, int count, Matrix matrix, Scratch scratch) {
        Network network = matrix.network;
        OperatingPoint[] points = scratch.points;
        for (int r = 0; r < WIDTH; r++) {
            scratch.done[r] = r >= count;
            if (r < count) {
                points[r].start(network, excitation, vector + r);
                scratch.previous[r] = Double.POSITIVE_INFINITY;
                scratch.done[r] = points[r].norm == 0;
            }
        }
        for (int round = 0; round < MOST_REFINEMENTS && !all(scratch.done); round++) {
            for (int k = 0; k < network.unknowns; k++) {
                for (int r = 0; r < WIDTH; r++) {
                    scratch.step[WIDTH * k + r] = scratch.done[r] ? 0 : -points[r].net[k];
                }
            }
            matrix.factors.solveWide(scratch.step);
            for (int r = 0; r < count; r++) {
                if (!scratch.done[r]) {
                    advance(excitation, vector + r, network, scratch, r, round > 0);
                }
            }
        }
        for (int r = 0; r < count; r++) {
            if (!(points[r].residual <= solver.tolerance())) {
                throw new ConvergenceException(
                        String.format(
                                Locale.ROOT,
                                "crossbar %d x %d, vector %d: relative residual %.2g is above the tolerance %.2g where "
                                        + "rounding stops it; allow a larger tolerance",
                                crossbar.rows(),
                                crossbar.columns(),
                                vector + r,
                                points[r].residual,
                                solver.tolerance()),
                        new double[] {points[r].residual});
            }
        }
    }

    /**
     * Takes a step. The first is always refined, for the sake of nodes whose currents are too small to count in the
     * residual.
     */
    private static void advance(
            Excitation excitation, int vector, Network network, Scratch scratch, int r, boolean refined) {
        OperatingPoint point = scratch.points[r];
        point.save(network);
        point.add(network, scratch.step, WIDTH, r);
        point.evaluate(network, excitation, vector);
        if (refined && point.residual <= ROUNDING) {
            scratch.done[r] = true;
        } else if (!(point.norm <= 0.5 * scratch.previous[r])) {
            scratch.done[r] = true;
            if (!(point.norm <= scratch.previous[r])) {
                point.restore(network);
                point.evaluate(network, excitation, vector);
            }
        }
        scratch.previous[r] = point.norm;
    }

    private static boolean all(boolean[] done) {
        boolean all = true;
        for (boolean is : done) {
            all &= is;
        }
        return all;
    }

    @Override
    public void adjoint(Excitation at, DMatrixRMaj weights, DMatrixRMaj response, Workspace workspace) {
        Inputs.require(at, crossbar);
        Inputs.requireWeights(weights, at);
        Scratch scratch = own(workspace);
        Matrix matrix = matrix(at, scratch);
        boolean columnsSensed = at.direction() == Direction.ROWS_DRIVEN;
        int vectors = at.vectors();
        int cellCount = slopeRow.length;
        response.reshape(vectors, cellCount);
        int distinct = Math.min(weights.numRows, vectors);
        for (int b = 0; b < distinct; b += WIDTH) {
            int end = Math.min(distinct, b + WIDTH);
            Sensitivity sensitivity = scratch.sensitivity;
            sensitivity.clear();
            for (int k = b; k < end; k++) {
                sensitivity.weigh(k - b, weights.data, k * weights.numCols, columnsSensed);
            }
            sensitivity.solve(matrix.network, matrix.factors, slopeRow, slopeColumn);
            for (int k = b; k < end; k++) {
                sensitivity.responses(matrix.network, k - b, response.data, k * cellCount);
            }
        }
        for (int b = distinct; b < vectors; b++) {
            System.arraycopy(response.data, 0, response.data, b * cellCount, cellCount);
        }
    }
}
