package org.vmmlib.devices.programming;

import java.util.Locale;
import org.vmmlib.core.check.Require;

/**
 * Pulses of one width whose amplitude grows while they do too little.
 *
 * @param start magnitude of the first pulse, volts, above 0
 * @param step by which the magnitude grows, volts, 0 or above
 * @param limit largest magnitude, volts, start or above
 * @param width of each pulse, seconds, above 0
 */
public record PulseTrain(double start, double step, double limit, double width) {

    /** Checks the ranges. */
    public PulseTrain {
        Require.positive("start", start);
        Require.nonNegative("step", step);
        Require.finite("limit", limit);
        if (limit < start) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "limit = %s: must be start = %s or above", limit, start));
        }
        Require.positive("width", width);
    }

    /** Pulses that are all alike. */
    public static PulseTrain constant(double amplitude, double width) {
        return new PulseTrain(amplitude, 0, amplitude, width);
    }
}
