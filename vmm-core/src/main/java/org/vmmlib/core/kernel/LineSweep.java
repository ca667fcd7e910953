package org.vmmlib.core.kernel;

/**
 * Tridiagonal systems of resistive lines: conductances {@code g ≥ 0} from each node to ground, wires {@code w ≥ 0} from
 * node to node. A factorisation keeps the inverse pivots alone.
 *
 * <p>Pivots are found as the wire's conductance plus what a node passes on to ground, {@code e_k = g_k + w e_{k−1} / (w +
 * e_{k−1})}, so that nothing is ever subtracted and each keeps all its digits however far apart the conductances are. A
 * node that nothing holds has the inverse pivot 0, and so the solution 0.
 */
public final class LineSweep {

    private static final double HUGE = 0x1p1000;
    private static final double TINY = 0x1p-1000;

    private LineSweep() {}

    /** {@code 1/x}, or 0 where x is 0. */
    public static double inverse(double x) {
        return x > 0 ? 1 / x : 0;
    }

    /**
     * Inverse pivots of one line, from the first node to the last.
     *
     * @param n nodes, 1 or above
     * @param wire n + 1 conductances: to the terminal before the first node, between the nodes, to the terminal after
     *     the last. Not modified.
     * @param g conductances to ground. Not modified.
     * @param inverse inverse pivots. Modified.
     */
    public static void factor(int n, double[] wire, double[] g, double[] inverse) {
        double e = g[0] + wire[0];
        for (int k = 0; k < n - 1; k++) {
            double w = wire[k + 1];
            double d = inverse(e + w);
            inverse[k] = d;
            e = g[k + 1] + w * (e * d);
        }
        inverse[n - 1] = inverse(e + wire[n]);
    }

    /**
     * Inverse pivots of one line whose wires are all alike.
     *
     * @param n nodes, 1 or above
     * @param wire conductance between two nodes, above 0
     * @param first conductance from the first node to a terminal, 0 or above
     * @param last conductance from the last node to a terminal, 0 or above
     * @param g conductances to ground. Not modified.
     * @param inverse inverse pivots. Modified.
     */
    public static void factor(int n, double wire, double first, double last, double[] g, double[] inverse) {
        double e = g[0] + first;
        for (int k = 0; k < n - 1; k++) {
            double d = 1 / (e + wire);
            inverse[k] = d;
            e = g[k + 1] + wire * (e * d);
        }
        inverse[n - 1] = inverse(e + last);
    }

    /**
     * Inverse pivots of four lines whose wires are all alike; parameters as in {@link #factor(int, double, double,
     * double, double[], double[])}.
     *
     * @param wire conductance between two nodes, above 0
     * @param ends conductances to the terminal before the first node of the four lines, then after the last. Not
     *     modified.
     */
    public static void factor4(
            int n,
            double wire,
            double[] ends,
            double[] g0,
            double[] g1,
            double[] g2,
            double[] g3,
            double[] inverse0,
            double[] inverse1,
            double[] inverse2,
            double[] inverse3) {
        double e0 = g0[0] + ends[0];
        double e1 = g1[0] + ends[1];
        double e2 = g2[0] + ends[2];
        double e3 = g3[0] + ends[3];
        for (int k = 0; k < n - 1; k++) {
            double d0 = 1 / (e0 + wire);
            double d1 = 1 / (e1 + wire);
            double d2 = 1 / (e2 + wire);
            double d3 = 1 / (e3 + wire);
            inverse0[k] = d0;
            inverse1[k] = d1;
            inverse2[k] = d2;
            inverse3[k] = d3;
            e0 = g0[k + 1] + wire * (e0 * d0);
            e1 = g1[k + 1] + wire * (e1 * d1);
            e2 = g2[k + 1] + wire * (e2 * d2);
            e3 = g3[k + 1] + wire * (e3 * d3);
        }
        inverse0[n - 1] = inverse(e0 + ends[4]);
        inverse1[n - 1] = inverse(e1 + ends[5]);
        inverse2[n - 1] = inverse(e2 + ends[6]);
        inverse3[n - 1] = inverse(e3 + ends[7]);
    }

