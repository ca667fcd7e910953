package org.vmmlib.core.kernel;

/**
 * Functions of every element of a row: what the laws of cells spend their time in. The same bits in plain Java and with
 * the Vector API, because both do the same operations in the same order.
 */
public final class RowFunctions {

    private RowFunctions() {}

    /**
     * Hyperbolic sine and cosine of {@code e^x}, whose argument is reduced by multiples of ln 2 (Cody and Waite, Software
     * Manual for the Elementary Functions, 1980); up to |x| = 1 the sine is its Taylor polynomial, which keeps the relative
     * accuracy. Within 2 ulp.
     *
     * @param count number of elements
     * @param x from −700 to 700, not checked. Not modified.
     * @param sinh not x. Modified.
     * @param cosh not x, not sinh. Modified.
     */
    public static void sinhAndCosh(int count, double[] x, double[] sinh, double[] cosh) {
        KernelChoice.kernels().sinhAndCosh(count, x, sinh, cosh);
    }

    /**
     * Solves {@code 2q + ln q = v} by the sixth-order Taylor expansion about the nearest of equidistant nodes. With w =
     * 2q, the n-th derivative of q is {@code q p_n(w) / (1 + w)^(2n−1)}, where p_1 = 1 and {@code p_(n+1) = (1 + w)(p_n +
     * w p_n') − (2n − 1) w p_n} (Corless et al., Adv. Comput. Math. 5 (1996) 329, section 3).
     *
     * @param count number of elements
     * @param v arguments. Not modified.
     * @param q solutions where −span ≤ v &lt; span, without meaning elsewhere. Not v. Modified.
     * @param nodes solutions at {@code −span + k/perUnit}, k = 0 … 2·span·perUnit
     * @param span an integer above 0
     * @param perUnit nodes in a unit, a power of two; 32 give 4 ulp
     * @return whether all v are within the span
     */
    public static boolean expandedCharges(
            int count, double[] v, double[] q, double[] nodes, double span, double perUnit) {
        boolean all = true;
        for (int j = 0; j < count; j++) {
            boolean inside = v[j] >= -span && v[j] < span;
            q[j] = nodes[inside ? (int) Elementary.nearestNode(v[j], span, perUnit) : 0];
            all &= inside;
        }
        KernelChoice.kernels().expandCharges(count, v, q, span, perUnit);
        return all;
    }

    /**
     * The same of one argument, with the same bits.
     *
     * @param v argument, −span ≤ v &lt; span, not checked
     * @param nodes as above
     * @param span as above
     * @param perUnit as above
     */
    public static double expandedCharge(double v, double[] nodes, double span, double perUnit) {
        double node = nodes[(int) Elementary.nearestNode(v, span, perUnit)];
        return Elementary.expandedCharge(v, node, span, perUnit, 1 / perUnit);
    }
}
