package org.vmmlib.peripherals.neuron;

import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.check.Require;
import org.vmmlib.core.metrics.ErrorStatistics;

/**
 * A neuron as an encoder of its input current: the input, the spikes, and the current that a decoder reconstructs from
 * them. The decoder knows the ladder: each spike stands for a {@link MultiBitNeuron#spikeCharges charge}, and their sum
 * over a frame for its mean current. It takes gain and offset from the best straight line, as the effective bits of a
 * converter do (IEEE Std 1241), because leak and refractory time take a part of the input.
 */
public final class NeuronEncoding {

    private final double[] inputs;
    private final double[] reconstructed;

    private NeuronEncoding(double[] inputs, double[] reconstructed) {
        this.inputs = inputs;
        this.reconstructed = reconstructed;
    }

    /**
     * Encodes constant currents at the middles of equal parts of the range 0 … full scale, each in a frame that begins at
     * rest, and decodes the spikes. Each has the noise of its own call. Where none of them makes the neuron fire, it tells nothing: 0 effective bits.
     *
     * @param bank neurons
     * @param index which of them
     * @param fullScale largest current, in amperes, above 0
     * @param frame how long a frame lasts, in seconds, above 0
     * @param points how many currents, 8 to 1,000,000
     * @throws IllegalArgumentException if a number is out of range
     */
    public static NeuronEncoding of(NeuronBank bank, int index, double fullScale, double frame, int points) {
        Require.positive("fullScale", fullScale);
        Require.positive("frame", frame);
        Require.within("points", points, 8, 1_000_000);
        double[] charges = bank.neuron().spikeCharges();
        double[] inputs = new double[points];
        double[] raw = new double[points];
        for (int k = 0; k < points; k++) {
            inputs[k] = (k + 0.5) / points * fullScale;
            NeuronResponse response = bank.call(k).respond(index, CurrentWaveform.constant(inputs[k], frame));
            for (int level = 0; level < charges.length; level++) {
                raw[k] += charges[level] * response.count(level) / frame;
            }
        }
        return new NeuronEncoding(inputs, fitted(inputs, raw));
    }

    /** Raw values, scaled and shifted so that their squared difference from the inputs is least. */
    private static double[] fitted(double[] inputs, double[] raw) {
        double meanInput = mean(inputs);
        double meanRaw = mean(raw);
        double together = 0;
        double alone = 0;
        for (int k = 0; k < inputs.length; k++) {
            together += (inputs[k] - meanInput) * (raw[k] - meanRaw);
            alone += (raw[k] - meanRaw) * (raw[k] - meanRaw);
        }
        double gain = alone == 0 ? 0 : together / alone;
        double[] out = new double[raw.length];
        for (int k = 0; k < out.length; k++) {
            out[k] = meanInput + gain * (raw[k] - meanRaw);
        }
        return out;
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    /** The currents given, in amperes; a copy. */
    public double[] inputs() {
        return inputs.clone();
    }

    /** The currents reconstructed, in amperes; a copy. */
    public double[] reconstructed() {
        return reconstructed.clone();
    }

    /** The error of the reconstruction, in amperes. */
    public ErrorStatistics error() {
        return ErrorStatistics.of(
                DMatrixRMaj.wrap(1, reconstructed.length, reconstructed), DMatrixRMaj.wrap(1, inputs.length, inputs));
    }

    /** Effective bits: log2(full scale / (sqrt(12) · RMS error)), which an ideal quantiser of 2^p steps has p of. */
    public double effectiveBits() {
        double fullScale = inputs[inputs.length - 1] + inputs[0];
        return error().effectiveBits(fullScale);
    }
}
