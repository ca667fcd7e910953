package org.vmmlib.devices.custom;

import org.ejml.data.DMatrixRMaj;

/**
 * Bicubic patches through the points of a table, monotone in both directions; see {@link CurrentTable}. In the second
 * direction values grow where the first coordinate is above 0, and fall where it is below.
 */
final class MonotonePatches {

    /** After as many halvings a derivative is as good as 0. */
    private static final int MOST_SWEEPS = 200;

    private final double[] x;
    private final double[] y;
    private final DMatrixRMaj f;
    private final DMatrixRMaj fx;
    private final DMatrixRMaj fy;
    private final DMatrixRMaj fxy;

    MonotonePatches(double[] x, double[] y, DMatrixRMaj values) {
        this.x = x;
        this.y = y;
        f = values;
        int n = x.length;
        int m = y.length;
        fx = new DMatrixRMaj(n, m);
        fy = new DMatrixRMaj(n, m);
        fxy = new DMatrixRMaj(n, m);
        double[] slopes = new double[n];
        double[] line = new double[n];
        for (int j = 0; j < m; j++) {
            for (int i = 0; i < n; i++) {
                line[i] = f.get(i, j);
            }
            slopes(x, line, true, slopes);
            for (int i = 0; i < n; i++) {
                fx.set(i, j, slopes[i]);
            }
        }
        double[] across = new double[m];
        double[] row = new double[m];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < m; j++) {
                row[j] = Math.abs(f.get(i, j));
            }
            slopes(y, row, x[i] != 0, across);
            for (int j = 0; j < m; j++) {
                fy.set(i, j, Math.signum(x[i]) * across[j]);
                row[j] = fx.get(i, j);
            }
            slopes(y, row, false, across);
            for (int j = 0; j < m; j++) {
                fxy.set(i, j, limited(i, j, across[j]));
            }
        }
        boolean settled = false;
        for (int sweep = 0; sweep < MOST_SWEEPS && !settled; sweep++) {
            settled = settle();
        }
    }

    /**
     * Slopes of the polynomials through five neighbours, or through all if there are fewer.
     *
     * @param limited whether values rise, so that slopes are kept between a quarter and one and a half of the secants
     */
    private static void slopes(double[] x, double[] values, boolean limited, double[] out) {
        int last = x.length - 1;
        int degree = Math.min(4, last);
        for (int k = 0; k <= last; k++) {
            int a = Math.max(0, Math.min(k - degree / 2, last - degree));
            double slope = 0;
            for (int p = a; p <= a + degree; p++) {
                slope += p == k ? 0 : (values[p] - values[k]) * weight(x, a, a + degree, p, k);
            }
            double before = secant(x, values, Math.max(0, k - 1));
            double after = secant(x, values, Math.min(last - 1, k));
            double least = Math.min(before, after);
            out[k] = limited ? Math.max(0.25 * least, Math.min(1.5 * least, slope)) : slope;
        }
    }

    /** Derivative at x_k of the Lagrange polynomial that is 1 at x_p and 0 at the others of x_a … x_b. */
    private static double weight(double[] x, int a, int b, int p, int k) {
        double product = 1 / (x[p] - x[k]);
        for (int m = a; m <= b; m++) {
            if (m != p && m != k) {
                product *= (x[k] - x[m]) / (x[p] - x[m]);
            }
        }
        return product;
    }

    private static double secant(double[] x, double[] values, int k) {
        return (values[k + 1] - values[k]) / (x[k + 1] - x[k]);
    }

    /**
     * The mixed derivative, kept where the Bézier points beside a corner are in order whatever its derivatives' scale.
     */
    private double limited(int i, int j, double mixed) {
        double most = Double.MAX_VALUE;
        double least = -Double.MAX_VALUE;
        if (j > 0) {
            most = Math.min(most, 3 * fx.get(i, j) / (y[j] - y[j - 1]));
        }
        if (j < y.length - 1) {
            least = Math.max(least, -3 * fx.get(i, j) / (y[j + 1] - y[j]));
        }
        // Values grow with y where x is above 0, and fall where it is below.
        double growth = Math.abs(fy.get(i, j));
        boolean towardsZero = x[i] < 0;
        if (i > 0 && x[i] != 0) {
            double bound = 3 * growth / (x[i] - x[i - 1]);
            most = towardsZero ? most : Math.min(most, bound);
            least = towardsZero ? Math.max(least, -bound) : least;
        }
        if (i < x.length - 1 && x[i] != 0) {
            double bound = 3 * growth / (x[i + 1] - x[i]);
            most = towardsZero ? Math.min(most, bound) : most;
            least = towardsZero ? least : Math.max(least, -bound);
        }
        if (x[i] == 0) {
            least = 0;
        }
        return Math.max(0.99 * least, Math.min(0.99 * most, mixed));
    }

    /** Halves the derivatives at the corners of each patch that is not monotone; whether there was none. */
    private boolean settle() {
        boolean settled = true;
        double[] net = new double[16];
        for (int i = 0; i + 1 < x.length; i++) {
            for (int j = 0; j + 1 < y.length; j++) {
                net(i, j, net);
                if (!isMonotone(net, x[i] < 0 ? -1 : 1)) {
                    settled = false;
                    for (int corner = 0; corner < 4; corner++) {
                        int a = i + corner / 2;
                        int b = j + corner % 2;
                        fx.set(a, b, fx.get(a, b) / 2);
                        fy.set(a, b, fy.get(a, b) / 2);
                        fxy.set(a, b, fxy.get(a, b) / 2);
                    }
                }
            }
        }
        return settled;
    }

    /** The Bézier points of a patch, a first. */
    private void net(int i, int j, double[] net) {
        double h = (x[i + 1] - x[i]) / 3;
        double k = (y[j + 1] - y[j]) / 3;
        for (int a = 0; a < 4; a++) {
            for (int b = 0; b < 4; b++) {
                int ci = i + a / 2;
                int cj = j + b / 2;
                double dx = a == 1 ? h : a == 2 ? -h : 0;
                double dy = b == 1 ? k : b == 2 ? -k : 0;
                net[4 * a + b] = f.get(ci, cj) + dx * fx.get(ci, cj) + dy * (fy.get(ci, cj) + dx * fxy.get(ci, cj));
            }
        }
    }

    private static boolean isMonotone(double[] net, double sign) {
        // Points that are equal but for rounding are.
        double scale = 0;
        for (double point : net) {
            scale = Math.max(scale, Math.abs(point));
        }
        double least = -1e-15 * scale;
        for (int k = 0; k < 16; k++) {
            if (k + 4 < 16 && net[k + 4] - net[k] < least) {
                return false;
            }
            if (k % 4 != 3 && sign * (net[k + 1] - net[k]) < least) {
                return false;
            }
        }
        return true;
    }

    /** Coefficients of powers of the fractions of both intervals, 16 for each patch. */
    double[] coefficients() {
        int across = y.length - 1;
        double[] out = new double[16 * (x.length - 1) * across];
        double[] net = new double[16];
        double[] half = new double[16];
        for (int i = 0; i + 1 < x.length; i++) {
            for (int j = 0; j < across; j++) {
                net(i, j, net);
                for (int b = 0; b < 4; b++) {
                    powers(net[b], net[4 + b], net[8 + b], net[12 + b], half, b, 4);
                }
                int at = 16 * (i * across + j);
                for (int a = 0; a < 4; a++) {
                    powers(half[4 * a], half[4 * a + 1], half[4 * a + 2], half[4 * a + 3], out, at + 4 * a, 1);
                }
            }
        }
        return out;
    }

    /** A cubic by its Bézier points, as powers. */
    private static void powers(double p0, double p1, double p2, double p3, double[] out, int at, int step) {
        out[at] = p0;
        out[at + step] = 3 * (p1 - p0);
        out[at + 2 * step] = 3 * (p0 - 2 * p1 + p2);
        out[at + 3 * step] = p3 - p0 + 3 * (p1 - p2);
    }
}
