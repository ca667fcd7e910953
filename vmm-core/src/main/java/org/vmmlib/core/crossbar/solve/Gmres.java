package org.vmmlib.core.crossbar.solve;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.vmmlib.core.kernel.LineSweep;
import org.vmmlib.core.kernel.RowVectors;

/**
 * Restarted GMRES with the preconditioner on the right, for cells whose slopes by their two voltages differ (Y. Saad and
 * M. H. Schultz, SIAM J. Sci. Stat. Comput. 7 (1986) 856, doi:10.1137/0907058). Orthogonal by classical Gram–Schmidt,
 * done twice. Vectors of the basis are made when they are first needed: saturated transistors need one or two.
 */
final class Gmres implements SchurIteration {

    /** Basis vectors before a restart. */
    private static final int BASIS = 30;
    /** A round that leaves more than this of the residual is the last. */
    private static final double STALLED = 0.9;

    private final int n;
    private final int m;
    private final int middle;
    private final Crew crew;
    private final Side[] sides;
    private final Crew.Work forward = this::forwardSide;
    private final Crew.Work backward = this::backwardSide;
    private final Crew.Work measure = this::measureSide;
    private final Crew.Work begin = this::beginSide;
    private final Crew.Work project = this::projectSide;
    private final Crew.Work subtract = this::subtractSide;
    private final Crew.Work append = this::appendSide;
    private final Crew.Work combine = this::combineSide;
    private final Crew.Work accept = this::acceptSide;
    private final Crew.Work finish = this::finishSide;

    private final double[][] x;
    private final double[][] r;
    private final double[][] z;
    private final double[][] t;
    private final double[] @Nullable [][] basis = new double[BASIS + 1][][];
    private final double[] wordStep;
    private final double[] wordCurrent;
    private final double[] history;
    private final double[][] upper = new double[BASIS][BASIS + 1];
    private final double[] cosine = new double[BASIS];
    private final double[] sine = new double[BASIS];
    private final double[] rest = new double[BASIS + 1];
    private final double[] factor = new double[BASIS + 1];

    private SchurMatrix a;
    private CoarseGrid.@Nullable Scratch coarse;
    private double[][] in;
    private double[][] image;
    private int size;
    private double scale;

    Gmres(SchurMatrix matrix, Crew crew, int most) {
        a = matrix;
        this.crew = crew;
        n = matrix.wiring.rows;
        m = matrix.wiring.columns;
        middle = matrix.bits.middle;
        sides = new Side[] {new Side(matrix), new Side(matrix)};
        x = RowVectors.rows(n, m);
        r = RowVectors.rows(n, m);
        z = RowVectors.rows(n, m);
        t = RowVectors.rows(n, m);
        in = r;
        image = t;
        wordStep = new double[n];
        wordCurrent = new double[n];
        history = new double[most + 1];
    }

    private static final class Side {
        final SchurProduct product;
        final double[] u;
        final double[][] sums;

        Side(SchurMatrix matrix) {
            product = new SchurProduct(matrix);
            u = RowVectors.rows(1, matrix.wiring.columns)[0];
            sums = RowVectors.rows(BASIS + 1, matrix.wiring.columns);
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
        return r;
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
        for (double[] row : x) {
            Arrays.fill(row, 0);
        }
        CoarseGrid grid = a.coarse();
        if (grid == null) {
            coarse = null;
        } else if (coarse == null || coarse.owner() != grid) {
            coarse = grid.new Scratch();
        }
        crew.run(measure);
        double norm = Math.sqrt(sum(0));
        double goal = Math.max(target, 0.1 * relative * norm);
        history[0] = norm;
        int k = 0;
        double before = Double.POSITIVE_INFINITY;
        while (k < history.length - 1 && norm > goal && norm <= STALLED * before) {
            before = norm;
            k = round(norm, goal, k);
            if (history[k] <= goal) {
                crew.run(accept);
                return k;
            }
            crew.run(finish);
            norm = Math.sqrt(sum(0));
            history[k] = norm;
        }
        return k;
    }

