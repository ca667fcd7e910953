package org.vmmlib.peripherals.neuron;

/** Spikes as edges. */
final class Pulses {

    private Pulses() {}

    /** Rise and fall of each pulse. A pulse begins where the one before it ends, or later. */
    static double[] of(double[] starts, int count, double width) {
        double[] edges = new double[2 * count];
        for (int k = 0; k < count; k++) {
            edges[2 * k] = starts[k];
            edges[2 * k + 1] = starts[k] + width;
        }
        return edges;
    }
}
