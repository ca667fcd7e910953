package org.vmmlib.core.kernel;

/**
 * Plain Java. The loops add three or four rows at a time and use few arrays, or the JIT compiler would not vectorise
 * them.
 */
final class ScalarKernels implements Kernels {

    private final ThreadLocal<double[][]> rows = ThreadLocal.withInitial(() -> new double[2][0]);

    @Override
    public String name() {
        return "scalar";
    }

    @Override
    public void addProduct(
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
            double[] scratch) {
        for (int r = 0; r < rows; r++) {
            int at = cFrom + r * cStride;
            System.arraycopy(c, at, scratch, 0, width);
            addRow(scratch, a, aFrom + r * aStride, tile, first, end, width);
            System.arraycopy(scratch, 0, c, at, width);
        }
    }

    @Override
    public void add(double[] c, double[] t, double x, int width) {
        add1(c, t, x, 0, width);
    }

    @Override
    public void add(
            double[] c,
            double[] t0,
            double[] t1,
            double[] t2,
            double[] t3,
            double x0,
            double x1,
            double x2,
            double x3,
            int width) {
        add4(c, t0, t1, t2, t3, x0, x1, x2, x3, 0, width);
    }

    @Override
    public void add(double[] c, int cFrom, double[] t, int tFrom, int count) {
        for (int j = 0; j < count; j++) {
            c[cFrom + j] += t[tFrom + j];
        }
    }

    @Override
    public void addColumns(double[] c, double[] a, int aFrom, double[][] tile, int first, int end, int from, int to) {
        int k = first;
        for (; k + 3 < end; k += 4) {
            int i = aFrom + k - first;
            add4(c, tile[k], tile[k + 1], tile[k + 2], tile[k + 3], a[i], a[i + 1], a[i + 2], a[i + 3], from, to);
        }
        for (; k < end; k++) {
            add1(c, tile[k], a[aFrom + k - first], from, to);
        }
    }

    @Override
    public void addTriangle(
            double[][] c,
            int firstRow,
            int endRow,
            double[] a,
            int aStride,
            double[][] tile,
            int first,
            int end,
            int to) {
        int i = firstRow;
        for (; i + 1 < endRow; i += 2) {
            addPair(c[i], c[i + 1], a, i * aStride, aStride, tile, first, end, i & ALIGNED, to);
        }
        if (i < endRow) {
            addColumns(c[i], a, i * aStride, tile, first, end, i & ALIGNED, to);
        }
    }

    @Override
    public void addTile(
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
            double[][] scratch) {
        double[] s = scratch[0];
        double[] t = scratch[1];
        int i = firstRow;
        while (i < endRow) {
            int shift = i & PACKED;
            int from = Math.max(0, shift - column);
            if (from >= width) {
                return;
            }
            int at = column + from - shift;
            int factors = aFrom + (i - firstRow) * aStride;
            System.arraycopy(c[i], at, s, from, width - from);
            if (i + 1 < endRow && ((i + 1) & PACKED) == shift) {
                System.arraycopy(c[i + 1], at, t, from, width - from);
                addPair(s, t, a, factors, aStride, tile, first, end, from, width);
                System.arraycopy(t, from, c[i + 1], at, width - from);
                System.arraycopy(s, from, c[i], at, width - from);
                i += 2;
            } else {
                addColumns(s, a, factors, tile, first, end, from, width);
                System.arraycopy(s, from, c[i], at, width - from);
                i++;
            }
        }
    }

    private static void addPair(
            double[] c,
            double[] d,
            double[] a,
            int aFrom,
            int aStride,
            double[][] tile,
            int first,
            int end,
            int from,
            int to) {
        int k = first;
        for (; k + 2 < end; k += 3) {
            int p = aFrom + k - first;
            int q = p + aStride;
            add3(c, d, tile[k], tile[k + 1], tile[k + 2], a[p], a[p + 1], a[p + 2], a[q], a[q + 1], a[q + 2], from, to);
        }
        int i = aFrom + k - first;
        int n = i + aStride;
        if (k + 2 == end) {
            add2(c, d, tile[k], tile[k + 1], a[i], a[i + 1], a[n], a[n + 1], from, to);
        } else if (k + 1 == end) {
            add1(c, tile[k], a[i], from, to);
            add1(d, tile[k], a[n], from, to);
        }
    }

    private static void add1(double[] c, double[] t, double x, int from, int to) {
        for (int j = from; j < to; j++) {
            c[j] += x * t[j];
        }
    }

    private static void add4(
            double[] c,
            double[] t0,
            double[] t1,
            double[] t2,
            double[] t3,
            double x0,
            double x1,
            double x2,
            double x3,
            int from,
            int to) {
        for (int j = from; j < to; j++) {
            double s = c[j];
            s += x0 * t0[j];
            s += x1 * t1[j];
            s += x2 * t2[j];
            s += x3 * t3[j];
            c[j] = s;
        }
    }

