package org.vmmlib.studies.report;

import java.util.Locale;
import org.vmmlib.core.check.Require;

/** Named numbers: one for each category of a bar chart, or the samples of a histogram. Immutable. */
public final class Series {

    private final String name;
    private final double[] values;

    private Series(String name, double[] values) {
        this.name = name;
        this.values = values;
    }

    /**
     * A series.
     *
     * @param name what the legend says
     * @param values in the unit of the axis; NaN is a missing one. Copied.
     * @throws IllegalArgumentException if a value is infinite
     */
    public static Series of(String name, double... values) {
        return new Series(name, finite(name, values));
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

    /** A copy of the values. */
    double[] values() {
        return values.clone();
    }
}
