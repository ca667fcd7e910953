package org.vmmlib.peripherals.integrator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.vmmlib.core.block.Block;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.block.Imperfection;
import org.vmmlib.core.cost.Activity;
import org.vmmlib.core.crossbar.Topology;
import org.vmmlib.core.macro.Coding;
import org.vmmlib.core.macro.Readout;
import org.vmmlib.core.macro.Saturation;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.physics.Constants;
import org.vmmlib.core.physics.Si;
import org.vmmlib.core.random.RandomStreams;
import org.vmmlib.core.signal.Codes;
import org.vmmlib.core.signal.DriveSchedule;
import org.vmmlib.core.signal.Levels;
import org.vmmlib.peripherals.encoder.PulseDriver;
import org.vmmlib.peripherals.encoder.PulseEncoder;
import org.vmmlib.peripherals.encoder.WordFormat;
import org.vmmlib.peripherals.sensing.Polarity;

class IntegratorTest {

    private static final Die DIE = Die.of(RandomStreams.of(5));
    private static final double C = 100 * Si.fF;
    private static final double UNIT = 1 * Si.ns;
    private static final PulseEncoder EXP = PulseEncoder.of(PulseDriver.rows(1).build(), 4, WordFormat.UNSIGNED, UNIT);
    private static final double[][] CELLS = {{1e-6, 4e-6}, {3e-6, 0}, {2e-6, 1e-6}};
    private static final int[] WORDS = {3, 15, 7, 0, 0, 9};

    private static DriveSchedule schedule() {
        return EXP.on(DIE, 3).encode(Codes.unsigned(4, 2, 3, WORDS), 0);
    }

    private static double[] levels(Integrator integrator, ScheduledArray array, Saturation saturation) {
        Readout.Session session = integrator.on(DIE, 2, Conditions.ROOM).begin(2, 0);
        array.run(schedule(), session);
        Levels levels = (Levels) session.finish(saturation);
        assertEquals(Levels.Quantity.VOLTAGE, levels.quantity());
        return levels.values().data;
    }

    private static double charge(int vector, int column) {
        double sum = 0;
        for (int i = 0; i < 3; i++) {
            sum += WORDS[3 * vector + i] * UNIT * CELLS[i][column];
        }
        return sum;
    }

    @Test
    void virtualGroundGivesTheChargeOverTheCapacitance() {
        Integrator integrator = Integrator.virtualGround(0, Polarity.SINK, C).build();
        ScheduledArray array = ScheduledArray.sources(CELLS);
        double[] levels = levels(integrator, array, new Saturation());
        for (int k = 0; k < 4; k++) {
            assertEquals(charge(k / 2, k % 2) / C, levels[k], 1e-14);
        }
        assertEquals(schedule().phases().size(), array.pulls(), "a virtual ground asks once a phase");
        assertTrue(integrator.superposes());
    }

    /** C dV/dt = G(t) (u − V): in each phase an exact exponential, whatever the adaptive method would do. */
    @Test
    void lineOnLinearCellsIsAnExactExponential() {
        double u = 0.8;
        Integrator line = Integrator.onLine(0, Polarity.SINK, C).build();
        double[] exact = levels(line, new ScheduledArray(CELLS, v -> u - v, true), new Saturation());
        double[] adaptive = levels(line, new ScheduledArray(CELLS, v -> u - v, false), new Saturation());
        for (int k = 0; k < 4; k++) {
            double expected = u * -Math.expm1(-charge(k / 2, k % 2) / C);
            assertEquals(expected, exact[k], 1e-15);
            assertEquals(expected, adaptive[k], 1e-10);
        }
        assertFalse(line.superposes());
    }

