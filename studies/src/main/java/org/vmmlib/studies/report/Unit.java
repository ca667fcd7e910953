package org.vmmlib.studies.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.vmmlib.core.check.Require;

/**
 * A unit, and how numbers in it are written for people: with the SI prefix that fits ({@code 1.23 pJ}), as a percentage
 * ({@code 96.8 %}), or as they are ({@code 0.31 LSB}).
 *
 * <p>Texts use the proper signs, µ and Ω among them; {@link AsciiText} turns them into what every terminal can show.
 */
public final class Unit {

    /** Amperes. */
    public static final Unit AMPERE = si("A");
    /** Volts. */
    public static final Unit VOLT = si("V");
    /** Seconds. */
    public static final Unit SECOND = si("s");
    /** Joules. */
    public static final Unit JOULE = si("J");
    /** Watts. */
    public static final Unit WATT = si("W");
    /** Siemens. */
    public static final Unit SIEMENS = si("S");
    /** Ohms. */
    public static final Unit OHM = si("Ω");
    /** Farads. */
    public static final Unit FARAD = si("F");
    /** Square metres: a prefix counts twice, so {@code 1e-12} is {@code 1.00 µm²}. */
    public static final Unit SQUARE_METRE = new Unit("m²", Prefix.SQUARED);
    /** Fractions, shown as percentages: {@code 0.968} is {@code 96.8 %}. */
    public static final Unit PERCENT = new Unit("%", Prefix.HUNDREDTHS);
    /** Least significant bits of a converter. */
    public static final Unit LSB = plain("LSB");
    /** Bits. */
    public static final Unit BIT = plain("bit");
    /** Pure numbers. */
    public static final Unit NONE = plain("");

    /** Significant digits unless told otherwise. */
    static final int DIGITS = 3;

    private static final String[] PREFIXES = {
        "q", "r", "y", "z", "a", "f", "p", "n", "µ", "m", "", "k", "M", "G", "T", "P", "E", "Z", "Y", "R", "Q"
    };
    private static final int NO_PREFIX = 10;

    private enum Prefix {
        SI(3, 0),
        /** 0.01 to 10,000 of each unit: there is a factor of a million to the next. */
        SQUARED(6, 2),
        HUNDREDTHS(0, 0),
        NONE(0, 0);

        /** Decades from one prefix to the next; 0 without prefixes. */
        final int decades;
        /** Decades below 1 that are still shown with the larger unit. */
        final int below;

        Prefix(int decades, int below) {
            this.decades = decades;
            this.below = below;
        }
    }

    /**
     * How the numbers of one axis are written: all with one prefix.
     *
     * @param shift powers of ten to multiply values in the SI unit by
     * @param symbol the unit with its prefix
     */
    record Scale(int shift, String symbol) {

        /** A value as it is drawn, rounded to what a plot can show. */
        double apply(double value) {
            return Double.isNaN(value)
                    ? value
                    : BigDecimal.valueOf(value)
                            .movePointRight(shift)
                            .round(new MathContext(7))
                            .doubleValue();
        }
    }

    private final String symbol;
    private final Prefix prefix;

    private Unit(String symbol, Prefix prefix) {
        this.symbol = symbol;
        this.prefix = prefix;
    }

    /** A unit that takes SI prefixes, such as {@code si("J")} or {@code si("OPS/W")}. */
    public static Unit si(String symbol) {
        return new Unit(symbol, Prefix.SI);
    }

    /** A unit that takes no prefix, such as {@code plain("images")}. */
    public static Unit plain(String symbol) {
        return new Unit(symbol, Prefix.NONE);
    }

    /** The unit's sign without prefix; empty for pure numbers. */
    public String symbol() {
        return symbol;
    }

    /** Is it one that takes a single SI prefix? */
    boolean takesPrefix() {
        return prefix == Prefix.SI;
    }

    /** A value with three significant digits, see {@link #format(double, int)}. */
    public String format(double value) {
        return format(value, DIGITS);
    }

    /**
     * A value as text: {@code JOULE.format(1.234e-12, 3)} is {@code 1.23 pJ}. Rounds half away from zero, before the
     * prefix is chosen: 999.95 nA is {@code 1.00 µA}. Without prefixes no digit before the point is rounded away. Zero
     * has no prefix and no decimals. Beyond the prefixes, and below 0.0001 or from 10,000,000 on where there are none,
     * with an exponent.
     *
     * @param value in the SI unit, percentages as fractions; NaN gives a dash, infinity its sign
     * @param digits significant digits, 1 to 15
     */
    public String format(double value, int digits) {
        Require.within("digits", digits, 1, 15);
        if (Double.isNaN(value)) {
            return "–";
        }
        if (Double.isInfinite(value)) {
            return withSymbol(value > 0 ? "∞" : "-∞", symbol);
        }
        if (value == 0) {
            return withSymbol("0", symbol);
        }
        BigDecimal exact = BigDecimal.valueOf(value);
        if (prefix == Prefix.HUNDREDTHS) {
            exact = exact.movePointRight(2);
        }
        BigDecimal rounded = exact.round(new MathContext(digits, RoundingMode.HALF_UP));
        int exponent = exponent(rounded);
        if (prefix.decades == 0) {
            boolean shown = exponent >= -4 && exponent < 7;
            return withSymbol(
                    shown ? decimal(exact, digits - 1 - exponent) : scientific(rounded, digits, exponent), symbol);
        }
        int steps = steps(exponent);
        if (Math.abs(steps) > NO_PREFIX) {
            return withSymbol(scientific(rounded, digits, exponent), symbol);
        }
        int shift = -steps * prefix.decades;
        return withSymbol(
                decimal(rounded.movePointRight(shift), digits - 1 - exponent - shift),
                PREFIXES[NO_PREFIX + steps] + symbol);
    }

    /** The scale that suits values up to a magnitude, above or equal to 0 and finite. */
    Scale scale(double magnitude) {
        if (prefix == Prefix.HUNDREDTHS) {
            return new Scale(2, symbol);
        }
        if (prefix.decades == 0 || magnitude == 0) {
            return new Scale(0, symbol);
        }
        int steps = Math.max(-NO_PREFIX, Math.min(NO_PREFIX, steps(exponent(BigDecimal.valueOf(magnitude)))));
        return new Scale(-steps * prefix.decades, PREFIXES[NO_PREFIX + steps] + symbol);
    }

    /** Prefixes above none. */
    private int steps(int exponent) {
        return Math.floorDiv(exponent + prefix.below, prefix.decades);
    }

    private static int exponent(BigDecimal value) {
        return value.precision() - value.scale() - 1;
    }

    private static String decimal(BigDecimal value, int decimals) {
        return value.setScale(Math.max(0, decimals), RoundingMode.HALF_UP).toPlainString();
    }

    private static String scientific(BigDecimal rounded, int digits, int exponent) {
        return decimal(rounded.movePointLeft(exponent), digits - 1) + "e" + exponent;
    }

    private static String withSymbol(String number, String symbol) {
        return symbol.isEmpty() ? number : number + " " + symbol;
    }

    @Override
    public String toString() {
        return symbol;
    }
}
