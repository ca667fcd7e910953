package org.vmmlib.core.metrics;

import java.util.Locale;
import org.vmmlib.core.check.Require;

/**
 * The levels T_1 ≤ T_2 ≤ … at which the word of a converter becomes 1, 2, …: its whole static behaviour. A word that is
 * above 0 at the lowest level looked at has −∞, one that is never reached has +∞. Immutable.
 *
 * <p>Three ways to measure them, as IEEE Std 1241-2010 names them (<a
 * href="https://doi.org/10.1109/IEEESTD.2011.5692956">doi:10.1109/IEEESTD.2011.5692956</a>): by search, for converters
 * without noise; by the histogram of a ramp, and of a sine wave ({@link SineTest#histogram}), for any.
 */
public final class TransitionLevels {

    private static final int BISECTIONS = 64;

    private final double[] levels;

    private TransitionLevels(double[] levels) {
        this.levels = levels;
    }

    /**
     * Known levels.
     *
     * @param levels T_1 first; at least one, not NaN, none below the one before. Copied.
     * @throws IllegalArgumentException if they are out of order
     */
    public static TransitionLevels of(double... levels) {
        if (levels.length == 0) {
            throw new IllegalArgumentException("levels is empty: give at least the one at which the word becomes 1");
        }
        for (int k = 0; k < levels.length; k++) {
            if (Double.isNaN(levels[k]) || (k > 0 && levels[k] < levels[k - 1])) {
                throw new IllegalArgumentException(String.format(
                        Locale.ROOT,
                        "levels[%d] = %s: must be %s or above; sort them",
                        k,
                        levels[k],
                        k == 0 ? "a number" : String.valueOf(levels[k - 1])));
            }
        }
        return new TransitionLevels(levels.clone());
    }

    /**
     * By bisection, of all words at once: for a transfer without noise that never falls.
     *
     * @param bits word length, 1 to 20
     * @param low where the search begins
     * @param high where it ends, above low
     */
    public static TransitionLevels search(CodeTransfer transfer, int bits, double low, double high) {
        checkRange(bits, low, high);
        int count = (1 << bits) - 1;
        int[] ends = transfer.codes(new double[] {low, high});
        double[] below = new double[count];
        double[] above = new double[count];
        double[] middle = new double[count];
        for (int k = 0; k < count; k++) {
            below[k] = low;
            above[k] = high;
        }
        for (int round = 0; round < BISECTIONS; round++) {
            for (int k = 0; k < count; k++) {
                middle[k] = 0.5 * (below[k] + above[k]);
            }
            int[] codes = transfer.codes(middle);
            for (int k = 0; k < count; k++) {
                if (codes[k] > k) {
                    above[k] = middle[k];
                } else {
                    below[k] = middle[k];
                }
            }
        }
        for (int k = 0; k < count; k++) {
            if (ends[0] > k) {
                above[k] = Double.NEGATIVE_INFINITY;
            } else if (ends[1] <= k) {
                above[k] = Double.POSITIVE_INFINITY;
            }
        }
        return new TransitionLevels(above);
    }

    /**
     * By the histogram of a rising ramp of equal steps. The error of a level is of the order of sqrt(step · noise).
     *
     * @param bits word length, 1 to 20
     * @param low where the ramp begins
     * @param high where it ends, above low
     * @param samples of the ramp, 2 or more; ten for each word and more
     */
    public static TransitionLevels ramp(CodeTransfer transfer, int bits, double low, double high, int samples) {
        checkRange(bits, low, high);
        Require.within("samples", samples, 2, Integer.MAX_VALUE);
        double step = (high - low) / samples;
        double[] ramp = new double[samples];
        for (int k = 0; k < samples; k++) {
            ramp[k] = low + (k + 0.5) * step;
        }
        long[] below = countsBelow(transfer.codes(ramp), bits);
        double[] out = new double[below.length];
        for (int k = 0; k < out.length; k++) {
            out[k] = atShare(below[k], samples, low + step * below[k]);
        }
        return new TransitionLevels(out);
    }

    private static void checkRange(int bits, double low, double high) {
        Require.within("bits", bits, 1, 20);
        Require.finite("low", low);
        Require.finite("high", high);
        if (!(high > low)) {
            throw new IllegalArgumentException("high = " + high + ": must be above low = " + low);
        }
    }

    /**
     * How many words are below 1, 2, … 2^bits − 1.
     *
     * @throws IllegalArgumentException if a word is out of range
     */
    static long[] countsBelow(int[] codes, int bits) {
        long[] counts = new long[1 << bits];
        for (int k = 0; k < codes.length; k++) {
            if (codes[k] < 0 || codes[k] >= counts.length) {
                throw new IllegalArgumentException(String.format(
                        Locale.ROOT,
                        "code[%d] = %d: must be from 0 to %d (%d bits)",
                        k,
                        codes[k],
                        counts.length - 1,
                        bits));
            }
            counts[codes[k]]++;
        }
        long[] below = new long[counts.length - 1];
        long sum = 0;
        for (int k = 0; k < below.length; k++) {
            sum += counts[k];
            below[k] = sum;
        }
        return below;
    }

    /** A level, or what is beyond it where all words are on one side of it. */
    static double atShare(long below, int samples, double level) {
        return below == 0 ? Double.NEGATIVE_INFINITY : below == samples ? Double.POSITIVE_INFINITY : level;
    }

    static TransitionLevels measured(double[] levels) {
        return new TransitionLevels(levels);
    }

    /** Number of levels, 2^bits − 1 of a converter. */
    public int count() {
        return levels.length;
    }

    /**
     * T_k.
     *
     * @param k 1 to {@link #count()}
     * @throws IndexOutOfBoundsException if there is no such word
     */
    public double level(int k) {
        return levels[k - 1];
    }

    /** T_1, T_2, …; a new array. */
    public double[] levels() {
        return levels.clone();
    }
}
