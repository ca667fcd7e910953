package org.vmmlib.devices.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vmmlib.core.crossbar.CellState;
import org.vmmlib.core.physics.Conditions;

class PhaseChangeMemoryTest extends MemoryCellContract {

    private static final double HIGHEST = 25 * MICRO;

    @Override
    protected MemoryCell law() {
        return PhaseChangeMemory.mushroom();
    }

    /** Values of the published polynomials (Nandakumar et al., ICECS 2019), worked out by hand. */
    @ParameterizedTest
    @CsvSource({"0.1, 0.448", "0.25, 0.681", "0.5, 0.953", "1, 1.055"})
    void programmingErrorDependsOnTheStateAsMeasured(double part, double sigma) {
        assertSpread(law(), part * HIGHEST, sigma * MICRO, 5e-4 * MICRO);
    }

    @Test
    void programmingErrorScalesWithTheHighestConductance() {
        assertSpread(PhaseChangeMemory.mushroom(10 * MICRO), 5 * MICRO, 0.4 * 0.953 * MICRO, 5e-4 * MICRO);
    }

    /** ν = 0.049 ± 0.008: the mean of t^−ν over devices is that of ν to 3 parts in 1000. */
    @ParameterizedTest
    @CsvSource({"86400, 0.664", "31557600, 0.497"})
    void halfAConductanceDriftsByThePowerLaw(double age, double factor) {
        CellState programmed = filled(law(), 0.5 * HIGHEST);
        double logarithm = Math.log((age + 20) / 20);
        double[] now = aged(law(), programmed, age).plane("conductance").data;
        double sum = 0;
        double squares = 0;
        for (double g : now) {
            double nu = -Math.log(g / (0.5 * HIGHEST)) / logarithm;
            sum += nu;
            squares += nu * nu;
        }
        double mean = sum / now.length;
        // Standard errors of 40,000 draws: 4e-5 of the mean, 0.35 % of the deviation; six of them.
        assertEquals(0.049, mean, 6 * 4e-5);
        assertEquals(0.008, Math.sqrt(squares / now.length - mean * mean), 0.022 * 0.008);
        assertEquals(factor, Math.exp(-0.049 * logarithm), 5e-4);
    }

    @Test
    void lessConductingCellsDriftMore() {
        CellState weak = aged(law(), filled(law(), 0.1 * HIGHEST), DAY);
        double nu = 0;
        for (double g : weak.plane("conductance").data) {
            nu -= Math.log(g / (0.1 * HIGHEST)) / Math.log(86_420.0 / 20) / 40_000;
        }
        // |N(0.0601, 0.0229)|: folding at zero adds 1e-5; six standard errors.
        assertEquals(0.0601, nu, 6 * 0.0229 / 200 + 1e-4);
    }

    @Test
    void everyDeviceFallsWithTimeAndKeepsItsOrderOfTime() {
        CellState programmed = filled(law(), 0.3 * HIGHEST);
        double[] last = programmed.plane("conductance").data;
        for (double age = 1; age < 1e9; age *= 10) {
            double[] now = aged(law(), programmed, age).plane("conductance").data;
            for (int k = 0; k < now.length; k++) {
                assertTrue(now[k] <= last[k] && now[k] > 0);
            }
            last = now;
        }
    }

    @Test
    void atAgeZeroNothingHasDrifted() {
        assertUnchangedAtAgeZero(law(), 0.5 * HIGHEST);
        assertAgesFromWhatWasProgrammed(law(), 0.5 * HIGHEST);
    }

    /** Q from 0.0393 to 0.0088, times the square root of ln over 1/f decades at one day: values of the published fit. */
    @ParameterizedTest
    @CsvSource({"0.1, 0.200", "0.25, 0.110", "0.5, 0.070", "1, 0.0448"})
    void readNoiseAfterADayIsThatOfTheStateThatWasProgrammed(double part, double relative) {
        DMatrixRMaj g = new DMatrixRMaj(1, 1, true, new double[] {part * HIGHEST});
        CellState old = law().age(law().state(g), Conditions.ROOM.atAge(DAY), draws(1, "array.drift"));
        assertEquals(relative, relativeFluctuation(law(), old, DAY, 0.2), 5e-4);
    }

    /** The published polynomials at g = 1/2 (Le Gallo et al., Nature Electronics 2023). */
    @ParameterizedTest
    @CsvSource({"2, 10.35, 0.99101, 0.05640, 0.00900", "1, 5.175, 0.86532, 0.05640, 0.01208"})
    void hermesCellsHaveTheirOwnErrors(int devices, double target, double sigma, double nu, double nuDeviation) {
        MemoryCell cell = PhaseChangeMemory.hermes(devices);
        assertSpread(cell, target * MICRO, sigma * MICRO, 1e-3 * MICRO);
        CellState old = aged(cell, filled(cell, target * MICRO), DAY);
        double start = devices == 2 ? 300 : 200;
        double sum = 0;
        double squares = 0;
        for (double g : old.plane("conductance").data) {
            double of = -Math.log(g / (target * MICRO)) / Math.log((DAY + start) / start);
            sum += of / 40_000;
            squares += of * of / 40_000;
        }
        assertEquals(nu, sum, 6 * nuDeviation / 200 + 1e-5);
        assertEquals(nuDeviation, Math.sqrt(squares - sum * sum), 0.022 * nuDeviation + 1e-5);
    }

    @ParameterizedTest
    @ValueSource(doubles = {2.5, 12.5, 25})
    void joshiCellsFollowTheirQuadratic(double target) {
        double sigma = -0.00178767 * target * target + 0.07585724 * target + 0.28638599;
        assertSpread(PhaseChangeMemory.joshi(), target * MICRO, sigma * MICRO, 0);
    }

    @Test
    void cellsWithoutPublishedDriftRefuseToAge() {
        MemoryCell cell = PhaseChangeMemory.joshi();
        assertRefused(
                "law = phase-change memory, Joshi et al.: has no published drift",
                () -> aged(cell, filled(cell, MICRO), 1));
    }

    @Test
    void conductancesOutsideTheWindowAreRefused() {
        assertRefused("conductance[0,0] = 1.0", () -> filled(law(), 1));
        assertRefused("highest = 0.0", () -> PhaseChangeMemory.mushroom(0));
        assertRefused("devices = 3", () -> PhaseChangeMemory.hermes(3));
    }
}
