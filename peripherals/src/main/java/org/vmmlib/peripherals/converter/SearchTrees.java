package org.vmmlib.peripherals.converter;

import java.util.Arrays;
import java.util.Locale;

/**
 * Decision trees of a number of converters. In each, the node after the bits b_1 … b_s that spell P has index 2^s + P, so
 * that the node after bit b of node h is 2 h + b; it holds the level from which on its bit is 1. The trees of all
 * converters stand one after the other, so that the search touches one array. Immutable.
 */
final class SearchTrees {

    /** 1 GiB of nodes. */
    private static final int MOST = 1 << 27;

    private final int bits;
    private final double[] nodes;

    private SearchTrees(int bits, double[] nodes) {
        this.bits = bits;
        this.nodes = nodes;
    }

    /** What a node decides, for one converter. */
    @FunctionalInterface
    interface Threshold {

        /**
         * The level from which on the next bit is 1; infinite where it always is the same.
         *
         * @param converter 0 for the first
         * @param depth s, bits decided before
         * @param prefix P, what they spell
         */
        double at(int converter, int depth, int prefix);
    }

    /** The word that a node decides about: its bit is 1 for words from this one on, as long as the bits before hold. */
    static int word(int bits, int depth, int prefix) {
        return (2 * prefix + 1) << (bits - 1 - depth);
    }

    /** Trees whose nodes are given. */
    static SearchTrees of(int bits, int converters, Threshold threshold) {
        if ((long) converters << bits > MOST) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "channels = %d converters of %d bits with mismatch: at most %d of them fit in memory; share each "
                            + "among more channels, or use fewer bits",
                    converters,
                    bits,
                    MOST >> bits));
        }
        double[] nodes = new double[converters << bits];
        for (int converter = 0; converter < converters; converter++) {
            for (int depth = 0; depth < bits; depth++) {
                for (int prefix = 0; prefix < 1 << depth; prefix++) {
                    nodes[(converter << bits) + (1 << depth) + prefix] = threshold.at(converter, depth, prefix);
                }
            }
        }
        return new SearchTrees(bits, nodes);
    }

    /** One tree for the number of thresholds at or below the input, given in any order. */
    static SearchTrees counting(int bits, double[] thresholds) {
        double[] sorted = thresholds.clone();
        Arrays.sort(sorted);
        return of(bits, 1, (converter, depth, prefix) -> sorted[word(bits, depth, prefix) - 1]);
    }

    int bits() {
        return bits;
    }

    /** Converters that have a tree of their own. */
    int converters() {
        return nodes.length >> bits;
    }

    /** All trees. Not to be modified. */
    double[] nodes() {
        return nodes;
    }
}