    private static void add2(
            double[] c,
            double[] d,
            double[] t0,
            double[] t1,
            double x0,
            double x1,
            double y0,
            double y1,
            int from,
            int to) {
        for (int j = from; j < to; j++) {
            double p = t0[j];
            double q = t1[j];
            double s = c[j];
            s += x0 * p;
            s += x1 * q;
            c[j] = s;
            double u = d[j];
            u += y0 * p;
            u += y1 * q;
            d[j] = u;
        }
    }

    private static void add3(
            double[] c,
            double[] d,
            double[] t0,
            double[] t1,
            double[] t2,
            double x0,
            double x1,
            double x2,
            double y0,
            double y1,
            double y2,
            int from,
            int to) {
        for (int j = from; j < to; j++) {
            double p = t0[j];
            double q = t1[j];
            double r = t2[j];
            double s = c[j];
            s += x0 * p;
            s += x1 * q;
            s += x2 * r;
            c[j] = s;
            double u = d[j];
            u += y0 * p;
            u += y1 * q;
            u += y2 * r;
            d[j] = u;
        }
    }

    // Elementary functions are in small loops, apart from those that work on bits: the JIT compiler vectorises no
    // other.

    /** Rows of this thread. */
    private double[][] scratch(int count) {
        double[][] scratch = rows.get();
        if (scratch[0].length < count) {
            scratch = new double[2][count];
            rows.set(scratch);
        }
        return scratch;
    }

    @Override
    public void sinhAndCosh(int count, double[] x, double[] sinh, double[] cosh) {
        double[] falling = scratch(count)[0];
        reducedExps(count, x, cosh);
        powers(count, x, cosh);
        reciprocals(count, cosh, falling);
        sinhOfSmall(count, x, sinh);
        sinhOfLarge(count, x, cosh, falling, sinh);
        means(count, falling, cosh);
    }

    private static void reducedExps(int count, double[] x, double[] out) {
        for (int j = 0; j < count; j++) {
            out[j] = Elementary.reducedExp(x[j]);
        }
    }

    private static void powers(int count, double[] x, double[] out) {
        for (int j = 0; j < count; j++) {
            out[j] = Elementary.power(x[j]) * out[j];
        }
    }

    private static void reciprocals(int count, double[] x, double[] out) {
        for (int j = 0; j < count; j++) {
            out[j] = 1 / x[j];
        }
    }

    private static void sinhOfSmall(int count, double[] x, double[] out) {
        for (int j = 0; j < count; j++) {
            out[j] = Elementary.sinhOfSmall(x[j]);
        }
    }

    private static void sinhOfLarge(int count, double[] x, double[] growing, double[] falling, double[] out) {
        for (int j = 0; j < count; j++) {
            out[j] = Math.abs(x[j]) <= 1 ? out[j] : 0.5 * (growing[j] - falling[j]);
        }
    }

    private static void means(int count, double[] x, double[] out) {
        for (int j = 0; j < count; j++) {
            out[j] = 0.5 * (out[j] + x[j]);
        }
    }

    @Override
    public void exponentials(int count, double[] x, double limit, double[] out) {
        double[] e = scratch(count)[0];
        double[] inside = scratch(count)[1];
        for (int j = 0; j < count; j++) {
            inside[j] = Math.max(-Elementary.MOST, Math.min(Elementary.MOST, x[j]));
        }
        reducedExps(count, inside, e);
        for (int j = 0; j < count; j++) {
            out[j] = x[j] < limit ? Elementary.power(inside[j]) * e[j] : out[j];
        }
    }

    @Override
    public void logarithms(int count, double[] x, double[] out) {
        double[] exponents = scratch(count)[0];
        for (int j = 0; j < count; j++) {
            exponents[j] = Elementary.exponent(x[j]);
        }
        for (int j = 0; j < count; j++) {
            out[j] = Elementary.fraction(x[j]);
        }
        for (int j = 0; j < count; j++) {
            out[j] = Elementary.log(exponents[j], out[j]);
        }
    }

    @Override
    public void nodeNumbers(int count, double[] v, double[] numbers) {
        for (int j = 0; j < count; j++) {
            numbers[j] = Double.longBitsToDouble(Elementary.nodeNumber(v[j]));
        }
    }

    @Override
    public void expandCharges(int count, double[] v, double[] q) {
        double[][] scratch = scratch(count);
        double[] s = scratch[0];
        double[] high = scratch[1];
        distances(count, v, s);
        steps(count, q, s);
        highTerms(count, s, q, high);
        expand(count, s, high, q);
    }

    private static void distances(int count, double[] v, double[] d) {
        for (int j = 0; j < count; j++) {
            d[j] = v[j] - Elementary.nearestNode(v[j]);
        }
    }

    private static void steps(int count, double[] q, double[] d) {
        for (int j = 0; j < count; j++) {
            d[j] = Elementary.chargeStep(d[j], q[j]);
        }
    }

    private static void highTerms(int count, double[] s, double[] q, double[] high) {
        for (int j = 0; j < count; j++) {
            high[j] = Elementary.highTerms(s[j], q[j]);
        }
    }

    private static void expand(int count, double[] s, double[] high, double[] q) {
        for (int j = 0; j < count; j++) {
            q[j] = Elementary.stepped(s[j], q[j], high[j]);
        }
    }
}
