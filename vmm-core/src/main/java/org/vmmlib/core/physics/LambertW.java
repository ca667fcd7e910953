package org.vmmlib.core.physics;

/**
 * The principal branch of Lambert's W function, {@code W e^W = x}, W ≥ −1.
 *
 * <p>Near the branch point −1/e: the series in {@code p = sqrt(2(1 + e x))}, its coefficients by the recurrence of
 * Corless, Gonnet, Hare, Jeffrey and Knuth, On the Lambert W function, Adv. Comput. Math. 5, 329–359 (1996),
 * doi:10.1007/BF02124750, Eq. 4.23. Elsewhere: a rational or asymptotic first guess (their Eq. 4.19) and the
 * fourth-order iteration of Fritsch, Shafer and Crowley, Algorithm 443, Commun. ACM 16, 123–124 (1973),
 * doi:10.1145/361952.361970.
 *
 * <p>Results are within 4 ulp of the exact value for the given argument. NaN gives NaN.
 */
public final class LambertW {

    /** 1/e to twice double precision. */
    private static final double INVERSE_E = 0.36787944117144233;

    private static final double INVERSE_E_TAIL = -1.2428753672788363e-17;

    /** Below this argument, p < 0.51 and the series converges to a relative 1e-17. */
    private static final double SERIES_LIMIT = -0.32;

    private static final double[] SERIES = series(44);

    /** Below this magnitude {@code x − x²} is W to a rounding. */
    private static final double SMALL = 0x1.0p-27;

    /** Above this, the next term of the asymptotic form, ln x / x, is below a rounding. */
    private static final double LARGE = 1e18;

    private LambertW() {}

    /**
     * W(x).
     *
     * @param x −1/e or above; the double nearest to −1/e, which lies just below it, counts as −1/e
     * @throws IllegalArgumentException if x is below −1/e
     */
    public static double principal(double x) {
        if (x < -INVERSE_E) {
            throw new IllegalArgumentException("x = " + x + ": must be at least -1/e = " + -INVERSE_E);
        }
        if (x < SERIES_LIMIT) {
            return nearBranchPoint(x);
        }
        if (Math.abs(x) < SMALL) {
            return x * (1 - x);
        }
        if (x == Double.POSITIVE_INFINITY) {
            return x;
        }
        double w = x < Math.E ? rationalGuess(x) : asymptoticGuess(Math.log(x));
        // The guesses are good to 8 %, so two steps reach full precision; the third makes sure of it.
        for (int k = 0; k < 3; k++) {
            w = improved(w, Math.log(x / w) - w);
        }
        return w;
    }

    /**
     * W(e^x), the solution of {@code w + ln w = x} (Wright's omega function), for any x: neither e^x nor the result
     * overflows, and the relative accuracy holds down to the smallest doubles.
     */
    public static double ofExp(double x) {
        if (x < 1) {
            return principal(Math.exp(x));
        }
        if (x > LARGE) {
            return x == Double.POSITIVE_INFINITY ? x : x - Math.log(x);
        }
        double w = asymptoticGuess(x);
        for (int k = 0; k < 3; k++) {
            w = improved(w, x - w - Math.log(w));
        }
        return w;
    }

    /** Padé approximant at 0, the first guess of Algorithm 443. */
    private static double rationalGuess(double x) {
        return x * (1 + 4.0 / 3 * x) / (1 + x * (7.0 / 3 + 5.0 / 6 * x));
    }

    /** First terms for large x, as a function of ln x ≥ 1. */
    private static double asymptoticGuess(double logX) {
        double log2 = Math.log(logX);
        return logX - log2 + log2 / logX;
    }

    /** One step of Algorithm 443, from the residual {@code z = ln(x/w) − w}. */
    private static double improved(double w, double z) {
        double w1 = 1 + w;
        double q = 2 * w1 * (w1 + 2.0 / 3 * z);
        return w * (1 + z / w1 * ((q - z) / (q - 2 * z)));
    }

    /** x + 1/e is found without cancellation: the difference of the leading parts is exact (Sterbenz). */
    private static double nearBranchPoint(double x) {
        double p = Math.sqrt(Math.max(0, 2 * Math.E * ((x + INVERSE_E) + INVERSE_E_TAIL)));
        double sum = 0;
        for (int k = SERIES.length - 1; k > 0; k--) {
            sum = p * (SERIES[k] + sum);
        }
        return sum - 1;
    }

    /** Coefficients μ_k of W = Σ μ_k p^k. */
    private static double[] series(int terms) {
        double[] mu = new double[terms];
        double[] alpha = new double[terms];
        mu[0] = -1;
        mu[1] = 1;
        alpha[0] = 2;
        alpha[1] = -1;
        for (int k = 2; k < terms; k++) {
            double sum = 0;
            for (int j = 2; j < k; j++) {
                sum += mu[j] * mu[k + 1 - j];
            }
            alpha[k] = sum;
            mu[k] = (k - 1.0) / (k + 1) * (mu[k - 2] / 2 + alpha[k - 2] / 4) - sum / 2 - mu[k - 1] / (k + 1);
        }
        return mu;
    }
}
