package org.vmmlib.peripherals.converter;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;
import org.vmmlib.core.macro.Converter;
import org.vmmlib.core.macro.Saturation;
import org.vmmlib.core.random.NormalStream;
import org.vmmlib.core.random.RandomStream;
import org.vmmlib.core.signal.Codes;

/**
 * Converters of a number of channels that find each word in a decision tree, whatever circuit the tree came from. Immutable:
 * each method that adds something returns new channels.
 *
 * <p>Without noise a {@link CodeIndex} finds the words; for long words the tree is searched, four channels side by side without
 * branches, as each decision waits for the one before. Noise is drawn for the decisions of those channels alone where it can
 * turn one: as every number is a function of its key, the words are the same as if all were drawn. This comes after all words of
 * a block have been found without: a branch that waits for the tables of one conversion would keep those of the next ones
 * waiting in memory.
 */
final class SearchChannels implements Converter.Channels {

    private static final int VECTORS_AT_ONCE = 64;
    private static final int CHANNELS_AT_ONCE = 32;
    /** Keeps the rows of 2^k channels out of each other's cache sets. */
    private static final int PADDING = 8;

    private final Intake intake;
    private final SearchTrees trees;
    private final @Nullable CodeIndex index;
    private final int[] converters;
    private final double[] offsets;
    private final double inputNoise;
    private final @Nullable RandomStream inputStream;
    private final double[] decisionNoise;
    private final @Nullable RandomStream decisionStream;
    private final @Nullable QuietLevels quiet;

    private SearchChannels(
            Intake intake,
            SearchTrees trees,
            @Nullable CodeIndex index,
            int[] converters,
            double[] offsets,
            double inputNoise,
            @Nullable RandomStream inputStream,
            double[] decisionNoise,
            @Nullable RandomStream decisionStream) {
        this.intake = intake;
        this.trees = trees;
        this.index = index;
        this.converters = converters;
        this.offsets = offsets;
        this.inputNoise = inputNoise;
        this.inputStream = inputStream;
        this.decisionNoise = decisionNoise;
        this.decisionStream = decisionStream;
        quiet = index == null || decisionStream == null ? null : new QuietLevels(trees, decisionNoise);
    }

    /**
     * Channels without noise. If there are fewer trees than channels, neighbours share one.
     *
     * @param shared channels to a converter; the trees must be as many as that makes converters, or one
     */
    static SearchChannels of(Converter converter, int channels, SearchTrees trees, int shared) {
        int[] converters = new int[channels];
        if (trees.converters() > 1) {
            Arrays.setAll(converters, channel -> channel / shared);
        }
        return new SearchChannels(
                new Intake(converter, channels),
                trees,
                CodeIndex.of(trees),
                converters,
                new double[channels],
                0,
                null,
                new double[0],
                null);
    }

    /**
     * Adds an offset to the input of each channel.
     *
     * @param perConverter in the unit of the input, one for each converter
     * @param shared channels to a converter
     */
    SearchChannels withOffsets(double[] perConverter, int shared) {
        double[] sum = offsets.clone();
        for (int channel = 0; channel < sum.length; channel++) {
            sum[channel] += perConverter[channel / shared];
        }
        return new SearchChannels(
                intake, trees, index, converters, sum, inputNoise, inputStream, decisionNoise, decisionStream);
    }

    /** Adds noise to the input, one draw a conversion; nothing if it has no strength. */
    SearchChannels withInputNoise(double sigma, RandomStream stream) {
        return sigma == 0
                ? this
                : new SearchChannels(
                        intake, trees, index, converters, offsets, sigma, stream, decisionNoise, decisionStream);
    }

    /**
     * Adds noise to each decision, referred to the input.
     *
     * @param sigmas by depth, for each tree
     */
    SearchChannels withDecisionNoise(double[] sigmas, RandomStream stream) {
        return new SearchChannels(intake, trees, index, converters, offsets, inputNoise, inputStream, sigmas, stream);
    }

    /** Adds noise of one strength to each decision of all. */
    SearchChannels withDecisionNoise(double sigma, RandomStream stream) {
        double[] sigmas = new double[trees.converters() * trees.bits()];
        Arrays.fill(sigmas, sigma);
        return withDecisionNoise(sigmas, stream);
    }

