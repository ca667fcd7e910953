package org.vmmlib.devices.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.vmmlib.core.crossbar.ArrayCells;
import org.vmmlib.core.crossbar.CellState;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.physics.Constants;
import org.vmmlib.core.random.RandomStreams;
import org.vmmlib.devices.CellLawContract;

/** The contract is that of a capacitor of any size. */
class SwitchedCapacitorTest extends CellLawContract {

    private static final SwitchedCapacitor FOUR_BITS = new SwitchedCapacitor(4, 1e-15, 1e8, 0.02, false);

    @Override
    protected SwitchedCapacitor law() {
        return FOUR_BITS.without("cell.levels");
    }

    @Override
    protected double[] voltages() {
        return new double[] {-1, -1e-3, 0, 0.4, 1};
    }

    @Override
    protected double[] gates() {
        return new double[] {0};
    }

    @Override
    protected Point read() {
        return new Point(0, 0.5, 0);
    }

    private static CellState stored(double... weights) {
        return FOUR_BITS.store(new DMatrixRMaj(1, weights.length, true, weights), Conditions.ROOM);
    }

    /** C V of charge in each cycle, C V² of energy. */
    @Test
    void eachCycleMovesTheChargeOfTheCapacitor() {
        ArrayCells cells = FOUR_BITS.bind(stored(5.0 / 15), Conditions.ROOM);
        Row row = new Row(1);
        row.at(cells, 0, 0.8, 0.2);
        double perCycle = row.current[0] / 1e8;
        assertEquals(5e-15 * 0.6, perCycle, 1e-28);
        assertEquals(5e-15 * 0.36, perCycle * 0.6, 1e-28);
    }

    @Test
    void weightsAreWholeNumbersOfUnits() {
        assertArrayEquals(
                new double[] {0, 1e-15, 7e-15, 8e-15, 15e-15},
                stored(0, 0.06, 0.47, 0.52, 1).plane("capacitance").data,
                1e-28);
    }

    /** Each cycle brings 2kTC of charge squared, so the density is 2 f · 2kTC. */
    @Test
    void noiseIsThatOfTwoSwitchesInEachCycle() {
        ArrayCells cells = FOUR_BITS.bind(stored(1), Conditions.ROOM);
        DMatrixRMaj density = new DMatrixRMaj(1, 1);
        cells.noiseDensity(new DMatrixRMaj(1, 1), 0, new DMatrixRMaj(1, 1), density);
        assertEquals(1, density.data[0] / (2e8 * 2 * Constants.BOLTZMANN * 298.15 * 15e-15), 1e-12);
    }

    /**
     * Units of 2 %: the deviation of n units is 2 % sqrt(n), whatever bits they are. 40,000 draws have an error of 0.35 %;
     * six of them.
     */
    @Test
    void mismatchGrowsAsTheRootOfTheArea() {
        for (int count : new int[] {1, 6, 8, 15}) {
            DMatrixRMaj weights = new DMatrixRMaj(200, 200);
            weights.fill(count / 15.0);
            CellState made = FOUR_BITS.program(
                    FOUR_BITS.store(weights, Conditions.ROOM),
                    Conditions.ROOM,
                    RandomStreams.of(5).stream("array.programming-error", 0));
            double squares = 0;
            for (double c : made.plane("capacitance").data) {
                squares += (c - count * 1e-15) * (c - count * 1e-15);
            }
            double expected = 0.02 * Math.sqrt(count) * 1e-15;
            assertEquals(expected, Math.sqrt(squares / 40_000), 0.022 * expected);
        }
    }

    /** Weight 6 is capacitors 2 and 4 of the same chip, whatever was stored before. */
    @Test
    void aChipKeepsItsCapacitors() {
        CellState parts = FOUR_BITS.program(
                stored(2.0 / 15), Conditions.ROOM, RandomStreams.of(5).stream("array.programming-error", 0));
        CellState others = FOUR_BITS.program(
                stored(4.0 / 15), Conditions.ROOM, RandomStreams.of(5).stream("array.programming-error", 0));
        CellState sum = FOUR_BITS.program(
                stored(6.0 / 15), Conditions.ROOM, RandomStreams.of(5).stream("array.programming-error", 0));
        assertEquals(
                parts.plane("capacitance").data[0] + others.plane("capacitance").data[0],
                sum.plane("capacitance").data[0],
                1e-28);
    }

    @Test
    void impossibleCapacitorsAreRefused() {
        assertRefused("bits = 0", () -> SwitchedCapacitor.of(0));
        assertRefused("unit = 0.0", () -> new SwitchedCapacitor(4, 0, 1e8, 0, false));
        assertRefused("mismatch = 0.2", () -> new SwitchedCapacitor(4, 1e-15, 1e8, 0.2, false));
        assertRefused("frequency = -1.0", () -> new SwitchedCapacitor(4, 1e-15, -1, 0, false));
    }
}
