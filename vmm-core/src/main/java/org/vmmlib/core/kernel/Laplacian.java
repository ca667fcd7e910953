package org.vmmlib.core.kernel;

import java.util.Arrays;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * A symmetric matrix whose rows sum to zero and whose off-diagonal elements are zero or negative, such as the
 * admittances of a network of resistors. Held by the upper triangle of {@code c_ij = −y_ij ≥ 0}; the diagonal follows
 * from it.
 *
 * <p>{@link #eliminate} removes the first unknowns: {@code c_ij += c_il c_lj / d_l} for each removed l and all i, j that
 * remain. The pivot is summed over what remains, {@code d_l = Σ_{j>l} c_lj} (Grassmann, Taksar and Heyman, Operations
 * Research 33 (1985) 1107, doi:10.1287/opre.33.5.1107), instead of carried along as a difference. So nothing is ever
 * subtracted, and every element keeps a relative accuracy that does not depend on the condition of the matrix
 * (O'Cinneide, Numerische Mathematik 65 (1993) 109, doi:10.1007/BF01385743). An unknown that is connected to nothing
 * ({@code d_l = 0}) is dropped.
 *
 * <p>A vector of sources goes along: {@code s_i += c_il s_l / d_l}, so that {@code Y v = s} holds before and after. More of
 * them can follow later ({@link #push}).
 *
 * <p>Large matrices are eliminated in panels of 64 or 128 unknowns: first the square of the panel itself, with all that lies
 * outside lumped into one unknown, because the pivots need no more of it than the sum of each row; then the columns of
 * the panel, in packed tiles; then the triangle that remains, tile by tile. Tiles are independent, and what is done to
 * one does not depend on the number of threads: neither does any bit of the result.
 */
public final class Laplacian {

    /** Matrices up to this size are eliminated in place. */
    private static final int SMALL = 192;

    private static final int SMALL_PANEL = 8;
    /** Unknowns in a panel: more where many are eliminated, so that what remains is read and written less often. */
    private static final int PANEL = 64;

    private static final int DEEP_PANEL = 128;
    private static final int MANY = 256;

    /** Rows of a tile that are added at a time. */
    private static final int DEPTH = 64;

    private static final int TILE = 256;
    /** Off the powers of two, so that the rows of a tile spread over the cache. */
    private static final int TILE_LENGTH = TILE + 8;

    private static final int TILE_ROWS = 128;

    private final Kernels kernels;
    private int size;
    private int eliminated;
    /** Row i from column {@link #from(int)} on. */
    private double[][] rows = {};

    private double[] source = {};
    private double[] factors = {};
    private double[] inverse = {};
    private double power;
    private int mask;

    /**
     * A matrix of zeros.
     *
     * @param size number of unknowns, 0 or above
     * @throws IllegalArgumentException if the size is below 0, or {@code -Dvmm.kernel} names kernels that there are not
     */
    public Laplacian(int size) {
        this(KernelChoice.kernels(), size);
    }

    /** A matrix of zeros, eliminated by these kernels. */
    Laplacian(Kernels kernels, int size) {
        this.kernels = kernels;
        reset(size);
    }

    /** Makes this a matrix of zeros of another size; memory is used again where it is large enough. */
    public void reset(int unknowns) {
        if (unknowns < 0) {
            throw new IllegalArgumentException("size = " + unknowns + ": must be 0 or above");
        }
        size = unknowns;
        eliminated = 0;
        power = 0;
        mask = unknowns <= SMALL ? 0 : Kernels.PACKED;
        int width = width();
        if (rows.length < unknowns) {
            rows = Arrays.copyOf(rows, unknowns);
            source = new double[unknowns];
        } else {
            Arrays.fill(source, 0, unknowns, 0);
        }
        for (int i = 0; i < unknowns; i++) {
            int length = width - from(i);
            double[] row = rows[i];
            if (row == null || row.length < length) {
                rows[i] = new double[length];
            } else {
                Arrays.fill(row, 0, length, 0);
            }
        }
    }

    private int width() {
        return mask == 0 ? size + 7 & -8 : size + 31 & -32;
    }

    /** First column that row i is kept from. */
    private int from(int i) {
        return i & mask;
    }

    /** Number of unknowns, those that are eliminated included. */
    public int size() {
        return size;
    }

    /** Number of unknowns that are eliminated: the first ones. */
    public int eliminated() {
        return eliminated;
    }

    /**
     * The element {@code c_ij = −y_ij}.
     *
     * @throws IndexOutOfBoundsException if an index is outside of the matrix, or eliminated
     */
    public double get(int i, int j) {
        check(i, j);
        return i < j ? rows[i][j - from(i)] : rows[j][i - from(j)];
    }

    /**
     * Adds to {@code c_ij} (and {@code c_ji}).
     *
     * @param c 0 or above, not checked
     * @throws IndexOutOfBoundsException if an index is outside of the matrix, or eliminated, or i = j
     */
    public void add(int i, int j, double c) {
        check(i, j);
        if (i < j) {
            rows[i][j - from(i)] += c;
        } else {
            rows[j][i - from(j)] += c;
        }
    }

    private void check(int i, int j) {
        if (i < eliminated || i >= size || j < eliminated || j >= size || i == j) {
            throw new IndexOutOfBoundsException(
                    "element " + i + ", " + j + ": must be two unknowns of " + eliminated + " … " + (size - 1));
        }
    }

    /** The source of an unknown. */
    public double source(int i) {
        return source[i];
    }

    /** Adds to the source of an unknown. */
    public void addSource(int i, double s) {
        source[i] += s;
    }

    /**
     * Adds what remains of another matrix, and its sources.
     *
     * @param other its unknown {@code eliminated() + k} is unknown {@code to[k]} here. Not modified.
     * @param to strictly increasing, at least as many as unknowns remain of the other
     * @throws IllegalArgumentException if an unknown is not in this matrix, or nothing may be added to it
     */
    public void add(Laplacian other, int[] to) {
        int first = other.eliminated;
        int count = other.size - first;
        for (int k = 0; k < count; k++) {
            if (to[k] < (k == 0 ? eliminated : to[k - 1] + 1) || to[k] >= size) {
                throw new IllegalArgumentException(
                        "to[" + k + "] = " + to[k] + ": must increase from " + eliminated + " to below " + size);
            }
        }
        for (int k = 0; k < count; k++) {
            source[to[k]] += other.source[first + k];
        }
        for (int run = 0; run < count; ) {
            int end = run + 1;
            while (end < count && to[end] - to[run] == end - run) {
                end++;
            }
            addColumns(other, to, run, end);
            run = end;
        }
    }

    /** Adds the other's columns from … to − 1, which are neighbours here too. */
    private void addColumns(Laplacian other, int[] to, int from, int end) {
        int first = other.eliminated;
        for (int k = 0; k < end - 1; k++) {
            int begin = Math.max(from, k + 1);
            int in = first + begin - other.from(first + k);
            int out = to[begin] - from(to[k]);
            kernels.add(rows[to[k]], out, other.rows[first + k], in, end - begin);
        }
    }

    /** What remains, as a matrix of its own. */
    public Laplacian remainder() {
        Laplacian out = new Laplacian(kernels, size - eliminated);
        int[] to = new int[out.size];
        for (int k = 0; k < to.length; k++) {
            to[k] = k;
        }
        out.add(this, to);
        return out;
    }

    /**
     * Eliminates the first unknowns. What remains keeps its numbers.
     *
     * @param count how many; nothing may have been eliminated before
     * @param parallel whether the tiles of a large matrix may be shared between the threads of the pool that this is
     *     called from
     * @throws IllegalArgumentException if there are not so many
     * @throws IllegalStateException if unknowns have been eliminated before
     */
    public void eliminate(int count, boolean parallel) {
        if (count < 0 || count > size) {
            throw new IllegalArgumentException("count = " + count + ": must be 0 to " + size);
        }
        if (eliminated != 0) {
            throw new IllegalStateException("eliminated before: " + eliminated + " unknowns");
        }
        if (mask == 0) {
            small(count);
        } else {
            large(count, parallel);
        }
        eliminated = count;
    }

    /** The part {@code Σ s_l²/d_l} over the eliminated unknowns of what the sources deliver, {@code Σ v_i s_i}. */
    public double power() {
        return power;
    }

    /**
     * Takes more sources along through an elimination that is done.
     *
     * @param s a source for each unknown; those of what remains are changed as {@link #eliminate} would have. Modified.
     * @return {@code Σ s_l²/d_l} over the eliminated unknowns
     * @throws IllegalArgumentException if there are fewer sources than unknowns
     */
    public double push(double[] s) {
        if (s.length < size) {
            throw new IllegalArgumentException("s has " + s.length + " elements: must have at least " + size);
        }
        double sum = 0;
        for (int l = 0; l < eliminated; l++) {
            double volts = s[l] * inverse[l];
            sum += volts * s[l];
            if (volts != 0) {
                double[] row = rows[l];
                int from = from(l);
                for (int i = l + 1; i < size; i++) {
                    s[i] += row[i - from] * volts;
                }
            }
        }
        return sum;
    }

    /** Frees the memory of what remains: all that can be done after that is {@link #push}. */
    public void forget() {
        rows = Arrays.copyOf(rows, eliminated);
        factors = new double[0];
    }

    private void small(int count) {
        int width = width();
        if (factors.length < size * SMALL_PANEL) {
            factors = new double[size * SMALL_PANEL];
        }
        if (inverse.length < count) {
            inverse = new double[count];
        }
        double[] a = factors;
        for (int first = 0; first < count; first += SMALL_PANEL) {
            int end = Math.min(count, first + SMALL_PANEL);
            for (int l = first; l < end; l++) {
                double[] row = rows[l];
                if (l > first) {
                    kernels.addColumns(row, a, l * SMALL_PANEL, rows, first, l, l & Kernels.ALIGNED, width);
                }
                double pivot = inverse(sum(row, l + 1, size));
                inverse[l] = pivot;
                double s = source[l];
                power += s * s * pivot;
                for (int i = l + 1, at = i * SMALL_PANEL + l - first; i < size; i++, at += SMALL_PANEL) {
                    double factor = row[i] * pivot;
                    a[at] = factor;
                    source[i] += factor * s;
                }
            }
            kernels.addTriangle(rows, end, size, a, SMALL_PANEL, rows, first, end, width);
        }
    }

    /** In a fixed order, four sums at a time. */
    private static double sum(double[] x, int from, int to) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int j = from;
        for (; j + 3 < to; j += 4) {
            s0 += x[j];
            s1 += x[j + 1];
            s2 += x[j + 2];
            s3 += x[j + 3];
        }
        for (; j < to; j++) {
            s0 += x[j];
        }
        return (s0 + s1) + (s2 + s3);
    }

    private static double inverse(double pivot) {
        return pivot > 0 ? 1 / pivot : 0;
    }

    private void large(int count, boolean parallel) {
        int most = count > MANY ? DEEP_PANEL : PANEL;
        double[][][] tiles = new double[(width() - 1) / TILE + 1][most][TILE_LENGTH];
        double[][] sums = new double[tiles.length][most];
        double[] a = new double[size * most];
        Laplacian square = new Laplacian(kernels, most + 1);
        double[] within = new double[most * most];
        inverse = new double[count];
        for (int first = 0; first < count; first += most) {
            int end = Math.min(count, first + most);
            int depth = end - first;
            Panel panel = new Panel(first, end, most, tiles, sums, square, within, a);
            forEach(panel.count(), parallel, panel::load);
            panel.pivots();
            forEach(panel.count(), parallel, panel::solve);
            panel.sources(depth);
            int blocks = (size - end + TILE_ROWS - 1) / TILE_ROWS;
            forEach(blocks * panel.count(), parallel, panel::update);
        }
    }

    private static void forEach(int count, boolean parallel, IntConsumer work) {
        IntStream range = IntStream.range(0, count);
        (parallel ? range.parallel() : range).forEach(work);
    }

    /** The elimination of the unknowns first … end − 1 of a large matrix. */
    private final class Panel {
        private final int first;
        private final int end;
        private final int depth;
        /** Stride of the factors. */
        private final int most;
        /** Column that the first tile begins with. */
        private final int start;

        private final double[][][] tiles;
        private final double[][] sums;
        private final Laplacian square;
        private final double[] within;
        private final double[] a;

        Panel(
                int first,
                int end,
                int most,
                double[][][] tiles,
                double[][] sums,
                Laplacian square,
                double[] within,
                double[] a) {
            this.first = first;
            this.end = end;
            this.most = most;
            start = end & Kernels.PACKED;
            this.tiles = tiles;
            this.sums = sums;
            this.square = square;
            this.within = within;
            this.a = a;
            depth = end - first;
        }

        int count() {
            return (width() - start + TILE - 1) / TILE;
        }

        private int column(int t) {
            return start + t * TILE;
        }

        private int columns(int t) {
            return Math.min(TILE, width() - column(t));
        }

        /** Copies a tile of the panel, and sums its rows. */
        void load(int t) {
            int skip = t == 0 ? end - start : 0;
            for (int k = 0; k < depth; k++) {
                int l = first + k;
                System.arraycopy(rows[l], column(t) - from(l), tiles[t][k], 0, columns(t));
                sums[t][k] = sum(tiles[t][k], skip, columns(t));
            }
        }

        /** Eliminates the panel's own square, and finds the factors by which its rows add to each other. */
        void pivots() {
            square.reset(depth + 1);
            for (int k = 0; k < depth; k++) {
                int l = first + k;
                System.arraycopy(rows[l], l + 1 - from(l), square.rows[k], k + 1, depth - k - 1);
                double outside = 0;
                for (int t = 0; t < count(); t++) {
                    outside += sums[t][k];
                }
                square.rows[k][depth] = outside;
                square.source[k] = source[l];
            }
            square.eliminate(depth, false);
            power += square.power;
            for (int k = 0; k < depth; k++) {
                int l = first + k;
                source[l] = square.source[k];
                inverse[l] = square.inverse[k];
                System.arraycopy(square.rows[k], k + 1, rows[l], l + 1 - from(l), depth - k - 1);
                for (int i = k + 1; i < depth; i++) {
                    within[i * most + k] = square.rows[k][i] * square.inverse[k];
                }
            }
        }

        /** Eliminates the panel from its columns in a tile, and turns them into factors of the rows below. */
        void solve(int t) {
            double[][] tile = tiles[t];
            int width = columns(t);
            for (int k = 1; k < depth; k++) {
                kernels.addColumns(tile[k], within, k * most, tile, 0, k, 0, width);
            }
            int skip = t == 0 ? end - start : 0;
            for (int k = 0; k < depth; k++) {
                int l = first + k;
                System.arraycopy(tile[k], skip, rows[l], column(t) + skip - from(l), width - skip);
            }
            int to = Math.min(size, column(t) + width);
            for (int i = Math.max(end, column(t)); i < to; i++) {
                int at = i * most;
                int j = i - column(t);
                for (int k = 0; k < depth; k++) {
                    a[at + k] = tile[k][j] * square.inverse[k];
                }
            }
        }

        void sources(int count) {
            for (int i = end; i < size; i++) {
                double s = source[i];
                for (int k = 0; k < count; k++) {
                    s += a[i * most + k] * source[first + k];
                }
                source[i] = s;
            }
        }

        /** Adds the panel's part to one tile of the triangle that remains. */
        void update(int task) {
            int t = task % count();
            int row = end + task / count() * TILE_ROWS;
            int last = Math.min(size, row + TILE_ROWS);
            if ((row & Kernels.PACKED) < column(t) + columns(t)) {
                double[][] scratch = new double[2][TILE_LENGTH];
                for (int k = 0; k < depth; k += DEPTH) {
                    int to = Math.min(depth, k + DEPTH);
                    int at = row * most + k;
                    kernels.addTile(rows, row, last, column(t), a, at, most, tiles[t], k, to, columns(t), scratch);
                }
            }
        }
    }
}
