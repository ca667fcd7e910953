package org.vmmlib.studies.report;

import java.util.Locale;

/** Named points: a line, or the dots of a scatter plot. Immutable. */
public final class Curve {

    private final String name;
    private final double[] x;
    private final double[] y;

    private Curve(String name, double[] x, double[] y) {
        this.name = name;
        this.x = x;
        this.y = y;
    }

    /**
     * A curve.
     *
     * @param name what the legend says
     * @param x in the unit of the horizontal axis. Copied.
     * @param y in the unit of the vertical axis, as many; where one of the two is NaN nothing is drawn. Copied.
     * @throws IllegalArgumentException if the lengths differ or a value is infinite
     */
    public static Curve of(String name, double[] x, double[] y) {
        if (x.length != y.length) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "y has %d values: must have %d, as x of %s", y.length, x.length, name));
        }
        return new Curve(name, Series.finite(name + ".x", x), Series.finite(name + ".y", y));
    }

    /** What the legend says. */
    public String name() {
        return name;
    }

    int size() {
        return x.length;
    }

    double x(int k) {
        return x[k];
    }

    double y(int k) {
        return y[k];
    }

    boolean isGap(int k) {
        return Double.isNaN(x[k]) || Double.isNaN(y[k]);
    }
}
