package org.vmmlib.tests.spice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vmmlib.core.crossbar.Crossbar;
import org.vmmlib.core.crossbar.Ends;
import org.vmmlib.core.crossbar.Lines;
import org.vmmlib.core.crossbar.solve.Excitation;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.signal.Connections;
import org.vmmlib.core.spice.Netlist;
import org.vmmlib.core.spice.SpiceResult;
import org.vmmlib.devices.reram.ConductanceWindow;
import org.vmmlib.devices.reram.SinhReram;

/** The netlist as a user runs it, and what has no voltage. */
final class NgspiceIT {

    @TempDir
    Path folder;

    private static Crossbar array(Lines lines) {
        SinhReram law = new SinhReram(ConductanceWindow.any(), 3);
        return new Crossbar(
                law, law.state(Spice.logUniform(1, "conductances", lines.rows(), lines.columns(), 1e-4, 1e-3)), lines);
    }

    /** {@code ngspice -b FILE} prints every terminal current and node voltage with all its digits. */
    @Test
    void theNetlistPrintsTheSolution() throws IOException, InterruptedException {
        Crossbar array = array(Lines.builder(3, 2)
                .rowResistance(10)
                .rowEnds(Ends.BOTH)
                .senseResistance(40)
                .build());
        Excitation excitation =
                Excitation.rows(Spice.uniform(1, "drives", 1, 3, -0.5, 0.5), Spice.uniform(1, "sense", 1, 2, 0, 0.1));
        Path deck = folder.resolve("array.cir");
        Files.writeString(
                deck, Netlist.of(array, Conditions.ROOM, excitation, 0).text());
        Path log = folder.resolve("log.txt");
        int exitCode = new ProcessBuilder(Spice.installed().program().toString(), "-n", "-b", deck.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        String text = new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
        assertEquals(0, exitCode, text);
        SortedMap<String, Double> printed = new TreeMap<>();
        Matcher lines = Pattern.compile("(?m)^([iv]\\(\\w+\\)) = (\\S+)").matcher(text);
        while (lines.find()) {
            printed.put(lines.group(1), Double.valueOf(lines.group(2)));
        }

        SpiceResult solved = Spice.reference(array, Conditions.ROOM, excitation);
        SortedMap<String, Double> expected = new TreeMap<>();
        for (int i = 0; i < 3; i++) {
            expected.put("i(vr" + i + ")", solved.rowCurrents().get(0, i));
            for (int j = 0; j < 2; j++) {
                expected.put("v(w" + i + "_" + j + ")", solved.wordLines().get(i, j));
            }
        }
        for (int j = 0; j < 2; j++) {
            expected.put("i(vc" + j + ")", solved.columnCurrents().get(0, j));
            // Without column resistance a bit line is one node.
            expected.put("v(b0_" + j + ")", solved.bitLines().get(0, j));
        }
        assertEquals(expected.keySet(), printed.keySet());
        expected.forEach((name, value) -> assertEquals(value, printed.get(name), 1e-12, name));
    }

    /** An island of two lines that no terminal reaches has no voltage; the rest of the array does not notice. */
    @Test
    void nodesThatNoTerminalDeterminesAreNotNumbers() throws IOException, InterruptedException {
        Crossbar array = array(Lines.builder(2, 2)
                .rowResistance(10)
                .columnResistance(10)
                .openRowSegment(1, 1)
                .openColumnSegment(1, 1)
                .openColumnSegment(1, 2)
                .build());
        Excitation excitation = Excitation.rows(new DMatrixRMaj(new double[][] {{0.3, 0.2}}), new DMatrixRMaj(1, 2));
        SpiceResult spice = Spice.installed().run(Netlist.of(array, Conditions.ROOM, excitation, 0));
        assertTrue(Double.isNaN(spice.wordLines().get(1, 1)));
        assertTrue(Double.isNaN(spice.bitLines().get(1, 1)));
        assertEquals(0, spice.columnCurrents().get(0, 1));
        Spice.assertAgrees("island", array, Conditions.ROOM, excitation, 1e-11);
    }

    /** A floating row is held by the cells on it, and carries no current out. */
    @Test
    void aFloatingRowHasTheVoltageThatItsCellsGiveIt() throws IOException, InterruptedException {
        Crossbar array = array(Lines.builder(2, 2).columnResistance(10).build());
        Excitation excitation = Excitation.rows(
                        new DMatrixRMaj(new double[][] {{0.3, 0.2}}), new DMatrixRMaj(new double[][] {{0, 0.1}}))
                .withRows(Connections.all(2).floating(1));
        SpiceResult spice = Spice.installed().run(Netlist.of(array, Conditions.ROOM, excitation, 0));
        assertEquals(0, spice.rowCurrents().get(0, 1));
        double row = spice.wordLines().get(1, 0);
        assertTrue(row > 0 && row < 0.3, "row at " + row + " V");
        Spice.assertAgrees("floating row", array, Conditions.ROOM, excitation, 1e-11);
    }
}
