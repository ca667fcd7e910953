package org.vmmlib.peripherals.neuron;

import java.util.Arrays;
import java.util.Locale;
import org.vmmlib.core.check.Require;

/**
 * The firing thresholds of a neuron, from a ladder of resistors: 2^M − 1 of them make an M-bit neuron. Immutable.
 */
public final class ThresholdLadder {

    private static final int MAX_BITS = 8;

    private final double[] thresholds;

    private ThresholdLadder(double[] thresholds) {
        this.thresholds = thresholds;
    }

    /**
     * Equal resistors between two reference voltages: {@code V_k = V_bot + (k + 1)(V_top − V_bot)/2^M} for k = 0 …
     * 2^M − 2, which are the bounds of the states of Eq. 9 of Saxena and Moussa.
     *
     * @param bits M, 1 to 8: one comparator for each threshold
     * @param bottom V_bot, in volts
     * @param top V_top, in volts, above V_bot
     * @throws IllegalArgumentException if the bits are out of range, or the top is not above the bottom
     */
    public static ThresholdLadder uniform(int bits, double bottom, double top) {
        Require.within("bits", bits, 1, MAX_BITS);
        Require.finite("bottom", bottom);
        Require.finite("top", top);
        if (top <= bottom) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "top = %s V: must be above bottom = %s V", top, bottom));
        }
        double[] thresholds = new double[(1 << bits) - 1];
        for (int k = 0; k < thresholds.length; k++) {
            thresholds[k] = bottom + (k + 1) * (top - bottom) / (1 << bits);
        }
        return of(thresholds);
    }

    /**
     * Any thresholds.
     *
     * @param thresholds 1 to 255 voltages, rising; copied
     * @throws IllegalArgumentException if there are none or too many, or they do not rise
     */
    public static ThresholdLadder of(double... thresholds) {
        Require.within("thresholds.length", thresholds.length, 1, (1 << MAX_BITS) - 1);
        for (int k = 0; k < thresholds.length; k++) {
            Require.finite("thresholds[" + k + "]", thresholds[k]);
            if (k > 0 && thresholds[k] <= thresholds[k - 1]) {
                throw new IllegalArgumentException(String.format(
                        Locale.ROOT,
                        "thresholds[%d] = %s V: must be above thresholds[%d] = %s V; give them in rising order",
                        k,
                        thresholds[k],
                        k - 1,
                        thresholds[k - 1]));
            }
        }
        return new ThresholdLadder(Arrays.copyOf(thresholds, thresholds.length));
    }

    /** Bits of the neuron's state, M: the least that can count the thresholds crossed. */
    public int bits() {
        return Integer.SIZE - Integer.numberOfLeadingZeros(thresholds.length);
    }

    /** Number of thresholds, comparators and spike outputs: 2^M − 1 where the ladder is whole. */
    public int levels() {
        return thresholds.length;
    }

    /**
     * One threshold, in volts.
     *
     * @param level 0 for the lowest
     */
    public double threshold(int level) {
        return thresholds[level];
    }

    /** The thresholds in volts, rising; a copy. */
    public double[] thresholds() {
        return thresholds.clone();
    }

    /** Distance of each threshold from the one below it, of the lowest from the rest voltage, in volts; a new array. */
    double[] steps(double restVoltage) {
        double[] steps = new double[thresholds.length];
        double below = restVoltage;
        for (int k = 0; k < steps.length; k++) {
            steps[k] = thresholds[k] - below;
            below = thresholds[k];
        }
        return steps;
    }

    /** The highest threshold, whose comparator resets the neuron, in volts. */
    public double top() {
        return thresholds[thresholds.length - 1];
    }

    /** State k of a membrane voltage by Eq. 9: the number of thresholds at or below it. */
    public int state(double voltage) {
        int at = Arrays.binarySearch(thresholds, voltage);
        return at >= 0 ? at + 1 : -at - 1;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ThresholdLadder that && Arrays.equals(thresholds, that.thresholds);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(thresholds);
    }

    @Override
    public String toString() {
        return Arrays.toString(thresholds);
    }
}
