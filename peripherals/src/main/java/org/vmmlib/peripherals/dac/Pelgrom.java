package org.vmmlib.peripherals.dac;

import org.vmmlib.core.check.Require;

/**
 * Mismatch coefficients of a transistor, by which the spread of its current falls with the root of its gate area.
 *
 * <p>Source: M. J. M. Pelgrom, A. C. J. Duinmaijer, A. P. G. Welbers, "Matching properties of MOS transistors", IEEE J.
 * Solid-State Circuits 24, 1433–1439 (1989), <a href="https://doi.org/10.1109/JSSC.1989.572629">doi:10.1109/JSSC.1989.572629</a>.
 *
 * @param threshold A_VT in volt metres, 0 or above (3 mV µm is 3e-9)
 * @param gain A_β in metres, 0 or above (1 % µm is 1e-8)
 */
public record Pelgrom(double threshold, double gain) {

    /** Checks the ranges. */
    public Pelgrom {
        Require.nonNegative("threshold", threshold);
        Require.nonNegative("gain", gain);
    }

    /**
     * Relative standard deviation of the current of one transistor:
     * {@code σ_I/I = sqrt(((g_m/I)² A_VT² + A_β²) / (W L))}.
     *
     * @param gmOverCurrent g_m/I in 1/V; κ/U_t (27 per volt at κ = 0.7 and 25 °C) in weak inversion
     * @param width W in metres
     * @param length L in metres
     */
    public double currentSpread(double gmOverCurrent, double width, double length) {
        Require.nonNegative("gmOverCurrent", gmOverCurrent);
        double area = Require.positive("width", width) * Require.positive("length", length);
        return Math.hypot(gmOverCurrent * threshold, gain) / Math.sqrt(area);
    }
}
