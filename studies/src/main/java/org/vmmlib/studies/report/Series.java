package org.vmmlib.studies.report;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.vmmlib.core.check.Require;

/**
 * Named numbers: one for each category of a bar chart, with their confidence intervals if there are any, or the samples of
 * a histogram. Immutable.
 */
public final class Series {

    private final String name;
    private final double[] values;
    private final double @Nullable [] low;
    private final double @Nullable [] high;

    private Series(String name, double[] values, double @Nullable [] low, double @Nullable [] high) {
        this.name = name;
        this.values = values;
        this.low = low;
        this.high = high;
    }

    /**
     * A series.
     *
     * @param name what the legend says
     * @param values in the unit of the axis; NaN is a missing one. Copied.
     * @throws IllegalArgumentException if a value is infinite
     */
    public static Series of(String name, double... values) {
        return new Series(name, finite(name, values), null, null);
    }

    /**
     * The same with the ends of the values' intervals, which {@link Chart#ranking} draws.
     *
     * @param newLow lower ends, one for each value; NaN is none. Copied.
     * @param newHigh upper ends. Copied.
     * @throws IllegalArgumentException if there are not as many, or one is infinite
     */
    public Series between(double[] newLow, double[] newHigh) {
        if (newLow.length != values.length || newHigh.length != values.length) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "%s has %d lower and %d upper ends: must have %d, one for each value",
                    name,
                    newLow.length,
                    newHigh.length,
                    values.length));
        }
        return new Series(name, values, finite(name, newLow), finite(name, newHigh));
    }

    /** A copy of the numbers, in which NaN is let pass. */
    static double[] finite(String name, double[] values) {
        double[] copy = values.clone();
        for (int k = 0; k < copy.length; k++) {
            if (!Double.isNaN(copy[k])) {
                Require.finite(String.format(Locale.ROOT, "%s[%d]", name, k), copy[k]);
            }
        }
        return copy;
    }

    /** What the legend says. */
    public String name() {
        return name;
    }

    int size() {
        return values.length;
    }

    double value(int k) {
        return values[k];
    }

    boolean hasIntervals() {
        return low != null;
    }

    /** Lower end of an interval, NaN if there is none. */
    double low(int k) {
        return low == null ? Double.NaN : low[k];
    }

    /** Upper end of an interval, NaN if there is none. */
    double high(int k) {
        return high == null ? Double.NaN : high[k];
    }

    /** A copy of the values. */
    double[] values() {
        return values.clone();
    }
}
