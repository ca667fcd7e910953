package org.vmmlib.peripherals.converter;

import org.vmmlib.core.random.NormalStream;

/**
 * For each word of decision trees, the inputs that are so far from all levels decided on the way to it that no noise can turn
 * a decision. Immutable.
 */
final class QuietLevels {

    private final int bits;
    /**
     * Lowest such input and where they end, for each word of each tree, rounded to within: short numbers, for those of many
     * trees are looked up all over.
     */
    private final float[] ends;

    /**
     * @param noise standard deviation of the noise of a decision, by depth, for each tree
     */
    QuietLevels(SearchTrees trees, double[] noise) {
        bits = trees.bits();
        ends = new float[2 * trees.nodes().length];
        for (int tree = 0; tree < trees.converters(); tree++) {
            descend(trees, noise, tree, 1, 0, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
        }
    }

    private void descend(SearchTrees trees, double[] noise, int tree, int node, int depth, double low, double high) {
        if (depth == bits) {
            int word = (tree << bits) + node - (1 << bits);
            ends[2 * word] = (float) low < low ? Math.nextUp((float) low) : (float) low;
            ends[2 * word + 1] = (float) high > high ? Math.nextDown((float) high) : (float) high;
            return;
        }
        double level = trees.nodes()[(tree << bits) + node];
        double reach = NormalStream.BOUND * noise[tree * bits + depth];
        descend(trees, noise, tree, 2 * node, depth + 1, low, Math.min(high, level - reach));
        descend(trees, noise, tree, 2 * node + 1, depth + 1, Math.max(low, level + reach), high);
    }

    /**
     * Lists the conversions whose decisions noise can turn.
     *
     * @param inputs of channel k at {@code in + k}. Not modified.
     * @param converters tree of each channel. Not modified.
     * @param from first channel
     * @param to channel after the last
     * @param words without noise, of channel k at {@code at + k}. Not modified.
     * @param list the places of their words. Modified.
     * @param listed how many there are already; it has room for {@code to − from} more
     * @return how many there are
     */
    int list(double[] inputs, int in, int[] converters, int from, int to, int[] words, int at, int[] list, int listed) {
        int count = listed;
        for (int k = from; k < to; k++) {
            int word = 2 * ((converters[k] << bits) + words[at + k]);
            int above = SearchChannels.bit(inputs[in + k] - ends[word]);
            int below = 1 - SearchChannels.bit(inputs[in + k] - ends[word + 1]);
            list[count] = at + k;
            count += 1 - (above & below);
        }
        return count;
    }
}
