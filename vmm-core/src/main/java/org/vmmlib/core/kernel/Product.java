package org.vmmlib.core.kernel;

import java.util.Arrays;

/**
 * The product of many row vectors with one dense matrix, {@code out[B×M] = x[B×N] · matrix[N×M]}, all row-major.
 *
 * <p>The matrix is packed once into tiles that fit in the second-level cache, and multiplied by the kernels that
 * {@code -Dvmm.kernel=scalar|vector} names: plain Java, or the Vector API (module jdk.incubator.vector), which is taken
 * where it is there and nothing is said. Every element is the sum {@code ((0 + x₀a₀) + x₁a₁) + …} in the order of the
 * rows, each term rounded once as a product and once as a sum, so the result is bit-identical to that of the plain
 * triple loop with either kernel, and to the product of each vector alone. Its error is
 * at most {@code N·2⁻⁵³/(1 − N·2⁻⁵³) · Σ|xᵢaᵢ|} (Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed.,
 * sec. 3.1).
 *
 * <p>Products allocate nothing. They may run in many threads at once, each with its own scratch row, but not during
 * {@link #load}.
 */
public final class Product {

    private static final int TILE_ROWS = 64;
    private static final int TILE_COLUMNS = 256;
    /** So many vectors, times the rows of a tile, stay in the first-level cache beside a strip of the tile. */
    private static final int TILE_VECTORS = 32;

    private final Kernels kernels;
    private final int rows;
    private final int columns;
    /** By tile of columns, then by row. */
    private final double[][][] tiles;

    /**
     * A matrix of zeros.
     *
     * @param rows N, 1 or above
     * @param columns M, 1 or above
     * @throws IllegalArgumentException if a size is below 1, or {@code -Dvmm.kernel} names kernels that there are not
     */
    public Product(int rows, int columns) {
        this(KernelChoice.kernels(), rows, columns);
    }

    /** A matrix of zeros, multiplied by these kernels. */
    Product(Kernels kernels, int rows, int columns) {
        this.kernels = kernels;
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
        Arrays.fill(out, outFrom, outFrom + vectors * columns, 0);
        for (int t = 0; t < tiles.length; t++) {
            double[][] tile = tiles[t];
            for (int first = 0; first < rows; first += TILE_ROWS) {
                int end = Math.min(rows, first + TILE_ROWS);
                for (int b = 0; b < vectors; b += TILE_VECTORS) {
                    kernels.addProduct(
                            out,
                            outFrom + b * columns + t * TILE_COLUMNS,
                            columns,
                            Math.min(TILE_VECTORS, vectors - b),
                            x,
                            xFrom + b * rows + first,
                            rows,
                            tile,
                            first,
                            end,
                            tile[0].length,
                            scratch);
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
                    if (first == 0) {
                        Arrays.fill(scratch, 0, width, 0);
                    } else {
                        System.arraycopy(out, at, scratch, 0, width);
                    }
                    kernels.addSparseRow(scratch, x, xFrom + b * rows + first, tile, first, end, width);
                    System.arraycopy(scratch, 0, out, at, width);
                }
            }
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
