package org.vmmlib.studies.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TableTest {

    private static final Table DESIGNS = Table.titled("Designs, 200 images")
            .text("design")
            .number("accuracy")
            .number("current")
            .row("nor-ins", "96.8 %", Unit.AMPERE.format(1.6e-6))
            .detail("output layer", "", Unit.AMPERE.format(16e-9))
            .row("passive-ins", "9.8 %", "–");

    @Test
    void textIsAlignedAndPlainAscii() {
        String expected = """
            Designs, 200 images

              design           accuracy   current
              -----------------------------------
              nor-ins            96.8 %   1.60 uA
                output layer              16.0 nA
              passive-ins         9.8 %         -
            """;
        assertEquals(expected, DESIGNS.toText());
    }

    @Test
    void numbersEndAtTheSamePlaceAndLinesWithoutBlanks() {
        Table table = Table.titled("t")
                .number("n")
                .text("name")
                .row("1", "a")
                .row("1000", "")
                .row("23", "ccc");
        String[] lines = table.toText().split("\n");
        assertEquals("     n   name", lines[2]);
        assertEquals("     1   a", lines[4]);
        assertEquals("  1000", lines[5]);
        assertEquals("    23   ccc", lines[6]);
    }

    @Test
    void htmlKeepsTheProperSigns() {
        String html = DESIGNS.toHtml();
        assertTrue(html.contains("<td class=\"number\">1.60 µA</td>"), html);
        assertTrue(html.contains("<tr class=\"detail\"><td>output layer</td>"), html);
        assertTrue(
                html.contains("<th scope=\"col\">design</th><th scope=\"col\" class=\"number\">accuracy</th>"), html);
    }

    @Test
    void aTableIsNotChangedByWhatIsAddedToACopy() {
        String before = DESIGNS.toText();
        DESIGNS.row("another", "1 %", "2 A");
        assertEquals(before, DESIGNS.toText());
    }

    @Test
    void aRowNeedsOneCellForEachColumn() {
        String message = assertThrows(IllegalArgumentException.class, () -> DESIGNS.row("a", "b"))
                .toString();
        assertTrue(message.contains("must be 3"), message);
        assertThrows(IllegalStateException.class, () -> DESIGNS.text("late"));
    }
}
