package org.vmmlib.noise.ageing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.vmmlib.core.crossbar.CellLaw;
import org.vmmlib.core.crossbar.CellState;
import org.vmmlib.core.crossbar.StatePlane;
import org.vmmlib.core.macro.Effect;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.physics.Constants;
import org.vmmlib.core.random.RandomStreams;
import org.vmmlib.noise.TestResistors;

class AgeingTest {

    private static final CellLaw LAW = TestResistors.law();
    private static final double DAY = 86_400;
    private static final List<StatePlane> THRESHOLDS = List.of(new StatePlane("threshold", "V", -1, 4));

    private static CellState half(int rows, int columns) {
        DMatrixRMaj weights = new DMatrixRMaj(rows, columns);
        weights.fill(0.5);
        return LAW.store(weights, Conditions.ROOM);
    }

    private static CellState aged(Effect.OnAge effect, CellState state, Conditions conditions) {
        return effect.age(LAW, state, conditions, RandomStreams.of(2).stream(effect.id(), 0));
    }

    private static double[] ratios(Effect.OnAge effect, int cells, double age) {
        double[] g = aged(effect, half(cells, 1), Conditions.ROOM.atAge(age))
                .plane("conductance")
                .data
                .clone();
        for (int k = 0; k < g.length; k++) {
            g[k] /= 0.5e-3;
        }
        return g;
    }

    /** Kolmogorov–Smirnov, 1e-6 for a new seed. */
    private static void assertNormal(double mean, double sigma, double[] sample) {
        double p = new KolmogorovSmirnovTest()
                .kolmogorovSmirnovTest(new NormalDistribution(null, mean, sigma), sample, false);
        assertTrue(p > 1e-6, "p = " + p);
    }

    /** ν of 0.1 ± 0.02 is 0 at five sigma, so hardly folded. */
    @Test
    void exponentsOfTheDriftAreNormalAndThoseOfTheDeviceForEver() {
        PowerLawDrift drift = new PowerLawDrift(0.1, 0.02, 20);
        double[] day = ratios(drift, 5000, DAY);
        double[] year = ratios(drift, 5000, 365 * DAY);
        for (int k = 0; k < day.length; k++) {
            double nu = -Math.log(day[k]) / Math.log((DAY + 20) / 20);
            assertEquals(nu, -Math.log(year[k]) / Math.log((365 * DAY + 20) / 20), 1e-12);
            day[k] = nu;
        }
        assertNormal(0.1, 0.02, day);
    }

    /** 1e4 times t0 at ν = 0.05: a factor 10^(−0.2). */
    @Test
    void conductanceFallsByThePowerOfTime() {
        double[] g = ratios(new PowerLawDrift(0.05, 0, 10), 3, 99_990);
        assertArrayEquals(new double[] {0.6309573444801932, 0.6309573444801932, 0.6309573444801932}, g, 1e-12);
    }

    /** The change after 3 decades has three times the mean and deviation of one decade. */
    @Test
    void relaxationGrowsWithTheLogarithmOfTime() {
        Relaxation relaxation = new Relaxation(-0.01, 0.005, 1);
        double[] one = ratios(relaxation, 5000, 9);
        double[] three = ratios(relaxation, 5000, 999);
        for (int k = 0; k < one.length; k++) {
            one[k] -= 1;
            assertEquals(3 * one[k], three[k] - 1, 1e-12);
        }
        assertNormal(-0.01, 0.005, one);
    }

    /** At τ a fraction 1/e of the charge is left; at 85 °C the same after τ exp(E_a/k (1/T − 1/T0)). */
    @Test
    void chargeDecaysTowardsTheNeutralThresholdAndFasterWhenHot() {
        CellState written = new CellState(THRESHOLDS, new DMatrixRMaj(new double[][] {{3, 1, 0}}));
        ChargeLoss loss = ChargeLoss.builder(1, 1e8)
                .activation(1.1 * Constants.ELEMENTARY_CHARGE, 298.15)
                .build();
        double left = Math.exp(-1);
        double[] expected = {1 + 2 * left, 1, 1 - left};
        assertArrayEquals(
                expected, aged(loss, written, Conditions.ROOM.atAge(1e8)).plane("threshold").data, 1e-12);
        double hot = 1e8 * Math.exp(1.1 / 8.617333262145e-5 * (1 / 358.15 - 1 / 298.15));
        assertTrue(hot < 1e8 / 500);
        assertArrayEquals(
                expected,
                aged(loss, written, Conditions.ROOM.atTemperature(358.15).atAge(hot))
                        .plane("threshold")
                        .data,
                1e-8);
    }

    @Test
    void timesOfChargeLossAreLogNormalAndItsTimeStretched() {
        DMatrixRMaj high = new DMatrixRMaj(5000, 1);
        high.fill(2);
        ChargeLoss loss = ChargeLoss.builder(0, 1e8).stretching(0.5).spread(0.4).build();
        double[] v = aged(loss, new CellState(THRESHOLDS, high), Conditions.ROOM.atAge(1e6))
                .plane("threshold")
                .data
                .clone();
        for (int k = 0; k < v.length; k++) {
            // (t/τ)^β from what is left, so ln τ
            v[k] = Math.log(1e6) - 2 * Math.log(-Math.log(v[k] / 2));
        }
        assertNormal(Math.log(1e8), 0.4, v);
    }

    @Test
    void aChipThatHasJustBeenProgrammedIsAsItWasProgrammed() {
        CellState fresh = half(2, 2);
        assertSame(fresh, aged(new PowerLawDrift(0.1, 0.1, 1), fresh, Conditions.ROOM));
        assertSame(fresh, aged(new Relaxation(0.1, 0.1, 1), fresh, Conditions.ROOM));
        CellState written = new CellState(THRESHOLDS, new DMatrixRMaj(1, 1));
        assertEquals(
                0,
                aged(ChargeLoss.builder(3, 1).build(), written, Conditions.ROOM).plane("threshold").data[0]);
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        PowerLawDrift drift = new PowerLawDrift(0.1, 0, 1);
        CellLaw stated = TestResistors.stated();
        Conditions day = Conditions.ROOM.atAge(DAY);
        assertRefused("age = -1.0", () -> Conditions.ROOM.atAge(-1));
        assertRefused("temperature = 0.0", () -> Conditions.ROOM.atTemperature(0));
        assertRefused("mean = -0.1", () -> new PowerLawDrift(-0.1, 0, 1));
        assertRefused("deviation = -0.1", () -> new PowerLawDrift(0.1, -0.1, 1));
        assertRefused("deviation = -0.1", () -> new Relaxation(0.1, -0.1, 1));
        assertRefused("first = 0.0", () -> new PowerLawDrift(0.1, 0, 0));
        assertRefused("time = 0.0", () -> ChargeLoss.builder(0, 0));
        assertRefused("stretching = 2.0", () -> ChargeLoss.builder(0, 1).stretching(2));
        assertRefused("spread = -1.0", () -> ChargeLoss.builder(0, 1).spread(-1));
        assertRefused("nominal = 0.0", () -> ChargeLoss.builder(0, 1).activation(0, 0));
        assertRefused(
                "law = stated resistors: states a drift of its own",
                () -> drift.age(stated, half(1, 1), day, RandomStreams.of(1).stream("x", 0)));
        assertRefused(
                "law = test resistors: stores no charge",
                () -> aged(ChargeLoss.builder(0, 1).build(), half(1, 1), day));
    }

    private static void assertRefused(String start, Executable action) {
        String message = String.valueOf(
                assertThrows(IllegalArgumentException.class, action).getMessage());
        assertTrue(message.startsWith(start), message);
    }
}