    /** C dV/dt = −Q'(t) (1 + v/V_A)²: 1/(1 + v/V_A) grows by Q/(C V_A). */
    @Test
    void lineOnNonlinearCellsFollowsTheClosedForm() {
        double early = 2;
        double reset = 0.7;
        Integrator line = Integrator.onLine(reset, Polarity.SOURCE, C).build();
        double[] levels =
                levels(line, new ScheduledArray(CELLS, v -> Math.pow(1 + v / early, 2), false), new Saturation());
        for (int k = 0; k < 4; k++) {
            double before = 1 / (1 + reset / early);
            double after = before + charge(k / 2, k % 2) / (C * early);
            assertEquals(reset - early * (1 / after - 1), levels[k], 1e-9);
        }
    }

    /** What the column gives to the array is what the capacitor loses: C (V_0² − V²)/2. */
    @Test
    void energyOfTheArrayIsThatOfTheCapacitors() {
        for (boolean affine : new boolean[] {true, false}) {
            Integrator line = Integrator.onLine(0.7, Polarity.SOURCE, C).build();
            ScheduledArray array = new ScheduledArray(CELLS, v -> 1 + v / 3, affine);
            double[] levels = levels(line, array, new Saturation());
            double lost = 0;
            for (double level : levels) {
                lost += 0.5 * C * (0.49 - (0.7 - level) * (0.7 - level));
            }
            assertEquals(lost, array.energy(), 1e-8 * lost);
        }
    }

    @Test
    void withoutItsMotionALineIsAVirtualGround() {
        Integrator line = Integrator.onLine(0.7, Polarity.SOURCE, C).build();
        assertEquals(1, line.imperfections().size());
        double[] levels = levels(
                Block.ideal(line),
                new ScheduledArray(CELLS, v -> v < 0.7 - 1e-12 ? Double.NaN : 1, false),
                new Saturation());
        for (int k = 0; k < 4; k++) {
            assertEquals(charge(k / 2, k % 2) / C, levels[k], 1e-14);
        }
    }

    @Test
    void leakageDischargesWithItsTimeConstant() {
        double leak = 2e-6;
        Integrator leaky =
                Integrator.virtualGround(0, Polarity.SINK, C).leakage(leak).build();
        double[] levels = levels(leaky, ScheduledArray.sources(CELLS), new Saturation());
        double tau = C / leak;
        for (int k = 0; k < 4; k++) {
            double expected = 0;
            for (int i = 0; i < 3; i++) {
                double on = WORDS[3 * (k / 2) + i] * UNIT;
                double at = CELLS[i][k % 2] / leak * -Math.expm1(-on / tau);
                expected += at * Math.exp(-(16 * UNIT - on) / tau);
            }
            assertEquals(expected, levels[k], 1e-14);
        }
        Integrator moving = Integrator.onLine(0, Polarity.SINK, C).leakage(leak).build();
        double[] exact = levels(moving, new ScheduledArray(CELLS, v -> 1 - v, true), new Saturation());
        double[] adaptive = levels(moving, new ScheduledArray(CELLS, v -> 1 - v, false), new Saturation());
        for (int k = 0; k < 4; k++) {
            assertEquals(exact[k], adaptive[k], 1e-9);
        }
    }

    /** A finite gain adds (1 + A) C to the source: slower by 1/(1 + A), and lower by A/(1 + A). */
    @Test
    void finiteGainMovesTheColumnAndLowersTheOutput() {
        double gain = 20;
        Integrator weak =
                Integrator.virtualGround(0, Polarity.SINK, C).gain(gain).build();
        double[] levels = levels(weak, new ScheduledArray(CELLS, v -> 0.5 - v, true), new Saturation());
        for (int k = 0; k < 4; k++) {
            double seen = (1 + gain) * C;
            double column = 0.5 * -Math.expm1(-charge(k / 2, k % 2) / seen);
            assertEquals(gain * column, levels[k], 1e-13);
        }
    }