    /** One round until a restart; returns the number of iterations so far. */
    private int round(double norm, double goal, int done) {
        int k = done;
        scale = 1 / norm;
        vector(0);
        crew.run(begin);
        Arrays.fill(rest, 0);
        rest[0] = norm;
        size = 0;
        double left = norm;
        while (size < BASIS && k < history.length - 1 && left > goal) {
            apply(vector(size), t);
            double[] column = upper[size];
            Arrays.fill(column, 0);
            size++;
            for (int pass = 0; pass < 2; pass++) {
                crew.run(project);
                for (int j = 0; j < size; j++) {
                    factor[j] = sum(j);
                    column[j] += factor[j];
                }
                crew.run(subtract);
            }
            double length = Math.sqrt(sum(0));
            column[size] = length;
            rotate(size - 1);
            left = Math.abs(rest[size]);
            history[++k] = left;
            if (!(length > 0)) {
                break;
            }
            scale = 1 / length;
            vector(size);
            crew.run(append);
        }
        for (int i = size - 1; i >= 0; i--) {
            double v = rest[i];
            for (int j = i + 1; j < size; j++) {
                v -= upper[j][i] * factor[j];
            }
            factor[i] = upper[i][i] == 0 ? 0 : v / upper[i][i];
        }
        crew.run(combine);
        apply(vector(size), t);
        return k;
    }

    /** Turns the newest column of the Hessenberg matrix into one of a triangle. */
    private void rotate(int k) {
        double[] column = upper[k];
        for (int j = 0; j < k; j++) {
            double v = cosine[j] * column[j] + sine[j] * column[j + 1];
            column[j + 1] = cosine[j] * column[j + 1] - sine[j] * column[j];
            column[j] = v;
        }
        double length = Math.hypot(column[k], column[k + 1]);
        cosine[k] = length > 0 ? column[k] / length : 1;
        sine[k] = length > 0 ? column[k + 1] / length : 0;
        column[k] = length;
        column[k + 1] = 0;
        rest[k + 1] = -sine[k] * rest[k];
        rest[k] *= cosine[k];
    }

    private double[][] vector(int k) {
        double[][] made = basis[k];
        if (made == null) {
            made = RowVectors.rows(n, m);
            basis[k] = made;
        }
        return made;
    }

    private double sum(int k) {
        return RowVectors.sum(m, sides[0].sums[k]) + RowVectors.sum(m, sides[1].sums[k]);
    }

    private int from(int side) {
        return side == 0 ? 0 : middle;
    }

    private int to(int side) {
        return side == 0 ? middle : n;
    }

    private void measureSide(int side) {
        double[] sum = sides[side].sums[0];
        Arrays.fill(sum, 0);
        for (int i = from(side); i < to(side); i++) {
            RowVectors.gather(m, r[i], r[i], sum);
        }
    }

    private void beginSide(int side) {
        double[][] v = vector(0);
        for (int i = from(side); i < to(side); i++) {
            Arrays.fill(v[i], 0);
            RowVectors.add(m, scale, r[i], v[i]);
        }
    }

    private void projectSide(int side) {
        double[][] sums = sides[side].sums;
        for (int j = 0; j < size; j++) {
            Arrays.fill(sums[j], 0);
        }
        for (int i = from(side); i < to(side); i++) {
            for (int j = 0; j < size; j++) {
                RowVectors.gather(m, vector(j)[i], t[i], sums[j]);
            }
        }
    }

    private void subtractSide(int side) {
        double[] sum = sides[side].sums[0];
        Arrays.fill(sum, 0);
        for (int i = from(side); i < to(side); i++) {
            for (int j = 0; j < size; j++) {
                RowVectors.add(m, -factor[j], vector(j)[i], t[i]);
            }
            RowVectors.gather(m, t[i], t[i], sum);
        }
    }

