package org.vmmlib.core.kernel;

/**
 * The innermost loops, in one implementation for plain Java and one for the Vector API. Arguments are not checked: the
 * public classes of this package do that.
 *
 * <p>Every element becomes {@code (c + a₀t₀) + a₁t₁ + …}, in the order of the tile's rows, each term rounded once as a
 * product and once as a sum. So all implementations give the same bits.
 *
 * <p>The rows of a tile are arrays of their own, so that a loop has the same index for all arrays: only then does the JIT
 * compiler of JDK 17 vectorise plain Java.
 */
interface Kernels {

    /** Rows of a packed triangle are kept from the column {@code row & PACKED} on. */
    int PACKED = -32;

    /** Rows of a small triangle begin with column 0; they are worked on from the column {@code row & ALIGNED} on. */
    int ALIGNED = -8;

    /** As {@code -Dvmm.kernel} calls it. */
    String name();

    /**
     * Adds the product of a block of factors with a tile to rows of c.
     *
     * @param c row r begins at cFrom + r·cStride. Modified.
     * @param rows number of rows of c
     * @param a factors of row r begin at aFrom + r·aStride
     * @param tile its rows first … end − 1 are multiplied by the factors of a row of c
     * @param width columns
     * @param scratch as long as a row of the tile. Modified.
     */
    void addProduct(
            double[] c,
            int cFrom,
            int cStride,
            int rows,
            double[] a,
            int aFrom,
            int aStride,
            double[][] tile,
            int first,
            int end,
            int width,
            double[] scratch);

    /** Adds x times a row of a tile. */
    void add(double[] c, double[] t, double x, int width);

    /** Adds elements of t to those of c. */
    void add(double[] c, int cFrom, double[] t, int tFrom, int count);

    /** Adds four rows of a tile, each times its factor. */
    void add(
            double[] c,
            double[] t0,
            double[] t1,
            double[] t2,
            double[] t3,
            double x0,
            double x1,
            double x2,
            double x3,
            int width);

    /** Adds the product of factors with a tile to a row, reading the tile as it lies in memory. */
    default void addRow(double[] c, double[] a, int aFrom, double[][] tile, int first, int end, int width) {
        int k = first;
        for (; k + 3 < end; k += 4) {
            int i = aFrom + k - first;
            add(c, tile[k], tile[k + 1], tile[k + 2], tile[k + 3], a[i], a[i + 1], a[i + 2], a[i + 3], width);
        }
        for (; k < end; k++) {
            add(c, tile[k], a[aFrom + k - first], width);
        }
    }

    /** The same without the rows of the tile whose factor is zero. */
    default void addSparseRow(double[] c, double[] a, int aFrom, double[][] tile, int first, int end, int width) {
        int held = 0;
        int k0 = 0;
        int k1 = 0;
        int k2 = 0;
        int in = aFrom - first;
        for (int k = first; k < end; k++) {
            if (a[in + k] == 0) {
                continue;
            }
            switch (held++) {
                case 0 -> k0 = k;
                case 1 -> k1 = k;
                case 2 -> k2 = k;
                default -> {
                    double[] t0 = tile[k0];
                    add(c, t0, tile[k1], tile[k2], tile[k], a[in + k0], a[in + k1], a[in + k2], a[in + k], width);
                    held = 0;
                }
            }
        }
        if (held > 0) {
            add(c, tile[k0], a[in + k0], width);
        }
        if (held > 1) {
            add(c, tile[k1], a[in + k1], width);
        }
        if (held > 2) {
            add(c, tile[k2], a[in + k2], width);
        }
    }

    /**
     * Adds the product of factors with a tile to columns from … to − 1 of a row.
     *
     * @param from a multiple of 8
     * @param to a multiple of 8
     */
    void addColumns(double[] c, double[] a, int aFrom, double[][] tile, int first, int end, int from, int to);

    /**
     * Adds the product of factors with a tile to the upper triangle of the rows firstRow … endRow − 1 of a small
     * matrix. What stands below the diagonal may change.
     *
     * @param a factors of row i begin at i·aStride
     * @param to end of the columns, a multiple of 8
     */
    void addTriangle(
            double[][] c,
            int firstRow,
            int endRow,
            double[] a,
            int aStride,
            double[][] tile,
            int first,
            int end,
            int to);

    /**
     * Adds the product of factors with a tile to the upper triangle of the rows firstRow … endRow − 1 of a packed
     * matrix. What is kept from below the diagonal may change.
     *
     * @param column that the first column of the tile stands for, a multiple of 32
     * @param a factors of row firstRow begin at aFrom, of the next at aFrom + aStride
     * @param first first row of the tile
     * @param end row after the last
     * @param width columns of the tile, a multiple of 32
     * @param scratch two rows as long as those of the tile. Modified.
     */
    void addTile(
            double[][] c,
            int firstRow,
            int endRow,
            int column,
            double[] a,
            int aFrom,
            int aStride,
            double[][] tile,
            int first,
            int end,
            int width,
            double[][] scratch);

    /** See {@link RowFunctions#sinhAndCosh}. */
    void sinhAndCosh(int count, double[] x, double[] sinh, double[] cosh);

    /** See {@link RowFunctions#exponentials}. */
    void exponentials(int count, double[] x, double limit, double[] out);

    /** See {@link RowFunctions#logarithms}. */
    void logarithms(int count, double[] x, double[] out);

    /**
     * Numbers of the nodes nearest to v.
     *
     * @param numbers long integers as the bits of doubles, without meaning where the nodes do not reach. Modified.
     */
    void nodeNumbers(int count, double[] v, double[] numbers);

    /**
     * The expansion of {@link RowFunctions#expandedCharges}.
     *
     * @param q solutions at the nearest nodes; become those at v. Modified.
     */
    void expandCharges(int count, double[] v, double[] q);
}
