package org.vmmlib.tests.spice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.vmmlib.core.crossbar.CellFaults;
import org.vmmlib.core.crossbar.Crossbar;
import org.vmmlib.core.crossbar.Ends;
import org.vmmlib.core.crossbar.Lines;
import org.vmmlib.core.crossbar.solve.Excitation;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.signal.Connections;
import org.vmmlib.core.spice.Netlist;
import org.vmmlib.core.spice.Ngspice;
import org.vmmlib.core.spice.SpiceException;
import org.vmmlib.devices.flash.FloatingGateCell;
import org.vmmlib.devices.reram.ConductanceWindow;
import org.vmmlib.devices.reram.LinearReram;

/** What is written, and what happens when ngspice cannot run it; none of this needs ngspice. */
final class NetlistTest {

    private static final double THIRD = 1.0 / 3;

    @TempDir
    Path folder;

    private static Netlist netlist(Lines lines, CellFaults faults, Excitation excitation) {
        LinearReram law = new LinearReram(ConductanceWindow.any());
        DMatrixRMaj g = new DMatrixRMaj(lines.rows(), lines.columns());
        g.fill(0.125);
        return Netlist.of(new Crossbar(law, law.state(g), lines, faults), Conditions.ROOM, excitation, 0);
    }

    /** The elements, without comments, options and commands. */
    private static List<String> elements(Netlist netlist) {
        return netlist.text()
                .lines()
                .skip(1)
                .takeWhile(line -> !line.startsWith("."))
                .filter(line -> !line.startsWith("*"))
                .toList();
    }

    private static Excitation excitation() {
        return Excitation.rows(new DMatrixRMaj(new double[][] {{THIRD, -0.5}}), new DMatrixRMaj(1, 2));
    }

    @Test
    void everySegmentTowardsATerminalIsAResistor() {
        Lines lines = Lines.builder(2, 2)
                .rowResistance(2)
                .columnResistance(3)
                .sourceResistance(100, 200)
                .senseResistance(THIRD)
                .build();
        assertEquals(
                List.of(
                        "Vr0 r0 0 0.3333333333333333",
                        "Vr1 r1 0 -0.5",
                        "Vc0 c0 0 0",
                        "Vc1 c1 0 0",
                        "Rw0_0 r0 w0_0 102",
                        "Rw0_1 w0_0 w0_1 2",
                        "Rw1_0 r1 w1_0 202",
                        "Rw1_1 w1_0 w1_1 2",
                        "Rb1_0 b0_0 b1_0 3",
                        "Rb2_0 b1_0 c0 3.3333333333333335",
                        "Rb1_1 b0_1 b1_1 3",
                        "Rb2_1 b1_1 c1 3.3333333333333335",
                        "Rc0_0 w0_0 b0_0 8",
                        "Rc0_1 w0_1 b0_1 8",
                        "Rc1_0 w1_0 b1_0 8",
                        "Rc1_1 w1_1 b1_1 8"),
                elements(netlist(lines, CellFaults.none(2, 2), excitation())));
    }

    @Test
    void nodesWithoutResistanceBetweenThemAreOne() {
        Lines lines = Lines.builder(2, 2)
                .sourceResistance(0, 5)
                .rowEnds(Ends.BOTH)
                .columnEnds(Ends.FIRST)
                .openColumnSegment(1, 1)
                .build();
        CellFaults faults =
                CellFaults.none(2, 2).open(0, 0).shorted(0, 1).shorted(1, 0).shortConductance(4);
        assertEquals(
                List.of(
                        "Vr0 r0 0 0.3333333333333333",
                        "Vr1 r1 0 -0.5",
                        "Vc0 c0 0 0",
                        "Vc1 c1 0 0",
                        "Rw1_0 r1 w1_0 5",
                        "Rw1_2 w1_0 r1 5",
                        "Rc0_1 r0 c1 0.25",
                        "Rc1_0 w1_0 c0 0.25",
                        "Rc1_1 w1_0 b1_1 8"),
                elements(netlist(lines, faults, excitation())));
    }

    @Test
    void floatingLinesHaveNoSourceAndIslandsAreHeld() {
        Excitation floating = excitation()
                .withRows(Connections.all(2).floating(0))
                .withColumns(Connections.all(2).floating(1));
        CellFaults faults = CellFaults.none(2, 2).open(0, 0).open(1, 1);
        assertEquals(
                List.of("Vr1 r1 0 -0.5", "Vc0 c0 0 0", "Rc0_1 w0_0 b0_1 8", "Rc1_0 r1 c0 8", "Rh0 w0_0 0 1"),
                elements(netlist(Lines.ideal(2, 2), faults, floating)));
    }

