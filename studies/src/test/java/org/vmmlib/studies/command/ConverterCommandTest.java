package org.vmmlib.studies.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vmmlib.studies.converter.Converters;

class ConverterCommandTest {

    @TempDir
    Path folder;

    private static Run converter(String... options) {
        return Run.vmm(Stream.concat(Stream.of("converter"), Stream.of(options)).toArray(String[]::new));
    }

    private static void refused(Run run, String... words) {
        assertEquals(2, run.exitCode());
        assertEquals("", run.out());
        assertTrue(run.err().startsWith("vmm converter: "), run.err());
        assertEquals(1, run.err().lines().count(), run.err());
        for (String word : words) {
            assertTrue(run.err().contains(word), run.err());
        }
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(p -> p.getFileName().toString()).toList();
        }
    }

    private static String value(String out, String metric) {
        return out.lines()
                .map(String::strip)
                .filter(line -> line.startsWith(metric + " "))
                .findFirst()
                .orElseThrow(() -> new AssertionError(metric + " is missing in\n" + out))
                .substring(metric.length())
                .strip();
    }

    @Test
    void listNamesEveryConverter() {
        Run run = converter("list");
        assertEquals(0, run.exitCode());
        assertEquals("", run.err());
        Converters.all().forEach(c -> assertTrue(run.out().contains("\n  " + c.name() + " "), c.name()));
    }

    @ParameterizedTest
    @CsvSource({"4, 3.96", "6, 5.97", "8, 7.98"})
    void anIdealConverterHasNoErrorButQuantisation(String bits, String effective) {
        for (String name : List.of("cyclic", "cyclic-sigmoid", "ramp", "sar", "flash", "tdc", "delta-sigma")) {
            Run run = converter(name, "--bits", bits, "--ideal");
            assertEquals(0, run.exitCode(), name + ": " + run.err());
            assertEquals("0 %", value(run.out(), "gain error"), name);
            assertEquals("0 LSB", value(run.out(), "offset error"), name);
            assertEquals("0 LSB", value(run.out(), "largest INL, end points"), name);
            assertEquals("0 LSB", value(run.out(), "largest INL, best fit"), name);
            assertEquals("0 LSB", value(run.out(), "largest DNL"), name);
            assertEquals("none", value(run.out(), "missing codes"), name);
            assertEquals(effective + " bit", value(run.out(), "effective bits"), name);
        }
    }

    @Test
    void imperfectionsCostEffectiveBits() {
        String real = value(converter("sar").out(), "effective bits");
        String ideal = value(converter("sar", "--ideal").out(), "effective bits");
        assertNotEquals(ideal, real);
    }

    @Test
    void aSeedIsAChip() {
        String one = converter("flash", "--seed", "7").out();
        assertEquals(one, converter("flash", "--seed", "7").out());
        assertNotEquals(one, converter("flash", "--seed", "8").out());
        assertEquals(converter("flash").out(), converter("flash", "--seed", "1").out());
        assertEquals(0, converter("flash", "--seed", "-5").exitCode());
    }

    @Test
    void theDatasheetHasParameterValueUnitAndSource() {
        String out = converter("sar", "--bits", "10").out();
        assertTrue(out.lines().anyMatch(l -> l.matches(" *bits +10 +user")), out);
        assertTrue(out.lines().anyMatch(l -> l.matches(" *comparator offset \\(sigma\\) +1 +mV +chosen")), out);
        // kT/C of 1024 fF at 300 K: 63.6 uV.
        assertTrue(out.lines().anyMatch(l -> l.matches(" *sampling noise \\(sigma\\) +63\\.\\d+ +uV +kT/C.*")), out);
        assertTrue(out.chars().allMatch(c -> c == '\n' || (c >= ' ' && c <= '~')), out);
    }

    @Test
    void thePlotIsAPageOfItsOwn() throws IOException {
        Path file = folder.resolve("converter.html");
        Run run = converter("cyclic", "--bits", "6", "--plot", file.toString());
        assertEquals(0, run.exitCode());
        assertEquals("", run.err());
        assertEquals(List.of("converter.html"), files());
        String html = Files.readString(file);
        assertTrue(html.startsWith("<!DOCTYPE html>") && html.endsWith("</html>\n"));
        for (String title : List.of(
                "Integral nonlinearity",
                "Differential nonlinearity",
                "Transfer",
                "Spectrum of a sine wave over the full scale",
                "Provenance")) {
            assertTrue(html.contains(title), title);
        }
        assertTrue(run.out().endsWith("Plots: " + file + "\n"), run.out());
    }

    @Test
    void aComparatorHasAnOffsetButNoLine() throws IOException {
        Path file = folder.resolve("comparator.html");
        Run run = converter("comparator", "--plot", file.toString());
        assertEquals(0, run.exitCode());
        assertTrue(value(run.out(), "offset error").endsWith(" LSB"));
        assertTrue(!run.out().contains("INL"), run.out());
        assertTrue(Files.exists(file));
    }

    @Test
    void anUnknownNameIsRefusedWithTheKnownOnes() {
        refused(converter("saar"), "saar", "list", "cyclic", "delta-sigma-2");
        refused(converter("SAR"), "SAR");
        refused(converter(""), "converter = ");
    }

    @ParameterizedTest
    @CsvSource({
        "sar, 0, from 1 to 12",
        "sar, 13, from 1 to 12",
        "sar, -3, from 1 to 12",
        "sar, 25, from 1 to 12",
        "flash, 9, from 1 to 8",
        "comparator, 2, must be 1",
        "two-step, 1, from 2 to 12"
    })
    void wordLengthsThatAConverterCannotHaveAreRefused(String name, String bits, String limit) throws IOException {
        refused(
                converter(
                        name, "--bits", bits, "--plot", folder.resolve("x.html").toString()),
                "bits = " + bits,
                limit,
                name);
        assertEquals(List.of(), files());
    }

    @ParameterizedTest
    @ValueSource(strings = {"eight", "8.0", "1e1", "99999999999"})
    void whatIsNoWordLengthIsRefused(String bits) {
        refused(converter("sar", "--bits", bits), "--bits", bits);
    }

    @Test
    void whatIsNoSeedIsRefused() {
        refused(converter("sar", "--seed", "x"), "--seed", "x");
    }

    @Test
    void aFileThatCannotBeWrittenIsRefusedAndLeavesNothing() throws IOException {
        refused(converter("sar", "--plot", folder.resolve("no/x.html").toString()), "no");
        refused(converter("sar", "--plot", folder.toString()), folder.toString());
        assertEquals(List.of(), files());
    }

    @Test
    void listTakesNoOption() {
        refused(converter("list", "--plot", "x.html"), "--plot");
        refused(converter("list", "--bits", "4"), "--bits");
        refused(converter("list", "--seed", "4"), "--seed");
        refused(converter("list", "--ideal"), "--ideal");
    }

    @Test
    void theOutputIsTheSameInEveryLocale() {
        Locale before = Locale.getDefault();
        String expected = converter("tdc").out();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr-TR"));
            assertEquals(expected, converter("tdc").out());
        } finally {
            Locale.setDefault(before);
        }
    }
}
