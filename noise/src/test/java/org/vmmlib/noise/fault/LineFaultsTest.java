package org.vmmlib.noise.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.commons.math3.stat.inference.ChiSquareTest;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.vmmlib.core.crossbar.CellFaults;
import org.vmmlib.core.crossbar.CellLaw;
import org.vmmlib.core.crossbar.Crossbar;
import org.vmmlib.core.crossbar.Lines;
import org.vmmlib.core.crossbar.solve.Excitation;
import org.vmmlib.core.crossbar.solve.PreparedCrossbar;
import org.vmmlib.core.crossbar.solve.SchurSolver;
import org.vmmlib.core.crossbar.solve.Solution;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.random.RandomStream;
import org.vmmlib.core.random.RandomStreams;
import org.vmmlib.noise.TestResistors;

class LineFaultsTest {

    private static RandomStream draws(String id, long chip) {
        return new RandomStreams(5, chip).stream(id, 0);
    }

    /** The broken segment of a row, −1 if it has none; fails if it has two. */
    private static int broken(Lines lines, int row) {
        int at = -1;
        for (int k = 0; k <= lines.columns(); k++) {
            if (lines.rowSegmentOpen(row, k)) {
                assertEquals(-1, at);
                at = k;
            }
        }
        return at;
    }

    /** Binomial within six standard deviations (2e-9); places by chi-square (1e-6). */
    @Test
    void asManyRowsAreBrokenAsTheProbabilitySaysAnywhereAlongThem() {
        BrokenLines effect = new BrokenLines(0.3, 0, BrokenLines.Of.LINES);
        int rows = 10_000;
        Lines lines = effect.wires(Lines.ideal(rows, 7), draws(effect.id(), 0));
        long[] places = new long[8];
        int sum = 0;
        for (int i = 0; i < rows; i++) {
            int at = broken(lines, i);
            if (at >= 0) {
                places[at]++;
                sum++;
            }
        }
        assertEquals(0.3 * rows, sum, 6 * Math.sqrt(rows * 0.3 * 0.7));
        double[] even = {1, 1, 1, 1, 1, 1, 1, 1};
        assertTrue(new ChiSquareTest().chiSquareTest(even, places) > 1e-6);
        for (int j = 0; j < 7; j++) {
            for (int k = 0; k <= rows; k += 100) {
                assertFalse(lines.columnSegmentOpen(j, k));
            }
        }
    }

    /** Binomial within six standard deviations: 2e-9. */
    @Test
    void segmentsBreakIndependently() {
        BrokenLines effect = new BrokenLines(0, 0.02, BrokenLines.Of.SEGMENTS);
        Lines lines = effect.wires(Lines.ideal(99, 300), draws(effect.id(), 0));
        int open = 0;
        for (int j = 0; j < 300; j++) {
            for (int k = 0; k <= 99; k++) {
                open += lines.columnSegmentOpen(j, k) ? 1 : 0;
            }
        }
        assertEquals(0.02 * 30_000, open, 6 * Math.sqrt(30_000 * 0.02 * 0.98));
    }

    @Test
    void cellsBeyondABreakGetNoDrive() {
        CellLaw law = TestResistors.law();
        DMatrixRMaj half = new DMatrixRMaj(3, 5);
        half.fill(0.5);
        BrokenLines effect = new BrokenLines(1, 0, BrokenLines.Of.LINES);
        for (int chip = 0; chip < 5; chip++) {
            Lines lines = effect.wires(Lines.ideal(3, 5), draws(effect.id(), chip));
            PreparedCrossbar array = new SchurSolver()
                    .prepare(new Crossbar(law, law.store(half, Conditions.ROOM), lines), Conditions.ROOM);
            Solution solution = new Solution();
            array.solve(
                    Excitation.rows(new DMatrixRMaj(new double[][] {{0.1, 0.2, 0.4}}), new DMatrixRMaj(1, 5)),
                    solution,
                    array.workspace());
            for (int j = 0; j < 5; j++) {
                double expected = 0;
                for (int i = 0; i < 3; i++) {
                    expected += broken(lines, i) > j ? 0.5e-3 * 0.1 * (1 << i) : 0;
                }
                assertEquals(expected, solution.columnCurrents.data[j], 1e-13);
            }
        }
    }

    /** Binomial within six standard deviations, 2e-9 for each of two. */
    @Test
    void allCellsOfAStuckLineAreStuckAlike() {
        StuckLines effect = new StuckLines(0.2, 0, new StuckKind(0.5, 1e-3));
        CellFaults faults = effect.faults(CellFaults.none(4000, 3), draws(effect.id(), 0));
        int open = 0;
        int shorted = 0;
        for (int i = 0; i < 4000; i++) {
            open += faults.isOpen(i, 0) ? 1 : 0;
            shorted += faults.isShorted(i, 0) ? 1 : 0;
            for (int j = 1; j < 3; j++) {
                assertEquals(faults.isOpen(i, 0), faults.isOpen(i, j));
                assertEquals(faults.isShorted(i, 0), faults.isShorted(i, j));
            }
        }
        assertEquals(400, open, 6 * Math.sqrt(4000 * 0.1 * 0.9));
        assertEquals(400, shorted, 6 * Math.sqrt(4000 * 0.1 * 0.9));
        StuckLines column = new StuckLines(0, 1, StuckKind.off());
        CellFaults dark = column.faults(CellFaults.none(2, 2), draws(column.id(), 0));
        assertTrue(dark.isOpen(0, 0) && dark.isOpen(1, 1));
    }

    @Test
    void probabilitiesOutsideZeroToOneAreRefused() {
        for (double p : new double[] {-0.1, 1.1, Double.NaN}) {
            assertThrows(IllegalArgumentException.class, () -> new BrokenLines(p, 0, BrokenLines.Of.LINES));
            assertThrows(IllegalArgumentException.class, () -> new BrokenLines(0, p, BrokenLines.Of.SEGMENTS));
            assertThrows(IllegalArgumentException.class, () -> new StuckLines(p, 0, StuckKind.off()));
            assertThrows(IllegalArgumentException.class, () -> new StuckLines(0, p, StuckKind.off()));
            assertThrows(IllegalArgumentException.class, () -> new FaultyRowDrivers(p, 0));
            assertThrows(IllegalArgumentException.class, () -> new FaultyRowDrivers(0, p));
        }
    }
}
