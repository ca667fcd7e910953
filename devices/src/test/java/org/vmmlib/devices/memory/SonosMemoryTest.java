package org.vmmlib.devices.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vmmlib.core.crossbar.CellState;
import org.vmmlib.core.physics.Conditions;

class SonosMemoryTest extends MemoryCellContract {

    /** Siemens of a nanoampere at the drain voltage of 0.1 V. */
    private static final double NANO = 1e-8;

    @Override
    protected MemoryCell law() {
        return SonosMemory.sonos40();
    }

    /** Agrawal et al., IEDM 2022. */
    @ParameterizedTest
    @CsvSource({"10, 1.10", "100, 8.61", "400, 17.83", "1600, 19.88"})
    void errorsOfCurrentsSaturate(double nanoamperes, double sigma) {
        assertSpread(law(), nanoamperes * NANO, sigma * NANO, 0.005 * NANO);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 100,  1.74", "1, 400,  0.62", "1, 800,  -3.83", "1, 1600, -11.5",
        "5, 100,  4.12", "5, 400, -1.47", "5, 800, -15.2", "5, 1600, -40.7"
    })
    void highCurrentsFallAndLowOnesRise(double days, double nanoamperes, double change) {
        // With exact programming the added spread is at most 28 nA: a standard error of 0.14 nA.
        CellState old = aged(law(), filled(law(), nanoamperes * NANO), days * DAY);
        assertEquals((nanoamperes + change) * NANO, mean(old), (6 * 0.15 + 0.05) * NANO);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 25.59102, 186.85544",
        "2, 28.72753, 193.56834",
        "3, 31.04318, 198.90332",
        "4, 33.76214, 204.77023",
        "5, 34.57909, 207.34309"
    })
    void spreadGrowsDayByDayToThatMeasured(double days, double a, double b) {
        CellState programmed =
                law().program(filled(law(), 800 * NANO), Conditions.ROOM, draws(11, "array.programming-error"));
        double sigma = a * (1 - Math.exp(-800 / b));
        // The state moves by 1 % and the mean by 2 %, which changes a saturated spread by less than 0.5 %.
        assertEquals(sigma * NANO, deviation(aged(law(), programmed, days * DAY)), 0.03 * sigma * NANO);
    }

    @Test
    void betweenDaysTheChangeIsLinear() {
        double start = mean(aged(law(), filled(law(), 800 * NANO), DAY));
        double end = mean(aged(law(), filled(law(), 800 * NANO), 2 * DAY));
        double half = mean(aged(law(), filled(law(), 800 * NANO), 1.5 * DAY));
        assertEquals(0.5 * (start + end), half, 0.05 * NANO);
    }

    @Test
    void readNoiseIsIndependentOfAge() {
        CellState state = law().state(new DMatrixRMaj(1, 1, true, new double[] {800 * NANO}));
        double expected = 12.58037 * (1 - Math.exp(-800 / 215.36557)) / 800;
        assertEquals(expected, relativeFluctuation(law(), state, 0, 0.1), 1e-9);
        assertEquals(expected, relativeFluctuation(law(), state, DAY, 0.1), 1e-9);
    }

    @Test
    void atAgeZeroNothingHasChangedAndAfterFiveDaysNothingIsKnown() {
        assertUnchangedAtAgeZero(law(), 800 * NANO);
        assertAgesFromWhatWasProgrammed(law(), 800 * NANO);
        assertRefused("age = 432001.0 s", () -> aged(law(), filled(law(), NANO), 5 * DAY + 1));
        assertEquals(1600 * NANO, law().weights().high(), 1e-18);
    }
}
