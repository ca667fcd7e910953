package org.vmmlib.noise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.vmmlib.core.crossbar.CellFaults;
import org.vmmlib.core.random.RandomStreams;

final class StuckCellsTest {

    private static final int SIZE = 500;

    private static CellFaults drawn(StuckCells effect, CellFaults before) {
        return effect.faults(before, RandomStreams.of(1).stream(effect.id(), 0));
    }

    /** Counts are binomial; five standard deviations leave a chance of 6e-7 for each of two. */
    @Test
    void asManyCellsAreStuckAsTheProbabilitiesSay() {
        StuckCells effect = new StuckCells(0.03, 0.01, 1e-3);
        CellFaults faults = drawn(effect, CellFaults.none(SIZE, SIZE));
        int open = 0;
        int shorted = 0;
        int conducting = 0;
        for (int i = 0; i < SIZE; i++) {
            for (int j = 0; j < SIZE; j++) {
                open += faults.isOpen(i, j) ? 1 : 0;
                shorted += faults.isShorted(i, j) ? 1 : 0;
                conducting += faults.isShorted(i, j) && faults.shortConductance(i, j) == 1e-3 ? 1 : 0;
            }
        }
        double cells = SIZE * SIZE;
        assertEquals(0.03 * cells, open, 5 * Math.sqrt(cells * 0.03 * 0.97));
        assertEquals(0.01 * cells, shorted, 5 * Math.sqrt(cells * 0.01 * 0.99));
        assertEquals(shorted, conducting);
    }

    @Test
    void faultsThatThereAreStay() {
        CellFaults faults = drawn(
                new StuckCells(0, 0, 1e-3), CellFaults.none(3, 2).open(1, 1).shorted(2, 0));
        assertTrue(faults.isOpen(1, 1) && faults.isShorted(2, 0) && !faults.isOpen(0, 0));
    }

    /** Another kind of fault, which hits no cell or the same ones, does not change what is stuck already. */
    @Test
    void aStuckCellKeepsItsConductanceBesideOtherFaults() {
        CellFaults all = drawn(
                new StuckCells(0, 1, 1e-4), CellFaults.none(2, 2).shorted(0, 0).shortConductance(1e-2));
        assertEquals(1e-2, all.shortConductance(0, 0));
        assertEquals(1e-4, all.shortConductance(1, 1));
        CellFaults none = drawn(new StuckCells(0, 0, 5), all);
        assertEquals(1e-2, none.shortConductance(0, 0));
        assertEquals(1e-4, none.shortConductance(0, 1));
        CellFaults worse = drawn(new StuckCells(0, 1, 1e-3), all);
        assertEquals(1e-2, worse.shortConductance(0, 0));
        assertEquals(1e-3, worse.shortConductance(0, 1));
    }

    @Test
    void yieldLeavesHalfOfTheOthersOnAndHalfOff() {
        StuckCells effect = StuckCells.ofYield(0.98, 1e-3);
        assertEquals(0.01, effect.off(), 1e-15);
        assertEquals(0.01, effect.on(), 1e-15);
    }

    @Test
    void probabilitiesOutsideZeroToOneAreRefused() {
        for (double[] p : new double[][] {{-0.1, 0, 1}, {1.1, 0, 1}, {0.6, 0.5, 1}, {Double.NaN, 0, 1}, {0, 0, 0}}) {
            assertThrows(IllegalArgumentException.class, () -> new StuckCells(p[0], p[1], p[2]));
        }
        assertThrows(IllegalArgumentException.class, () -> StuckCells.ofYield(1.5, 1));
    }
}
