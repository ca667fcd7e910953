package org.vmmlib.peripherals.sensing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.vmmlib.core.cost.Activity;
import org.vmmlib.core.crossbar.Topology;
import org.vmmlib.core.macro.ColumnPort;
import org.vmmlib.core.macro.Readout;
import org.vmmlib.core.macro.Saturation;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.physics.Si;
import org.vmmlib.core.signal.Levels;

class ConveyorSensingTest extends ReadoutContract {

    @Override
    Readout ideal() {
        return ConveyorSensing.builder(0, Polarity.SINK).gain(2).build();
    }

    @Override
    double idealLevel(double current) {
        return 2 * current;
    }

    @Override
    Readout imperfect(double lowest, double highest) {
        return ConveyorSensing.builder(0, Polarity.SINK)
                .gain(2)
                .input(1e-4, 50)
                .gainError(0.01)
                .offset(3 * Si.mV)
                .offsetTrimStep(0.1 * Si.mV)
                .bandwidth(50e6)
                .swing(lowest, highest)
                .build();
    }

    private static double[] currents(Readout readout, ColumnPort array) {
        Levels levels = levels(readout.on(DIE, array.columns(), Conditions.ROOM), 0, array, new Saturation());
        assertEquals(Levels.Quantity.CURRENT, levels.quantity());
        return levels.values().data;
    }

    @Test
    void theLoopLowersTheInputResistance() {
        ConveyorSensing.Builder conveyor = ConveyorSensing.builder(0, Polarity.SINK);
        assertEquals(0, conveyor.build().inputResistance());
        assertEquals(1e4, conveyor.input(1e-4, 0).build().inputResistance(), 1e-9);
        assertEquals(100, conveyor.input(1e-4, 99).build().inputResistance(), 1e-11);
        ConveyorSensing ideal = conveyor.build().without(ConveyorSensing.INPUT_RESISTANCE);
        assertEquals(0, ideal.inputResistance());
        assertTrue(ideal.imperfections().isEmpty());
    }

    @Test
    void offsetIsAColumnVoltage() {
        double rest = 0.1;
        double sigma = 5 * Si.mV;
        ConveyorSensing conveyor =
                ConveyorSensing.builder(rest, Polarity.SINK).offset(sigma).build();
        double[] offsets = DIE.mismatch("sense.offset", sigma, 3);
        double[] conductances = {1e-6, 5e-6, 0};
        double[] levels = currents(conveyor, new ResistiveArray(new double[] {0.3, 0.1}, 0, conductances));
        for (int j = 0; j < 3; j++) {
            assertEquals(conductances[j] * (0.2 - offsets[j]), levels[j], 1e-20);
            assertEquals(-conductances[j] * offsets[j], levels[3 + j], 1e-20);
        }
        ConveyorSensing drains =
                ConveyorSensing.builder(0.5, Polarity.SOURCE).offset(sigma).build();
        double[] drained = currents(drains, new DrainArray(new double[][] {{1e-7}}, 2e-7));
        assertEquals(1e-7 + 2e-7 * (0.5 + DIE.mismatch("sense.offset", sigma, 1)[0]), drained[0], 1e-20);
    }

    /**
     * What is left of an offset is uniform over a step: σ = step/√12, a relative error of 0.45 % for 10,000 draws, of which the
     * bound is six.
     */
    @Test
    void trimmingLeavesAStep() {
        int columns = 10_000;
        double step = 0.5 * Si.mV;
        ConveyorSensing trimmed = ConveyorSensing.builder(0, Polarity.SINK)
                .offset(5 * Si.mV)
                .offsetTrimStep(step)
                .build();
        double[] ones = new double[columns];
        Arrays.fill(ones, 1.0);
        double square = 0;
        for (double level : currents(trimmed, new ResistiveArray(new double[] {0}, 0, ones))) {
            assertTrue(Math.abs(level) <= step / 2 * (1 + 1e-12));
            square += level * level;
        }
        assertEquals(step / Math.sqrt(12), Math.sqrt(square / columns), 0.027 * step / Math.sqrt(12));
    }