    @Test
    void anOffsetDrivesCurrentThroughTheArrayInEachPhase() {
        Integrator offset =
                Integrator.virtualGround(0, Polarity.SINK, C).offset(5e-3).build();
        double[] draws = DIE.mismatch("integrator.offset", 5e-3, 2);
        double[] levels = levels(offset, new ScheduledArray(CELLS, v -> 1 - v, true), new Saturation());
        for (int k = 0; k < 4; k++) {
            assertEquals(charge(k / 2, k % 2) / C * (1 - draws[k % 2]), levels[k], 1e-14);
        }
    }

    /**
     * Variance of 20,000 resets: a relative standard error of 1 %; the bound is 6 of those, and the test fails by chance with
     * probability 2e-9.
     */
    @Test
    void resetLeavesKTOverCAndTheInjectedCharge() {
        Integrator noisy = Integrator.virtualGround(0, Polarity.SINK, C)
                .resetNoise(300)
                .chargeInjection(1e-16)
                .build();
        int columns = 20_000;
        double[] v =
                ((Levels) noisy.on(DIE, columns, Conditions.ROOM).begin(1, 7).finish(new Saturation())).values().data;
        double squares = 0;
        for (double level : v) {
            squares += Math.pow(level - 1e-3, 2);
        }
        double expected = Constants.BOLTZMANN * 300 / C;
        assertEquals(expected, squares / columns, 0.06 * expected);
    }

    @Test
    void swingIsClippedAndCounted() {
        double high = 0.5 * charge(0, 0) / C;
        Integrator narrow =
                Integrator.virtualGround(0, Polarity.SINK, C).swing(high).build();
        Saturation saturation = new Saturation();
        double[] levels = levels(narrow, ScheduledArray.sources(CELLS), saturation);
        long above = 0;
        for (int k = 0; k < 4; k++) {
            double free = charge(k / 2, k % 2) / C;
            above += free > high ? 1 : 0;
            assertEquals(Math.min(high, free), levels[k], 1e-14);
        }
        assertTrue(above > 0);
        assertEquals(above, saturation.counts().get("integrator.swing"));
        assertFalse(narrow.superposes());
    }

    @Test
    void eachImperfectionGoesAloneAndNoneIsLeft() {
        Integrator imperfect = Integrator.virtualGround(0, Polarity.SINK, C)
                .gain(100)
                .capacitorMismatch(0.01)
                .leakage(1e-9)
                .resetNoise(300)
                .chargeInjection(1e-17)
                .offset(1e-3)
                .swing(1)
                .build();
        assertEquals(7, imperfect.imperfections().size());
        for (Imperfection one : imperfect.imperfections()) {
            assertEquals(6, imperfect.without(one.id()).imperfections().size());
        }
        assertThrows(IllegalArgumentException.class, () -> imperfect.without(Integrator.LINE_MOTION));
    }

    @Test
    void takesChargesThatAddUpAndCurrentsOfItsDirection() {
        Integrator line = Integrator.onLine(0.7, Polarity.SOURCE, C).build();
        assertTrue(line.fits(Topology.GATE_DRIVEN) && !line.fits(Topology.SOURCE_DRIVEN));
        assertTrue(line.fits(new Coding.Time()) && line.fits(new Coding.Amplitude()));
        assertFalse(line.fits(new Coding.TwoPhase(1)));
        assertThrows(IllegalArgumentException.class, () -> line.toBuilder().gain(10));
        assertThrows(IllegalArgumentException.class, () -> line.toBuilder().offset(1e-3));
        assertThrows(IllegalArgumentException.class, () -> line.toBuilder().swing(0));
        assertThrows(IllegalArgumentException.class, () -> Integrator.onLine(0, Polarity.SINK, 0));
    }

    /** A charge drawn from the supply is dissipated on its way in, or by the reset. */
    @Test
    void energyIsWhatTheSupplyGivesAndTheArrayDoesNotCount() {
        Integrator line = Integrator.onLine(0.7, Polarity.SOURCE, C).supply(1.2).build();
        double q = 10 * Si.fF;
        assertEquals(
                0.5 * q + q * q / (2 * C), line.cost(new Activity(1, 1, 0, q)).energy(), 1e-28);
    }
}
