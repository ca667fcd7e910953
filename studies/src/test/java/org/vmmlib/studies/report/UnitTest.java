package org.vmmlib.studies.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitTest {

    @ParameterizedTest
    @CsvSource({
        "1.234e-12, 1.23 pA",
        "16e-9, 16.0 nA",
        "1e-9, 1.00 nA",
        "0.5, 500 mA",
        "1, 1.00 A",
        "12.345, 12.3 A",
        "999, 999 A",
        "1000, 1.00 kA",
        "101780, 102 kA",
        "-3.3e-6, -3.30 µA",
        "1.602e-19, 160 zA",
        "1e-30, 1.00 qA",
        "1e-31, 1.00e-31 A",
        "9.99e32, 999 QA",
        "1e33, 1.00e33 A",
        "0, 0 A",
        "-0.0, 0 A"
    })
    void everyMagnitudeHasThePrefixThatLeavesOneToThreeDigitsBeforeThePoint(double value, String text) {
        assertEquals(text, Unit.AMPERE.format(value));
    }

    @ParameterizedTest
    @CsvSource({
        "999.95e-9, 3, 1.00 µA",
        "999.4e-9, 3, 999 nA",
        "999.5e-9, 3, 1.00 µA",
        "-999.95e-9, 3, -1.00 µA",
        "999.95e-9, 5, 999.95 nA",
        "0.9995, 3, 1.00 A",
        "9.995e-9, 3, 10.0 nA",
        "1.005, 3, 1.01 A",
        "0.99999999, 1, 1 A"
    })
    void roundingMovesOnToTheNextPrefix(double value, int digits, String text) {
        assertEquals(text, Unit.AMPERE.format(value, digits));
    }

    @ParameterizedTest
    @CsvSource({
        "0.968, 3, 96.8 %",
        "0.9684, 4, 96.84 %",
        "1, 4, 100.0 %",
        "0.9465, 4, 94.65 %",
        "0, 4, 0 %",
        "0.0005, 3, 0.0500 %"
    })
    void fractionsAreShownAsPercentages(double value, int digits, String text) {
        assertEquals(text, Unit.PERCENT.format(value, digits));
    }

    @ParameterizedTest
    @CsvSource({
        "1e-12, 1.00 µm²",
        "1.5e-8, 0.0150 mm²",
        "2.53e-9, 2530 µm²",
        "4e-14, 0.0400 µm²",
        "4e-15, 4000 nm²",
        "1e-6, 1.00 mm²",
        "9.999e-9, 0.0100 mm²"
    })
    void aSquaredPrefixCountsTwice(double value, String text) {
        assertEquals(text, Unit.SQUARE_METRE.format(value));
    }

    @ParameterizedTest
    @CsvSource({
        "0.3119, 0.312 LSB",
        "12345.6, 12346 LSB",
        "0.00012, 0.000120 LSB",
        "0.000012, 1.20e-5 LSB",
        "12345678, 1.23e7 LSB"
    })
    void withoutPrefixesNoDigitBeforeThePointIsLost(double value, String text) {
        assertEquals(text, Unit.LSB.format(value));
    }

    @Test
    void whatIsNoNumberStillHasASign() {
        assertEquals("–", Unit.JOULE.format(Double.NaN));
        assertEquals("∞ bit", Unit.BIT.format(Double.POSITIVE_INFINITY));
        assertEquals("-∞ bit", Unit.BIT.format(Double.NEGATIVE_INFINITY));
        assertEquals("3.00", Unit.NONE.format(3));
    }

    @Test
    void aNumberOfDigitsThatADoubleDoesNotHaveIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Unit.VOLT.format(1, 0));
        assertThrows(IllegalArgumentException.class, () -> Unit.VOLT.format(1, 16));
    }

    @Test
    void anAxisHasOnePrefixForAllItsValues() {
        Unit.Scale scale = Unit.JOULE.scale(8.9e-12);
        assertEquals("pJ", scale.symbol());
        assertEquals(8.9, scale.apply(8.9e-12));
        assertEquals(0.2, scale.apply(2e-13));
        assertEquals(96.94, Unit.PERCENT.scale(1).apply(0.9694));
        assertEquals("mm²", Unit.SQUARE_METRE.scale(1e-8).symbol());
        assertEquals("A", Unit.AMPERE.scale(0).symbol());
    }
}
