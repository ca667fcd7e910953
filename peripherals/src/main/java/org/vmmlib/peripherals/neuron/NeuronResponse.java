package org.vmmlib.peripherals.neuron;

import org.vmmlib.core.signal.Edges;

/** What one neuron made of an input. Immutable. */
public final class NeuronResponse {

    private final double time;
    private final double pulseWidth;
    private final double[][] spikes;
    private final double[] resetTimes;
    private final double[] resetVoltages;
    private final ChargeBalance charge;

    NeuronResponse(
            double time,
            double pulseWidth,
            double[][] spikes,
            double[] resetTimes,
            double[] resetVoltages,
            ChargeBalance charge) {
        this.time = time;
        this.pulseWidth = pulseWidth;
        this.spikes = spikes;
        this.resetTimes = resetTimes;
        this.resetVoltages = resetVoltages;
        this.charge = charge;
    }

    /** How long the input lasted, in seconds. */
    public double time() {
        return time;
    }

    /** Number of spike outputs, D_0 … */
    public int levels() {
        return spikes.length;
    }

    /**
     * When the pulses of an output begin, in seconds; a copy.
     *
     * @param level 0 for D_0, the output of the lowest threshold
     */
    public double[] spikes(int level) {
        return spikes[level].clone();
    }

    /** Number of spikes of an output. */
    public int count(int level) {
        return spikes[level].length;
    }

    /** Spikes of all outputs: the integral of the thermometer-coded output Σ D_k, in pulses. */
    public int count() {
        int sum = 0;
        for (double[] level : spikes) {
            sum += level.length;
        }
        return sum;
    }

    /** Mean rate of an output, in spikes a second; 0 where no time has passed. */
    public double rate(int level) {
        return time == 0 ? 0 : count(level) / time;
    }

    /** Number of resets: by the highest output, and at the ends of frames. */
    public int resets() {
        return resetTimes.length;
    }

    /** When the membrane was reset, in seconds; a copy. */
    public double[] resetTimes() {
        return resetTimes.clone();
    }

    /** Output of the amplifier at which the resets came, overshoot included, in volts; a copy. */
    public double[] resetVoltages() {
        return resetVoltages.clone();
    }

    /** Where the charge went. */
    public ChargeBalance charge() {
        return charge;
    }

    /** The pulses: one vector, a channel for each output. */
    public Edges edges() {
        double[][] times = new double[spikes.length][];
        for (int k = 0; k < times.length; k++) {
            times[k] = Pulses.of(spikes[k], spikes[k].length, pulseWidth);
        }
        return new Edges(1, times.length, times);
    }

    /**
     * How many outputs are high, Σ D_k: the membrane as the neuron tells it. (The paper weighs D_k by k and leaves D_0
     * out; a thermometer code counts each output once.)
     *
     * @param at seconds
     */
    public int output(double at) {
        int high = 0;
        for (double[] level : spikes) {
            for (double start : level) {
                high += start <= at && at < start + pulseWidth ? 1 : 0;
            }
        }
        return high;
    }

    /** Width of the pulses, in seconds. */
    public double pulseWidth() {
        return pulseWidth;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("spikes");
        for (int k = 0; k < spikes.length; k++) {
            text.append(k == 0 ? " " : ", ").append(spikes[k].length);
        }
        return text.toString();
    }
}
