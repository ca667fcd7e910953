package org.vmmlib.peripherals.converter;

import org.jspecify.annotations.Nullable;

/**
 * A faster way to the words of decision trees without noise: the levels at which the word rises, in order, and for each of
 * many equal buckets of the input the word from which to count on. Immutable.
 *
 * <p>Which bucket an input falls into is a rising function of the input, in rounded arithmetic too; so the word of an input
 * is at least the number of levels in lower buckets, and at most that of levels up to its own.
 */
final class CodeIndex {

    private static final int BUCKETS_PER_WORD = 4;
    /** Of many trees, which the cache must hold. */
    private static final int FEWER_BUCKETS_PER_WORD = 2;

    private static final int MOST_BITS = 12;
    /** Steps that are taken without a branch; few inputs need more. */
    private static final int SURE_STEPS = 3;

    private final int bits;
    private final double[] rises;
    private final char[] start;
    private final int buckets;
    private final int steps;
    private final double low;
    private final double perLevel;

    private CodeIndex(int bits, double[] rises, char[] start, int buckets, int steps, double low, double perLevel) {
        this.bits = bits;
        this.rises = rises;
        this.start = start;
        this.buckets = buckets;
        this.steps = steps;
        this.low = low;
        this.perLevel = perLevel;
    }

    /** The index of trees, or null where words are so long that it would be large. */
    static @Nullable CodeIndex of(SearchTrees trees) {
        int bits = trees.bits();
        if (bits > MOST_BITS) {
            return null;
        }
        double[] rises = rises(trees);
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (double rise : rises) {
            if (!Double.isInfinite(rise)) {
                low = Math.min(low, rise);
                high = Math.max(high, rise);
            }
        }
        int words = 1 << bits;
        int buckets = words * (trees.converters() == 1 ? BUCKETS_PER_WORD : FEWER_BUCKETS_PER_WORD);
        double perLevel = buckets / (high - low);
        if (!(perLevel > 0 && perLevel <= Double.MAX_VALUE)) {
            perLevel = 0;
            low = 0;
        }
        char[] start = new char[trees.converters() * buckets];
        int steps = 0;
        for (int tree = 0; tree < trees.converters(); tree++) {
            int word = 0;
            for (int bucket = 0; bucket < buckets; bucket++) {
                int before = word;
                while (word < words - 1 && bucket(rises[tree * words + word], low, perLevel, buckets) == bucket) {
                    word++;
                }
                start[tree * buckets + bucket] = (char) before;
                steps = Math.max(steps, word - before);
            }
        }
        return new CodeIndex(bits, rises, start, buckets, Math.min(steps, SURE_STEPS), low, perLevel);
    }

    /** The levels from which on the words are 1, 2, … and, never, 2^bits: ascending for each tree. */
    private static double[] rises(SearchTrees trees) {
        int words = 1 << trees.bits();
        double[] out = new double[trees.converters() * words];
        for (int tree = 0; tree < trees.converters(); tree++) {
            int from = tree * words;
            rises(trees, from, 1, words / 2, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, out);
            out[from + words - 1] = Double.POSITIVE_INFINITY;
        }
        return out;
    }

    /** A node decides only between the levels that lead to it. */
    private static void rises(SearchTrees trees, int from, int node, int half, double low, double high, double[] out) {
        double rise = Math.max(low, Math.min(high, trees.nodes()[from + node]));
        int depth = 31 - Integer.numberOfLeadingZeros(node);
        out[from + SearchTrees.word(trees.bits(), depth, node - (1 << depth)) - 1] = rise;
        if (half > 1) {
            rises(trees, from, 2 * node, half / 2, low, rise, out);
            rises(trees, from, 2 * node + 1, half / 2, rise, high, out);
        }
    }

    private static int bucket(double level, double low, double perLevel, int buckets) {
        return Math.max(0, Math.min(buckets - 1, (int) ((level - low) * perLevel)));
    }

    /**
     * Finds the words of some channels.
     *
     * @param inputs of channel k at {@code in + k}. Not modified.
     * @param converters tree of each channel. Not modified.
     * @param from first channel
     * @param to channel after the last
     * @param words of channel k at {@code at + k}. Modified.
     */
    void find(double[] inputs, int in, int[] converters, int from, int to, int[] words, int at) {
        for (int k = from; k < to; k++) {
            double x = inputs[in + k];
            int tree = converters[k] << bits;
            int rise = tree + start[converters[k] * buckets + bucket(x, low, perLevel, buckets)];
            for (int step = 0; step < steps; step++) {
                rise += SearchChannels.bit(x - rises[rise]);
            }
            while (x >= rises[rise]) {
                rise++;
            }
            words[at + k] = rise - tree;
        }
    }
}