    @Test
    void gainErrorIsTheDrawOfTheDie() {
        ConveyorSensing conveyor = ConveyorSensing.builder(0, Polarity.SINK)
                .gain(-0.5)
                .gainError(0.02)
                .build();
        double[] errors = DIE.mismatch("sense.gain", 0.02, 2);
        double[] levels = currents(conveyor, new ResistiveArray(new double[] {0.2}, 0, 1e-6, 2e-6));
        assertEquals(-0.5 * (1 + errors[0]) * 0.2e-6, levels[0], 1e-21);
        assertEquals(-0.5 * (1 + errors[1]) * 0.4e-6, levels[1], 1e-21);
    }

    /** One pole: 1 − exp(−2π f T); the conveyor, the mirror and the transimpedance amplifier alike. */
    @Test
    void aShortPhaseLeavesTheOutputUnsettled() {
        double bandwidth = 20e6;
        Readout[] readouts = {
            ConveyorSensing.builder(0, Polarity.SINK).bandwidth(bandwidth).build(),
            MirrorSensing.builder(0, Polarity.SINK).bandwidth(bandwidth).build(),
            TransimpedanceSensing.builder(0, Polarity.SINK, 1)
                    .bandwidth(bandwidth)
                    .build()
        };
        for (Readout readout : readouts) {
            Readout.Session session = readout.on(DIE, 1, Conditions.ROOM).begin(4, 0);
            double[] phases = {0, 1e-9, 1e-8, 1e-6};
            session.phase(phases, new ResistiveArray(new double[] {0.1, 0.1, 0.1, 0.1}, 0, 1e-6));
            double[] levels = ((Levels) session.finish(new Saturation())).values().data;
            for (int b = 0; b < 4; b++) {
                double left = Math.exp(-2 * Math.PI * bandwidth * phases[b]);
                assertEquals(1e-7 * (1 - left), levels[b], 1e-21);
            }
            assertEquals("sense.bandwidth", readout.imperfections().get(0).id());
            assertTrue(readout.without("sense.bandwidth").imperfections().isEmpty());
        }
    }

    @Test
    void energyIsThatOfTheBiasTheInputAndTheOutput() {
        ConveyorSensing conveyor = ConveyorSensing.builder(0.5, Polarity.SOURCE)
                .gain(3)
                .supply(1.2)
                .biasCurrent(2 * Si.uA)
                .build();
        double expected = (1.2 - 0.5 + 3 * 1.2) * 1e-12 + 1.2 * 2e-6 * 4 * 1e-6;
        assertEquals(expected, conveyor.cost(new Activity(1, 4, 1e-6, 1e-12)).energy(), 1e-12 * expected);
    }

    @Test
    void currentFlowsItsWay() {
        assertTrue(ConveyorSensing.builder(0, Polarity.SINK).build().fits(Topology.SOURCE_DRIVEN));
        assertFalse(ConveyorSensing.builder(0, Polarity.SINK).build().fits(Topology.GATE_DRIVEN));
        assertTrue(ConveyorSensing.builder(0, Polarity.SOURCE).build().fits(Topology.GATE_DRIVEN));
    }

    @Test
    void refusesParametersOutOfRange() {
        ConveyorSensing.Builder builder = ConveyorSensing.builder(0, Polarity.SINK);
        assertThrows(IllegalArgumentException.class, () -> ConveyorSensing.builder(Double.NaN, Polarity.SINK));
        assertThrows(IllegalArgumentException.class, () -> builder.gain(0));
        assertThrows(IllegalArgumentException.class, () -> builder.input(0, 10));
        assertThrows(IllegalArgumentException.class, () -> builder.input(1e-4, -1));
        assertThrows(IllegalArgumentException.class, () -> builder.bandwidth(0));
        assertThrows(IllegalArgumentException.class, () -> builder.bandwidth(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> builder.offsetTrimStep(-1));
        assertThrows(IllegalArgumentException.class, () -> builder.swing(1, 1));
    }
}
