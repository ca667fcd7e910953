package org.vmmlib.peripherals.integrator;

import java.util.Arrays;

/** When the rising charge nodes of a batch reach their thresholds; infinity until they do. Mutable. */
final class Crossings {

    private final double[] thresholds;
    private final double[] times;

    /** @param thresholds of each column, volts */
    Crossings(int vectors, double[] thresholds) {
        this.thresholds = thresholds.clone();
        times = new double[vectors * thresholds.length];
        Arrays.fill(times, Double.POSITIVE_INFINITY);
    }

    double threshold(int k) {
        return thresholds[k % thresholds.length];
    }

    /** Seconds from the beginning of the schedule. */
    double time(int k) {
        return times[k];
    }

    /** Whether the node comes to its threshold in a step that takes it from a voltage to another. */
    boolean within(int k, double from, double to) {
        return Double.isInfinite(times[k]) && to >= threshold(k) && from <= to;
    }

    void record(int k, double time) {
        times[k] = time;
    }
}
