package org.vmmlib.core.macro;

import org.vmmlib.core.check.Require;

/**
 * The transfer function f that a converter's thresholds embed: input u in units of the full scale, output in [0, 1] in
 * units of the code range.
 */
public enum Activation {
    /** {@code (1 + u) / 2}, clipped: bipolar data in offset binary. */
    LINEAR {
        @Override
        public double apply(double u) {
            return clip(0.5 * (1 + u));
        }

        @Override
        double invert(double y) {
            return 2 * y - 1;
        }
    },
    /** {@code max(0, u)}; what lies above 1 does not fit the codes and counts as saturated. */
    RELU {
        @Override
        public double apply(double u) {
            return Math.max(0, u);
        }

        @Override
        double invert(double y) {
            return y;
        }
    },
    /** {@code max(0, u)} with the clip at 1 meant. */
    BOUNDED_RELU {
        @Override
        public double apply(double u) {
            return clip(u);
        }

        @Override
        double invert(double y) {
            return y;
        }
    },
    /** The logistic function {@code 1 / (1 + exp(−u))}. */
    SIGMOID {
        @Override
        public double apply(double u) {
            return 1 / (1 + Math.exp(-u));
        }

        @Override
        double invert(double y) {
            return Math.log(y / (1 - y));
        }
    },
    /** {@code (1 + tanh u) / 2}: bipolar data in offset binary. */
    TANH {
        @Override
        public double apply(double u) {
            return 1 / (1 + Math.exp(-2 * u));
        }

        @Override
        double invert(double y) {
            return 0.5 * Math.log(y / (1 - y));
        }
    };

    /** f(u). */
    public abstract double apply(double u);

    abstract double invert(double y);

    /**
     * f⁻¹(y).
     *
     * @param y above 0 and below 1
     */
    public double inverse(double y) {
        if (!(y > 0 && y < 1)) {
            throw new IllegalArgumentException("y = " + y + ": must be above 0 and below 1");
        }
        return invert(y);
    }

    /** Whether the thresholds are equally spaced. */
    public boolean uniform() {
        return this == LINEAR || this == RELU || this == BOUNDED_RELU;
    }

    private static double clip(double y) {
        return Math.min(1, Math.max(0, Require.finite("u", y)));
    }
}
