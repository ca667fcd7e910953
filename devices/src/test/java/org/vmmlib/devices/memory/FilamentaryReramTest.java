package org.vmmlib.devices.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vmmlib.core.crossbar.CellState;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.devices.reram.ConductanceWindow;
import org.vmmlib.devices.reram.CubicNonlinearity;
import org.vmmlib.devices.reram.CubicReram;

/** The contract is that of the cubic cells, all of whose conductances weights use. */
class FilamentaryReramTest extends MemoryCellContract {

    @Override
    protected MemoryCell law() {
        CubicReram law = new CubicReram(ConductanceWindow.of(50 * MICRO, 225 * MICRO), CubicNonlinearity.milo(), 0.2);
        return MemoryCell.builder("test", law)
                .spread(ProgrammingSpread.proportional(0.02), "test")
                .fluctuation((programmed, present, age) -> 0.01 * present, "test")
                .build();
    }

    /** Differences stay away from 0.5 V, where the tangent begins. */
    @Override
    protected double[] voltages() {
        return new double[] {-0.45, -0.25, -1e-3, 0, 1e-9, 0.02, 0.2, 0.4};
    }

    /** The linear fit of Milo et al., IRPS 2021. */
    @ParameterizedTest
    @CsvSource({"50, 4.33", "100, 3.87", "150, 3.42", "225, 2.73"})
    void miloCellsAreWrittenTheBetterTheMoreTheyConduct(double target, double sigma) {
        assertSpread(FilamentaryReram.milo(), target * MICRO, sigma * MICRO, 0.005 * MICRO);
    }

    /** The quartic fits to Wan et al., Nature 2022, at 40 µS, 1 s and later; 0.1 of it is cut off at zero. */
    @ParameterizedTest
    @CsvSource({"10, 2.26, 3.72, 3.66", "20, 2.02, 3.91, 3.93", "40, 1.10, 2.65, 2.68"})
    void wanCellsSpreadFromASecondToTwoDays(double target, double second, double day, double twoDays) {
        MemoryCell cell = FilamentaryReram.wan();
        assertSpread(cell, target * MICRO, second * MICRO, 0.006 * MICRO);
        CellState programmed =
                cell.program(filled(cell, target * MICRO), Conditions.ROOM, draws(11, "array.programming-error"));
        // The later spread is that of the state that each cell has, not of its target: 3 % apart at most.
        assertEquals(day * MICRO, deviation(aged(cell, programmed, DAY)), 0.05 * day * MICRO);
        assertEquals(twoDays * MICRO, deviation(aged(cell, programmed, 2 * DAY)), 0.05 * twoDays * MICRO);
        assertEquals(target * MICRO, mean(aged(cell, programmed, DAY)), 6 * day * MICRO / 200);
    }

    /** A tenth of 40 µS, where zero cuts off the sample's tail: the published quartics themselves. */
    @Test
    void wanErrorsOfWeakCellsAreThoseMeasured() {
        MemoryCell cell = FilamentaryReram.wan();
        double second = cell.spread().orElseThrow().sigma(4 * MICRO) / MICRO;
        assertEquals(1.56, second, 0.005);
        double change = (cell.drift().orElseThrow().at(4 * MICRO, DAY, 1) - 4 * MICRO) / MICRO;
        assertEquals(2.45, Math.hypot(second, change), 0.005);
        double later = (cell.drift().orElseThrow().at(4 * MICRO, 2 * DAY, 1) - 4 * MICRO) / MICRO;
        assertEquals(2.41, Math.hypot(second, later), 0.005);
    }

    @Test
    void wanErrorsScaleWithTheHighestConductance() {
        assertSpread(FilamentaryReram.wan(20 * MICRO), 10 * MICRO, 1.01 * MICRO, 0.003 * MICRO);
    }

    /** Two fits to the same figure; near the highest conductance they part by 0.6 µS. */
    @ParameterizedTest
    @CsvSource({"10, 2.26", "20, 2.02", "30, 1.83"})
    void theTwoFitsToWanAgree(double g, double sigma) {
        assertEquals(sigma, FilamentaryReram.wanCubic().sigma(g * MICRO) / MICRO, 0.4);
    }

    @Test
    void wanCellsAreNotKnownAfterTwoDays() {
        MemoryCell cell = FilamentaryReram.wan();
        assertRefused("age = 172801.0 s", () -> aged(cell, filled(cell, 10 * MICRO), 2 * DAY + 1));
    }

    /** Falcone et al., arXiv:2502.04524. */
    @Test
    void cmoCellsAreWrittenAsNarrowlyAsTheyAreAccepted() {
        double target = 50;
        assertSpread(
                FilamentaryReram.cmo(FilamentaryReram.Acceptance.FIFTH_OF_A_PERCENT),
                target * MICRO,
                (0.00081107 + 0.00106879 * target) * MICRO,
                0);
        assertSpread(
                FilamentaryReram.cmo(FilamentaryReram.Acceptance.TWO_PERCENT),
                target * MICRO,
                (0.0112185 + 0.0112903 * target) * MICRO,
                0);
    }

    @ParameterizedTest
    @CsvSource({"3600, -0.73, 0.76", "86400, -1.01, 0.89", "31557600, -1.54, 1.14"})
    void cmoCellsFallByTheLogarithmOfTime(double age, double change, double deviation) {
        MemoryCell cell = FilamentaryReram.cmo(FilamentaryReram.Acceptance.TWO_PERCENT);
        for (double target : new double[] {20, 50, 80}) {
            CellState old = aged(cell, filled(cell, target * MICRO), age);
            assertEquals((target + change) * MICRO, mean(old), 6 * deviation * MICRO / 200 + 0.005 * MICRO);
            assertEquals(deviation * MICRO, deviation(old), 0.022 * deviation * MICRO + 0.005 * MICRO);
        }
    }

    /** K log10(G/µS) sqrt(ln((t + t_r)/(2 t_r))) with K = 0.0277 µS and t_r = 1 µs. */
    @Test
    void cmoReadNoiseGrowsWithTheDecadesOfTime() {
        MemoryCell cell = FilamentaryReram.cmo(FilamentaryReram.Acceptance.TWO_PERCENT);
        CellState state = cell.state(new DMatrixRMaj(1, 1, true, new double[] {50 * MICRO}));
        double expected = 0.0277316 * Math.log10(50) * Math.sqrt(Math.log((3600 + 1e-6) / 2e-6)) / 50;
        assertEquals(expected, relativeFluctuation(cell, state, 3600, 0.1), 1e-5);
        assertTrue(relativeFluctuation(cell, state, 0, 0.1) < 1e-12, "no time, no noise");
    }

    @Test
    void atAgeZeroNothingHasChanged() {
        assertUnchangedAtAgeZero(FilamentaryReram.wan(), 20 * MICRO);
        assertUnchangedAtAgeZero(FilamentaryReram.cmo(FilamentaryReram.Acceptance.TWO_PERCENT), 20 * MICRO);
        assertAgesFromWhatWasProgrammed(FilamentaryReram.wan(), 20 * MICRO);
    }

    /** Of a bent law, the fluctuation is the same part of the current at every voltage. */
    @Test
    void fluctuationIsAPartOfTheCurrent() {
        CellState state = law().state(new DMatrixRMaj(1, 1, true, new double[] {70 * MICRO}));
        assertEquals(0.01, relativeFluctuation(law(), state, 0, 0.05), 1e-12);
        assertEquals(0.01, relativeFluctuation(law(), state, 0, -0.45), 1e-12);
    }
}
