package org.vmmlib.studies.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import org.junit.jupiter.params.provider.ValueSource;
import org.vmmlib.studies.device.Devices;

class DeviceCommandTest {

    @TempDir
    Path folder;

    private static Run device(String... options) {
        return Run.vmm(Stream.concat(Stream.of("device"), Stream.of(options)).toArray(String[]::new));
    }

    private static void refused(Run run, String... words) {
        assertEquals(2, run.exitCode());
        assertEquals("", run.out());
        assertTrue(run.err().startsWith("vmm device: "), run.err());
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

    @Test
    void listNamesEveryDevice() {
        Run run = device("list");
        assertEquals(0, run.exitCode());
        assertEquals("", run.err());
        Devices.all().forEach(d -> assertTrue(run.out().contains("\n  " + d.name() + " "), d.name()));
    }

    @Test
    void aDatasheetHasParameterValueUnitAndSource() {
        Run run = device("titania");
        assertEquals(0, run.exitCode());
        assertEquals("", run.err());
        assertTrue(run.out().contains("  parameter"), run.out());
        // 1/96.6 kΩ
        assertTrue(
                run.out().lines().anyMatch(l -> l.matches(" *lowest conductance +10\\.352 +uS +black and white.*")),
                run.out());
        assertTrue(run.out().chars().allMatch(c -> c == '\n' || (c >= ' ' && c <= '~')), run.out());
    }

    @Test
    void cellsTunedAtRoomTemperatureAreReadAtTheOneGiven() {
        String hot = device("esf3", "--temperature", "358.15").out();
        assertTrue(hot.contains("read at 358.15 K (85.0 degC)"), hot);
        assertTrue(hot.lines().anyMatch(l -> l.contains("0.1 ") && l.contains("1.600 nA")), hot);
        assertFalse(device("esf3").out().contains("85.0 degC"));
    }

    @Test
    void thePlotIsAPageOfItsOwn() throws IOException {
        Path file = folder.resolve("device.html");
        Run run = device("esf3-source", "--plot", file.toString());
        assertEquals(0, run.exitCode());
        assertEquals("", run.err());
        assertEquals(List.of("device.html"), files());
        String html = Files.readString(file);
        assertTrue(html.startsWith("<!DOCTYPE html>") && html.endsWith("</html>\n"));
        assertTrue(html.contains("Current against drain voltage"));
        assertTrue(html.contains("Error over the drain"));
        assertTrue(html.contains("Weight against temperature"));
        assertTrue(run.out().endsWith("Plots: " + file + "\n"), run.out());
    }

    @Test
    void anUnknownNameIsRefusedWithTheKnownOnes() {
        refused(device("esf4"), "esf4", "list", "esf3", "titania-sinh");
        refused(device("ESF3"), "ESF3");
        refused(device(""), "device = ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "NaN", "Infinity", "1e300", "0.5"})
    void aTemperatureThatCannotBeIsRefused(String kelvin) throws IOException {
        refused(
                device(
                        "esf3",
                        "--temperature",
                        kelvin,
                        "--plot",
                        folder.resolve("x.html").toString()),
                "--temperature",
                "1000");
        assertEquals(List.of(), files());
    }

    @ParameterizedTest
    @ValueSource(strings = {"warm", "300K", "1,5"})
    void whatIsNoNumberIsRefused(String kelvin) {
        refused(device("esf3", "--temperature", kelvin), "--temperature", kelvin);
    }

    @Test
    void aFileThatCannotBeWrittenIsRefusedAndLeavesNothing() throws IOException {
        refused(device("esf3", "--plot", folder.resolve("no/x.html").toString()), "no");
        refused(device("esf3", "--plot", folder.toString()), folder.toString());
        assertEquals(List.of(), files());
    }

    @Test
    void aFileKeepsItsContentIfTheCommandFails() throws IOException {
        Path file = folder.resolve("x.html");
        Files.writeString(file, "mine");
        refused(device("esf4", "--plot", file.toString()), "esf4");
        assertEquals("mine", Files.readString(file));
    }

    @Test
    void listTakesNoOption() {
        refused(device("list", "--plot", "x.html"), "--plot");
        refused(device("list", "--temperature", "300"), "--temperature");
    }

    @Test
    void theOutputIsTheSameInEveryLocale() {
        Locale before = Locale.getDefault();
        String expected = device("jart", "--temperature", "320").out();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr-TR"));
            assertEquals(expected, device("jart", "--temperature", "320").out());
        } finally {
            Locale.setDefault(before);
        }
    }
}