    private void appendSide(int side) {
        double[][] v = vector(size);
        for (int i = from(side); i < to(side); i++) {
            Arrays.fill(v[i], 0);
            RowVectors.add(m, scale, t[i], v[i]);
        }
    }

    /** The combination of the basis, in place of its next vector. */
    private void combineSide(int side) {
        double[][] out = vector(size);
        for (int i = from(side); i < to(side); i++) {
            Arrays.fill(out[i], 0);
            for (int j = 0; j < size; j++) {
                RowVectors.add(m, factor[j], vector(j)[i], out[i]);
            }
        }
    }

    private void acceptSide(int side) {
        for (int i = from(side); i < to(side); i++) {
            RowVectors.add(m, 1, z[i], x[i]);
        }
    }

    private void finishSide(int side) {
        double[] sum = sides[side].sums[0];
        Arrays.fill(sum, 0);
        for (int i = from(side); i < to(side); i++) {
            RowVectors.add(m, 1, z[i], x[i]);
            RowVectors.add(m, -1, t[i], r[i]);
            RowVectors.gather(m, r[i], r[i], sum);
        }
    }

    /** Solves with the preconditioner, {@code z = P⁻¹ in}, and multiplies, {@code out = S z}. */
    private void apply(double[][] from, double[][] out) {
        in = from;
        image = out;
        crew.run(forward);
        double[] u = out[middle];
        System.arraycopy(from[middle], 0, u, 0, m);
        for (int side = 0; side < 2; side++) {
            int rows = a.bits.count(side);
            if (rows > 0) {
                int last = a.bits.row(side, rows - 1);
                RowVectors.gather(m, a.bits.inward(side, last), a.bits.inverse[last], out[last], u);
            }
        }
        CoarseGrid.Scratch grid = coarse;
        if (grid != null) {
            grid.add(middle, 0, from[middle]);
            grid.apply(middle);
        }
        RowVectors.multiply(m, a.bits.inverse[middle], u, z[middle]);
        System.arraycopy(z[middle], 0, sides[0].u, 0, m);
        System.arraycopy(z[middle], 0, sides[1].u, 0, m);
        if (grid != null) {
            grid.correct(middle, z[middle]);
        }
        crew.run(backward);
        sides[0].product.row(middle, z, out, wordStep);
    }

    private void forwardSide(int side) {
        BitLines bits = a.bits;
        CoarseGrid.Scratch grid = coarse;
        if (grid != null) {
            grid.clear(side, middle);
        }
        int before = -1;
        for (int k = 0; k < bits.count(side); k++) {
            int i = bits.row(side, k);
            System.arraycopy(in[i], 0, image[i], 0, m);
            if (k > 0) {
                RowVectors.gather(m, bits.outward(side, i), bits.inverse[before], image[before], image[i]);
            }
            if (grid != null) {
                grid.add(i, side, in[i]);
            }
            before = i;
        }
    }

    private void backwardSide(int side) {
        Side s = sides[side];
        BitLines bits = a.bits;
        CoarseGrid.Scratch grid = coarse;
        int rows = bits.count(side);
        int waiting = rows - 1;
        for (int k = rows - 1; k >= 0; k--) {
            int i = bits.row(side, k);
            LineSweep.back(m, image[i], bits.inward(side, i), bits.inverse[i], s.u);
            System.arraycopy(s.u, 0, z[i], 0, m);
            if (grid != null) {
                grid.correct(i, z[i]);
            }
            if (waiting - k == 4) {
                s.product.rows4(side, waiting, z, image, wordStep);
                waiting -= 4;
            }
        }
        if (waiting == 3) {
            s.product.rows4(side, waiting, z, image, wordStep);
            waiting = -1;
        }
        for (; waiting >= 0; waiting--) {
            s.product.row(bits.row(side, waiting), z, image, wordStep);
        }
    }
}
