package org.vmmlib.core.kernel;

import java.util.Arrays;

/**
 * The product of many row vectors with one dense matrix, {@code out[B×M] = x[B×N] · matrix[N×M]}, all row-major.
 *
 * <p>The matrix is packed once into tiles that fit in the second-level cache. A product adds four matrix rows at a time
 * to a row of the result (axpy form), which the JIT compiler vectorises. Every element is the sum
 * {@code ((0 + x₀a₀) + x₁a₁) + …} in the order of the rows, each term rounded once as a product and once as a sum, so
 * the result is bit-identical to that of the plain triple loop, and to the product of each vector alone. Its error is
 * at most {@code N·2⁻⁵³/(1 − N·2⁻⁵³) · Σ|xᵢaᵢ|} (Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed.,
 * sec. 3.1).
 *
 * <p>Products allocate nothing. They may run in many threads at once, each with its own scratch row, but not during
 * {@link #load}.
 */
public final class Product {

    private static final int TILE_ROWS = 64;
    private static final int TILE_COLUMNS = 512;

    private final int rows;
    private final int columns;
    /** By tile of columns, then by row. */
    private final double[][][] tiles;

    /**
     * A matrix of zeros.
     *
     * @param rows N, 1 or above
     * @param columns M, 1 or above
     * @throws IllegalArgumentException if a size is below 1
     */
    public Product(int rows, int columns) {
        if (rows < 1 || columns < 1) {
            throw new IllegalArgumentException("matrix is " + rows + " x " + columns + ": must be at least 1 x 1");
        }
        this.rows = rows;
        this.columns = columns;
        tiles = new double[(columns + TILE_COLUMNS - 1) / TILE_COLUMNS][rows][];
        for (int t = 0; t < tiles.length; t++) {
            for (int k = 0; k < rows; k++) {
                tiles[t][k] = new double[Math.min(TILE_COLUMNS, columns - t * TILE_COLUMNS)];
            }
        }
    }

    /**
     * A matrix of given values.
     *
     * @param matrix N×M values, row-major. Not modified.
     * @throws IllegalArgumentException if a size is below 1 or the array is shorter than N·M
     */
    public static Product of(double[] matrix, int rows, int columns) {
        Product product = new Product(rows, columns);
        product.load(matrix);
        return product;
    }

    /**
     * Replaces the matrix.
     *
     * @param matrix N×M values, row-major; they are copied. Not modified.
     * @throws IllegalArgumentException if the array is shorter than N·M
     */
    public void load(double[] matrix) {
        require("matrix", matrix, 0, (long) rows * columns);
        for (int t = 0; t < tiles.length; t++) {
            for (int k = 0; k < rows; k++) {
                double[] row = tiles[t][k];
                System.arraycopy(matrix, k * columns + t * TILE_COLUMNS, row, 0, row.length);
            }
        }
    }

    /** N. */
    public int rows() {
        return rows;
    }

    /** M. */
    public int columns() {
        return columns;
    }

    /** A scratch row for one thread. */
    public double[] scratch() {
        return new double[Math.min(TILE_COLUMNS, columns)];
    }

    /**
     * Multiplies, skipping nothing: a zero times an infinite element gives NaN, as it must.
     *
     * @param x B vectors of N from element xFrom on. Not modified.
     * @param vectors B
     * @param out B vectors of M from element outFrom on. Modified.
     * @param scratch from {@link #scratch()}. Modified.
     * @throws IllegalArgumentException if an array is too short
     */
    public void multiply(double[] x, int xFrom, int vectors, double[] out, int outFrom, double[] scratch) {
        check(x, xFrom, vectors, out, outFrom, scratch);
        for (int t = 0; t < tiles.length; t++) {
            double[][] tile = tiles[t];
            int width = tile[0].length;
            for (int first = 0; first < rows; first += TILE_ROWS) {
                int end = Math.min(rows, first + TILE_ROWS);
                for (int b = 0; b < vectors; b++) {
                    int at = outFrom + b * columns + t * TILE_COLUMNS;
                    start(out, at, scratch, width, first);
                    int in = xFrom + b * rows;
                    int k = first;
                    for (; k + 3 < end; k += 4) {
                        int i = in + k;
                        double[] a0 = tile[k];
                        axpy(scratch, a0, tile[k + 1], tile[k + 2], tile[k + 3], x[i], x[i + 1], x[i + 2], x[i + 3]);
                    }
                    for (; k < end; k++) {
                        axpy(scratch, tile[k], x[in + k]);
                    }
                    System.arraycopy(scratch, 0, out, at, width);
                }
            }
        }
    }

