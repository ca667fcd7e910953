package org.vmmlib.peripherals.converter;

import java.util.Locale;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;
import org.vmmlib.core.macro.Activation;
import org.vmmlib.core.macro.Converter;
import org.vmmlib.core.macro.Saturation;
import org.vmmlib.core.random.RandomStream;
import org.vmmlib.core.signal.Codes;

/** Cyclic converters of a number of channels, with their mismatch drawn. Immutable. */
final class CyclicChannels implements Converter.Channels {

    private final int bits;
    private final double bias;
    private final double reference;
    private final double low;
    private final double high;
    private final double bottom;
    private final double top;
    private final double[][] references;
    private final double[] offsets;
    private final double[] gains;
    private final double noise;
    private final @Nullable RandomStream noiseStream;

    /**
     * @param adc the design
     * @param references by node, one array a channel (which may be the same array)
     * @param offsets added to the residue in front of the comparator, one a channel
     * @param gains residue gain, one a channel
     * @param noise standard deviation of the comparator noise
     * @param noiseStream stream of the comparator noise, or null where there is none
     */
    CyclicChannels(
            CyclicAdc adc,
            double[][] references,
            double[] offsets,
            double[] gains,
            double noise,
            @Nullable RandomStream noiseStream) {
        bits = adc.bits();
        bias = adc.residueBias();
        reference = adc.reference();
        low = adc.lowestResidue();
        high = adc.highestResidue();
        boolean linear = adc.activation() == Activation.LINEAR;
        boolean clips = linear || adc.activation() == Activation.RELU;
        bottom = linear ? -adc.fullScale() - adc.inputBias() : Double.NEGATIVE_INFINITY;
        top = clips ? adc.fullScale() - adc.inputBias() : Double.POSITIVE_INFINITY;
        this.references = references;
        this.offsets = offsets;
        this.gains = gains;
        this.noise = noise;
        this.noiseStream = noiseStream;
    }

    @Override
    public Codes convert(DMatrixRMaj levels, long firstCall, Saturation saturation) {
        int channels = gains.length;
        if (levels.numCols != channels) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "levels is %d x %d: must have %d columns, one for each channel",
                    levels.numRows,
                    levels.numCols,
                    channels));
        }
        int vectors = levels.numRows;
        int[] words = new int[vectors * channels];
        double[] errors = new double[channels * bits];
        long below = 0;
        long above = 0;
        for (int vector = 0; vector < vectors; vector++) {
            int from = vector * channels;
            if (noiseStream != null) {
                noiseStream.call(firstCall + vector).gaussians(0, errors, 0, errors.length);
                for (int k = 0; k < errors.length; k++) {
                    errors[k] *= noise;
                }
            }
            for (int channel = 0; channel < channels; channel++) {
                double level = levels.data[from + channel];
                if (!(Math.abs(level) <= Double.MAX_VALUE)) {
                    throw new IllegalArgumentException(String.format(
                            Locale.ROOT, "levels[%d,%d] = %s: must be a finite number", vector, channel, level));
                }
                below += level < bottom ? 1 : 0;
                above += level > top ? 1 : 0;
                words[from + channel] = convert(level, channel, errors);
            }
        }
        saturation.add("adc.bottom", below);
        saturation.add("adc.top", above);
        return Codes.unsigned(bits, vectors, channels, words);
    }

    private int convert(double level, int channel, double[] errors) {
        double[] nodes = references[channel];
        double offset = offsets[channel];
        double gain = gains[channel];
        double residue = saturated(level + bias);
        int node = 1;
        int decision = channel * bits;
        for (int cycle = 0; cycle < bits; cycle++) {
            // The sign bit decides, without a branch that half the time would be predicted wrongly.
            double over = residue + (offset + errors[decision + cycle]) - nodes[node];
            int bit = (int) (~Double.doubleToRawLongBits(over) >>> 63);
            node = 2 * node + bit;
            residue = saturated(gain * residue - bit * reference);
        }
        return node - (1 << bits);
    }

    private double saturated(double residue) {
        return residue < low ? low : residue > high ? high : residue;
    }
}
