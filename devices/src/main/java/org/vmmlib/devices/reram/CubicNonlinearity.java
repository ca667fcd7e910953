package org.vmmlib.devices.reram;

import org.vmmlib.core.check.Require;

/**
 * How the current of a resistive cell bends, depending on its conductance: {@code i = g v + NL2 v |v| + NL3 v³}, with
 * {@code NL2 = Σ a_k L^k}, {@code NL3 = Σ b_k L^k}, {@code L = log10(g/1 S)}. Fits of i(v) for v ≥ 0 have an even term;
 * the law is made odd, as a passive cell of one filament is taken to be, and within 10 mV of 0 V |v| is a quartic that
 * joins with value, slope and curvature. Outside the conductances of the fit the relative bend {@code NL/g} of the
 * nearer end holds; above the largest voltage of the fit the tangent.
 */
public final class CubicNonlinearity {

    /** Below this voltage |v| is rounded off. */
    static final double ROUNDED = 0.01;

    private final double[] second;
    private final double[] third;
    private final double lowest;
    private final double highest;
    private final double limit;
    private final String source;

    /**
     * @param second coefficients a_k, A/V², from the lowest power. Copied.
     * @param third coefficients b_k, A/V³, from the lowest power. Copied.
     * @param lowest conductance that was fitted, siemens, above 0
     * @param highest conductance that was fitted, siemens, at least the lowest
     * @param limit largest voltage of the fit, volts, 10 mV or above
     * @param source where the coefficients come from
     * @throws IllegalArgumentException if the current falls with the voltage anywhere within the fit
     */
    public CubicNonlinearity(
            double[] second, double[] third, double lowest, double highest, double limit, String source) {
        this.second = second.clone();
        this.third = third.clone();
        this.lowest = Require.positive("lowest", lowest);
        this.highest = Require.within("highest", highest, lowest, Double.MAX_VALUE);
        this.limit = Require.within("limit", limit, ROUNDED, Double.MAX_VALUE);
        this.source = source;
        int steps = 1000;
        for (int k = 0; k <= steps; k++) {
            double g = lowest * Math.pow(highest / lowest, (double) k / steps);
            requireRising(g, relativeSecond(g), relativeThird(g));
        }
    }

    /**
     * HfO2 1T1R cells of Milo et al., IEEE IRPS 2021, doi:10.1109/IRPS46558.2021.9405119, as fitted from 62.5 to 110 µS
     * up to 0.5 V (coefficients: CrossSim, Sandia National Laboratories).
     */
    public static CubicNonlinearity milo() {
        return new CubicNonlinearity(
                new double[] {0.007063, 0.005711, 0.001541, 0.0001388},
                new double[] {1.2968e-3, 6.7919e-4, 8.871e-5},
                62.5e-6,
                110e-6,
                0.5,
                "Milo et al., IRPS 2021, fitted in CrossSim (Sandia)");
    }

    private void requireRising(double g, double a, double b) {
        // The slope 1 + 2 a v + 3 b v² is least at an end of [0, limit] or at its vertex.
        double vertex = b > 0 ? Math.min(limit, Math.max(0, -a / (3 * b))) : limit;
        for (double v : new double[] {0, vertex, limit}) {
            if (!(1 + 2 * a * v + 3 * b * v * v > 0)) {
                throw new IllegalArgumentException("second, third: the current falls with the voltage at g = " + g
                        + " S and " + v + " V; give coefficients or a range where it rises");
            }
        }
    }

    /** NL2/g, 1/V. */
    double relativeSecond(double g) {
        return relative(second, g);
    }

    /** NL3/g, 1/V². */
    double relativeThird(double g) {
        return relative(third, g);
    }

    /** |v|, rounded off around 0: {@code δ (3/8 + 3/4 t² − 1/8 t⁴)}, t = v/δ. */
    static double size(double v) {
        double t = v / ROUNDED;
        return Math.abs(t) >= 1 ? Math.abs(v) : ROUNDED * (0.375 + t * t * (0.75 - 0.125 * t * t));
    }

    /** d|v|/dv. */
    static double sizeSlope(double v) {
        double t = v / ROUNDED;
        return Math.abs(t) >= 1 ? Math.signum(v) : t * (1.5 - 0.5 * t * t);
    }

    private double relative(double[] coefficients, double g) {
        double fitted = Math.min(highest, Math.max(lowest, g));
        double log = Math.log10(fitted);
        double sum = 0;
        for (int k = coefficients.length - 1; k >= 0; k--) {
            sum = sum * log + coefficients[k];
        }
        return sum / fitted;
    }

    /** Largest voltage of the fit, volts. */
    public double limit() {
        return limit;
    }

    /** Lowest conductance that was fitted, siemens. */
    public double lowest() {
        return lowest;
    }

    /** Highest conductance that was fitted, siemens. */
    public double highest() {
        return highest;
    }

    /** Where the coefficients come from. */
    public String source() {
        return source;
    }
}
