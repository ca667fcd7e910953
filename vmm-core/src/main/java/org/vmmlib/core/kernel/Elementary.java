package org.vmmlib.core.kernel;

/** Elementary functions of one number, operation by operation what the vector kernels do. */
final class Elementary {

    static final double LOG2_E = 1.4426950408889634;
    /** ln 2 to 32 bits, so that its multiples by an exponent are exact. */
    static final double LN2_HIGH = 0.6931471803691238;
    /** The rest of ln 2. */
    static final double LN2_LOW = 1.9082149292705877e-10;
    /** 1.5 · 2^52: adding it rounds to an integer, which its last bits then hold. */
    static final double ROUNDING = 6755399441055744.0;

    static final long BIAS = 1023;
    static final int FRACTION_BITS = 52;

    private Elementary() {}

    /** e^x for |x| ≤ 700, within 2 ulp: reduced by multiples of ln 2, then a Taylor polynomial to r^13/13!. */
    static double exp(double x) {
        double t = x * LOG2_E + ROUNDING;
        double k = t - ROUNDING;
        double r = (x - k * LN2_HIGH) - k * LN2_LOW;
        double r2 = r * r;
        double r4 = r2 * r2;
        double a = 0.5 + r * (1 / 6.0);
        double b = 1 / 24.0 + r * (1 / 120.0);
        double c = 1 / 720.0 + r * (1 / 5040.0);
        double d = 1 / 40320.0 + r * (1 / 362880.0);
        double e = 1 / 3628800.0 + r * (1 / 39916800.0);
        double f = 1 / 479001600.0 + r * (1 / 6227020800.0);
        double sum = (a + r2 * b) + r4 * ((c + r2 * d) + r4 * (e + r2 * f));
        double less = r + r2 * sum;
        double power = Double.longBitsToDouble((Double.doubleToRawLongBits(t) + BIAS) << FRACTION_BITS);
        return power + power * less;
    }

    /** sinh x for |x| ≤ 1: Taylor polynomial whose first term left out is x^19/19! ≤ 8e-18 x. */
    static double sinhOfSmall(double x) {
        double s = x * x;
        double s2 = s * s;
        double s4 = s2 * s2;
        double a = 1 / 6.0 + s * (1 / 120.0);
        double b = 1 / 5040.0 + s * (1 / 362880.0);
        double c = 1 / 39916800.0 + s * (1 / 6227020800.0);
        double d = 1 / 1307674368000.0 + s * (1 / 355687428096000.0);
        double sum = (a + s2 * b) + s4 * (c + s2 * d);
        return x + x * s * sum;
    }

    /** Index of the node nearest to v, of two equally near ones the even. */
    static double nearestNode(double v, double span, double perUnit) {
        return ((v + span) * perUnit + ROUNDING) - ROUNDING;
    }

    /** The solution of {@code 2q + ln q = v}, from the one at the nearest node. */
    static double expandedCharge(double v, double q, double span, double perUnit, double spacing) {
        double d = v - (nearestNode(v, span, perUnit) * spacing - span);
        double w = 2 * q;
        double u = 1 + w;
        double r = 1 / u;
        double s = d * r * r;
        double p3 = (1 - 2 * w) * (1 / 6.0);
        double p4 = (1 + w * (6 * w - 8)) * (1 / 24.0);
        double p5 = (1 + w * (w * (58 - 24 * w) - 22)) * (1 / 120.0);
        double p6 = (1 + w * (w * (w * (120 * w - 444) + 328) - 52)) * (1 / 720.0);
        double s2 = s * s;
        double sum = (1 + s * 0.5) + s2 * ((p3 + s * p4) + s2 * (p5 + s * p6));
        return q + q * u * (sum * s);
    }
}
