package org.vmmlib.studies.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BudgetCommandTest {

    private static final List<String> FILES = List.of("budget.csv", "budget.json", "report.html");

    @TempDir
    Path folder;

    /** A budget of a small layer. */
    private Run budget(String out, String... options) {
        List<String> arguments = new ArrayList<>(List.of(
                "budget",
                "--design=nor-ins",
                "--inputs=15",
                "--outputs=6",
                "--batch=8",
                "--out=" + folder.resolve(out)));
        arguments.addAll(List.of(options));
        return Run.vmm(arguments.toArray(new String[0]));
    }

    private JsonNode json(String out) throws IOException {
        return new ObjectMapper()
                .readTree(folder.resolve(out).resolve("budget.json").toFile());
    }

    @Test
    void theTableNamesEveryImperfectionAndTheFilesAreThere() throws IOException {
        Run run = budget("a", "--trials=3");
        assertEquals(0, run.exitCode(), run.err());
        for (JsonNode source : json("a").at("/afterQuantiser/sources")) {
            assertTrue(run.out().contains("  " + source.get("id").asText() + " "), run.out());
        }
        for (String line : List.of("Before the quantiser", "After the quantiser", "(interaction)", "Worst corner")) {
            assertTrue(run.out().contains(line), run.out());
        }
        assertTrue(run.out().chars().allMatch(c -> c == '\n' || (c >= ' ' && c < 0x7F)), run.out());
        for (String file : FILES) {
            assertTrue(Files.size(folder.resolve("a").resolve(file)) > 0, file);
        }
        assertFalse(Files.exists(folder.resolve("a").resolve("budget.trials")));
    }

    @Test
    void threadsDoNotChangeAByte() throws IOException {
        for (String threads : List.of("1", "2", "4")) {
            assertEquals(
                    0, budget(threads, "--trials=4", "--threads=" + threads).exitCode());
        }
        assertSameFiles("1", "2");
        assertSameFiles("1", "4");
    }

    private void assertSameFiles(String one, String other) throws IOException {
        for (String file : FILES) {
            assertArrayEquals(
                    Files.readAllBytes(folder.resolve(one).resolve(file)),
                    Files.readAllBytes(folder.resolve(other).resolve(file)),
                    file);
        }
    }

    /** The run is interrupted when the first chips are there, and called again. */
    @Test
    @Timeout(120)
    void anInterruptedRunGoesOnAndGivesTheSameFiles() throws IOException, InterruptedException, ExecutionException {
        interrupt("cut", "--trials=150");
        assertFalse(Files.exists(folder.resolve("cut").resolve("budget.json")));

        Run other = budget("cut", "--trials=150", "--seed=2");
        assertEquals(2, other.exitCode());
        assertTrue(other.err().contains("budget.trials holds trials of an unfinished run with seed = 1, not 2"));

        Run rest = budget("cut", "--trials=150");
        assertEquals(0, rest.exitCode(), rest.err());
        assertTrue(rest.out().contains(" of 150 chips were finished by an earlier run"), rest.out());
        assertEquals(0, budget("whole", "--trials=150").exitCode());
        assertSameFiles("whole", "cut");
    }

    @Test
    @Timeout(120)
    void startedAfreshItForgetsAnInterruptedRun() throws IOException, InterruptedException, ExecutionException {
        interrupt("cut", "--trials=150", "--seed=9");
        Run fresh = budget("cut", "--trials=3", "--fresh");
        assertEquals(0, fresh.exitCode(), fresh.err());
        assertFalse(fresh.out().contains("earlier run"), fresh.out());
        assertEquals("1", json("cut").at("/provenance/seed").asText());
        assertFalse(Files.exists(folder.resolve("cut").resolve("budget.trials")));
    }

    private void interrupt(String out, String... options) throws IOException, InterruptedException, ExecutionException {
        FutureTask<Run> task = new FutureTask<>(() -> budget(out, options));
        Thread thread = new Thread(task);
        thread.start();
        Path trials = folder.resolve(out).resolve("budget.trials");
        while (thread.isAlive() && !(Files.exists(trials) && Files.size(trials) > 20_000)) {
            Thread.sleep(1);
        }
        thread.interrupt();
        Run run = task.get();
        assertEquals(Failure.INTERRUPTED, run.exitCode(), run.err());
        assertTrue(Files.exists(trials));
    }

    @Test
    void anIdealCircuitHasItsQuantiserAlone() throws IOException {
        assertEquals(0, budget("a", "--trials=2", "--ideal").exitCode());
        assertEquals(0, json("a").at("/afterQuantiser/sources").size());
        assertEquals(0, json("a").at("/afterQuantiser/full/bitsLost").asDouble());
    }

    @Test
    void filesOfWeightsAndInputsSettleTheSizes() throws IOException {
        Path weights = folder.resolve("w.csv");
        Path data = folder.resolve("x.csv");
        Files.writeString(weights, "0.5,-1\n0.25,2\n1,1\n");
        Files.writeString(data, "1,2,3\n15,0,7\n");
        String out = "--out=" + folder.resolve("a");
        Run run = Run.vmm("budget", "--design=nor-ins", "--trials=2", "--weights=" + weights, "--data=" + data, out);
        assertEquals(0, run.exitCode(), run.err());
        assertEquals(4, json("a").get("outputs").asInt());

        assertRefused("--inputs = 4: the file has 3", "--weights=" + weights, "--inputs=4");
        assertRefused("--batch = 9: the file has 2", "--data=" + data, "--batch=9");
        Files.writeString(data, "1,2\n15,0\n");
        assertRefused("has 2 values a vector: must have 3", "--weights=" + weights, "--data=" + data);
        Files.writeString(data, "1,2.5,3\n");
        assertRefused("inputs[0,1] = 2.5: must be an integer", "--weights=" + weights, "--data=" + data);
        Files.writeString(data, "1,16,3\n");
        assertRefused("inputs[0,1] = 16.0: must be from 0.0 to 15.0", "--weights=" + weights, "--data=" + data);
        Files.writeString(weights, "0\n0\n0\n");
        assertRefused("weights are all 0", "--weights=" + weights);
        assertRefused("no such file", "--weights=" + folder.resolve("none.npy"));
        assertRefused("none.txt", "--weights=" + folder.resolve("none.txt"));
    }

    private void assertRefused(String message, String... options) {
        List<String> arguments =
                new ArrayList<>(List.of("budget", "--design=nor-ins", "--trials=2", "--out=" + folder.resolve("bad")));
        arguments.addAll(Arrays.asList(options));
        Run run = Run.vmm(arguments.toArray(new String[0]));
        assertEquals(2, run.exitCode(), run.err());
        assertEquals("", run.out());
        assertEquals(1, run.err().lines().count(), run.err());
        assertTrue(run.err().contains(message), run.err());
        assertFalse(Files.exists(folder.resolve("bad")), "nothing is written");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--design none",
                "--trials 1",
                "--trials 1001",
                "--trials x",
                "--inputs 0",
                "--outputs 0",
                "--batch 0",
                "--require -1",
                "--require 7",
                "--require NaN",
                "--temperatures 20",
                "--temperatures 300,NaN",
                "--temperatures 300,300",
                "--threads 0",
                "--seed x"
            })
    void badOptionsAreRefusedInOneLine(String line) {
        String[] option = line.split(" ");
        List<String> arguments = new ArrayList<>(List.of("budget", "--out=" + folder.resolve("bad")));
        if (!option[0].equals("--design")) {
            arguments.add("--design=nor-ins");
        }
        arguments.addAll(List.of(option));
        Run run = Run.vmm(arguments.toArray(new String[0]));
        assertEquals(2, run.exitCode());
        assertEquals("", run.out());
        assertEquals(1, run.err().lines().count(), run.err());
        assertTrue(run.err().contains(option[0].substring(2)), run.err());
        assertFalse(Files.exists(folder.resolve("bad")));
    }

    @Test
    void withoutADesignItIsRefused() {
        Run run = Run.vmm("budget");
        assertEquals(2, run.exitCode());
        assertTrue(run.err().contains("--design"), run.err());
    }

    @Test
    void aFileInPlaceOfTheFolderIsRefused() throws IOException {
        Files.writeString(folder.resolve("a"), "x");
        Run run = budget("a");
        assertEquals(2, run.exitCode());
        assertTrue(run.err().contains("is a file; name a folder"), run.err());
    }
}
