package org.vmmlib.peripherals.sensing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.vmmlib.core.cost.Activity;
import org.vmmlib.core.cost.Cost;
import org.vmmlib.core.crossbar.solve.ConvergenceException;
import org.vmmlib.core.macro.ColumnPort;
import org.vmmlib.core.macro.Readout;
import org.vmmlib.core.macro.Saturation;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.physics.LambertW;
import org.vmmlib.core.physics.Si;
import org.vmmlib.core.signal.Levels;

class MirrorSensingTest extends ReadoutContract {

    private static final double FACTOR = 1.4;
    private static final double SLOPE = FACTOR * Conditions.ROOM.thermalVoltage();

    @Override
    Readout ideal() {
        return MirrorSensing.builder(0, Polarity.SINK).gain(3).build();
    }

    @Override
    double idealLevel(double current) {
        return 3 * current;
    }

    @Override
    Readout imperfect(double lowest, double highest) {
        return MirrorSensing.builder(0, Polarity.SINK)
                .gain(3)
                .inputResistance(1000)
                .gainError(0.02)
                .offset(1 * Si.nA)
                .swing(lowest, highest)
                .build();
    }

    private static double[] currents(Readout readout, ColumnPort array) {
        Levels levels = levels(readout.on(DIE, array.columns(), Conditions.ROOM), 0, array, new Saturation());
        assertEquals(Levels.Quantity.CURRENT, levels.quantity());
        return levels.values().data;
    }

    @Test
    void gainErrorAndOffsetOfAColumnAreTheDrawsOfTheDie() {
        Readout readout = MirrorSensing.builder(0, Polarity.SINK)
                .gain(2)
                .gainError(0.03)
                .offset(5 * Si.nA)
                .build();
        double[] gains = DIE.mismatch("sense.gain", 0.03, 3);
        double[] offsets = DIE.mismatch("sense.offset", 5 * Si.nA, 3);
        double[] levels = currents(readout, new ResistiveArray(new double[] {0.1}, 0, 1e-6, 2e-6, 3e-6));
        for (int j = 0; j < 3; j++) {
            assertEquals(2 * (1 + gains[j]) * (j + 1) * 1e-7 + offsets[j], levels[j], 1e-20);
        }
    }

    @Test
    void trimmingLeavesOfAnOffsetLessThanHalfAStep() {
        MirrorSensing.Builder mirror = MirrorSensing.builder(0, Polarity.SINK).offset(10 * Si.nA);
        ColumnPort dark = new ResistiveArray(new double[] {0}, 0, new double[200]);
        double[] raw = currents(mirror.build(), dark);
        double step = 0.7 * Si.nA;
        double[] trimmed = currents(mirror.offsetTrimStep(step).build(), dark);
        for (int j = 0; j < 200; j++) {
            assertTrue(Math.abs(trimmed[j]) <= step / 2 * (1 + 1e-12));
            double steps = (raw[j] - trimmed[j]) / step;
            assertEquals(Math.rint(steps), steps, 1e-9);
        }
    }

    @Test
    void inputResistanceIsLeftToTheNetwork() {
        MirrorSensing mirror =
                MirrorSensing.builder(0.05, Polarity.SINK).inputResistance(1e5).build();
        assertEquals(1e5, mirror.inputResistance());
        assertEquals(0.05, mirror.columnVoltage());
        assertEquals(1e-6 * 0.15, currents(mirror, new ResistiveArray(new double[] {0.2}, 0, 1e-6))[0], 1e-20);
    }

    /**
     * A resistor into a diode: {@code G (V − v) = I_s (e^((v − v0)/a) − 1)} has the solution
     * {@code i = a G W((I_s/(a G)) e^((V − v0 + I_s/G)/a)) − I_s} with Lambert's W.
     */
    @Test
    void diodeInputBehindAResistorMeetsTheClosedForm() {
        double specific = 2 * Si.nA;
        double rest = 0.02;
        MirrorSensing mirror = MirrorSensing.builder(rest, Polarity.SINK)
                .diodeInput(FACTOR, specific)
                .build();
        assertEquals(0, mirror.inputResistance());
        double[] sources = {0, 0.02, 0.05, 0.1, 0.3, 1, 3};
        double[] conductances = {1e-9, 1e-7, 1e-6, 1e-5, 1e-3};
        ResistiveArray array = new ResistiveArray(sources, 0, conductances);
        double[] levels = currents(mirror, array);
        for (int b = 0; b < sources.length; b++) {
            for (int j = 0; j < conductances.length; j++) {
                double g = conductances[j];
                double exponent = Math.log(specific / (SLOPE * g)) + (sources[b] - rest + specific / g) / SLOPE;
                double expected = SLOPE * g * LambertW.ofExp(exponent) - specific;
                assertEquals(expected, levels[b * conductances.length + j], 1e-8 * (Math.abs(expected) + specific));
            }
        }
        assertTrue(array.pulls() < 40, "took " + array.pulls() + " solves");
    }

