package org.vmmlib.studies.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NeuronCommandTest {

    @TempDir
    Path folder;

    private static Run neuron(String... options) {
        String[] arguments = new String[options.length + 1];
        arguments[0] = "neuron";
        System.arraycopy(options, 0, arguments, 1, options.length);
        return Run.vmm(arguments);
    }

    /** Spikes of an output, from the table. */
    private static int spikes(Run run, int output) {
        assertEquals("", run.err());
        assertEquals(0, run.exitCode());
        Matcher row = Pattern.compile("(?m)^ +D" + output + "[^0-9]* +[0-9.]+ m?V +([0-9]+) ")
                .matcher(run.out());
        assertTrue(row.find(), run.out());
        return Integer.parseInt(row.group(1));
    }

    @Test
    void at2MegahertzTheLowestOutputLeadsAndTheHighestIsSparse() {
        Run run = neuron();
        assertTrue(spikes(run, 0) > 2 * spikes(run, 1), run.out());
        assertTrue(spikes(run, 1) > 10 * spikes(run, 2), run.out());
        assertTrue(run.out().contains("random pulses of 2.00 uA and 20.0 ns at 2.00 MHz"), run.out());
    }

    @Test
    void at10MegahertzAllAreBusy() {
        Run run = neuron("--rate", "10e6", "--input", "regular");
        for (int k = 0; k < 3; k++) {
            assertTrue(spikes(run, k) > 6000 && spikes(run, k) < 10_000, run.out());
        }
    }

    @Test
    void withoutLeakAllOutputsCountAlikeAndNoChargeLeaks() {
        Run run = neuron("--ideal");
        assertEquals(spikes(run, 2), spikes(run, 0), 1);
        assertTrue(run.out().matches("(?s).*leaked away +0 C +0 %.*"), run.out());
        assertEquals(run.out(), neuron("--ideal").out(), "the same seed gives the same");
        assertFalse(run.out().equals(neuron("--ideal", "--seed", "2").out()));
    }

    /** Each is off by default, and its draws do not move the input's. */
    @Test
    void noiseChangesTheSpikesAndNotTheInput() {
        String quiet = neuron("--rate", "1e7").out();
        for (String[] noise : new String[][] {{"--noise", "0.02"}, {"--reset-noise", "3e5"}}) {
            String out = neuron("--rate", "1e7", noise[0], noise[1]).out();
            assertFalse(out.equals(quiet), noise[0]);
            assertEquals(given(quiet), given(out), noise[0]);
            assertEquals(quiet, neuron("--rate", "1e7", noise[0], "0").out(), noise[0]);
        }
    }

    private static String given(String out) {
        return out.lines()
                .filter(line -> line.startsWith("  given"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void hasHelpWithAnExample() {
        Run run = neuron("--help");
        assertEquals(0, run.exitCode());
        assertTrue(run.out().contains("Usage: vmm neuron ") && run.out().contains("  vmm neuron --rate "), run.out());
        assertTrue(run.out().chars().allMatch(c -> c == '\n' || (c >= ' ' && c <= '~')), run.out());
    }

    @Test
    void theEntropiesAreThoseOfThePaper() {
        String out = neuron("--rearm", "reset", "--pulse-width", "10e-9").out();
        for (String bits : new String[] {"2.0471 bit", "0.848", "1.3600 bit", "1.998"}) {
            assertTrue(out.contains(bits), bits + " of " + out);
        }
        assertTrue(out.contains("effective bits"), out);
        assertTrue(out.chars().allMatch(c -> c == '\n' || (c >= ' ' && c <= '~')), out);
    }

    @Test
    void thePlotIsAPageWithTheTransients() throws IOException {
        Path page = folder.resolve("neuron.html");
        Run run = neuron("--plot", page.toString(), "--time", "5e-6", "--rearm", "1e-7");
        assertEquals("", run.err());
        assertTrue(run.out().contains("Plots: " + page), run.out());
        String html = Files.readString(page);
        for (String part : new String[] {"Membrane voltage", "Output pulses", "\"D0\"", "\"D2\"", "re-arm time"}) {
            assertTrue(html.contains(part), part);
        }
        try (var files = Files.list(folder)) {
            assertEquals(1, files.count());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--rate 0",
                "--rate -1",
                "--rate NaN",
                "--rate 1e9",
                "--rate fast",
                "--time 0",
                "--time 1",
                "--input burst",
                "--rearm never",
                "--rearm -1",
                "--membrane-time 0",
                "--membrane-time -2",
                "--membrane-time 1e-9",
                "--membrane-time some",
                "--pulse-width 0",
                "--noise -1",
                "--noise x",
                "--reset-noise -300",
                "--seed x",
                "--plot",
                "--plot /",
                "--plot /no-such-folder/neuron.html",
            })
    void badInputIsRefusedInOneLine(String line) {
        Run run = neuron(line.split(" "));
        assertEquals(2, run.exitCode(), run.out());
        assertEquals("", run.out());
        assertTrue(run.err().matches("vmm neuron: [^\n]+\n"), run.err());
    }
}
