package org.vmmlib.studies.experiment;

import java.util.Arrays;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.check.Require;
import org.vmmlib.core.physics.Si;
import org.vmmlib.core.random.RandomStreams;
import org.vmmlib.peripherals.neuron.CurrentWaveform;
import org.vmmlib.peripherals.neuron.MembraneTrace;
import org.vmmlib.peripherals.neuron.MultiBitNeuron;
import org.vmmlib.peripherals.neuron.NeuronBank;
import org.vmmlib.peripherals.neuron.NeuronEncoding;
import org.vmmlib.peripherals.neuron.NeuronResponse;
import org.vmmlib.peripherals.neuron.NormalMembrane;
import org.vmmlib.peripherals.neuron.ThresholdLadder;

/**
 * One multi-bit neuron on input pulses, as in Figs. 6 and 7 of Saxena and Moussa, CMOS-RRAM Neuromorphic Accelerators
 * Using Multi-bit Neurons: a stretch of time to draw, and a long run to count in.
 */
public final class NeuronStudy {

    /** How the input pulses come. */
    public enum Arrival {
        /** At equal distances. */
        REGULAR,
        /** At random, as a Poisson process. */
        POISSON
    }

    /** Amplitude of an input pulse, in amperes (the paper's). */
    public static final double AMPLITUDE = 2 * Si.uA;

    /** Width of an input pulse, in seconds (the paper's). */
    public static final double WIDTH = 20 * Si.ns;

    /** Length of the run that is counted in, in seconds. */
    public static final double LONG_RUN = 10e-3;

    /** Largest current of the encoder's range, in amperes: the mean of the paper's pulses at 10 MHz. */
    static final double FULL_SCALE = 0.4 * Si.uA;

    /** A frame of the encoder, in seconds. */
    static final double FRAME = 32e-6;

    private static final double MAX_RATE = 1e8;
    private static final double MAX_TIME = 1e-3;
    private static final int SAMPLES = 8001;
    private static final int LONG_SAMPLES = 200_001;
    private static final int ENCODED = 1000;

    private final MultiBitNeuron neuron;
    private final double rate;
    private final Arrival arrival;
    private final CurrentWaveform input;
    private final MembraneTrace trace;
    private final CurrentWaveform longInput;
    private final MembraneTrace longTrace;
    private final NeuronEncoding encoding;

    /**
     * Runs it.
     *
     * @param neuron the neuron
     * @param arrival how the pulses come
     * @param rate pulses a second, above 0, to 1e8
     * @param time to draw, in seconds, above 0, to 1 ms
     * @param seed of the pulses' times
     * @throws IllegalArgumentException if a number is out of range
     */
    public NeuronStudy(MultiBitNeuron neuron, Arrival arrival, double rate, double time, long seed) {
        this.neuron = neuron;
        this.arrival = arrival;
        this.rate = Require.within("rate", Require.positive("rate", rate), 0, MAX_RATE);
        Require.within("time", Require.positive("time", time), 0, MAX_TIME);
        NeuronBank bank = neuron.on(Die.of(RandomStreams.of(seed)), 1);
        input = pulses(time, seed);
        trace = bank.trace(0, input, SAMPLES);
        longInput = pulses(LONG_RUN, seed);
        longTrace = bank.trace(0, longInput, LONG_SAMPLES);
        encoding = NeuronEncoding.of(bank, 0, FULL_SCALE, FRAME, ENCODED);
    }

    private CurrentWaveform pulses(double time, long seed) {
        return arrival == Arrival.REGULAR
                ? CurrentWaveform.regular(rate, WIDTH, AMPLITUDE, time)
                : CurrentWaveform.poisson(
                        rate, WIDTH, AMPLITUDE, time, RandomStreams.of(seed).stream("neuron.input", 0));
    }

    MultiBitNeuron neuron() {
        return neuron;
    }

    double rate() {
        return rate;
    }

    Arrival arrival() {
        return arrival;
    }

    /** The input that is drawn; the long one begins with the same pulses. */
    CurrentWaveform input() {
        return input;
    }

    MembraneTrace trace() {
        return trace;
    }

    NeuronResponse longRun() {
        return longTrace.response();
    }

    CurrentWaveform longInput() {
        return longInput;
    }

    NeuronEncoding encoding() {
        return encoding;
    }

    /** A normal membrane with the mean and the spread of this one. */
    NormalMembrane membrane() {
        double[] voltages = longTrace.voltages();
        double mean = Arrays.stream(voltages).average().orElse(0);
        double variance = Arrays.stream(voltages)
                .map(v -> (v - mean) * (v - mean))
                .average()
                .orElse(0);
        return new NormalMembrane(mean, Math.sqrt(Math.max(variance, Double.MIN_NORMAL)));
    }

    /** Entropy of the state that the comparators' ladder tells, as often as each state occurred, in bits. */
    double stateEntropy() {
        ThresholdLadder ladder = neuron.ladder();
        double[] shares = new double[ladder.levels() + 1];
        double[] voltages = longTrace.voltages();
        for (double voltage : voltages) {
            shares[ladder.state(voltage)] += 1.0 / voltages.length;
        }
        return -Arrays.stream(shares)
                .filter(p -> p > 0)
                .map(p -> p * Math.log(p) / Math.log(2))
                .sum();
    }
}
