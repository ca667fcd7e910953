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
     * Exponentials of the arguments below a limit, within 0.6 ulp; those of arguments below −700 are e^−700.
     *
     * @param count number of elements
     * @param x arguments. Not modified.
     * @param limit at most 700
     * @param out e^x where x is below the limit; as it was elsewhere, and where x is NaN. Not x. Modified.
     */
    public static void exponentials(int count, double[] x, double limit, double[] out) {
        KernelChoice.kernels().exponentials(count, x, limit, out);
    }

    /**
     * Natural logarithms, within 2 ulp.
     *
     * @param count number of elements
     * @param x normal numbers above 0; of others the results have no meaning. Not modified.
     * @param out not x. Modified.
     */
    public static void logarithms(int count, double[] x, double[] out) {
        KernelChoice.kernels().logarithms(count, x, out);
    }

    /**
     * Solves {@code 2q + ln q = v} by the sixth-order Taylor expansion about the nearest of given nodes. With w = 2q, the
     * n-th derivative of q is {@code q p_n(w) / (1 + w)^(2n−1)}, where p_1 = 1 and {@code p_(n+1) = (1 + w)(p_n + w p_n') −
     * (2n − 1) w p_n} (Corless et al., Adv. Comput. Math. 5 (1996) 329, section 3).
     *
     * @param count number of elements
     * @param v arguments. Not modified.
     * @param q solutions where the nodes reach, without meaning elsewhere. Not v. Modified.
     * @param nodes where solutions are known
     * @return whether the nodes reach all v
     */
    public static boolean expandedCharges(int count, double[] v, double[] q, ChargeNodes nodes) {
        boolean all = nodes.nearest(count, v, q);
        KernelChoice.kernels().expandCharges(count, v, q);
        return all;
    }

    /**
     * The same of one argument, with the same bits.
     *
     * @param v argument that the nodes reach, not checked
     * @param nodes where solutions are known
     */
    public static double expandedCharge(double v, ChargeNodes nodes) {
        return Elementary.expandedCharge(v, nodes.nearest(v));
    }
}
