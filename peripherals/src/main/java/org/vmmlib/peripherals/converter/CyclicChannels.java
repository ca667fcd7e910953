package org.vmmlib.peripherals.converter;

import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;
import org.vmmlib.core.macro.Converter;
import org.vmmlib.core.macro.Saturation;
import org.vmmlib.core.random.NormalStream;
import org.vmmlib.core.random.RandomStream;
import org.vmmlib.core.signal.Codes;

/**
 * Cyclic converters of a number of channels, cycle by cycle as the circuit works: for a residue that saturates with noise, for
 * very many references, and to check the search by trees with. Immutable.
 */
final class CyclicChannels implements Converter.Channels {

    private final Intake intake;
    private final ResidueStages stages;
    private final int bits;
    private final double bias;
    private final double low;
    private final double high;
    private final double noise;
    private final @Nullable RandomStream noiseStream;

    /**
     * @param adc the design
     * @param stages as fabricated, one a channel
     * @param noise standard deviation of the comparator noise
     * @param noiseStream stream of the comparator noise, or null where there is none
     */
    CyclicChannels(CyclicAdc adc, ResidueStages stages, double noise, @Nullable RandomStream noiseStream) {
        intake = new Intake(adc, stages.gains().length);
        this.stages = stages;
        bits = adc.bits();
        bias = adc.residueBias();
        low = adc.lowestResidue();
        high = adc.highestResidue();
        this.noise = noise;
        this.noiseStream = noiseStream;
    }

    @Override
    public Codes convert(DMatrixRMaj levels, long firstCall, Saturation saturation) {
        intake.take(levels, saturation);
        int channels = intake.channels();
        int vectors = levels.numRows;
        int[] words = new int[vectors * channels];
        double[] errors = new double[channels * bits];
        for (int vector = 0; vector < vectors; vector++) {
            if (noiseStream != null) {
                NormalStream normals = noiseStream.call(firstCall + vector).normals();
                normals.fill(0, errors, 0, errors.length);
                for (int k = 0; k < errors.length; k++) {
                    errors[k] *= noise;
                }
            }
            int from = vector * channels;
            for (int channel = 0; channel < channels; channel++) {
                words[from + channel] = convert(levels.data[from + channel], channel, errors);
            }
        }
        return Codes.unsigned(bits, vectors, channels, words);
    }

    private int convert(double level, int channel, double[] errors) {
        double[] nodes = stages.references()[channel];
        double offset = stages.offsets()[channel];
        double gain = stages.gains()[channel];
        double taken = stages.taken()[channel];
        double residue = saturated(level + bias);
        int node = 1;
        int decision = channel * bits;
        for (int cycle = 0; cycle < bits; cycle++) {
            int bit = SearchChannels.bit(residue + (offset + errors[decision + cycle]) - nodes[node]);
            node = 2 * node + bit;
            residue = saturated(gain * residue - bit * taken);
        }
        return node - (1 << bits);
    }

    private double saturated(double residue) {
        return residue < low ? low : residue > high ? high : residue;
    }
}
