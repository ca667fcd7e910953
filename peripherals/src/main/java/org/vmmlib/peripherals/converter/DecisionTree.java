package org.vmmlib.peripherals.converter;

import java.util.Arrays;
import java.util.Locale;
import org.vmmlib.core.random.RandomStream;

/**
 * The comparator references of a cyclic converter.
 *
 * <p>The residue starts at {@code x_0 = level + bias} and goes on as {@code x_{s+1} = 2 x_s − b_{s+1} ref}, so that after
 * s decided bits {@code x_s = 2^s x_0 − Σ_{j=1…s} 2^(s−j) b_j ref = 2^s x_0 − P ref}, where P = 0 … 2^s − 1 is the number
 * that the decided bits spell. At cycle s the node with prefix P decides between the words below and from
 * {@code n = (2 P + 1) 2^(p−1−s)} on; every n from 1 to 2^p − 1 belongs to exactly one node. Its reference is what the
 * residue is for an input at the threshold θ_n: {@code T_n = 2^s (θ_n + bias) − P ref}.
 *
 * <p>The references are found by the converter's own recursion in its own arithmetic. As rounded arithmetic is monotone,
 * an input at a threshold compares equal there, exactly.
 *
 * <p><b>Swing.</b> A residue that would leave (low, high] saturates. An input at threshold θ_n must be told from the
 * inputs just below it, so its residues up to and including T_n must all be inside. This is also enough: the residue
 * after saturation is still a monotone function of the input along each path, and strictly so around every threshold. A
 * residue on the way that saturates elsewhere (above all references left in its branch) therefore loses nothing.
 *
 * <p>With the swing (0, ref], and bias such that a uniform tree lies in the middle, T_n is inside if and only if
 * {@code |(θ_n − θ_mid) / ref + 1/2 − n / 2^p| ≤ 2^−(s+1)}: the threshold may be off its uniform place by half the width
 * of its node, which for the last cycle is one LSB. A sigmoid keeps to that up to 4 bits; from 5 bits on no ref does.
 */
final class DecisionTree {

    private final int bits;
    /** By node: that of cycle s and prefix P at index 2^s + P, so that the node after bit b of node h is at 2 h + b. */
    private final double[] references;

    /**
     * @param bits p
     * @param thresholds θ_1 … θ_{2^p − 1}
     * @param bias added to the level in front of the first cycle
     * @param reference ref
     * @param low low end of the swing, exclusive
     * @param high high end of the swing, inclusive
     * @throws IllegalArgumentException if a node cannot be reached in the swing; the message names it
     */
    DecisionTree(int bits, double[] thresholds, double bias, double reference, double low, double high) {
        this.bits = bits;
        references = new double[1 << bits];
        for (int cycle = 0; cycle < bits; cycle++) {
            for (int prefix = 0; prefix < 1 << cycle; prefix++) {
                int n = threshold(bits, cycle, prefix);
                double residue = thresholds[n - 1] + bias;
                for (int s = 0; s <= cycle; s++) {
                    if (s > 0) {
                        int bit = (prefix >> (cycle - s)) & 1;
                        residue = 2 * residue - bit * reference;
                    }
                    if (!(residue > low && residue <= high)) {
                        throw unreachable(bits, cycle, prefix, thresholds[n - 1], s, residue, low, high);
                    }
                }
                references[(1 << cycle) + prefix] = residue;
            }
        }
    }

    /** Index n of the threshold that the node decides. */
    static int threshold(int bits, int cycle, int prefix) {
        return (2 * prefix + 1) << (bits - 1 - cycle);
    }

    private static IllegalArgumentException unreachable(
            int bits, int cycle, int prefix, double theta, int at, double residue, double low, double high) {
        String path = cycle == 0
                ? "the first node"
                : "the node after bits "
                        + Integer.toBinaryString((1 << cycle) | prefix).substring(1);
        return new IllegalArgumentException(String.format(
                Locale.ROOT,
                "swing = (%s, %s]: %s (cycle %d of %d, threshold %d of %d at %s) needs %s %s%s: use a wider swing, fewer "
                        + "bits, another reference, or a uniform activation",
                low,
                high,
                path,
                cycle + 1,
                bits,
                threshold(bits, cycle, prefix),
                (1 << bits) - 1,
                theta,
                at == cycle ? "the reference" : "the residue",
                residue,
                at == cycle ? "" : " at cycle " + (at + 1)));
    }

    /**
     * The references as programmed, by node, for each channel: that of cycle s and prefix P at index 2^s + P, so that the node
     * after bit b of node h is at 2 h + b. Index 0 is unused. Not to be modified.
     *
     * @param channels how many
     * @param sigma relative standard deviation of a reference
     * @param draws one for each node of each channel
     */
    double[][] programmed(int channels, double sigma, RandomStream draws) {
        double[][] out = new double[channels][];
        if (sigma == 0) {
            Arrays.fill(out, references);
            return out;
        }
        int count = references.length - 1;
        double[] errors = new double[count];
        for (int channel = 0; channel < channels; channel++) {
            draws.gaussians((long) channel * count, errors, 0, count);
            double[] nodes = new double[references.length];
            for (int node = 1; node < nodes.length; node++) {
                nodes[node] = references[node] * (1 + sigma * errors[node - 1]);
            }
            out[channel] = nodes;
        }
        return out;
    }

    /** References by threshold: T_n at index n − 1; a new array. */
    double[] byThreshold() {
        double[] out = new double[references.length - 1];
        for (int cycle = 0; cycle < bits; cycle++) {
            for (int prefix = 0; prefix < 1 << cycle; prefix++) {
                out[threshold(bits, cycle, prefix) - 1] = references[(1 << cycle) + prefix];
            }
        }
        return out;
    }

    /**
     * The ref for which the comparator references, in units of ref, stray least from the middle of (0, ref]: the minimum
     * over q = 1/ref of the largest {@code 2^s |(θ_n − θ_mid) q − (n / 2^p − 1/2)|}. For equally spaced thresholds that
     * is 2^p steps, and nothing strays.
     *
     * @param thresholds at least three
     */
    static double centredReference(int bits, double[] thresholds) {
        int middle = 1 << (bits - 1);
        double low = Double.POSITIVE_INFINITY;
        double high = 0;
        for (int n = 1; n < 1 << bits; n++) {
            if (n != middle) {
                double q = ((double) n / (1 << bits) - 0.5) / (thresholds[n - 1] - thresholds[middle - 1]);
                low = Math.min(low, q);
                high = Math.max(high, q);
            }
        }
        // The largest of convex functions is convex, so ternary search finds its minimum.
        for (int round = 0; round < 80; round++) {
            double left = low + (high - low) / 3;
            double right = high - (high - low) / 3;
            if (stray(bits, thresholds, left) < stray(bits, thresholds, right)) {
                high = right;
            } else {
                low = left;
            }
        }
        return 2 / (low + high);
    }

    private static double stray(int bits, double[] thresholds, double q) {
        double middle = thresholds[(1 << (bits - 1)) - 1];
        double most = 0;
        for (int n = 1; n < 1 << bits; n++) {
            int cycle = bits - 1 - Integer.numberOfTrailingZeros(n);
            double off = (thresholds[n - 1] - middle) * q - ((double) n / (1 << bits) - 0.5);
            most = Math.max(most, (1 << cycle) * Math.abs(off));
        }
        return most;
    }
}
