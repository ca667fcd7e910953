package org.vmmlib.devices.memory;

import org.vmmlib.core.check.Require;

/** How far, as a standard deviation, programming leaves a conductance from its target. The error is normal. */
@FunctionalInterface
public interface ProgrammingSpread {

    /**
     * Standard deviation.
     *
     * @param target conductance, siemens, 0 or above
     * @return siemens, 0 or above
     */
    double sigma(double target);

    /** The same for every conductance, siemens. */
    static ProgrammingSpread independent(double sigma) {
        Require.nonNegative("sigma", sigma);
        return target -> sigma;
    }

    /** A part of the conductance. */
    static ProgrammingSpread proportional(double part) {
        Require.nonNegative("part", part);
        return target -> part * target;
    }

    /**
     * A polynomial, {@code s Σ c_k (g/u)^k}, 0 where it is negative.
     *
     * @param scale s, siemens, above 0
     * @param unit u, siemens, above 0
     * @param coefficients c_k, from the lowest power. Copied.
     */
    static ProgrammingSpread polynomial(double scale, double unit, double... coefficients) {
        Require.positive("scale", scale);
        Require.positive("unit", unit);
        double[] c = coefficients.clone();
        return target -> scale * Math.max(0, Polynomial.at(c, target / unit));
    }
}
