package org.vmmlib.studies.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {

    @Test
    void helpListsTheCommands() {
        Run run = Run.vmm("--help");
        assertEquals(0, run.exitCode());
        assertEquals("", run.err());
        assertTrue(run.out().startsWith("Usage: vmm [-hV] [COMMAND]"), run.out());
        assertTrue(run.out().contains("  compare    "), run.out());
        assertTrue(run.out().contains("  device     "), run.out());
        assertTrue(run.out().contains("  neuron     "), run.out());
        assertTrue(run.out().contains("  program    "), run.out());
        assertTrue(run.out().contains("  solve      "), run.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"solve", "compare", "converter", "device", "neuron", "program"})
    void everyCommandHasHelpWithAnExampleInPlainCharacters(String command) {
        Run run = Run.vmm(command, "--help");
        assertEquals(0, run.exitCode());
        assertEquals("", run.err());
        assertTrue(run.out().contains("Usage: vmm " + command + " "), run.out());
        assertTrue(run.out().contains("  vmm " + command + " "), run.out());
        assertTrue(run.out().chars().allMatch(c -> c == '\n' || (c >= ' ' && c <= '~')), run.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--version", "-V"})
    void versionIsOneLine(String option) {
        Run run = Run.vmm(option);
        assertEquals(0, run.exitCode());
        assertEquals("", run.err());
        assertTrue(run.out().matches("vmm [^\n]+\n"), run.out());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "bake",
                "--bake",
                "solve --bake",
                "solve bake",
                "compare --bake",
                "device",
                "program bake",
                "@file"
            })
    void whatIsNotUnderstoodIsRefusedInOneLine(String line) {
        Run run = Run.vmm(line.isEmpty() ? new String[0] : line.split(" "));
        assertEquals(2, run.exitCode());
        assertEquals("", run.out());
        assertTrue(run.err().matches("vmm[^\n]*: [^\n]*; see 'vmm[^\n]* --help'\n"), run.err());
    }
}
