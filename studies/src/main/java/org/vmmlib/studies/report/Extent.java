package org.vmmlib.studies.report;

/** The range that values span so far; empty at first. One thread. */
final class Extent {

    private double low = Double.POSITIVE_INFINITY;
    private double high = Double.NEGATIVE_INFINITY;

    /** Takes in a value; NaN is passed over. */
    void add(double value) {
        if (!Double.isNaN(value)) {
            low = Math.min(low, value);
            high = Math.max(high, value);
        }
    }

    boolean isEmpty() {
        return low > high;
    }

    double low() {
        return low;
    }

    double high() {
        return high;
    }

    /** The largest magnitude, 0 if empty. */
    double magnitude() {
        return isEmpty() ? 0 : Math.max(Math.abs(low), Math.abs(high));
    }

    /** The axis with a range of round numbers around these values; unchanged if it has one, or if there are no values. */
    Axis round(Axis axis) {
        if (axis.isFixed() || isEmpty()) {
            return axis;
        }
        if (axis.isLogarithmic()) {
            double first = Math.floor(Math.log10(low));
            double last = Math.max(first + 1, Math.ceil(Math.log10(high)));
            return axis.range(Math.pow(10, first), Math.pow(10, last));
        }
        double span = high > low ? high - low : Math.max(1, Math.abs(high));
        double step = roundUp(span / 10);
        double first = Math.floor(low / step);
        double last = Math.ceil(high / step);
        return axis.range(first * step, Math.max(first + 1, last) * step);
    }

    /** The smallest of 1, 2 and 5 times a power of ten that is not below a positive value. */
    static double roundUp(double value) {
        double decade = Math.pow(10, Math.floor(Math.log10(value)));
        for (double factor : new double[] {1, 2, 5}) {
            if (factor * decade >= value * (1 - 1e-9)) {
                return factor * decade;
            }
        }
        return 10 * decade;
    }
}