    /** The same with the thermal voltage of the conditions: a hot diode takes more voltage from the same resistor. */
    @Test
    void diodeInputFollowsTheTemperature() {
        double specific = 2 * Si.nA;
        MirrorSensing mirror = MirrorSensing.builder(0, Polarity.SINK)
                .diodeInput(FACTOR, specific)
                .build();
        double g = 1e-6;
        double source = 0.3;
        double[] kelvin = {233.15, 298.15, 398.15};
        double previous = Double.POSITIVE_INFINITY;
        for (double temperature : kelvin) {
            // k/q is 86.17333262 uV/K (CODATA 2018).
            double a = FACTOR * 86.17333262e-6 * temperature;
            double expected =
                    a * g * LambertW.ofExp(Math.log(specific / (a * g)) + (source + specific / g) / a) - specific;
            Readout.Columns columns = mirror.on(DIE, 1, Conditions.ROOM.atTemperature(temperature));
            double level = levels(columns, 0, new ResistiveArray(new double[] {source}, 0, g), new Saturation())
                    .values()
                    .data[0];
            assertEquals(expected, level, 1e-8 * expected);
            assertTrue(level < 0.95 * previous, "n U_t ln(1 + i / I_s) grows with the temperature");
            previous = level;
        }
    }

    /**
     * A drain of finite output conductance under a diode from the supply side: with
     * {@code i = I_0 + g v}, {@code v = v0 − a ln(1 + i/I_s)} again Lambert's W, with g in place of G.
     */
    @Test
    void diodeInputOverADrainMeetsTheClosedForm() {
        double specific = 0.5 * Si.nA;
        double rest = 0.6;
        double output = 2e-8;
        MirrorSensing mirror = MirrorSensing.builder(rest, Polarity.SOURCE)
                .diodeInput(FACTOR, specific)
                .build();
        double[][] saturated = {{0, 1 * Si.nA, 50 * Si.nA}, {200 * Si.nA, 1 * Si.uA, 0.01 * Si.nA}};
        double[] levels = currents(mirror, new DrainArray(saturated, output));
        for (int b = 0; b < 2; b++) {
            for (int j = 0; j < 3; j++) {
                double exponent =
                        Math.log(specific / (SLOPE * output)) + (rest + (saturated[b][j] + specific) / output) / SLOPE;
                double expected = SLOPE * output * LambertW.ofExp(exponent) - specific;
                assertEquals(expected, levels[b * 3 + j], 1e-8 * expected);
                assertTrue(levels[b * 3 + j] < saturated[b][j] + output * rest, "the diode lowers the drain");
            }
        }
    }

    @Test
    void aDrainWithoutOutputConductanceDoesNotFeelTheDiode() {
        MirrorSensing mirror = MirrorSensing.builder(0.6, Polarity.SOURCE)
                .diodeInput(FACTOR, 1 * Si.nA)
                .build();
        double[][] saturated = {{1 * Si.nA, 1 * Si.uA}};
        double[] levels = currents(mirror, new DrainArray(saturated, 0));
        assertEquals(1 * Si.nA, levels[0]);
        assertEquals(1 * Si.uA, levels[1]);
    }

    /** Two columns share a word line whose resistance is larger than the cells'. */
    @Test
    void diodeInputsAgreeWithColumnsThatSeeEachOther() {
        double specific = 1 * Si.nA;
        MirrorSensing mirror = MirrorSensing.builder(0, Polarity.SINK)
                .diodeInput(FACTOR, specific)
                .build();
        double[] conductances = {1e-5, 2e-5, 1e-6};
        double sourceResistance = 3e5;
        double[] i = currents(mirror, new ResistiveArray(new double[] {0.4}, sourceResistance, conductances));
        double line = 0.4 - sourceResistance * (i[0] + i[1] + i[2]);
        for (int j = 0; j < 3; j++) {
            double v = SLOPE * Math.log(1 + i[j] / specific);
            assertEquals(conductances[j] * (line - v), i[j], 1e-7 * i[j], "Kirchhoff at column " + j);
        }
    }