    /**
     * Solves for one line in place.
     *
     * @param n nodes
     * @param wire as in {@link #factor}. Not modified.
     * @param inverse inverse pivots. Not modified.
     * @param t currents into the nodes; become their voltages. Modified.
     */
    public static void solve(int n, double[] wire, double[] inverse, double[] t) {
        double s = t[0];
        for (int k = 1; k < n; k++) {
            s = t[k] + wire[k] * inverse[k - 1] * s;
            t[k] = s;
        }
        double y = inverse[n - 1] * s;
        t[n - 1] = y;
        for (int k = n - 2; k >= 0; k--) {
            y = inverse[k] * t[k] + wire[k + 1] * inverse[k] * y;
            t[k] = y;
        }
    }

    /**
     * Solves for one line whose wires are all alike; parameters as in {@link #solve}.
     *
     * @param wire conductance between two nodes
     */
    public static void solve(int n, double wire, double[] inverse, double[] t) {
        double s = t[0];
        double c = wire * inverse[0];
        for (int k = 1; k < n; k++) {
            s = t[k] + c * s;
            c = wire * inverse[k];
            t[k] = s;
        }
        double y = inverse[n - 1] * s;
        t[n - 1] = y;
        for (int k = n - 2; k >= 0; k--) {
            double d = inverse[k];
            y = d * t[k] + wire * d * y;
            t[k] = y;
        }
    }

    /**
     * Solves for four lines whose wires are all alike, side by side so that none waits for another; each gets the same
     * operations as in {@link #solve(int, double, double[], double[])}.
     */
    public static void solve4(
            int n,
            double wire,
            double[] inverse0,
            double[] inverse1,
            double[] inverse2,
            double[] inverse3,
            double[] t0,
            double[] t1,
            double[] t2,
            double[] t3) {
        double s0 = t0[0];
        double s1 = t1[0];
        double s2 = t2[0];
        double s3 = t3[0];
        double c0 = wire * inverse0[0];
        double c1 = wire * inverse1[0];
        double c2 = wire * inverse2[0];
        double c3 = wire * inverse3[0];
        for (int k = 1; k < n; k++) {
            s0 = t0[k] + c0 * s0;
            s1 = t1[k] + c1 * s1;
            s2 = t2[k] + c2 * s2;
            s3 = t3[k] + c3 * s3;
            c0 = wire * inverse0[k];
            c1 = wire * inverse1[k];
            c2 = wire * inverse2[k];
            c3 = wire * inverse3[k];
            t0[k] = s0;
            t1[k] = s1;
            t2[k] = s2;
            t3[k] = s3;
        }
        double y0 = inverse0[n - 1] * s0;
        double y1 = inverse1[n - 1] * s1;
        double y2 = inverse2[n - 1] * s2;
        double y3 = inverse3[n - 1] * s3;
        t0[n - 1] = y0;
        t1[n - 1] = y1;
        t2[n - 1] = y2;
        t3[n - 1] = y3;
        for (int k = n - 2; k >= 0; k--) {
            double d0 = inverse0[k];
            double d1 = inverse1[k];
            double d2 = inverse2[k];
            double d3 = inverse3[k];
            y0 = d0 * t0[k] + wire * d0 * y0;
            y1 = d1 * t1[k] + wire * d1 * y1;
            y2 = d2 * t2[k] + wire * d2 * y2;
            y3 = d3 * t3[k] + wire * d3 * y3;
            t0[k] = y0;
            t1[k] = y1;
            t2[k] = y2;
            t3[k] = y3;
        }
    }

    /**
     * Diagonal of the inverse matrix of one line: the voltage of a node for a current of 1 into it.
     *
     * @param n nodes
     * @param wire conductance between two nodes
     * @param inverse inverse pivots. Not modified.
     * @param out diagonal. Modified.
     */
    public static void responses(int n, double wire, double[] inverse, double[] out) {
        double y = inverse[n - 1];
        out[n - 1] = y;
        for (int k = n - 2; k >= 0; k--) {
            double c = wire * inverse[k];
            y = inverse[k] + c * c * y;
            out[k] = y;
        }
    }

