package org.vmmlib.peripherals.converter;

import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;
import org.vmmlib.core.macro.Converter;
import org.vmmlib.core.macro.Saturation;
import org.vmmlib.core.random.RandomStream;
import org.vmmlib.core.signal.Codes;

/** Incremental delta-sigma converters of a number of channels, with their mismatch drawn. Immutable. */
final class DeltaSigmaChannels implements Converter.Channels {

    /**
     * How levels become inputs of the modulator.
     *
     * @param low level of word 0
     * @param span of all words
     * @param part of the feedback range that the span takes, about its middle
     */
    record Range(double low, double span, double part) {

        double input(double level, double referenceError) {
            return ((level - low) / (span * (1 + referenceError)) - 0.5) * part + 0.5;
        }

        /** The input as a part of the span, from the modulator's mean feedback. */
        double output(double mean) {
            return (mean - 0.5) / part + 0.5;
        }
    }

    private final Intake intake;
    private final int bits;
    private final int periods;
    private final DeltaSigmaModulator modulator;
    private final Range range;
    private final double[] references;
    private final double[] offsets;
    private final double noise;
    private final @Nullable RandomStream stream;

    DeltaSigmaChannels(
            Intake intake,
            int bits,
            int periods,
            DeltaSigmaModulator modulator,
            Range range,
            double[] references,
            double[] offsets,
            double noise,
            @Nullable RandomStream stream) {
        this.intake = intake;
        this.bits = bits;
        this.periods = periods;
        this.modulator = modulator;
        this.range = range;
        this.references = references;
        this.offsets = offsets;
        this.noise = noise;
        this.stream = stream;
    }

    @Override
    public Codes convert(DMatrixRMaj levels, long firstCall, Saturation saturation) {
        intake.take(levels, saturation);
        int channels = intake.channels();
        int vectors = levels.numRows;
        int[] words = new int[vectors * channels];
        double[] errors = new double[channels];
        double highest = (1 << bits) - 1;
        for (int vector = 0; vector < vectors; vector++) {
            if (stream != null) {
                stream.call(firstCall + vector).normals().fill(0, errors, 0, channels);
            }
            for (int k = 0; k < channels; k++) {
                int at = vector * channels + k;
                double u = range.input(levels.data[at] + noise * errors[k], references[k]);
                // Beyond the range the modulator is overloaded, and its word the outermost.
                double mean = modulator.incremental(Math.max(0, Math.min(1, u)), offsets[k], periods);
                double word = Math.floor(range.output(mean) * (highest + 1));
                words[at] = (int) Math.max(0, Math.min(highest, word));
            }
        }
        return Codes.unsigned(bits, vectors, channels, words);
    }
}
