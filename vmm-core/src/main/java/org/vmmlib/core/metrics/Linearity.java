package org.vmmlib.core.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.vmmlib.core.check.Require;

/**
 * How far a converter's transition levels are from equal steps: gain and offset, and what is left when they are taken out.
 * Immutable.
 *
 * <p>As IEEE Std 1241-2010 defines them (<a
 * href="https://doi.org/10.1109/IEEESTD.2011.5692956">doi:10.1109/IEEESTD.2011.5692956</a>): with ideal levels {@code T_1
 * + Q (k − 1)}, gain G and offset V satisfy {@code G T[k] + V + ε[k] = T_1 + Q (k − 1)}, where ε is 0 at both ends
 * (terminal-based, the end-point method) or has the least sum of squares (independently based, the best fit). INL is ε in
 * steps Q. DNL of word k is {@code G (T[k+1] − T[k]) / Q − 1}; a word whose DNL is −0.9 or less is missing.
 *
 * <p>Levels that are infinite have no INL (NaN) and are left out of the fit; words between them have no DNL, and those that
 * never occur are missing.
 */
public final class Linearity {

    private static final double MISSING = -0.9;

    private final double gain;
    private final double offset;
    private final double[] inl;
    private final double[] dnl;
    private final List<Integer> missing;

    private Linearity(TransitionLevels measured, double first, double step, double gain, double offset) {
        this.gain = gain;
        this.offset = offset / step;
        int count = measured.count();
        inl = new double[count];
        dnl = new double[Math.max(0, count - 1)];
        missing = new ArrayList<>();
        for (int k = 1; k <= count; k++) {
            double level = measured.level(k);
            inl[k - 1] =
                    Double.isInfinite(level) ? Double.NaN : (first + step * (k - 1) - gain * level - offset) / step;
        }
        for (int k = 0; k <= count; k++) {
            double from = k == 0 ? Double.NEGATIVE_INFINITY : measured.level(k);
            double to = k == count ? Double.POSITIVE_INFINITY : measured.level(k + 1);
            boolean ends = k == 0 || k == count;
            boolean wide = Double.isInfinite(from) || Double.isInfinite(to);
            double width = wide ? Double.NaN : gain * (to - from) / step - 1;
            if (!ends) {
                dnl[k - 1] = width;
            }
            boolean never = from == to || from == Double.POSITIVE_INFINITY || to == Double.NEGATIVE_INFINITY;
            if (never || width <= MISSING) {
                missing.add(k);
            }
        }
    }

    /**
     * By the line through the first and the last finite level.
     *
     * @param first ideal level at which the word becomes 1
     * @param step ideal width Q of a word, above 0
     * @throws IllegalArgumentException if fewer than two levels are finite and distinct, or step is not above 0
     */
    public static Linearity endPoint(TransitionLevels measured, double first, double step) {
        Require.finite("first", first);
        Require.positive("step", step);
        int low = 1;
        int high = measured.count();
        while (low <= high && Double.isInfinite(measured.level(low))) {
            low++;
        }
        while (low <= high && Double.isInfinite(measured.level(high))) {
            high--;
        }
        refuseFlat(measured, low, high);
        double gain = step * (high - low) / (measured.level(high) - measured.level(low));
        return new Linearity(measured, first, step, gain, first + step * (low - 1) - gain * measured.level(low));
    }

    /**
     * By the line of least squares.
     *
     * @param first ideal level at which the word becomes 1
     * @param step ideal width Q of a word, above 0
     * @throws IllegalArgumentException if fewer than two levels are finite and distinct, or step is not above 0
     */
    public static Linearity bestFit(TransitionLevels measured, double first, double step) {
        Linearity rough = endPoint(measured, first, step);
        // The rough line takes the size out, so that the sums lose no digits.
        double count = 0;
        double sumX = 0;
        double sumY = 0;
        for (int k = 1; k <= measured.count(); k++) {
            if (!Double.isNaN(rough.inl[k - 1])) {
                count++;
                sumX += measured.level(k);
                sumY += rough.inl[k - 1];
            }
        }
        double meanX = sumX / count;
        double meanY = sumY / count;
        double xx = 0;
        double xy = 0;
        for (int k = 1; k <= measured.count(); k++) {
            if (!Double.isNaN(rough.inl[k - 1])) {
                double x = measured.level(k) - meanX;
                xx += x * x;
                xy += x * (rough.inl[k - 1] - meanY);
            }
        }
        double slope = step * xy / xx;
        double gain = rough.gain + slope;
        return new Linearity(measured, first, step, gain, rough.offset * step + step * meanY - slope * meanX);
    }

    private static void refuseFlat(TransitionLevels measured, int low, int high) {
        if (low >= high || !(measured.level(high) > measured.level(low))) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "measured has %d levels, of which fewer than two are finite and distinct: no line goes through them; look "
                            + "over a wider range",
                    measured.count()));
        }
    }

    /** Gain G: what the levels are multiplied with to fit; 1 for an ideal converter. */
    public double gain() {
        return gain;
    }

    /** Offset V in steps; above 0 where words are too high. */
    public double offset() {
        return offset;
    }

    /** INL of level T_k in steps, T_1 first; NaN where there is none; a new array. */
    public double[] inl() {
        return inl.clone();
    }

    /** DNL of word k in steps, word 1 first; not of the outermost words, whose width has no end; a new array. */
    public double[] dnl() {
        return dnl.clone();
    }

    /** Largest absolute INL in steps. */
    public double largestInl() {
        return largest(inl);
    }

    /** Largest absolute DNL in steps, 0 where there is none. */
    public double largestDnl() {
        return largest(dnl);
    }

    private static double largest(double[] values) {
        double most = 0;
        for (double value : values) {
            if (Math.abs(value) > most) {
                most = Math.abs(value);
            }
        }
        return most;
    }

    /** Words that never or hardly occur, ascending. */
    public List<Integer> missingCodes() {
        return List.copyOf(missing);
    }
}