    /**
     * Diagonal of the inverse matrix of one line.
     *
     * @param wire as in {@link #factor}. Not modified.
     */
    public static void responses(int n, double[] wire, double[] inverse, double[] out) {
        double y = inverse[n - 1];
        out[n - 1] = y;
        for (int k = n - 2; k >= 0; k--) {
            double c = wire[k + 1] * inverse[k];
            y = inverse[k] + c * c * y;
            out[k] = y;
        }
    }

    /**
     * Diagonals of the inverse matrices of four lines whose wires are all alike; each gets the same operations as in
     * {@link #responses(int, double, double[], double[])}.
     */
    public static void responses4(
            int n,
            double wire,
            double[] inverse0,
            double[] inverse1,
            double[] inverse2,
            double[] inverse3,
            double[] out0,
            double[] out1,
            double[] out2,
            double[] out3) {
        double y0 = inverse0[n - 1];
        double y1 = inverse1[n - 1];
        double y2 = inverse2[n - 1];
        double y3 = inverse3[n - 1];
        out0[n - 1] = y0;
        out1[n - 1] = y1;
        out2[n - 1] = y2;
        out3[n - 1] = y3;
        for (int k = n - 2; k >= 0; k--) {
            double c0 = wire * inverse0[k];
            double c1 = wire * inverse1[k];
            double c2 = wire * inverse2[k];
            double c3 = wire * inverse3[k];
            y0 = inverse0[k] + c0 * c0 * y0;
            y1 = inverse1[k] + c1 * c1 * y1;
            y2 = inverse2[k] + c2 * c2 * y2;
            y3 = inverse3[k] + c3 * c3 * y3;
            out0[k] = y0;
            out1[k] = y1;
            out2[k] = y2;
            out3[k] = y3;
        }
    }

    // Many lines that run across the rows of a matrix, a row of nodes at a time

    /**
     * One step of the factorisation of n lines: inverse pivots of a row of nodes, and what the next row sees of it.
     *
     * @param wire conductances to the next row. Not modified.
     * @param e what the row passes on to ground; becomes what the wire to the next row does. Modified.
     * @param inverse inverse pivots of the row. Modified.
     */
    public static void factorAcross(int n, double[] wire, double[] e, double[] inverse) {
        for (int j = 0; j < n; j++) {
            // 1 / pivot, or 0 where the pivot is 0, without a branch.
            double pivot = e[j] + wire[j];
            double d = Math.min(1, pivot * HUGE) / Math.max(pivot, TINY);
            inverse[j] = d;
            e[j] = wire[j] * (e[j] * d);
        }
    }

    /**
     * Carries currents on from one row of nodes to the next: {@code u = q + w d u}.
     *
     * @param q currents into the nodes of the next row. Not modified.
     * @param wire conductances between the rows. Not modified.
     * @param inverse inverse pivots of the row that is left. Not modified.
     * @param u what was gathered up to that row; becomes what is gathered with the next. Modified.
     */
    public static void carry(int n, double[] q, double[] wire, double[] inverse, double[] u) {
        for (int j = 0; j < n; j++) {
            u[j] = q[j] + wire[j] * inverse[j] * u[j];
        }
    }

    /**
     * Voltages of a row from those of the row solved before: {@code z = d (s + w z)}.
     *
     * @param s currents gathered at the row. Not modified.
     * @param wire conductances to the row solved before. Not modified.
     * @param inverse inverse pivots of this row. Not modified.
     * @param z voltages of the row solved before; become those of this one. Modified.
     */
    public static void back(int n, double[] s, double[] wire, double[] inverse, double[] z) {
        for (int j = 0; j < n; j++) {
            z[j] = inverse[j] * (s[j] + wire[j] * z[j]);
        }
    }
}
