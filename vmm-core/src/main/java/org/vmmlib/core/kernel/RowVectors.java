package org.vmmlib.core.kernel;

/**
 * Element-wise loops over the first n elements of rows. Every array has one index, few arrays and stores stand in a
 * loop, and sums are gathered in a row rather than a scalar, so that the compiler turns each into vector instructions.
 * Rows that are modified must not be one of the others.
 */
public final class RowVectors {

    private RowVectors() {}

    /** A matrix of rows that are a little longer than needed, so that rows do not meet in the same cache sets. */
    public static double[][] rows(int count, int n) {
        int length = n;
        while (n >= 64 && ((length + 34) & 255) < 64) {
            length += 8;
        }
        double[][] rows = new double[count][];
        for (int i = 0; i < count; i++) {
            rows[i] = new double[length];
        }
        return rows;
    }

    /** {@code y += a}. */
    public static void add(int n, double a, double[] y) {
        for (int j = 0; j < n; j++) {
            y[j] += a;
        }
    }

    /** {@code y += a x}. */
    public static void add(int n, double a, double[] x, double[] y) {
        for (int j = 0; j < n; j++) {
            y[j] += a * x[j];
        }
    }

    /** {@code y += a x + b z}. */
    public static void add(int n, double a, double[] x, double b, double[] z, double[] y) {
        for (int j = 0; j < n; j++) {
            y[j] += a * x[j] + b * z[j];
        }
    }

    /** {@code y += a x} and {@code z += b x}. */
    public static void spread(int n, double[] x, double a, double[] y, double b, double[] z) {
        for (int j = 0; j < n; j++) {
            y[j] += a * x[j];
            z[j] += b * x[j];
        }
    }

    /** {@code out = x y}. */
    public static void multiply(int n, double[] x, double[] y, double[] out) {
        for (int j = 0; j < n; j++) {
            out[j] = x[j] * y[j];
        }
    }

    /** {@code sum += w d s}. */
    public static void gather(int n, double[] w, double[] d, double[] s, double[] sum) {
        for (int j = 0; j < n; j++) {
            sum[j] += w[j] * d[j] * s[j];
        }
    }

    /** {@code sum += x y}. */
    public static void gather(int n, double[] x, double[] y, double[] sum) {
        for (int j = 0; j < n; j++) {
            sum[j] += x[j] * y[j];
        }
    }

    /** {@code x += a p} and {@code p = z + b p}. */
    public static void step(int n, double a, double b, double[] z, double[] x, double[] p) {
        for (int j = 0; j < n; j++) {
            double old = p[j];
            x[j] += a * old;
            p[j] = z[j] + b * old;
        }
    }

    /** {@code p = r + b (p − a v)}. */
    public static void redirect(int n, double b, double a, double[] r, double[] v, double[] p) {
        for (int j = 0; j < n; j++) {
            p[j] = r[j] + b * (p[j] - a * v[j]);
        }
    }

    /** {@code w −= a u}, then {@code sum += d w²}. */
    public static void reduce(int n, double a, double[] u, double[] d, double[] w, double[] sum) {
        for (int j = 0; j < n; j++) {
            double v = w[j] - a * u[j];
            w[j] = v;
            sum[j] += v * v * d[j];
        }
    }

    /** {@code r −= w d s}. */
    public static void withdraw(int n, double[] w, double[] d, double[] s, double[] r) {
        for (int j = 0; j < n; j++) {
            r[j] -= w[j] * d[j] * s[j];
        }
    }

    /** {@code out = g (p − y)}. */
    public static void cells(int n, double[] g, double[] p, double[] y, double[] out) {
        for (int j = 0; j < n; j++) {
            out[j] = g[j] * (p[j] - y[j]);
        }
    }

    /** {@code out = gp p − gy y}. */
    public static void cells(int n, double[] gp, double[] p, double[] gy, double[] y, double[] out) {
        for (int j = 0; j < n; j++) {
            out[j] = gp[j] * p[j] - gy[j] * y[j];
        }
    }

    /** {@code out += w (p − q)}. */
    public static void wire(int n, double[] w, double[] p, double[] q, double[] out) {
        for (int j = 0; j < n; j++) {
            out[j] += w[j] * (p[j] - q[j]);
        }
    }

    /** {@code v = max(0, g (1 − h y))} for each element, added to {@code e} and to {@code sum}. */
    public static void lessen(int n, double[] g, double[] h, double[] y, double[] e, double[] sum) {
        for (int j = 0; j < n; j++) {
            double v = g[j] * Math.max(0, 1 - h[j] * y[j]);
            e[j] += v;
            sum[j] += v;
        }
    }

