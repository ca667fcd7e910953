package org.vmmlib.peripherals.neuron;

import java.util.Arrays;

/** The membrane voltage of one neuron over time. Immutable. */
public final class MembraneTrace {

    private final double[] times;
    private final double[] voltages;
    private final double[] glitches;
    private final NeuronResponse response;

    private MembraneTrace(double[] times, double[] voltages, double[] glitches, NeuronResponse response) {
        this.times = times;
        this.voltages = voltages;
        this.glitches = glitches;
        this.response = response;
    }

    /** Times in seconds, rising or equal: twice the same at a reset; a copy. */
    public double[] times() {
        return times.clone();
    }

    /** Output of the amplifier at these times, in volts; a copy. */
    public double[] voltages() {
        return voltages.clone();
    }

    /** Error of the virtual ground at these times, in volts; a copy. */
    public double[] glitches() {
        return glitches.clone();
    }

    /** The spikes, resets and charges. */
    public NeuronResponse response() {
        return response;
    }

    /** Cuts stretches at the sample times. */
    static final class Recorder {
        private final Membrane membrane;
        private final double rest;
        private final double step;
        private final double[] times;
        private final double[] voltages;
        private final double[] glitches;
        private int seen;

        Recorder(Membrane membrane, double time, int samples) {
            this.membrane = membrane;
            rest = membrane.voltage() - membrane.rest(0);
            step = time / (samples - 1);
            times = new double[samples];
            voltages = new double[samples];
            glitches = new double[samples];
            sample(0);
        }

        void advance(double duration, double current) {
            double end = membrane.time() + duration;
            while (seen < times.length && seen * step <= end) {
                membrane.advance(Math.max(0, seen * step - membrane.time()), current, 0);
                sample(seen * step);
            }
            membrane.advance(Math.max(0, end - membrane.time()), current, 0);
        }

        private void sample(double at) {
            times[seen] = at;
            voltages[seen] = membrane.voltage();
            glitches[seen++] = membrane.glitch();
        }

        /** The samples, with the edges of the resets between them. */
        MembraneTrace trace() {
            while (seen < times.length) {
                sample(membrane.time());
            }
            NeuronResponse response = membrane.response();
            double[] resets = response.resetTimes();
            double[] tops = response.resetVoltages();
            int count = times.length + 2 * resets.length;
            double[] t = Arrays.copyOf(times, count);
            double[] v = new double[count];
            double[] g = new double[count];
            int from = 0;
            int to = 0;
            for (int r = 0; r <= resets.length; r++) {
                while (from < times.length && (r == resets.length || times[from] < resets[r])) {
                    t[to] = times[from];
                    v[to] = voltages[from];
                    g[to++] = glitches[from++];
                }
                if (r < resets.length) {
                    t[to] = resets[r];
                    v[to] = tops[r];
                    g[to] = to == 0 ? 0 : g[to - 1];
                    to++;
                    t[to] = resets[r];
                    v[to++] = rest + membrane.rest(r + 1);
                }
            }
            return new MembraneTrace(t, v, g, response);
        }
    }
}
