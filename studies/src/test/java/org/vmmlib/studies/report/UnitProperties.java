package org.vmmlib.studies.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class UnitProperties {

    private static final String PREFIXES = "qryzafpnµm kMGTPEZYRQ";

    @Property
    void whatIsWrittenReadsBackToTheDigitsShown(
            @ForAll @DoubleRange(min = 1, max = 10) double mantissa,
            @ForAll @IntRange(min = -30, max = 31) int exponent,
            @ForAll @IntRange(min = 3, max = 15) int digits) {
        double value = mantissa * Math.pow(10, exponent);

        String text = Unit.WATT.format(value, digits);

        int blank = text.indexOf(' ');
        double shown = Double.parseDouble(text.substring(0, blank));
        String prefix = text.substring(blank + 1, text.length() - 1);
        int thousands = prefix.isEmpty() ? 0 : PREFIXES.indexOf(prefix) - 10;
        assertTrue(shown >= 1 && shown < 1000, text);
        assertEquals(digits, text.substring(0, blank).replace(".", "").length(), text);
        // Half a unit of the last digit, and some rounding of the powers of ten here.
        assertEquals(value, shown * Math.pow(1000, thousands), value * (0.51 * Math.pow(10, 1 - digits) + 1e-14));
    }
}