    @Test
    void cellsOfARowThatIsSwitchedOffAreLeftOut() {
        FloatingGateCell law = FloatingGateCell.exponential().build();
        DMatrixRMaj gates = new DMatrixRMaj(new double[][] {{Double.NEGATIVE_INFINITY, 0.625}});
        Netlist netlist = Netlist.of(
                new Crossbar(law, law.store(new DMatrixRMaj(2, 1), Conditions.ROOM), Lines.ideal(2, 1)),
                Conditions.ROOM,
                Excitation.gates(gates, new DMatrixRMaj(1, 1)),
                0);
        List<String> elements = elements(netlist);
        assertEquals(List.of("Vr0 r0 0 0", "Vr1 r1 0 0", "Vg1 g1 0 0.625", "Vc0 c0 0 0"), elements.subList(0, 4));
        assertEquals(5, elements.size());
        assertTrue(elements.get(4).startsWith("Bc1_0 r1 c0 I=-"), elements.get(4));
    }

    @Test
    void theVectorAskedForIsWritten() {
        LinearReram law = new LinearReram(ConductanceWindow.any());
        Crossbar array = new Crossbar(law, law.state(new DMatrixRMaj(new double[][] {{1}})), Lines.ideal(1, 1));
        Excitation two = Excitation.rows(new DMatrixRMaj(new double[][] {{0.25}, {0.75}}), new DMatrixRMaj(2, 1));
        assertTrue(elements(Netlist.of(array, Conditions.ROOM, two, 1)).contains("Vr0 r0 0 0.75"));
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> Netlist.of(array, Conditions.ROOM, two, 2));
        assertEquals("vector = 2: must be from 0 to 1", refusal.getMessage());
    }

    @Test
    void excitationsOfAnotherArrayAreRefused() {
        Excitation other = Excitation.rows(new DMatrixRMaj(1, 3), new DMatrixRMaj(1, 2));
        IllegalArgumentException refusal = assertThrows(
                IllegalArgumentException.class, () -> netlist(Lines.ideal(2, 2), CellFaults.none(2, 2), other));
        assertEquals("rowVoltages is 1 x 3: must be 1 x 2", refusal.getMessage());
        Excitation notFinite =
                Excitation.rows(new DMatrixRMaj(new double[][] {{0, Double.NaN}}), new DMatrixRMaj(1, 2));
        assertThrows(
                IllegalArgumentException.class, () -> netlist(Lines.ideal(2, 2), CellFaults.none(2, 2), notFinite));
    }

    private Ngspice program(String script, Duration timeout) throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "SKIPPED: there is no shell to stand in for ngspice");
        Path program = folder.resolve("ngspice");
        Files.writeString(program, "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        return new Ngspice(program, timeout);
    }

    private static Netlist small() {
        return netlist(Lines.ideal(2, 2), CellFaults.none(2, 2), excitation());
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aFailedRunSaysWhatNgspiceSaid() throws IOException {
        Ngspice failing =
                program("echo 'Circuit: x'; echo 'Error: it is too hot' >&2; exit 1\n", Duration.ofMinutes(1));
        SpiceException failure = assertThrows(SpiceException.class, () -> failing.run(small()));
        assertEquals(
                "ngspice found no operating point of the 2 x 2 array (exit code 1): Error: it is too hot",
                failure.getMessage());
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aRunWithoutResultsIsAFailure() throws IOException {
        Ngspice silent = program("exit 0\n", Duration.ofMinutes(1));
        SpiceException failure = assertThrows(SpiceException.class, () -> silent.run(small()));
        assertTrue(failure.getMessage().endsWith("(exit code 0): it said nothing"), failure.getMessage());
    }

    /** The stand-in becomes a process that would run for a minute. */
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aRunThatTakesTooLongIsEnded() throws IOException {
        Path mark = folder.resolve("started");
        Ngspice slow = program("echo x > '" + mark + "'; exec sleep 60\n", Duration.ofSeconds(2));
        long begin = System.nanoTime();
        SpiceException failure = assertThrows(SpiceException.class, () -> slow.run(small()));
        assertTrue(System.nanoTime() - begin < 30e9, "the run was not ended");
        assertTrue(Files.exists(mark));
        assertTrue(failure.getMessage().startsWith("ngspice took longer than 2 s"), failure.getMessage());
    }

    @Test
    void aProgramThatIsNotThereIsNotInstalled() {
        String before = System.getProperty("vmm.ngspice");
        System.setProperty("vmm.ngspice", folder.resolve("none").toString());
        try {
            assertFalse(Ngspice.find(Duration.ofSeconds(1)).isPresent());
            NoSuchFileException missing =
                    assertThrows(NoSuchFileException.class, () -> Ngspice.installed(Duration.ofSeconds(1)));
            assertTrue(missing.getMessage().startsWith("ngspice: is not installed: "), missing.getMessage());
        } finally {
            if (before == null) {
                System.clearProperty("vmm.ngspice");
            } else {
                System.setProperty("vmm.ngspice", before);
            }
        }
    }
}
