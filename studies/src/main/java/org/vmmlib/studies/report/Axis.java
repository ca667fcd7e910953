package org.vmmlib.studies.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.vmmlib.core.check.Require;

/**
 * One axis of a {@link Chart}: what it shows, in which unit, and over which range. Values are given in the SI unit; the
 * chart chooses one prefix for the whole axis and writes it behind the name. Immutable.
 */
public final class Axis {

    private final String name;
    private final Unit unit;
    private final boolean logarithmic;
    private final double from;
    private final double to;
    private final int digits;

    private Axis(String name, Unit unit, boolean logarithmic, double from, double to, int digits) {
        this.name = name;
        this.unit = unit;
        this.logarithmic = logarithmic;
        this.from = from;
        this.to = to;
        this.digits = digits;
    }

    /** A linear axis that takes its range from the data. */
    public static Axis of(String name, Unit unit) {
        return new Axis(name, unit, false, Double.NaN, Double.NaN, Unit.DIGITS);
    }

    /** The same with a logarithmic scale: all its values must then be above zero. */
    public Axis log() {
        return new Axis(name, unit, true, from, to, digits);
    }

    /**
     * The same with a fixed range.
     *
     * @param newFrom first value, in the unit (percentages as fractions)
     * @param newTo last value, above the first
     * @throws IllegalArgumentException unless both are finite and the last is above the first
     */
    public Axis range(double newFrom, double newTo) {
        Require.finite("from", newFrom);
        Require.finite("to", newTo);
        if (newTo <= newFrom) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "to = %s: must be above from = %s", newTo, newFrom));
        }
        return new Axis(name, unit, logarithmic, newFrom, newTo, digits);
    }

    /** The same with that many significant digits in labels and tooltips, 1 to 15; 3 unless told otherwise. */
    public Axis digits(int newDigits) {
        Require.within("digits", newDigits, 1, 15);
        return new Axis(name, unit, logarithmic, from, to, newDigits);
    }

    /** What it shows. */
    public String name() {
        return name;
    }

    /** The unit of its values. */
    public Unit unit() {
        return unit;
    }

    boolean isLogarithmic() {
        return logarithmic;
    }

    /** Has it a range that leaves zero out? */
    boolean hidesZero() {
        return from > 0 || to < 0;
    }

    boolean isFixed() {
        return !Double.isNaN(from);
    }

    double from() {
        return from;
    }

    double to() {
        return to;
    }

    /**
     * The scale for values of an extent. On a logarithmic axis, where each label has its own prefix, it only moves the
     * lowest value to between 1 and 10, because ECharts takes what is far below 1 for 0 there.
     */
    Unit.Scale scale(Extent extent) {
        if (logarithmic) {
            double lowest = isFixed() ? check("range", from) : extent.isEmpty() ? 1 : extent.low();
            return new Unit.Scale((int) -Math.floor(Math.log10(lowest)), unit.symbol());
        }
        return unit.scale(isFixed() ? Math.max(Math.abs(from), Math.abs(to)) : extent.magnitude());
    }

    /**
     * Refuses values that the axis cannot show.
     *
     * @throws IllegalArgumentException if the axis is logarithmic and the value is 0 or below
     */
    double check(String series, double value) {
        if (logarithmic && value <= 0) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "%s has the value %s: must be above 0 on the logarithmic axis \"%s\"; use a linear axis",
                    series,
                    value,
                    name));
        }
        return value;
    }

    /** The axis as the page's script reads it. */
    ObjectNode toJson(Unit.Scale scale) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("type", logarithmic ? "log" : "value");
        node.put("name", name);
        node.put("unit", scale.symbol());
        node.put("digits", digits);
        if (logarithmic) {
            node.put("prefixes", unit.takesPrefix());
            node.put("shift", scale.shift());
        }
        if (isFixed()) {
            node.put("min", scale.apply(from));
            node.put("max", scale.apply(to));
        }
        return node;
    }
}
