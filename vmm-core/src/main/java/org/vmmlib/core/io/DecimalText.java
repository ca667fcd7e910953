package org.vmmlib.core.io;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import org.vmmlib.core.check.Require;

/**
 * Numbers as text that reads back as the same double: 15 to 17 significant digits, as many as that takes. The text is
 * the same in every locale and on every Java version, and is a number in CSV, JSON, Java and Python.
 */
public final class DecimalText {

    private static final int FEWEST_DIGITS = 15;

    /** Enough for any double (W. D. Clinger, "How to read floating point numbers accurately", PLDI 1990). */
    private static final int MOST_DIGITS = 17;

    private DecimalText() {}

    /**
     * The text of a number, such as {@code 0.1}, {@code -3} or {@code 1.25e-9}.
     *
     * @throws IllegalArgumentException if the number is not finite
     */
    public static String of(double number) {
        Require.finite("number", number);
        if (number == 0) {
            return 1 / number < 0 ? "-0" : "0";
        }
        BigDecimal exact = new BigDecimal(number);
        for (int digits = FEWEST_DIGITS; digits < MOST_DIGITS; digits++) {
            BigDecimal rounded = exact.round(new MathContext(digits));
            if (rounded.doubleValue() == number) {
                return text(rounded);
            }
        }
        return text(exact.round(new MathContext(MOST_DIGITS)));
    }

    private static String text(BigDecimal number) {
        BigDecimal shortest = number.stripTrailingZeros();
        int exponent = shortest.precision() - shortest.scale() - 1;
        if (exponent >= -4 && exponent < MOST_DIGITS) {
            return shortest.toPlainString();
        }
        BigDecimal mantissa = shortest.scaleByPowerOfTen(-exponent);
        return String.format(Locale.ROOT, "%se%d", mantissa.toPlainString(), exponent);
    }
}
