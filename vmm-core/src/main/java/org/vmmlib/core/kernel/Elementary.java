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

    /** The exponential is of numbers from −MOST to MOST. */
    static final double MOST = 700;

    private Elementary() {}

    /** e^x for |x| ≤ 700, within 0.6 ulp: reduced by multiples of ln 2, then a Taylor polynomial to r^13/13!. */
    static double exp(double x) {
        return power(x) * reducedExp(x);
    }

    /** The power of two nearest to e^x. */
    static double power(double x) {
        double t = x * LOG2_E + ROUNDING;
        return Double.longBitsToDouble((Double.doubleToRawLongBits(t) + BIAS) << FRACTION_BITS);
    }

    /** e^x over that power. */
    static double reducedExp(double x) {
        double t = x * LOG2_E + ROUNDING;
        double k = t - ROUNDING;
        double high = x - k * LN2_HIGH;
        double low = k * LN2_LOW;
        double r = high - low;
        double rest = (high - r) - low;
        double r2 = r * r;
        double r4 = r2 * r2;
        double a = 0.5 + r * (1 / 6.0);
        double b = 1 / 24.0 + r * (1 / 120.0);
        double c = 1 / 720.0 + r * (1 / 5040.0);
        double d = 1 / 40320.0 + r * (1 / 362880.0);
        double e = 1 / 3628800.0 + r * (1 / 39916800.0);
        double f = 1 / 479001600.0 + r * (1 / 6227020800.0);
        double sum = (a + r2 * b) + r4 * ((c + r2 * d) + r4 * (e + r2 * f));
        double leading = 1 + r;
        double trailing = ((1 - leading) + r) + (rest + r2 * sum);
        return leading + trailing;
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

    /** √½ as bits: a number divided by 2^e, e from its bits less these, is between √½ and √2. */
    static final long ROOT_HALF = 0x3fe6a09e667f3bcdL;

    /** {@link #ROUNDING} as bits: these and a small integer are the number and the integer. */
    static final long ROUNDING_BITS = 0x4338000000000000L;

    static final double LOG1 = 0.6666666666666735;
    static final double LOG2 = 0.3999999999940942;
    static final double LOG3 = 0.2857142874366239;
    static final double LOG4 = 0.22222198432149784;
    static final double LOG5 = 0.1818357216161805;
    static final double LOG6 = 0.15313837699209373;
    static final double LOG7 = 0.14798198605116586;

    /**
     * ln x of normal numbers above 0, within 2 ulp: {@code ln(1 + f) = f − s (f − R)}, s = f/(2 + f), with the minimax
     * polynomial R of FDLIBM 5.3, e_log.c.
     */
    static double log(double x) {
        return log(exponent(x), fraction(x));
    }

    /** k of {@code x = 2^k (1 + f)}, 1 + f between √½ and √2. */
    static double exponent(double x) {
        return Double.longBitsToDouble(biased(x) + (ROUNDING_BITS - BIAS)) - ROUNDING;
    }

    /** f. */
    static double fraction(double x) {
        return Double.longBitsToDouble(Double.doubleToRawLongBits(x) - ((biased(x) - BIAS) << FRACTION_BITS)) - 1;
    }

    private static long biased(double x) {
        return (Double.doubleToRawLongBits(x) - ROOT_HALF + (BIAS << FRACTION_BITS)) >>> FRACTION_BITS;
    }

    /** {@code k ln 2 + ln(1 + f)}. */
    static double log(double k, double f) {
        double s = f / (2 + f);
        double z = s * s;
        double w = z * z;
        double even = w * (LOG2 + w * (LOG4 + w * LOG6));
        double odd = z * (LOG1 + w * (LOG3 + w * (LOG5 + w * LOG7)));
        double half = 0.5 * f * f;
        return k * LN2_HIGH - ((half - (s * (half + (even + odd)) + k * LN2_LOW)) - f);
    }

    /** Nodes are 2^-5 apart up to 4; from there on 2^6 are in an octave. */
    static final double NODES_EVEN = 2;

    static final long EXPONENT = 0x7ff0000000000000L;

    /** 1.5 · 2^52 · 2^-6: times the power of two at or below v, adding it rounds v to a node. */
    static final double NODE_ROUNDING = 105553116266496.0;

    static final long NODE_ROUNDING_BITS = Double.doubleToRawLongBits(NODE_ROUNDING) - (BIAS << FRACTION_BITS);
    /** An octave less than this, shifted, is the number of the node below it. */
    static final long FIRST_OCTAVE = (BIAS + 1) << FRACTION_BITS;

    static final int OCTAVE_SHIFT = FRACTION_BITS - 6;

    /** The power of two at or below v, 2 at least. */
    private static long octave(double v) {
        return Double.doubleToRawLongBits(Math.max(v, NODES_EVEN)) & EXPONENT;
    }

    /** The node nearest to v. */
    static double nearestNode(double v) {
        double rounding = Double.longBitsToDouble(octave(v)) * NODE_ROUNDING;
        return (v + rounding) - rounding;
    }

    /** Number of the node nearest to v, that of the node 0 being 0: what the last bits hold after rounding. */
    static long nodeNumber(double v) {
        long octave = octave(v);
        double rounded = v + Double.longBitsToDouble(octave) * NODE_ROUNDING;
        long inOctave = Double.doubleToRawLongBits(rounded) - (octave + NODE_ROUNDING_BITS);
        return inOctave + ((octave - FIRST_OCTAVE) >>> OCTAVE_SHIFT);
    }

    /** The solution of {@code 2q + ln q = v}, from the one at the nearest node. */
    static double expandedCharge(double v, double q) {
        return shiftedCharge(v - nearestNode(v), q);
    }

    /** The solution of {@code 2q + ln q = v + d} from that at v. */
    static double shiftedCharge(double d, double q) {
        double s = chargeStep(d, q);
        return stepped(s, q, highTerms(s, q));
    }

    /** d/(1 + w)². */
    static double chargeStep(double d, double q) {
        double r = 1 / (1 + 2 * q);
        return d * r * r;
    }

    /** The fifth and the sixth term of the expansion, over s⁵. */
    static double highTerms(double s, double q) {
        double w = 2 * q;
        double p5 = (1 + w * (w * (58 - 24 * w) - 22)) * (1 / 120.0);
        double p6 = (1 + w * (w * (w * (120 * w - 444) + 328) - 52)) * (1 / 720.0);
        return p5 + s * p6;
    }

    /** The expansion. */
    static double stepped(double s, double q, double highTerms) {
        double w = 2 * q;
        double p3 = (1 - 2 * w) * (1 / 6.0);
        double p4 = (1 + w * (6 * w - 8)) * (1 / 24.0);
        double s2 = s * s;
        double sum = (1 + s * 0.5) + s2 * ((p3 + s * p4) + s2 * highTerms);
        return q + q * (1 + w) * (sum * s);
    }
}
