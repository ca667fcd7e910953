package org.vmmlib.studies.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;

class AsciiTextTest {

    @Test
    void plainTextStaysAsItIs() {
        String text = "nor-ins: 96.8 %";
        assertSame(text, AsciiText.of(text));
    }

    @Test
    void unitsKeepTheirMeaning() {
        assertEquals("1.23 uA", AsciiText.of(Unit.AMPERE.format(1.23e-6)));
        assertEquals("1.23 uA", AsciiText.of("1.23 \u03BCA"));
        assertEquals("4.70 kOhm", AsciiText.of(Unit.OHM.format(4700)));
        assertEquals("1.00 um2", AsciiText.of(Unit.SQUARE_METRE.format(1e-12)));
        assertEquals("-", AsciiText.of(Unit.JOULE.format(Double.NaN)));
        assertEquals("inf bit", AsciiText.of(Unit.BIT.format(Double.POSITIVE_INFINITY)));
        assertEquals("784-64-10, +/-1 %, 3 x 4", AsciiText.of("784–64–10, ±1 %, 3 × 4"));
    }

    @Test
    void accentsAreDroppedAndStrangersShown() {
        assertEquals("Universite de Montreal", AsciiText.of("Université de Montréal"));
        assertEquals("??", AsciiText.of("漢字"));
        assertEquals("?", AsciiText.of("😀"));
    }

    @Test
    void noControlCharacterPasses() {
        assertEquals("a [31m b c d", AsciiText.of("a\u001B[31m\nb\tc\u009Bd"));
        assertEquals("x y", AsciiText.of("x\u007Fy"));
        assertEquals("1 V", AsciiText.of("1\u00A0V"));
    }
}
