package org.vmmlib.core.crossbar.solve;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.vmmlib.core.kernel.LineSweep;
import org.vmmlib.core.kernel.RowVectors;

/**
 * Preconditioned conjugate gradients on the bit-line layer, in two sweeps over the array per iteration: one towards the
 * row in the middle, which carries the residual, and one away from it, which solves with the preconditioner, updates
 * solution and direction and multiplies by the matrix. Instead of the residual itself, what the bit lines gather of it is
 * kept, so that both scalar products come out of the first sweep. Vectors and scratch of one thread and its helper.
 */
final class ConjugateGradients implements SchurIteration {

    private final int n;
    private final int m;
    private final int middle;
    private final Crew crew;
    private final Side[] sides;
    private final Crew.Work forward = this::forwardSide;
    private final Crew.Work backward = this::backwardSide;
    private final Crew.Work finish = this::finishSide;

    private final double[][] x;
    /** Search direction. */
    private final double[][] p;
    /** The right-hand side; then the product of matrix and direction. */
    private final double[][] q;
    /** What the bit lines gathered of the residual up to each row. */
    private final double[][] w;
    /** Currents that leave through the terminals of the word lines, per unit of the direction. */
    private final double[] wordStep;

    private final double[] wordCurrent;
    private final double[] bitCurrent;
    private final double[] history;

    private final double[] terminals;
    private final double[][] spare;
    private SchurMatrix a;
    private CoarseGrid.@Nullable Scratch coarse;
    private double alpha;
    private double beta;

    private double residual;

    ConjugateGradients(SchurMatrix matrix, Crew crew, int most) {
        a = matrix;
        this.crew = crew;
        n = matrix.wiring.rows;
        m = matrix.wiring.columns;
        middle = matrix.bits.middle;
        sides = new Side[] {new Side(matrix), new Side(matrix)};
        x = RowVectors.rows(n, m);
        p = RowVectors.rows(n, m);
        q = RowVectors.rows(n, m);
        w = RowVectors.rows(n, m);
        wordStep = new double[n];
        wordCurrent = new double[n];
        bitCurrent = new double[m];
        terminals = new double[m];
        spare = RowVectors.rows(2, m);
        history = new double[most + 1];
    }

    private static final class Side {
        final SchurProduct product;
        final double[] u;
        final double[] z;
        final double[] r;
        final double[] zz;
        final double[] rr;

        Side(SchurMatrix matrix) {
            product = new SchurProduct(matrix);
            double[][] rows = RowVectors.rows(5, matrix.wiring.columns);
            u = rows[0];
            z = rows[1];
            r = rows[2];
            zz = rows[3];
            rr = rows[4];
        }
    }

    @Override
    public void matrix(SchurMatrix next, boolean transposed) {
        a = next;
        sides[0].product.matrix(next, transposed);
        sides[1].product.matrix(next, transposed);
    }

    @Override
    public double[][] right() {
        return q;
    }

    @Override
    public double[][] solution() {
        return x;
    }

    @Override
    public double[] wordCurrent() {
        return wordCurrent;
    }

    @Override
    public double[] history() {
        return history;
    }

    @Override
    public int solve(double target, double relative) {
        for (int i = 0; i < n; i++) {
            Arrays.fill(x[i], 0);
            Arrays.fill(p[i], 0);
            Arrays.fill(w[i], 0);
        }
        if (relative > 0) {
            Arrays.fill(bitCurrent, 0);
        }
        CoarseGrid grid = a.coarse();
        if (grid == null) {
            coarse = null;
        } else if (coarse == null || coarse.owner() != grid) {
            coarse = grid.new Scratch();
        }
        alpha = -1;
        beta = 0;
        double product = sweepForward();
        alpha = 0;
        history[0] = residual;
        int k = 0;
        while (k < history.length - 1 && !(residual <= Math.max(target, relative * terminalNorm(relative)))) {
            double curvature = sweepBackward();
            if (!(curvature > 0) || !(product > 0)) {
                alpha = 0;
                break;
            }
            alpha = product / curvature;
            if (relative > 0) {
                follow();
            }
            double before = product;
            product = sweepForward();
            beta = product / before;
            history[++k] = residual;
        }
        crew.run(finish);
        return k;
    }

    private double terminalNorm(double relative) {
        if (!(relative > 0)) {
            return 0;
        }
        double sum = 0;
        for (double i : wordCurrent) {
            sum += i * i;
        }
        for (double i : bitCurrent) {
            sum += i * i;
        }
        return Math.sqrt(sum);
    }

    private void follow() {
        for (int i = 0; i < n; i++) {
            wordCurrent[i] += alpha * wordStep[i];
        }
        RowVectors.multiply(m, a.wiring.bitSegments[0], p[0], terminals);
        RowVectors.gather(m, a.wiring.bitSegments[n], p[n - 1], terminals);
        RowVectors.add(m, alpha, terminals, bitCurrent);
    }

