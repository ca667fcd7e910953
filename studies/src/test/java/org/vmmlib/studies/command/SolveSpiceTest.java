package org.vmmlib.studies.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vmmlib.core.io.MatrixFile;
import org.vmmlib.core.io.StoredMatrix;
import org.vmmlib.core.spice.Ngspice;

/** {@code solve --netlist} and {@code solve --check-spice}. */
class SolveSpiceTest {

    private static final String PROGRAM = "vmm.ngspice";

    @TempDir
    Path folder;

    private String programBefore = "";

    @BeforeEach
    void write() throws IOException {
        programBefore = System.getProperty(PROGRAM, "");
        MatrixFile.write(path("G.npy"), StoredMatrix.matrix(new DMatrixRMaj(new double[][] {{1e-3, 2e-3}, {3e-3, 4e-4}
        })));
        MatrixFile.write(path("V.npy"), StoredMatrix.matrix(new DMatrixRMaj(new double[][] {{0.5, 0.25}, {1, 2}})));
    }

    @AfterEach
    void restore() {
        System.setProperty(PROGRAM, programBefore);
    }

    private Path path(String name) {
        return folder.resolve(name);
    }

    private Run solve(String... options) {
        List<String> arguments = new ArrayList<>(List.of(
                "solve",
                "--conductance",
                path("G.npy").toString(),
                "--input",
                path("V.npy").toString(),
                "--output",
                path("I.npy").toString()));
        arguments.addAll(Arrays.asList(options));
        return Run.vmm(arguments.toArray(String[]::new));
    }

    private void assertNothingWritten() throws IOException {
        try (var files = Files.list(folder).filter(file -> !file.endsWith("ngspice"))) {
            assertEquals(
                    List.of("G.npy", "V.npy"),
                    files.map(file -> file.getFileName().toString()).sorted().toList());
        }
    }

    @Test
    void theNetlistIsOfTheFirstInputAndNeedsNoNgspice() throws IOException {
        System.setProperty(PROGRAM, path("none").toString());
        Run run = solve("--row-resistance", "3", "--netlist", path("array.cir").toString());
        assertEquals("", run.err());
        assertEquals(0, run.exitCode());
        List<String> lines = Files.readAllLines(path("array.cir"));
        for (String line : List.of(
                "Vr0 r0 0 0.5", "Vr1 r1 0 0.25", "Vc1 c1 0 0", "Rw1_1 w1_0 w1_1 3", "Rc1_1 w1_1 c1 2500", ".end")) {
            assertTrue(lines.contains(line), line);
        }
        assertTrue(Files.exists(path("I.npy")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"linear", "sinh:alpha=3"})
    void ngspiceAgrees(String law) throws IOException {
        boolean installed = Ngspice.find(Duration.ofSeconds(1)).isPresent();
        if (!installed && "true".equals(System.getenv("CI"))) {
            fail("ngspice is not installed, although CI=true: install it, or nothing compares with SPICE");
        }
        assumeTrue(installed, "SKIPPED: ngspice is not installed, so nothing was compared with it");
        String[] options = {"--law", law, "--row-resistance", "30", "--column-resistance", "20", "--check-spice"};
        Run run = solve(options);
        assertEquals("", run.err());
        String last = run.out().lines().reduce((first, second) -> second).orElse("");
        assertTrue(last.matches("SPICE difference \\d\\.\\d\\de-1\\d|SPICE difference 0.00e\\+00"), last);

        List<String> withJson = new ArrayList<>(Arrays.asList(options));
        withJson.add("--json");
        JsonNode json = new ObjectMapper()
                .readTree(solve(withJson.toArray(String[]::new)).out());
        double difference = json.get("spiceDifference").doubleValue();
        assertTrue(difference >= 0 && difference <= 1e-11, "difference " + difference);
    }

    @Test
    void withoutNgspiceTheCheckIsRefusedBeforeAnythingIsSolved() throws IOException {
        System.setProperty(PROGRAM, path("none").toString());
        Run run = solve("--check-spice");
        assertEquals(2, run.exitCode());
        assertEquals(
                "vmm solve: ngspice: is not installed: put it on the PATH, or name it with -Dvmm.ngspice=FILE\n",
                run.err());
        assertEquals("", run.out());
        assertNothingWritten();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void anNgspiceThatFailsIsAFailureThatWritesNothing() throws IOException {
        Path program = path("ngspice");
        Files.writeString(program, "#!/bin/sh\necho 'Error: out of range'\nexit 1\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        System.setProperty(PROGRAM, program.toString());
        Run run = solve("--check-spice", "--netlist", path("array.cir").toString());
        assertEquals(1, run.exitCode());
        assertEquals(
                "vmm solve: ngspice found no operating point of the 2 x 2 array (exit code 1): Error: out of range\n",
                run.err());
        assertEquals("", run.out());
        assertNothingWritten();
    }

    @Test
    void theNetlistMayNotReplaceAnInput() throws IOException {
        Run run = solve("--netlist", path("G.npy").toString());
        assertEquals(2, run.exitCode());
        assertTrue(run.err().contains("G.npy: is an input file too"), run.err());
        assertFalse(Files.exists(path("I.npy")));
        assertNothingWritten();
    }
}
