package org.vmmlib.peripherals.neuron;

import java.util.Arrays;
import java.util.Locale;
import org.vmmlib.core.check.Require;
import org.vmmlib.core.random.RandomStream;
import org.vmmlib.core.signal.Edges;

/** A current over time from 0 on: stretches in which it stands still, one after the other. Immutable. */
public final class CurrentWaveform {

    private static final int MAX_PULSES = 1 << 26;

    private final double[] durations;
    private final double[] currents;
    private final double time;

    private CurrentWaveform(double[] durations, double[] currents) {
        this.durations = durations;
        this.currents = currents;
        double sum = 0;
        for (double duration : durations) {
            sum += duration;
        }
        time = sum;
    }

    /**
     * Stretches of constant current.
     *
     * @param durations seconds, 0 or above; copied
     * @param currents amperes, as many; copied
     * @throws IllegalArgumentException if the lengths differ, or a number is out of range
     */
    public static CurrentWaveform of(double[] durations, double[] currents) {
        if (durations.length != currents.length) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "currents has %d values: must have %d, as durations",
                    currents.length,
                    durations.length));
        }
        for (int k = 0; k < durations.length; k++) {
            Require.nonNegative("durations[" + k + "]", durations[k]);
            Require.finite("currents[" + k + "]", currents[k]);
        }
        return new CurrentWaveform(durations.clone(), currents.clone());
    }

    /**
     * A constant current.
     *
     * @param current amperes
     * @param time seconds, above 0
     */
    public static CurrentWaveform constant(double current, double time) {
        return of(new double[] {Require.positive("time", time)}, new double[] {current});
    }

    /**
     * Equal pulses; where they overlap, their currents add.
     *
     * @param starts seconds, 0 or above, rising or equal; those at or after the end are left out. Not modified.
     * @param width of a pulse, seconds, above 0; the last is cut at the end
     * @param amplitude amperes
     * @param time of the whole, seconds, above 0
     * @throws IllegalArgumentException if a number is out of range, or the starts fall
     */
    public static CurrentWaveform pulses(double[] starts, double width, double amplitude, double time) {
        Require.positive("width", width);
        Require.finite("amplitude", amplitude);
        Require.positive("time", time);
        for (int k = 0; k < starts.length; k++) {
            Require.nonNegative("starts[" + k + "]", starts[k]);
            if (k > 0 && starts[k] < starts[k - 1]) {
                throw new IllegalArgumentException(String.format(
                        Locale.ROOT,
                        "starts[%d] = %s s: must not be before starts[%d] = %s s",
                        k,
                        starts[k],
                        k - 1,
                        starts[k - 1]));
            }
        }
        Pieces pieces = new Pieces(2 * starts.length + 1);
        double now = 0;
        int begun = 0;
        int ended = 0;
        while (now < time) {
            double rise = begun < starts.length ? starts[begun] : Double.POSITIVE_INFINITY;
            double fall = ended < begun ? starts[ended] + width : Double.POSITIVE_INFINITY;
            double next = Math.min(time, Math.min(rise, fall));
            pieces.add(next - now, (begun - ended) * amplitude);
            now = next;
            if (fall <= rise) {
                ended++;
            } else {
                begun++;
            }
        }
        return pieces.waveform();
    }

    /**
     * Pulses at equal distances, the first at half a period.
     *
     * @param rate pulses a second, above 0
     * @param width of a pulse, seconds, above 0
     * @param amplitude amperes
     * @param time of the whole, seconds, above 0
     */
    public static CurrentWaveform regular(double rate, double width, double amplitude, double time) {
        int count = count(rate, time);
        double period = 1 / rate;
        if (width >= period) {
            double[] starts = new double[count];
            for (int k = 0; k < count; k++) {
                starts[k] = (k + 0.5) * period;
            }
            return pulses(starts, width, amplitude, time);
        }
        Require.positive("width", width);
        Require.finite("amplitude", amplitude);
        Pieces pieces = new Pieces(2 * count + 2);
        pieces.add(Math.min(0.5 * period, time), 0);
        for (int k = 0; k < count; k++) {
            double start = (k + 0.5) * period;
            pieces.add(start + width < time ? width : time - start, amplitude);
            pieces.add(start + period < time ? period - width : time - start - width, 0);
        }
        return pieces.waveform();
    }

    /**
     * Pulses at random: a Poisson process, which the spikes of many independent neurons together approach.
     *
     * @param rate mean pulses a second, above 0
     * @param width of a pulse, seconds, above 0
     * @param amplitude amperes
     * @param time of the whole, seconds, above 0
     * @param stream draws the intervals: elements 0, 1, … of it
     */
    public static CurrentWaveform poisson(
            double rate, double width, double amplitude, double time, RandomStream stream) {
        int expected = count(rate, time);
        double[] starts = new double[expected + 16];
        double[] uniforms = new double[256];
        int found = 0;
        double now = 0;
        for (long drawn = 0; now < time; drawn += uniforms.length) {
            stream.uniforms(drawn, uniforms, 0, uniforms.length);
            for (int k = 0; k < uniforms.length && now < time; k++) {
                now -= StrictMath.log1p(-uniforms[k]) / rate;
                if (now < time) {
                    if (found == starts.length) {
                        starts = Arrays.copyOf(starts, 2 * found);
                    }
                    starts[found++] = now;
                }
            }
        }
        return pulses(Arrays.copyOf(starts, found), width, amplitude, time);
    }

    /**
     * The current of a column whose rows are pulse trains: the sum of the amplitudes of those rows that are high. This is
     * how spikes of one neuron drive the next.
     *
     * @param rows the trains
     * @param vector which vector of the batch
     * @param amplitudes current of each row while it is high, amperes, one for each channel. Not modified.
     * @param time of the whole, seconds, above 0; edges after it are left out
     * @throws IllegalArgumentException if the amplitudes are not as many as the channels
     */
    public static CurrentWaveform of(Edges rows, int vector, double[] amplitudes, double time) {
        if (amplitudes.length != rows.channels()) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "amplitudes has %d values: must have %d, one for each channel of rows",
                    amplitudes.length,
                    rows.channels()));
        }
        Require.positive("time", time);
        double[][] trains = new double[amplitudes.length][];
        int edges = 0;
        for (int i = 0; i < trains.length; i++) {
            Require.finite("amplitudes[" + i + "]", amplitudes[i]);
            trains[i] = rows.times(vector, i);
            edges += trains[i].length;
        }
        Pieces pieces = new Pieces(edges + 1);
        int[] seen = new int[trains.length];
        double now = 0;
        while (now < time) {
            double next = time;
            double current = 0;
            for (int i = 0; i < trains.length; i++) {
                while (seen[i] < trains[i].length && trains[i][seen[i]] <= now) {
                    seen[i]++;
                }
                if (seen[i] < trains[i].length) {
                    next = Math.min(next, trains[i][seen[i]]);
                }
                current += seen[i] % 2 == 1 ? amplitudes[i] : 0;
            }
            pieces.add(next - now, current);
            now = next;
        }
        return pieces.waveform();
    }

    private static int count(double rate, double time) {
        double pulses = Require.positive("rate", rate) * Require.positive("time", time);
        if (pulses > MAX_PULSES) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "rate = %s 1/s over time = %s s: more than %d pulses; simulate a shorter time",
                    rate,
                    time,
                    MAX_PULSES));
        }
        return (int) Math.ceil(pulses);
    }

    /** Number of stretches. */
    public int pieces() {
        return durations.length;
    }

    /** Duration of a stretch, in seconds. */
    public double duration(int piece) {
        return durations[piece];
    }

    /** Current of a stretch, in amperes. */
    public double current(int piece) {
        return currents[piece];
    }

    /** Time of the whole, in seconds. */
    public double time() {
        return time;
    }

    /** Time integral of the current, in coulombs. */
    public double charge() {
        double sum = 0;
        for (int k = 0; k < durations.length; k++) {
            sum += durations[k] * currents[k];
        }
        return sum;
    }

    private static final class Pieces {
        private double[] durations;
        private double[] currents;
        private int count;

        Pieces(int expected) {
            durations = new double[expected];
            currents = new double[expected];
        }

        void add(double duration, double current) {
            if (duration > 0) {
                if (count == durations.length) {
                    durations = Arrays.copyOf(durations, 2 * count + 1);
                    currents = Arrays.copyOf(currents, 2 * count + 1);
                }
                durations[count] = duration;
                currents[count++] = current;
            }
        }

        CurrentWaveform waveform() {
            return new CurrentWaveform(Arrays.copyOf(durations, count), Arrays.copyOf(currents, count));
        }
    }
}