    @Test
    void anArrayThatPullsBackTurnsTheDiodeOff() {
        double specific = 1 * Si.nA;
        MirrorSensing mirror = MirrorSensing.builder(0.2, Polarity.SINK)
                .diodeInput(FACTOR, specific)
                .build();
        // The row is at 0 V, below the rest voltage: what flows back is at most the leakage of the diode.
        double[] levels = currents(mirror, new ResistiveArray(new double[] {0}, 0, 1e-5));
        assertTrue(levels[0] < 0 && levels[0] > -specific, "current " + levels[0]);
    }

    /** The current breaks off at 0.1 V, below the 0.25 V that the diode would need to take it. */
    @Test
    void whereThereIsNoOperatingPointThereIsNoAnswer() {
        ColumnPort broken = new ColumnPort() {
            @Override
            public int vectors() {
                return 1;
            }

            @Override
            public int columns() {
                return 1;
            }

            @Override
            public void currents(DMatrixRMaj vSense, DMatrixRMaj currents, @Nullable DMatrixRMaj slopes) {
                currents.set(0, 0, vSense.get(0, 0) < 0.1 ? 1e-6 : 0);
                if (slopes != null) {
                    slopes.set(0, 0, 0);
                }
            }
        };
        MirrorSensing mirror = MirrorSensing.builder(0, Polarity.SINK)
                .diodeInput(FACTOR, 1 * Si.nA)
                .build();
        Readout.Session session = mirror.on(DIE, 1, Conditions.ROOM).begin(1, 0);
        assertThrows(ConvergenceException.class, () -> session.phase(durations(1), broken));
    }

    @Test
    void diodeInputIsAnImperfectionOfTheInput() {
        MirrorSensing mirror = MirrorSensing.builder(0, Polarity.SINK)
                .diodeInput(FACTOR, 1 * Si.nA)
                .build();
        assertEquals("sense.input-resistance", mirror.imperfections().get(0).id());
        double[] levels =
                currents(mirror.without("sense.input-resistance"), new ResistiveArray(new double[] {0.1}, 0, 1e-6));
        assertEquals(1e-7, levels[0], 1e-21);
    }

    /** Area and energy per line and vector as the area and energy tables of aCortex give them. */
    @Test
    void acortexSensingTakesWhatThePaperSays() {
        MirrorSensing mirror = MirrorSensing.acortex55nm(0.5);
        double time = 50 * Si.ns;
        Cost cost = mirror.cost(new Activity(1, 1, time, 0.25 * Si.uA * time));
        assertEquals(17.5 * Si.um2, cost.area(), 0.03 * 17.5 * Si.um2);
        assertEquals(64e-15, cost.energy(), 0.1 * 64e-15);
        assertEquals(1, mirror.gain());
        Saturation saturation = new Saturation();
        levels(mirror.on(DIE, 1, Conditions.ROOM), 0, new DrainArray(new double[][] {{1.01 * Si.uA}}, 0), saturation);
        assertEquals(1, saturation.counts().get("sense.top"));
    }

    @Test
    void whatFallsAcrossTheArrayIsNotCountedTwice() {
        Activity charge = new Activity(1, 1, 0, 1e-15);
        // Gives 1 fC at 0.6 V from 1.2 V and copies it from 1.2 V.
        assertEquals(
                0.6e-15 + 1.2e-15,
                MirrorSensing.builder(0.6, Polarity.SOURCE)
                        .supply(1.2)
                        .build()
                        .cost(charge)
                        .energy(),
                1e-27);
        // Takes 1 fC at 0.1 V to ground and copies it, four times as large, from 1.2 V.
        assertEquals(
                0.1e-15 + 4.8e-15,
                MirrorSensing.builder(0.1, Polarity.SINK)
                        .supply(1.2)
                        .gain(4)
                        .build()
                        .cost(charge)
                        .energy(),
                1e-27);
    }

    @Test
    void refusesParametersOutOfRange() {
        MirrorSensing.Builder builder = MirrorSensing.builder(0, Polarity.SINK);
        assertThrows(IllegalArgumentException.class, () -> MirrorSensing.builder(Double.NaN, Polarity.SINK));
        assertThrows(IllegalArgumentException.class, () -> builder.gain(0));
        assertThrows(IllegalArgumentException.class, () -> builder.inputResistance(-1));
        assertThrows(IllegalArgumentException.class, () -> builder.diodeInput(0.036, 1e-9));
        assertThrows(IllegalArgumentException.class, () -> builder.diodeInput(1.4, 0));
        assertThrows(IllegalArgumentException.class, () -> builder.gainError(-0.1));
        String message = assertThrows(IllegalArgumentException.class, () -> builder.swing(1, 1))
                .getMessage();
        assertEquals("swing = 1.0 to 1.0: the low end must be below the high end", message);
        assertThrows(IllegalArgumentException.class, () -> builder.swing(Double.NaN, 1));
    }
}
