package org.vmmlib.devices.flash;

import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.check.Require;

/**
 * Two weights whose difference does not change with temperature to first order.
 *
 * <p>A gate-coupled weight of unchanged charge is {@code w(T) = w^(T0/T)}, so that {@code dw/dT = −w ln w / T0} at T0. A
 * difference of two is compensated where {@code w+ ln w+ = w− ln w−}: one on each side of 1/e. With the ratio
 * {@code r = w−/w+} that is {@code w+ = r^(r/(1−r))}, {@code w− = r^(1/(1−r))}; every difference from 0 to 1 has exactly one
 * such pair. Derived; that a difference may drift below 3 % from 25 to 85 °C is measured (Guo et al., CICC 2017,
 * arXiv:1611.03379).
 *
 * @param plus larger weight, 1/e to 1
 * @param minus smaller weight, 0 to 1/e
 */
public record CompensatedPair(double plus, double minus) {

    private static final double INVERSE_E = Math.exp(-1);

    /** Checks the ranges. */
    public CompensatedPair {
        Require.within("plus", plus, INVERSE_E * (1 - 1e-9), 1);
        Require.within("minus", minus, 0, INVERSE_E * (1 + 1e-9));
    }

    /**
     * The pair of a difference.
     *
     * @param difference {@code w+ − w−}, 0 to 1
     */
    public static CompensatedPair of(double difference) {
        Require.within("difference", difference, 0, 1);
        if (difference == 0) {
            return new CompensatedPair(INVERSE_E, INVERSE_E);
        }
        // The difference grows with s = -ln r, from 0 at s = 0 to 1.
        double low = 0;
        double high = 1;
        while (differenceAt(high) < difference && high < 1e4) {
            low = high;
            high *= 2;
        }
        for (int k = 0; k < 200 && high - low > 1e-16 * high; k++) {
            double middle = (low + high) / 2;
            if (differenceAt(middle) < difference) {
                low = middle;
            } else {
                high = middle;
            }
        }
        double plus = plusAt(high);
        return new CompensatedPair(plus, Math.max(0, plus - difference));
    }

    /** w+ of s = −ln r: {@code exp(−s r/(1 − r))}. */
    private static double plusAt(double s) {
        return Math.exp(-s / Math.expm1(s));
    }

    private static double differenceAt(double s) {
        return -plusAt(s) * Math.expm1(-s);
    }

    /**
     * The difference that the pair carries at another temperature.
     *
     * @param tuned kelvin, when the weights were tuned, above 0
     * @param read kelvin, above 0
     * @return {@code w+(T) − w−(T)}
     */
    public double difference(double tuned, double read) {
        double exponent = Require.positive("tuned", tuned) / Require.positive("read", read);
        return Math.pow(plus, exponent) - Math.pow(minus, exponent);
    }

    /**
     * Splits signed weights into compensated pairs.
     *
     * @param weights N×M in [−1, 1]. Not modified.
     * @param positive N×M, reshaped; cells of the positive line. Modified.
     * @param negative N×M, reshaped; cells of the negative line. Modified.
     */
    public static void split(DMatrixRMaj weights, DMatrixRMaj positive, DMatrixRMaj negative) {
        Require.within("weights", weights, -1, 1);
        positive.reshape(weights.numRows, weights.numCols);
        negative.reshape(weights.numRows, weights.numCols);
        for (int k = 0; k < weights.getNumElements(); k++) {
            CompensatedPair pair = of(Math.abs(weights.data[k]));
            boolean up = weights.data[k] >= 0;
            positive.data[k] = up ? pair.plus : pair.minus;
            negative.data[k] = up ? pair.minus : pair.plus;
        }
    }
}
