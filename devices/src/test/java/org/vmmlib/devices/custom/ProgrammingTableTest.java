package org.vmmlib.devices.custom;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vmmlib.core.crossbar.CellState;
import org.vmmlib.core.crossbar.SpreadLaw;
import org.vmmlib.core.crossbar.StatePlane;
import org.vmmlib.core.io.MalformedFileException;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.random.RandomStreams;

class ProgrammingTableTest {

    private static final StatePlane CONDUCTANCE = new StatePlane("conductance", "S", 1e-5, 1e-4);

    private static TwoTerminalLaw law(ProgrammingTable table) {
        return TwoTerminalLaw.builder("resistor", CONDUCTANCE, (n, v, g, c, i, s) -> {
                    for (int k = 0; k < n; k++) {
                        i[k] = g[k] * v[k];
                        s[k] = g[k];
                    }
                })
                .programming(table)
                .build();
    }

    /** 40,000 cells of one target. */
    private static double[] programmed(SpreadLaw law, double target, long seed) {
        DMatrixRMaj states = new DMatrixRMaj(200, 200);
        states.fill(target);
        CellState state = new CellState(law.planes(), states);
        return law.program(state, Conditions.ROOM, RandomStreams.of(seed).stream("test", 0))
                .plane("conductance")
                .data;
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static double deviation(double[] values) {
        double mean = mean(values);
        double sum = 0;
        for (double value : values) {
            sum += (value - mean) * (value - mean);
        }
        return Math.sqrt(sum / values.length);
    }

    /**
     * Mean and deviation of 40,000 normal numbers are within 5.5 of their own deviations, σ/200 and σ/283; each fails
     * by chance in 4e-8 of seeds, 6 of them in 2.3e-7.
     */
    @Test
    void errorsAreThoseOfTheTableInterpolated() throws IOException {
        ProgrammingTable table = ProgrammingTable.readErrors(CurrentTableTest.example("programming-error.csv"));
        SpreadLaw law = law(table);
        // Halfway between 2e-5 (1.4e-6) and 4e-5 (1.1e-6); at a point; a little beside one.
        double[][] expected = {{3e-5, 1.25e-6}, {7e-5, 0.9e-6}, {7.6e-5, 0.84e-6}};
        for (double[] line : expected) {
            assertEquals(line[1], table.sigma(line[0]), 1e-18);
            double[] found = programmed(law, line[0], 7);
            assertEquals(line[0], mean(found), 5.5 * line[1] / 200);
            assertEquals(line[1], deviation(found), 5.5 * line[1] / 283);
        }
    }

    @Test
    void cellsThatHaveLevelsGoToTheNearest() throws IOException {
        ProgrammingTable table = ProgrammingTable.readLevels(CurrentTableTest.example("levels.csv"));
        SpreadLaw law = law(table);
        // Levels are asked for at 1e-5, 3.25e-5, 5.5e-5 …; the second is 2.6e-5 on average.
        assertEquals(2.6e-5, table.mean(2.2e-5));
        assertEquals(1.05e-5, table.mean(2.1e-5));
        assertEquals(9.8e-5, table.mean(1));
        double[] found = programmed(law, 3.9e-5, 3);
        assertEquals(2.6e-5, mean(found), 5.5 * 8e-7 / 200);
        assertEquals(8e-7, deviation(found), 5.5 * 8e-7 / 283);
    }

    @Test
    void statesStayWithinTheWindow() {
        ProgrammingTable wild = ProgrammingTable.errors(new double[] {1e-5, 1e-4}, new double[] {1e-3, 1e-3});
        double least = 1;
        double most = 0;
        for (double g : programmed(law(wild), 5e-5, 1)) {
            least = Math.min(least, g);
            most = Math.max(most, g);
        }
        assertEquals(1e-5, least);
        assertEquals(1e-4, most);
    }

    @Test
    void withoutErrorEveryCellHitsItsTarget() {
        ProgrammingTable exact = ProgrammingTable.errors(new double[] {1e-5, 1e-4}, new double[] {0, 0});
        double[] expected = new double[40_000];
        Arrays.fill(expected, 3.3e-5);
        assertArrayEquals(expected, programmed(law(exact), 3.3e-5, 1));
    }

    @Test
    void drawsOfACellDependOnItsPlaceAlone() {
        ProgrammingTable table = ProgrammingTable.errors(new double[] {1e-5, 1e-4}, new double[] {1e-6, 1e-6});
        assertArrayEquals(programmed(law(table), 4e-5, 9), programmed(law(table), 4e-5, 9));
        double[] a = programmed(law(table), 4e-5, 9);
        double[] b = programmed(law(table), 6e-5, 9);
        for (int k = 0; k < 100; k++) {
            assertEquals(a[k] - 4e-5, b[k] - 6e-5, 1e-18);
        }
    }

    @Test
    void malformedTablesAreRefused(@TempDir Path folder) throws IOException {
        assertMalformed(folder, "1,2\n", "line 1, column 1 is the only one: must have 2 states or more");
        assertMalformed(folder, "1,2\n1,3\n", "line 2, column 1 is 1.0: must be above the one before, 1.0");
        assertMalformed(folder, "1,2\n2,-3\n", "line 2, column 2 is -3.0: must be a finite number >= 0");
        assertMalformed(folder, "1,2,3\n2,3,4\n", "line 1 has 3 fields: must have state, sigma");
        assertMalformed(folder, "1,2\n2,y\n", "line 2, column 2 is 'y'");
        Path file = Files.writeString(folder.resolve("levels.csv"), "1,2,3,4\n2,3,4,5\n");
        assertTrue(String.valueOf(assertThrows(MalformedFileException.class, () -> ProgrammingTable.readLevels(file))
                        .getMessage())
                .contains("line 1 has 4 fields: must have target, state or target, state, sigma"));
        assertRefused(
                "sigmas[1] is NaN", () -> ProgrammingTable.errors(new double[] {1, 2}, new double[] {0, Double.NaN}));
        assertRefused("sigmas has 1 elements", () -> ProgrammingTable.errors(new double[] {1, 2}, new double[] {0}));
        assertRefused(
                "means[0] is Infinity",
                () -> ProgrammingTable.levels(
                        new double[] {1, 2}, new double[] {Double.POSITIVE_INFINITY, 0}, new double[2]));
        assertRefused(
                "means and sigmas have 1 and 2",
                () -> ProgrammingTable.levels(new double[] {1, 2}, new double[1], new double[2]));
        assertRefused(
                "table has errors from 2.0E-5 to 1.0E-4: must have them over the window",
                () -> law(ProgrammingTable.errors(new double[] {2e-5, 1e-4}, new double[2])));
        assertRefused(
                "table has level 1.0: must be within the window",
                () -> law(ProgrammingTable.levels(new double[] {1e-5, 1e-4}, new double[] {2e-5, 1}, new double[2])));
    }

    private static void assertMalformed(Path folder, String text, String problem) throws IOException {
        Path file = Files.writeString(folder.resolve("table.csv"), text);
        String message =
                String.valueOf(assertThrows(MalformedFileException.class, () -> ProgrammingTable.readErrors(file))
                        .getMessage());
        assertTrue(message.startsWith(file + ": " + problem), message);
    }

    private static void assertRefused(String start, org.junit.jupiter.api.function.Executable action) {
        String message = String.valueOf(
                assertThrows(IllegalArgumentException.class, action).getMessage());
        assertTrue(message.startsWith(start), message);
    }
}
