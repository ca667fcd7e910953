package org.vmmlib.tests.guide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vmmlib.core.crossbar.CellState;
import org.vmmlib.core.crossbar.Crossbar;
import org.vmmlib.core.crossbar.Lines;
import org.vmmlib.core.crossbar.solve.Excitation;
import org.vmmlib.core.crossbar.solve.PreparedCrossbar;
import org.vmmlib.core.crossbar.solve.ReferenceSolver;
import org.vmmlib.core.crossbar.solve.Solution;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.random.RandomStreams;
import org.vmmlib.devices.custom.CurrentTable;
import org.vmmlib.devices.custom.ProgrammingTable;
import org.vmmlib.devices.custom.TwoTerminalLaw;

/** A user's own device, closed form and measured, in an array with lines. */
class OwnDeviceTest {

    private static double[] columnCurrents(TwoTerminalLaw law, CellState state, double ohms) {
        Lines lines =
                Lines.builder(3, 2).rowResistance(ohms).columnResistance(ohms).build();
        Crossbar array = new Crossbar(law, state, lines);
        PreparedCrossbar prepared = new ReferenceSolver().prepare(array, Conditions.ROOM);
        Solution solution = new Solution();
        DMatrixRMaj volts = new DMatrixRMaj(new double[][] {{0.1, 0.05, -0.02}});
        prepared.solve(Excitation.rows(volts, new DMatrixRMaj(1, 2)), solution, prepared.workspace());
        return new double[] {solution.columnCurrents.get(0, 0), solution.columnCurrents.get(0, 1)};
    }

    @Test
    void closedFormLawMultipliesInAnArrayWithLines() {
        TwoTerminalLaw law = TunnelCell.law();
        DMatrixRMaj gaps = new DMatrixRMaj(new double[][] {{0.5e-9, 1e-9}, {0.8e-9, 0.6e-9}, {0.3e-9, 1.5e-9}});
        double[] ideal = columnCurrents(law, law.state(gaps), 0);
        double expected = 0;
        double[] volts = {0.1, 0.05, -0.02};
        for (int i = 0; i < 3; i++) {
            expected += 1e-3 * Math.exp(-gaps.get(i, 0) / 0.25e-9) * Math.sinh(volts[i] / 0.25);
        }
        assertEquals(expected, ideal[0], 1e-12 * Math.abs(expected));
        double[] real = columnCurrents(law, law.state(gaps), 1);
        assertNotEquals(ideal[0], real[0]);
        assertEquals(ideal[0], real[0], 0.02 * Math.abs(ideal[0]));
    }

    @Test
    void measuredTablesMakeACellThatIsProgrammedWithItsError(@TempDir Path folder) throws IOException {
        Path currents = Files.writeString(folder.resolve("currents.csv"), """
                0,    1e-5,    5e-5,    1e-4
                -0.2, -2.2e-6, -1.1e-5, -2.2e-5
                0,    0,       0,       0
                0.1,  1.02e-6, 5.1e-6,  1.02e-5
                0.2,  2.2e-6,  1.1e-5,  2.2e-5
                """);
        Path errors = Files.writeString(folder.resolve("errors.csv"), "1e-5, 2e-6\n1e-4, 1e-6\n");
        TwoTerminalLaw law = CurrentTable.read(currents)
                .law("my cell", "conductance", "S")
                .programming(ProgrammingTable.readErrors(errors))
                .readVoltage(0.1)
                .build();
        DMatrixRMaj weights = new DMatrixRMaj(new double[][] {{0, 1}, {0.5, 0.25}, {1, 0}});
        CellState target = law.store(weights, Conditions.ROOM);
        CellState programmed = law.program(target, Conditions.ROOM, RandomStreams.of(1).stream("programming", 0));
        double[] meant = columnCurrents(law, target, 0);
        double[] found = columnCurrents(law, programmed, 0);
        assertNotEquals(meant[0], found[0]);
        // Six cells, each off by 2e-6 S or less at one sigma: 10 sigma of each are never all reached.
        assertTrue(Math.abs(found[0] - meant[0]) < 10 * 2e-6 * 0.2 * 3);
    }
}