    /**
     * Multiplies, skipping the matrix rows whose factor is zero. Bit-identical to {@link #multiply} while the matrix is
     * finite, and faster when many factors are zero.
     *
     * @param x B vectors of N from element xFrom on. Not modified.
     * @param vectors B
     * @param out B vectors of M from element outFrom on. Modified.
     * @param scratch from {@link #scratch()}. Modified.
     * @throws IllegalArgumentException if an array is too short
     */
    public void multiplySparse(double[] x, int xFrom, int vectors, double[] out, int outFrom, double[] scratch) {
        check(x, xFrom, vectors, out, outFrom, scratch);
        for (int t = 0; t < tiles.length; t++) {
            double[][] tile = tiles[t];
            int width = tile[0].length;
            for (int first = 0; first < rows; first += TILE_ROWS) {
                int end = Math.min(rows, first + TILE_ROWS);
                for (int b = 0; b < vectors; b++) {
                    int at = outFrom + b * columns + t * TILE_COLUMNS;
                    start(out, at, scratch, width, first);
                    addNonZero(tile, x, xFrom + b * rows, first, end, scratch);
                    System.arraycopy(scratch, 0, out, at, width);
                }
            }
        }
    }

    private static void addNonZero(double[][] tile, double[] x, int in, int first, int end, double[] sum) {
        int held = 0;
        int k0 = 0;
        int k1 = 0;
        int k2 = 0;
        for (int k = first; k < end; k++) {
            if (x[in + k] == 0) {
                continue;
            }
            switch (held++) {
                case 0 -> k0 = k;
                case 1 -> k1 = k;
                case 2 -> k2 = k;
                default -> {
                    axpy(sum, tile[k0], tile[k1], tile[k2], tile[k], x[in + k0], x[in + k1], x[in + k2], x[in + k]);
                    held = 0;
                }
            }
        }
        if (held > 0) {
            axpy(sum, tile[k0], x[in + k0]);
        }
        if (held > 1) {
            axpy(sum, tile[k1], x[in + k1]);
        }
        if (held > 2) {
            axpy(sum, tile[k2], x[in + k2]);
        }
    }

    private static void start(double[] out, int at, double[] sum, int width, int first) {
        if (first == 0) {
            Arrays.fill(sum, 0, width, 0);
        } else {
            System.arraycopy(out, at, sum, 0, width);
        }
    }

    private static void axpy(double[] sum, double[] a, double x) {
        for (int j = 0; j < a.length; j++) {
            sum[j] += x * a[j];
        }
    }

    private static void axpy(
            double[] sum,
            double[] a0,
            double[] a1,
            double[] a2,
            double[] a3,
            double x0,
            double x1,
            double x2,
            double x3) {
        for (int j = 0; j < a0.length; j++) {
            double s = sum[j];
            s += x0 * a0[j];
            s += x1 * a1[j];
            s += x2 * a2[j];
            s += x3 * a3[j];
            sum[j] = s;
        }
    }

    private void check(double[] x, int xFrom, int vectors, double[] out, int outFrom, double[] scratch) {
        require("x", x, xFrom, (long) vectors * rows);
        require("out", out, outFrom, (long) vectors * columns);
        require("scratch", scratch, 0, Math.min(TILE_COLUMNS, columns));
    }

    private static void require(String name, double[] array, int from, long count) {
        if (from < 0 || array.length < from + count) {
            throw new IllegalArgumentException(name + " has " + array.length + " elements: must have at least " + count
                    + " from element " + from + " on");
        }
    }
}
