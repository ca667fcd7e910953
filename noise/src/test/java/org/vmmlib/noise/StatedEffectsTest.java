package org.vmmlib.noise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.vmmlib.core.crossbar.CellLaw;
import org.vmmlib.core.crossbar.CellState;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.random.RandomStreams;

/** Effects that draw what a cell law states, and refuse laws that state nothing. */
class StatedEffectsTest {

    private static final StatedResistors LAW = new StatedResistors();

    private static CellState half(CellLaw law, int rows, int columns) {
        DMatrixRMaj weights = new DMatrixRMaj(rows, columns);
        weights.fill(0.5);
        return law.store(weights, Conditions.ROOM);
    }

    private static DMatrixRMaj read(Reads cells, double[][] drives, double columnVoltage, int phase, long firstCall) {
        return cells.disturbed(new Fluctuation(), new DMatrixRMaj(drives), columnVoltage, phase, firstCall);
    }

    private static Reads halfCells(CellLaw law, int rows, int columns) {
        return Reads.of(law, half(law, rows, columns), Conditions.ROOM);
    }

    /** 1 µS over 40,000 cells: six standard errors, 2e-9 for a new seed. */
    @Test
    void programmingLeavesTheSpreadThatTheLawStates() {
        CellState target = half(LAW, 200, 200);
        double[] g = new ProgrammingError()
                .program(LAW, target, Conditions.ROOM, RandomStreams.of(1).stream("array.programming-error", 0))
                .plane("conductance")
                .data;
        double squares = 0;
        for (double value : g) {
            squares += (value - 0.5e-3) * (value - 0.5e-3);
        }
        assertEquals(1e-6, Math.sqrt(squares / g.length), 6 * 1e-6 / Math.sqrt(80_000));
    }

    @Test
    void driftIsThatOfTheAgeAtWhichTheChipIsRead() {
        CellState old = new Drift()
                .age(LAW, half(LAW, 1, 3), Conditions.ROOM.atAge(100), RandomStreams.of(1).stream("array.drift", 0));
        assertArrayEquals(new double[] {0.4e-3, 0.4e-3, 0.4e-3}, old.plane("conductance").data, 1e-15);
    }

    /** Four rows of 1 % of 0.5 mA: 10 µA; 10,000 vectors, six standard errors. */
    @Test
    void cellsOfAColumnFluctuateIndependently() {
        double[][] drives = new double[10_000][4];
        for (double[] drive : drives) {
            Arrays.fill(drive, 1.2);
        }
        DMatrixRMaj noise = read(halfCells(LAW, 4, 1), drives, 0.2, 0, 0);
        double squares = 0;
        for (double value : noise.data) {
            squares += value * value;
        }
        assertEquals(10e-6, Math.sqrt(squares / noise.data.length), 6 * 10e-6 / Math.sqrt(20_000));
    }

    /** Bits of one input see the same deviation of each cell, so that it is weighed like the signal. */
    @Test
    void aCellIsOffByTheSameInAllPhasesOfAVector() {
        Reads cells = halfCells(LAW, 2, 3);
        DMatrixRMaj first = read(cells, new double[][] {{0.2, 0}}, 0, 0, 7);
        DMatrixRMaj second = read(cells, new double[][] {{0, 0.4}}, 0, 1, 7);
        DMatrixRMaj both = read(cells, new double[][] {{0.4, 0.4}}, 0, 2, 7);
        DMatrixRMaj next = read(cells, new double[][] {{0.4, 0.4}}, 0, 2, 8);
        for (int j = 0; j < 3; j++) {
            assertEquals(both.data[j], 2 * first.data[j] + second.data[j], 1e-18);
            assertTrue(Math.abs(both.data[j] - next.data[j]) > 1e-12);
        }
    }

    @Test
    void aVectorFluctuatesTheSameWhereverTheBatchIsCut() {
        Reads cells = halfCells(LAW, 2, 3);
        DMatrixRMaj whole = read(cells, new double[][] {{1, 2}, {3, 4}, {5, 6}}, 0, 0, 10);
        DMatrixRMaj last = read(cells, new double[][] {{5, 6}}, 0, 0, 12);
        assertArrayEquals(new double[] {whole.get(2, 0), whole.get(2, 1), whole.get(2, 2)}, last.data);
    }

    @Test
    void lawsThatStateNothingAreRefused() {
        Resistors law = new Resistors();
        assertRefused(
                "law = test resistors: states no programming error",
                () -> new ProgrammingError()
                        .program(law, half(law, 1, 1), Conditions.ROOM, RandomStreams.of(1).stream("x", 0)));
        assertRefused(
                "law = test resistors: states no drift",
                () -> new Drift().age(law, half(law, 1, 1), Conditions.ROOM, RandomStreams.of(1).stream("x", 0)));
        assertRefused("cells state no fluctuation", () -> read(halfCells(law, 1, 1), new double[1][1], 0, 0, 0));
    }

    private static void assertRefused(String start, Executable action) {
        String message = String.valueOf(
                assertThrows(IllegalArgumentException.class, action).getMessage());
        assertTrue(message.startsWith(start), message);
    }
}
