package org.vmmlib.devices.programming;

import org.vmmlib.core.check.Require;

/**
 * How a cell moves in one direction.
 *
 * @param threshold magnitude of the voltage that must be exceeded, volts, above 0; mean over cells
 * @param amplitude magnitude of the nominal pulse, volts, above the threshold
 * @param pulses nominal pulses that take a typical cell through the whole window, above 0
 * @param nonlinearity ν ≥ 0: over the window the step of a pulse shrinks by the factor {@code exp(−ν)}; 0: equal steps
 */
public record SwitchingBranch(double threshold, double amplitude, double pulses, double nonlinearity) {

    /** Checks the ranges. */
    public SwitchingBranch {
        Require.positive("threshold", threshold);
        Require.within("amplitude", amplitude, Math.nextUp(threshold), Double.MAX_VALUE);
        Require.positive("pulses", pulses);
        Require.within("nonlinearity", nonlinearity, 0, 100);
    }

    /**
     * How far n nominal pulses take a cell.
     *
     * @param done part of the way through the window that the cell has gone in this direction, 0 to 1
     * @param n nominal pulses, 0 or above, not necessarily whole
     * @return part of the window, not limited to what is left of it
     */
    double step(double done, double n) {
        if (nonlinearity == 0) {
            return n / pulses;
        }
        double whole = Math.expm1(-nonlinearity);
        return (1 + done * whole) * (Math.expm1(-nonlinearity * n / pulses) / whole);
    }

    /**
     * Nominal pulses that a pulse is worth.
     *
     * @param magnitude of the pulse, volts
     * @param ownThreshold threshold of the cell, volts
     * @param exponent of the overdrive
     * @return per nominal width
     */
    double strength(double magnitude, double ownThreshold, double exponent) {
        double overdrive = (magnitude / ownThreshold - 1) / (amplitude / threshold - 1);
        return overdrive <= 0 ? 0 : exponent == 1 ? overdrive : Math.pow(overdrive, exponent);
    }
}
