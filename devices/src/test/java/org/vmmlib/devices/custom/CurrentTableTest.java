package org.vmmlib.devices.custom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.DoubleBinaryOperator;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vmmlib.core.crossbar.ArrayCells;
import org.vmmlib.core.crossbar.CellState;
import org.vmmlib.core.crossbar.StatePlane;
import org.vmmlib.core.io.MalformedFileException;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.signal.DriveKind;
import org.vmmlib.devices.CellLawContract;

/** A table as a law, on the contract by the example file. */
class CurrentTableTest extends CellLawContract {

    static Path example(String name) {
        URL url = Objects.requireNonNull(CurrentTableTest.class.getResource(name), name);
        try {
            return Path.of(url.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static CurrentTable measured() {
        try {
            return CurrentTable.read(example("measured-current.csv"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    protected TwoTerminalLaw law() {
        return measured()
                .law("measured cell", "conductance", "S")
                .readVoltage(0.2)
                .build();
    }

    @Override
    protected double[] voltages() {
        // Differences within a piece, beyond the table on both sides.
        return new double[] {-0.43, -0.21, -0.013, 0, 0.012, 0.118, 0.24};
    }

    @Override
    protected double[] gates() {
        return new double[] {0};
    }

    @Override
    protected Point read() {
        return new Point(0, 0.2, 0);
    }

    private static DMatrixRMaj sampled(double[] voltages, double[] states, DoubleBinaryOperator law) {
        DMatrixRMaj out = new DMatrixRMaj(voltages.length, states.length);
        for (int i = 0; i < voltages.length; i++) {
            for (int j = 0; j < states.length; j++) {
                out.set(i, j, law.applyAsDouble(voltages[i], states[j]));
            }
        }
        return out;
    }

    private static double[] grid(double low, double high, int count) {
        double[] out = new double[count];
        for (int k = 0; k < count; k++) {
            out[k] = low + (high - low) * k / (count - 1);
        }
        return out;
    }

    /** Current and slope. */
    private static double[] at(CurrentTable table, double voltage, double state) {
        double[] current = new double[1];
        double[] slope = new double[1];
        table.evaluate(1, new double[] {voltage}, new double[] {state}, Conditions.ROOM, current, slope);
        return new double[] {current[0], slope[0]};
    }

    private static double sinh(double v, double g) {
        return g * 0.3 * Math.sinh(v / 0.3);
    }

    @Test
    void tableGoesThroughItsPoints() {
        double[] voltages = {-1, -0.3, -0.1, 0, 0.05, 0.2, 0.7, 0.9};
        double[] states = {1e-9, 3e-9, 1e-7, 2e-6, 1e-5};
        DMatrixRMaj currents = sampled(voltages, states, CurrentTableTest::sinh);
        CurrentTable table = CurrentTable.of(voltages, states, currents);
        for (int i = 0; i < voltages.length; i++) {
            for (int j = 0; j < states.length; j++) {
                double exact = currents.get(i, j);
                assertEquals(exact, at(table, voltages[i], states[j])[0], 1e-14 * Math.abs(currents.get(i, 4)));
                if (i < voltages.length - 1 && j < states.length - 1) {
                    assertEquals(exact, at(table, voltages[i], states[j])[0]);
                }
            }
        }
        assertEquals(0, at(table, 0, 5e-8)[0], 0.0);
    }

    @Test
    void errorOnASmoothLawFallsAsTheFourthPowerOfTheSpacing() {
        double[] worst = new double[4];
        for (int level = 0; level < 4; level++) {
            int count = 10 * (1 << level) + 1;
            double[] voltages = grid(-0.5, 0.5, count);
            double[] states = grid(1e-5, 1e-4, count);
            // Not a product of voltage and state: the nonlinearity depends on the state.
            DoubleBinaryOperator law = (v, g) -> g * Math.sinh(v * (4 - g / 5e-5)) / (4 - g / 5e-5);
            CurrentTable table = CurrentTable.of(voltages, states, sampled(voltages, states, law));
            for (double v = -0.499; v < 0.5; v += 0.0137) {
                for (double g = 1.01e-5; g < 1e-4; g += 3.3e-6) {
                    double off = at(table, v, g)[0] - law.applyAsDouble(v, g);
                    worst[level] = Math.max(worst[level], Math.abs(off) / law.applyAsDouble(0.5, 1e-4));
                }
            }
        }
        for (int level = 1; level < 4; level++) {
            assertTrue(worst[level] < worst[level - 1] / 10, Arrays.toString(worst));
        }
        assertTrue(worst[0] < 1e-3 && worst[3] < 1e-6, Arrays.toString(worst));
    }

    @Test
    void currentIsMonotoneAndSmoothHoweverRoughTheTable() {
        // Steps over decades, as where a cell breaks through: interpolation that overshoots would fall somewhere.
        double[] voltages = {-0.6, -0.5, -0.2, 0, 0.1, 0.15, 0.6, 0.65, 1};
        double[] states = {0, 1, 1.2, 5, 6};
        DMatrixRMaj currents = new DMatrixRMaj(new double[][] {
            {-1e-3, -2e-3, -9e-3, -1e-2, -1.01e-2},
            {-1e-6, -1.1e-6, -8e-3, -9e-3, -1e-2},
            {-9e-7, -1e-6, -1e-5, -8e-3, -8.1e-3},
            {0, 0, 0, 0, 0},
            {1e-9, 1e-6, 1.01e-6, 1e-3, 1.1e-3},
            {2e-9, 1.1e-6, 1.2e-6, 1.1e-3, 2e-3},
            {1e-8, 1.2e-6, 1e-3, 1.2e-3, 2.1e-3},
            {1e-3, 1.1e-3, 1.2e-3, 1.3e-3, 9e-3},
            {1.1e-3, 1.2e-3, 1.3e-3, 1.4e-3, 9.1e-3}
        });
        CurrentTable table = CurrentTable.of(voltages, states, currents);
        double[] fine = grid(-0.6, 1, 1601);
        double[] fineStates = grid(0, 6, 241);
        for (double state : fineStates) {
            double last = Double.NEGATIVE_INFINITY;
            for (double v : fine) {
                double[] found = at(table, v, state);
                assertTrue(found[0] > last && found[1] > 0, "voltage " + v + ", state " + state);
                last = found[0];
            }
        }
        for (double v : fine) {
            double last = -1;
            for (double state : fineStates) {
                double size = Math.abs(at(table, v, state)[0]);
                assertTrue(size > last || v == 0, "voltage " + v + ", state " + state);
                last = size;
            }
        }
        // Both derivatives agree on the two sides of every grid line.
        double h = 1e-9;
        for (double state : new double[] {0.3, 1.1, 4, 5.5}) {
            for (double v : voltages) {
                if (v > -0.6 && v < 1) {
                    assertEquals(
                            at(table, v - h, state)[1], at(table, v, state)[1], 1e-5 * at(table, v, state)[1] + 1e-8);
                }
            }
        }
        for (double v : new double[] {-0.55, -0.3, 0.05, 0.4, 0.62}) {
            for (double state : new double[] {1, 1.2, 5}) {
                double below = (at(table, v, state)[0] - at(table, v, state - 1e-8)[0]) / 1e-8;
                double above = (at(table, v, state + 1e-8)[0] - at(table, v, state)[0]) / 1e-8;
                // A kink would be some 1e-3.
                assertEquals(below, above, 1e-6);
            }
        }
    }

    @Test
    void tablesWhoseCurrentFallsWithTheStateWork() {
        // A threshold for state.
        double[] voltages = {-0.2, -0.1, -0.05, 0, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4};
        double[] states = {0.2, 0.4, 0.5, 0.9};
        DoubleBinaryOperator law = (v, t) -> sinh(v, 1e-6 * Math.exp(-3 * t));
        CurrentTable table = CurrentTable.of(voltages, states, sampled(voltages, states, law));
        assertEquals(new StatePlane("threshold", "V", 0.2, 0.9), table.window("threshold", "V"));
        assertEquals(law.applyAsDouble(0.2, 0.4), at(table, 0.2, 0.4)[0], 1e-20);
        TwoTerminalLaw cell = table.law("falling", "threshold", "V").build();
        CellState state = cell.store(new DMatrixRMaj(1, 3, true, new double[] {1, 0, 0.5}), Conditions.ROOM);
        double[] stored = state.plane("threshold").data;
        assertEquals(0.2, stored[0]);
        assertEquals(0.9, stored[1]);
        double middle = 0.5 * (law.applyAsDouble(0.2, 0.2) + law.applyAsDouble(0.2, 0.9));
        assertEquals(middle, at(table, 0.2, stored[2])[0], 1e-12 * middle);
    }

    @Test
    void weightsAreLinearInTheCurrentAtTheReadVoltage() {
        TwoTerminalLaw law = law();
        double[] weights = grid(0, 1, 11);
        CellState state = law.store(new DMatrixRMaj(1, 11, true, weights), Conditions.ROOM);
        Row row = new Row(11);
        row.at(law.bind(state, Conditions.ROOM), 0, 0.2, 0);
        double span = row.current[10] - row.current[0];
        for (int j = 0; j < 11; j++) {
            assertEquals(weights[j], (row.current[j] - row.current[0]) / span, 1e-12);
        }
        assertEquals(span, law.unitSignal(DriveKind.ROW_VOLTAGE, 0.2, 0, Conditions.ROOM), 1e-12 * span);
    }

    @Test
    void beyondTheTableTheCurrentIsItsTangentAndDrivesAreRefused() {
        TwoTerminalLaw law = law();
        ArrayCells cells =
                law.bind(law.store(new DMatrixRMaj(1, 1, true, new double[] {1}), Conditions.ROOM), Conditions.ROOM);
        Row row = new Row(1);
        row.at(cells, 0, 0.5, 0);
        double current = row.current[0];
        double slope = row.slopeRow[0];
        row.at(cells, 0, 2.5, 0);
        assertEquals(current + 2 * slope, row.current[0], 1e-12 * row.current[0]);
        assertEquals(slope, row.slopeRow[0]);
        assertRefused(
                "drive = 0.6: is 0.6 across the cells of measured cell, must be from -0.5 to 0.5",
                () -> law.unitSignal(DriveKind.ROW_VOLTAGE, 0.6, 0, Conditions.ROOM));
        assertRefused("drive = 0.4: is 0.55", () -> law.unitSignal(DriveKind.ROW_VOLTAGE, 0.4, -0.15, Conditions.ROOM));
        assertRefused("kind = GATE_VOLTAGE", () -> law.unitSignal(DriveKind.GATE_VOLTAGE, 1, 0, Conditions.ROOM));
    }

    @Test
    void statesOutsideTheTableAreRefused() {
        assertRefused(
                "conductance[0,0] = 2.0E-4: must be from 1.0E-5 to 1.0E-4",
                () -> law().state(new DMatrixRMaj(1, 1, true, new double[] {2e-4})));
    }

    @Test
    void exampleFileIsTheLawThatItWasMadeOf() {
        // i = G 0.4 V sinh(v / 0.4 V), written to six digits.
        CurrentTable table = measured();
        for (double v = -0.5; v <= 0.5; v += 0.0173) {
            for (double g = 1e-5; g <= 1e-4; g += 1.7e-6) {
                assertEquals(g * 0.4 * Math.sinh(v / 0.4), at(table, v, g)[0], 2e-4 * g);
            }
        }
    }

    @Test
    void malformedFilesAreRefusedByFileLineAndColumn(@TempDir Path folder) throws IOException {
        String header = "0, 1, 2\n";
        String good = header + "-1, -3, -4\n0, 0, 0\n1, 3, 4\n";
        CurrentTable.read(Files.writeString(folder.resolve("good.csv"), good));
        assertMalformed(folder, "0, 1, 2\n0, 0, 0\n1, 3, 4\n", "has 2 voltages and 2 states: must have 3 voltages");
        assertMalformed(folder, "0, 1\n-1, -3\n0, 0\n1, 3\n", "has 3 voltages and 1 states: must have 3 voltages");
        assertMalformed(folder, "7, 1, 2\n-1, -3, -4\n0, 0, 0\n1, 3, 4\n", "begins with 7.0: must begin with 0");
        assertMalformed(
                folder,
                "0, 1, 1\n-1, -3, -4\n0, 0, 0\n1, 3, 4\n",
                "line 1, column 3 is 1.0 after 1.0: states must rise");
        assertMalformed(
                folder,
                header + "0, 0, 0\n-1, -3, -4\n1, 3, 4\n",
                "line 3, column 1 is -1.0 after 0.0: voltages must rise");
        assertMalformed(
                folder, header + "-1, -3, -4\n0.1, 1, 2\n1, 3, 4\n", "line 4, column 1 ends voltages from -1.0 to 1.0");
        assertMalformed(
                folder,
                header + "-2, -3, -4\n-1, -1, -2\n0, 0, 0\n",
                "line 4, column 1 ends voltages from -2.0 to 0.0");
        assertMalformed(
                folder,
                header + "-1, -3, -4\n0, 0, 1e-9\n1, 3, 4\n",
                "line 3, column 3 is 1.0E-9 at 0 V: must be 0; subtract the offset of the instrument");
        assertMalformed(
                folder,
                header + "-1, -3, -4\n0, 0, 0\n1, 3, 4\n2, 2.9, 5\n",
                "line 5, column 2 is 2.9 after 3.0: currents with the voltage must rise");
        assertMalformed(
                folder,
                header + "-1, -3, -4\n0, 0, 0\n1, 4, 3\n2, 5, 6\n",
                "line 4, column 3 is 3.0 after 4.0: currents must grow with the state");
        assertMalformed(
                folder, header + "-1, -3, x\n0, 0, 0\n1, 3, 4\n", "line 2, column 3 is 'x': must be a finite number");
        assertMalformed(folder, header + "-1, -3\n0, 0, 0\n1, 3, 4\n", "line 2 has 2 fields: must have 3");
    }

    private static void assertMalformed(Path folder, String text, String problem) throws IOException {
        Path file = Files.writeString(folder.resolve("table.csv"), text);
        String message = String.valueOf(assertThrows(MalformedFileException.class, () -> CurrentTable.read(file))
                .getMessage());
        assertTrue(message.startsWith(file + ": " + problem), message);
    }

    @Test
    void malformedTablesAreRefusedByElement() {
        double[] voltages = {-1, 0, 1};
        double[] states = {1, 2};
        DMatrixRMaj bad = new DMatrixRMaj(new double[][] {{-3, -4}, {0, 0}, {3, 2}});
        assertRefused("currents[2,1] is 2.0 after 3.0", () -> CurrentTable.of(voltages, states, bad));
        DMatrixRMaj nan = new DMatrixRMaj(new double[][] {{-3, -4}, {0, 0}, {3, Double.NaN}});
        assertRefused("currents[2,1] is NaN", () -> CurrentTable.of(voltages, states, nan));
        assertRefused("currents is 3 x 2: must be 3 x 1", () -> CurrentTable.of(voltages, new double[] {1}, bad));
        DMatrixRMaj good = new DMatrixRMaj(new double[][] {{-3, -4}, {0, 0}, {3, 4}});
        assertRefused("voltages[1] is -2.0 after -1.0", () -> CurrentTable.of(new double[] {-1, -2, 1}, states, good));
        assertRefused("states[1] is 0.5 after 1.0", () -> CurrentTable.of(voltages, new double[] {1, 0.5}, good));
        assertRefused(
                "currents has 2 voltages", () -> CurrentTable.of(new double[] {0, 1}, states, new DMatrixRMaj(2, 2)));
    }
}
