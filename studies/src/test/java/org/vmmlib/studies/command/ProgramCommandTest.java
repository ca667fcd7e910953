package org.vmmlib.studies.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgramCommandTest {

    @TempDir
    Path folder;

    @Test
    void equalCellsOnIdealLinesAllConvergeAndThePageShowsThePicture() throws IOException {
        Path file = folder.resolve("program.html");
        Run run = Run.vmm("program", "--spread", "0", "--resistance", "0", "--plot", file.toString());
        assertEquals(0, run.exitCode());
        assertTrue(run.out().lines().anyMatch(l -> l.matches(" *cells not within it at the last read +0")), run.out());
        assertTrue(run.out().lines().anyMatch(l -> l.matches(" *times a pulse moved another cell +0")), run.out());
        String html = Files.readString(file);
        assertTrue(html.contains("wanted") && html.contains("tuned") && html.contains("Error of the cells"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--scheme quarter",
                "--spread -1",
                "--spread NaN",
                "--resistance -1",
                "--tolerance 0",
                "--tolerance 1",
                "--rounds 0",
                "--seed x",
                "--plot /no-such-folder/plot.html"
            })
    void badOptionsAreRefusedInOneLine(String line) {
        String[] option = line.split(" ");
        Run run = Run.vmm("program", option[0], option[1]);
        assertEquals(2, run.exitCode());
        assertEquals("", run.out());
        assertEquals(1, run.err().lines().count(), run.err());
        assertTrue(run.err().contains(option[0].substring(2)), run.err());
    }
}
