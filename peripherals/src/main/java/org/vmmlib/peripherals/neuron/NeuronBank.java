package org.vmmlib.peripherals.neuron;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.check.Require;
import org.vmmlib.core.run.Chunks;

/** Neurons of one chip, each with its own thresholds. Immutable; threads may share it. */
public final class NeuronBank {

    private static final int CHUNK = 16;

    private final MultiBitNeuron neuron;
    private final double[] thresholds;
    private final Die die;
    private final NeuronNoise noise;

    /** @param thresholds neurons × levels, volts; handed over */
    NeuronBank(MultiBitNeuron neuron, double[] thresholds, Die die, long call) {
        this.neuron = neuron;
        this.thresholds = thresholds;
        this.die = die;
        noise = NeuronNoise.of(neuron, die, call);
    }

    /**
     * The same neurons in another call, with its own noise. A neuron's noise in a call depends on nothing that any other
     * neuron does, or is given.
     *
     * @param index global index of the input vector; that of the bank at first is 0
     */
    public NeuronBank call(long index) {
        return new NeuronBank(neuron, thresholds, die, index);
    }

    /** The neuron that they all are, but for mismatch. */
    public MultiBitNeuron neuron() {
        return neuron;
    }

    /** Number of neurons. */
    public int size() {
        return thresholds.length / neuron.ladder().levels();
    }

    /** A threshold of one neuron with its comparator's offset, in volts. */
    public double threshold(int index, int level) {
        int levels = neuron.ladder().levels();
        return thresholds[Objects.checkIndex(index, size()) * levels + Objects.checkIndex(level, levels)];
    }

    NeuronNoise noise() {
        return noise;
    }

    /** A neuron at rest at time 0. */
    Membrane membrane(int index) {
        return new Membrane(neuron, thresholds, Objects.checkIndex(index, size()), noise);
    }

    /**
     * Gives a current to a neuron that has just been reset.
     *
     * @param index which neuron
     * @param input the current into its virtual ground, whatever the voltage there
     */
    public NeuronResponse respond(int index, CurrentWaveform input) {
        return respond(index, input, 0);
    }

    /**
     * Gives a current to a neuron that has just been reset; the current falls with the error of the virtual
     * ground.
     *
     * @param index which neuron
     * @param input the current while the virtual ground has no error
     * @param conductance of the column, in siemens, 0 or above: what its cells have together
     */
    public NeuronResponse respond(int index, CurrentWaveform input, double conductance) {
        Require.nonNegative("conductance", conductance);
        Membrane membrane = membrane(index);
        for (int k = 0; k < input.pieces(); k++) {
            membrane.advance(input.duration(k), input.current(k), conductance);
        }
        return membrane.response();
    }

    /**
     * Gives each neuron, at rest, its own current.
     *
     * @param inputs one for each neuron, in their order
     * @param threads to use, 1 to 1024; the result does not depend on it
     * @return what they made of it, in their order
     * @throws IllegalArgumentException if the inputs are not as many as the neurons
     * @throws InterruptedException if this thread is interrupted; the work is stopped
     */
    public List<NeuronResponse> respond(List<CurrentWaveform> inputs, int threads) throws InterruptedException {
        if (inputs.size() != size()) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT, "inputs has %d currents: must have %d, one for each neuron", inputs.size(), size()));
        }
        Chunks.Work<List<NeuronResponse>> work = (from, to) -> IntStream.range(from, to)
                .mapToObj(index -> respond(index, inputs.get(index)))
                .toList();
        return new Chunks(CHUNK, threads)
                .run(size(), work, (done, of) -> {}).stream()
                        .flatMap(List::stream)
                        .toList();
    }

    /**
     * The membrane over time, for a plot: sampled evenly, and at the beginning and end of each reset.
     *
     * @param index which neuron
     * @param input the current into its virtual ground
     * @param samples how many, 2 to 10,000,000
     * @throws IllegalArgumentException if the number of samples is out of range, or the input has no duration
     */
    public MembraneTrace trace(int index, CurrentWaveform input, int samples) {
        Require.within("samples", samples, 2, 10_000_000);
        if (!(input.time() > 0)) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "input.time = %s s: must be above 0", input.time()));
        }
        MembraneTrace.Recorder recorder = new MembraneTrace.Recorder(membrane(index), input.time(), samples);
        for (int k = 0; k < input.pieces(); k++) {
            recorder.advance(input.duration(k), input.current(k));
        }
        return recorder.trace();
    }
}
