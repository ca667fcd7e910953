package org.vmmlib.core.signal;

import java.util.Arrays;
import java.util.Locale;
import org.ejml.data.DMatrixRMaj;

/**
 * A batch of pulse trains: for each vector and channel, the times at which the signal goes high and low, alternating,
 * starting low at time 0. A pulse of a duration is two edges; a spike train is two edges for each spike.
 */
public final class Edges implements Signal {

    private final int vectors;
    private final int channels;
    private final double[][] times;

    /**
     * @param times vectors × channels arrays, row-major, of non-decreasing times in seconds, each of even length; copied
     * @throws IllegalArgumentException if a time is negative or not finite, times decrease, or their count is odd
     */
    public Edges(int vectors, int channels, double[][] times) {
        if (times.length != (long) vectors * channels) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT, "times has %d trains: must be %d x %d", times.length, vectors, channels));
        }
        this.vectors = vectors;
        this.channels = channels;
        this.times = new double[times.length][];
        for (int k = 0; k < times.length; k++) {
            double last = 0;
            for (double time : times[k]) {
                if (!(time >= last) || Double.isInfinite(time)) {
                    throw new IllegalArgumentException(String.format(
                            Locale.ROOT, "times[%d] has an edge at %s: must be finite and >= %s", k, time, last));
                }
                last = time;
            }
            if (times[k].length % 2 != 0) {
                throw new IllegalArgumentException(String.format(
                        Locale.ROOT, "times[%d] has %d edges: every rise needs its fall", k, times[k].length));
            }
            this.times[k] = Arrays.copyOf(times[k], times[k].length);
        }
    }

    @Override
    public int vectors() {
        return vectors;
    }

    @Override
    public int channels() {
        return channels;
    }

    /** Edge times of a channel, in seconds; a copy. */
    public double[] times(int vector, int channel) {
        return times[vector * channels + channel].clone();
    }

    /** The times that the channels are high, as levels: what a counter that runs while they are high counts. */
    public Levels durations() {
        DMatrixRMaj seconds = new DMatrixRMaj(vectors, channels);
        for (int vector = 0; vector < vectors; vector++) {
            for (int channel = 0; channel < channels; channel++) {
                seconds.data[vector * channels + channel] = high(vector, channel);
            }
        }
        return new Levels(seconds, Levels.Quantity.TIME);
    }

    /** Time that the channel is high, in seconds. */
    public double high(int vector, int channel) {
        double sum = 0;
        double[] train = times[vector * channels + channel];
        for (int k = 0; k < train.length; k += 2) {
            sum += train[k + 1] - train[k];
        }
        return sum;
    }
}