    /** Towards the middle: residual less alpha times q; returns the product of residual and preconditioned residual. */
    private double sweepForward() {
        crew.run(forward);
        double[] u = spare[0];
        double[] r = spare[1];
        System.arraycopy(q[middle], 0, u, 0, m);
        for (int side = 0; side < 2; side++) {
            int rows = a.bits.count(side);
            if (rows > 0) {
                int last = a.bits.row(side, rows - 1);
                RowVectors.gather(m, a.bits.inward(side, last), a.bits.inverse[last], sides[side].u, u);
            }
        }
        RowVectors.reduce(m, alpha, u, a.bits.inverse[middle], w[middle], sides[0].zz);
        System.arraycopy(w[middle], 0, r, 0, m);
        for (int side = 0; side < 2; side++) {
            int rows = a.bits.count(side);
            if (rows > 0) {
                int last = a.bits.row(side, rows - 1);
                RowVectors.withdraw(m, a.bits.inward(side, last), a.bits.inverse[last], w[last], r);
            }
        }
        RowVectors.gather(m, r, r, sides[0].rr);
        residual = Math.sqrt(RowVectors.sum(m, sides[0].rr) + RowVectors.sum(m, sides[1].rr));
        double product = RowVectors.sum(m, sides[0].zz) + RowVectors.sum(m, sides[1].zz);
        CoarseGrid.Scratch grid = coarse;
        if (grid != null) {
            grid.add(middle, 0, r);
            product += grid.apply(middle);
        }
        return product;
    }

    private void forwardSide(int side) {
        Side s = sides[side];
        BitLines bits = a.bits;
        CoarseGrid.Scratch grid = coarse;
        Arrays.fill(s.zz, 0);
        Arrays.fill(s.rr, 0);
        if (grid != null) {
            grid.clear(side, middle);
        }
        int before = -1;
        for (int k = 0; k < bits.count(side); k++) {
            int i = bits.row(side, k);
            if (k == 0) {
                System.arraycopy(q[i], 0, s.u, 0, m);
            } else {
                LineSweep.carry(m, q[i], bits.outward(side, i), bits.inverse[before], s.u);
            }
            RowVectors.reduce(m, alpha, s.u, bits.inverse[i], w[i], s.zz);
            System.arraycopy(w[i], 0, s.r, 0, m);
            if (k > 0) {
                RowVectors.withdraw(m, bits.outward(side, i), bits.inverse[before], w[before], s.r);
            }
            RowVectors.gather(m, s.r, s.r, s.rr);
            if (grid != null) {
                grid.add(i, side, s.r);
            }
            before = i;
        }
    }

    /** Away from the middle: solution, next direction, and its product with the matrix; returns their product. */
    private double sweepBackward() {
        double[] z = spare[0];
        RowVectors.multiply(m, a.bits.inverse[middle], w[middle], z);
        System.arraycopy(z, 0, sides[0].z, 0, m);
        System.arraycopy(z, 0, sides[1].z, 0, m);
        direct(middle, z);
        crew.run(backward);
        sides[0].product.row(middle, p, q, wordStep);
        return RowVectors.sum(m, sides[0].product.products) + RowVectors.sum(m, sides[1].product.products);
    }

    /** The next direction of a row, whose preconditioned residual is z but for the coarse part. */
    private void direct(int i, double[] z) {
        RowVectors.step(m, alpha, beta, z, x[i], p[i]);
        CoarseGrid.Scratch grid = coarse;
        if (grid != null) {
            grid.correct(i, p[i]);
        }
    }

    private void backwardSide(int side) {
        Side s = sides[side];
        BitLines bits = a.bits;
        Arrays.fill(s.product.products, 0);
        int rows = bits.count(side);
        int waiting = rows - 1;
        for (int k = rows - 1; k >= 0; k--) {
            int i = bits.row(side, k);
            LineSweep.back(m, w[i], bits.inward(side, i), bits.inverse[i], s.z);
            direct(i, s.z);
            if (waiting - k == 4) {
                s.product.rows4(side, waiting, p, q, wordStep);
                waiting -= 4;
            }
        }
        if (waiting == 3) {
            s.product.rows4(side, waiting, p, q, wordStep);
            waiting = -1;
        }
        for (; waiting >= 0; waiting--) {
            s.product.row(bits.row(side, waiting), p, q, wordStep);
        }
    }

    private void finishSide(int side) {
        int from = side == 0 ? 0 : middle;
        int to = side == 0 ? middle : n;
        for (int i = from; i < to; i++) {
            RowVectors.add(m, alpha, p[i], x[i]);
        }
    }
}