    @Override
    public Codes convert(DMatrixRMaj levels, long firstCall, Saturation saturation) {
        intake.take(levels, saturation);
        int channels = intake.channels();
        int vectors = levels.numRows;
        int[] words = new int[vectors * channels];
        int stride = channels + PADDING;
        double[] inputs = new double[Math.min(vectors, VECTORS_AT_ONCE) * stride];
        int width = Math.min(channels, CHANNELS_AT_ONCE);
        int most = Math.min(vectors, VECTORS_AT_ONCE) * width;
        int[] found = new int[most];
        int[] noisy = new int[decisionStream == null ? 0 : most];
        for (int first = 0; first < vectors; first += VECTORS_AT_ONCE) {
            int rows = Math.min(vectors - first, VECTORS_AT_ONCE);
            for (int row = 0; row < rows; row++) {
                prepare(levels, first + row, firstCall + first + row, inputs, row * stride);
            }
            NormalStream[] normals = normals(firstCall + first, rows);
            // The trees of some channels stay in the cache while all vectors go through them.
            for (int from = 0; from < channels; from += width) {
                int count = Math.min(channels - from, width);
                for (int row = 0; row < rows; row++) {
                    if (index != null) {
                        index.find(inputs, row * stride, converters, from, from + count, found, row * width - from);
                    } else if (normals.length == 0) {
                        search(inputs, row * stride, from, from + count, found, row * width - from);
                    }
                }
                if (normals.length > 0) {
                    int listed = list(inputs, stride, rows, from, count, found, width, noisy);
                    search(inputs, stride, from, width, noisy, listed, normals, found);
                }
                for (int row = 0; row < rows; row++) {
                    System.arraycopy(found, row * width, words, (first + row) * channels + from, count);
                }
            }
        }
        return Codes.unsigned(trees.bits(), vectors, channels, words);
    }

    private NormalStream[] normals(long firstCall, int count) {
        if (decisionStream == null) {
            return new NormalStream[0];
        }
        NormalStream[] out = new NormalStream[count];
        for (int k = 0; k < count; k++) {
            out[k] = decisionStream.call(firstCall + k).normals();
        }
        return out;
    }

    /** Adds offsets and noise to the levels of a vector. */
    private void prepare(DMatrixRMaj levels, int vector, long call, double[] inputs, int in) {
        int channels = intake.channels();
        int from = vector * channels;
        if (inputStream == null) {
            for (int k = 0; k < channels; k++) {
                inputs[in + k] = levels.data[from + k] + offsets[k];
            }
        } else {
            inputStream.call(call).normals().fill(0, inputs, in, channels);
            for (int k = 0; k < channels; k++) {
                inputs[in + k] = levels.data[from + k] + offsets[k] + inputNoise * inputs[in + k];
            }
        }
    }

    /** Lists the conversions, by their places in {@code found}, for which noise must be drawn. */
    private int list(double[] inputs, int stride, int rows, int from, int count, int[] found, int width, int[] noisy) {
        int listed = 0;
        for (int row = 0; row < rows; row++) {
            if (quiet != null) {
                listed = quiet.list(
                        inputs, row * stride, converters, from, from + count, found, row * width - from, noisy, listed);
            } else {
                for (int k = 0; k < count; k++) {
                    noisy[listed++] = row * width + k;
                }
            }
        }
        return listed;
    }

    private void search(double[] inputs, int in, int from, int to, int[] words, int at) {
        int bits = trees.bits();
        double[] nodes = trees.nodes();
        int leaves = 1 << bits;
        int k = from;
        for (; k + 3 < to; k += 4) {
            double x0 = inputs[in + k];
            double x1 = inputs[in + k + 1];
            double x2 = inputs[in + k + 2];
            double x3 = inputs[in + k + 3];
            int t0 = converters[k] << bits;
            int t1 = converters[k + 1] << bits;
            int t2 = converters[k + 2] << bits;
            int t3 = converters[k + 3] << bits;
            int h0 = 1;
            int h1 = 1;
            int h2 = 1;
            int h3 = 1;
            for (int depth = 0; depth < bits; depth++) {
                h0 = 2 * h0 + bit(x0 - nodes[t0 + h0]);
                h1 = 2 * h1 + bit(x1 - nodes[t1 + h1]);
                h2 = 2 * h2 + bit(x2 - nodes[t2 + h2]);
                h3 = 2 * h3 + bit(x3 - nodes[t3 + h3]);
            }
            words[at + k] = h0 - leaves;
            words[at + k + 1] = h1 - leaves;
            words[at + k + 2] = h2 - leaves;
            words[at + k + 3] = h3 - leaves;
        }
        for (; k < to; k++) {
            int tree = converters[k] << bits;
            int h = 1;
            for (int depth = 0; depth < bits; depth++) {
                h = 2 * h + bit(inputs[in + k] - nodes[tree + h]);
            }
            words[at + k] = h - leaves;
        }
    }

    private void search(
            double[] inputs,
            int stride,
            int from,
            int width,
            int[] which,
            int count,
            NormalStream[] normals,
            int[] words) {
        int bits = trees.bits();
        double[] nodes = trees.nodes();
        for (int n = 0; n < count; n++) {
            int row = which[n] / width;
            int k = from + which[n] - row * width;
            double x = inputs[row * stride + k];
            int tree = converters[k] << bits;
            int sigmas = converters[k] * bits;
            long element = (long) k * bits;
            int h = 1;
            for (int depth = 0; depth < bits; depth++) {
                double noise = decisionNoise[sigmas + depth] * normals[row].at(element + depth);
                h = 2 * h + bit(x - nodes[tree + h] + noise);
            }
            words[which[n]] = h - (1 << bits);
        }
    }

    /** 1 at or above 0, by the sign bit, for a branch would be predicted wrongly half the time; not for −0. */
    static int bit(double over) {
        return 1 + (int) (Double.doubleToRawLongBits(over) >> 63);
    }
}
