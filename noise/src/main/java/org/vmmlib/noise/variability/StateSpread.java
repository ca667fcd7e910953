package org.vmmlib.noise.variability;

import org.vmmlib.core.check.Require;

/**
 * Standard deviation of a {@link VariedQuantity} as a function of the state: the conductance in siemens, the threshold in
 * volts, or whatever the cell law stores first.
 */
@FunctionalInterface
public interface StateSpread {

    /**
     * Standard deviation.
     *
     * @param state of the cell, in the unit of its law
     * @return fraction, logarithm or volts, 0 or above
     */
    double sigma(double state);

    /** The same for every state, 0 or above. */
    static StateSpread constant(double sigma) {
        Require.nonNegative("sigma", sigma);
        return state -> sigma;
    }

    /**
     * A polynomial {@code Σ c_k (s/u)^k} of the state s, 0 where it is negative.
     *
     * @param unit u, in the unit of the state, above 0
     * @param coefficients c_k from the lowest power, at least one, finite. Copied.
     */
    static StateSpread polynomial(double unit, double... coefficients) {
        Require.positive("unit", unit);
        Require.within("coefficients.length", coefficients.length, 1, 100);
        double[] c = coefficients.clone();
        for (double value : c) {
            Require.finite("coefficients", value);
        }
        return state -> {
            double sum = 0;
            for (int k = c.length - 1; k >= 0; k--) {
                sum = sum * (state / unit) + c[k];
            }
            return Math.max(0, sum);
        };
    }

    /**
     * A table, straight between its points, constant beyond them.
     *
     * @param states rising, at least one. Copied.
     * @param sigmas one for each state, 0 or above. Copied.
     */
    static StateSpread table(double[] states, double[] sigmas) {
        Require.within("states.length", states.length, 1, Integer.MAX_VALUE);
        Require.within("sigmas.length", sigmas.length, states.length, states.length);
        double[] x = states.clone();
        double[] y = sigmas.clone();
        for (int k = 0; k < x.length; k++) {
            Require.finite("states", x[k]);
            Require.nonNegative("sigmas", y[k]);
            if (k > 0 && !(x[k] > x[k - 1])) {
                throw new IllegalArgumentException(
                        "states = " + x[k] + ": must be above the one before, " + x[k - 1] + "; sort the table");
            }
        }
        return state -> {
            if (!(state > x[0])) {
                return y[0];
            }
            int k = 1;
            while (k < x.length && x[k] < state) {
                k++;
            }
            return k == x.length ? y[k - 1] : y[k - 1] + (y[k] - y[k - 1]) * (state - x[k - 1]) / (x[k] - x[k - 1]);
        };
    }
}
