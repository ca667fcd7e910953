package org.vmmlib.core.physics;

import org.vmmlib.core.check.Require;

/**
 * Flicker noise of a current, {@code S_I/I² = K/f} between two corner frequencies: a sum of Lorentzians whose corners are
 * spread evenly over the logarithm of frequency (McWhorter 1957; Dutta, Horn, Low-frequency fluctuations in solids: 1/f
 * noise, Rev. Mod. Phys. 53, 497 (1981), doi:10.1103/RevModPhys.53.497). It is constant below the lowest and falls with
 * 1/f² above the highest corner.
 *
 * @param coefficient K, 0 or above
 * @param lowest corner, hertz, above 0
 * @param highest corner, hertz, above the lowest
 */
public record FlickerSpectrum(double coefficient, double lowest, double highest) {

    /** Checks the ranges. */
    public FlickerSpectrum {
        Require.nonNegative("coefficient", coefficient);
        Require.positive("lowest", lowest);
        Require.within("highest", highest, Math.nextUp(lowest), Double.MAX_VALUE);
    }

    /**
     * Of a subthreshold channel whose gate has the flicker noise {@code S_V = k/f}: K = (κ/U_t)² k.
     *
     * @param gateCoefficient k, V², 0 or above
     * @param gateSlope κ/U_t, 1/V
     */
    public static FlickerSpectrum ofGate(double gateCoefficient, double gateSlope, double lowest, double highest) {
        return new FlickerSpectrum(
                Require.nonNegative("gateCoefficient", gateCoefficient) * gateSlope * gateSlope, lowest, highest);
    }

    /** Variance of the current over its square, {@code K ln(highest/lowest)}. */
    public double relativeVariance() {
        return coefficient * Math.log(highest / lowest);
    }

    /**
     * One-sided density of the relative current, 1/Hz:
     * {@code (2K/πf) (atan(highest/f) − atan(lowest/f))}, which is K/f far within the corners.
     *
     * @param frequency hertz, above 0
     */
    public double density(double frequency) {
        return 2
                * coefficient
                / (Math.PI * frequency)
                * (Math.atan(highest / frequency) - Math.atan(lowest / frequency));
    }
}