    /** {@code out += a (p − before) + b (p − after)}. */
    public static void wires(int n, double[] a, double[] before, double[] b, double[] after, double[] p, double[] out) {
        for (int j = 0; j < n; j++) {
            out[j] += a[j] * (p[j] - before[j]) + b[j] * (p[j] - after[j]);
        }
    }

    /** Sum of the first n elements, always in the same order. */
    public static double sum(int n, double[] x) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int j = 0;
        for (; j + 3 < n; j += 4) {
            s0 += x[j];
            s1 += x[j + 1];
            s2 += x[j + 2];
            s3 += x[j + 3];
        }
        for (; j < n; j++) {
            s0 += x[j];
        }
        return (s0 + s1) + (s2 + s3);
    }

    /** Scalar product of the first n elements, always in the same order. */
    public static double dot(int n, double[] x, double[] y) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int j = 0;
        for (; j + 3 < n; j += 4) {
            s0 += x[j] * y[j];
            s1 += x[j + 1] * y[j + 1];
            s2 += x[j + 2] * y[j + 2];
            s3 += x[j + 3] * y[j + 3];
        }
        for (; j < n; j++) {
            s0 += x[j] * y[j];
        }
        return (s0 + s1) + (s2 + s3);
    }

    /** {@code out = x − y}. */
    public static void subtract(int n, double[] x, double[] y, double[] out) {
        for (int j = 0; j < n; j++) {
            out[j] = x[j] - y[j];
        }
    }

    /** {@code out = −x}. */
    public static void negate(int n, double[] x, double[] out) {
        for (int j = 0; j < n; j++) {
            out[j] = -x[j];
        }
    }

    /** {@code y = g y − x}. */
    public static void multiplyLess(int n, double[] g, double[] x, double[] y) {
        for (int j = 0; j < n; j++) {
            y[j] = g[j] * y[j] - x[j];
        }
    }

    /** {@code y = g x − y}. */
    public static void lessMultiplied(int n, double[] g, double[] x, double[] y) {
        for (int j = 0; j < n; j++) {
            y[j] = g[j] * x[j] - y[j];
        }
    }

    /** {@code most = max(most, |x|)}. */
    public static void largest(int n, double[] x, double[] most) {
        for (int j = 0; j < n; j++) {
            most[j] = Math.max(most[j], Math.abs(x[j]));
        }
    }

    /** {@code x = x} brought between −limit and limit. */
    public static void clamp(int n, double limit, double[] x) {
        for (int j = 0; j < n; j++) {
            x[j] = Math.max(-limit, Math.min(limit, x[j]));
        }
    }

    // Numbers held as the sum of two, high and low

    /** {@code v + rest = base + high + low}, with v the rounded sum of the first two (Knuth's TwoSum). */
    public static void place(int n, double[] base, double[] high, double[] low, double[] v, double[] rest) {
        for (int j = 0; j < n; j++) {
            double b = base[j];
            double d = high[j];
            double sum = b + d;
            double part = sum - b;
            v[j] = sum;
            rest[j] = ((b - (sum - part)) + (d - part)) + low[j];
        }
    }

    /** {@code high + low += a step}. */
    public static void move(int n, double a, double[] step, double[] high, double[] low) {
        for (int j = 0; j < n; j++) {
            double add = a * step[j];
            double h = high[j];
            double sum = h + add;
            double part = sum - h;
            double rest = ((h - (sum - part)) + (add - part)) + low[j];
            double top = sum + rest;
            high[j] = top;
            low[j] = rest - (top - sum);
        }
    }

    /** {@code drop = v − u} of numbers whose rests are given. */
    public static void drop(int n, double[] v, double[] vRest, double[] u, double[] uRest, double[] drop) {
        for (int j = 0; j < n; j++) {
            drop[j] = (v[j] - u[j]) + (vRest[j] - uRest[j]);
        }
    }

    /** {@code current += sv vRest + su uRest}: what the rests of two voltages add to a current. */
    public static void addRests(int n, double[] sv, double[] vRest, double[] su, double[] uRest, double[] current) {
        for (int j = 0; j < n; j++) {
            current[j] += sv[j] * vRest[j] + su[j] * uRest[j];
        }
    }

    /** {@code out = max(0, a x)}. */
    public static void atLeastZero(int n, double a, double[] x, double[] out) {
        for (int j = 0; j < n; j++) {
            out[j] = Math.max(0, a * x[j]);
        }
    }

    /** {@code x = a x}. */
    public static void multiply(int n, double a, double[] x) {
        for (int j = 0; j < n; j++) {
            x[j] *= a;
        }
    }
}
