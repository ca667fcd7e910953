package org.vmmlib.peripherals.sensing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.vmmlib.core.cost.Activity;
import org.vmmlib.core.macro.ColumnPort;
import org.vmmlib.core.macro.Readout;
import org.vmmlib.core.macro.Saturation;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.physics.Si;
import org.vmmlib.core.signal.Levels;

class TransimpedanceSensingTest extends ReadoutContract {

    @Override
    Readout ideal() {
        return TransimpedanceSensing.builder(0, Polarity.SINK, 1 * Si.MOhm).build();
    }

    @Override
    double idealLevel(double current) {
        return 1e6 * current;
    }

    @Override
    Readout imperfect(double lowest, double highest) {
        return TransimpedanceSensing.builder(0, Polarity.SINK, 1 * Si.MOhm)
                .inputResistance(500)
                .gainError(0.01)
                .offset(3 * Si.mV)
                .swing(lowest, highest)
                .build();
    }

    private static double[] voltages(Readout readout, ColumnPort array) {
        Levels levels = levels(readout.on(DIE, array.columns(), Conditions.ROOM), 0, array, new Saturation());
        assertEquals(Levels.Quantity.VOLTAGE, levels.quantity());
        return levels.values().data;
    }

    /** Operational amplifier with feedback resistor R and source conductance G: the offset appears times 1 + R G. */
    @Test
    void offsetDrivesCurrentThroughTheArrayAndAppearsWithTheNoiseGain() {
        double r = 0.4 * Si.MOhm;
        TransimpedanceSensing amplifier = TransimpedanceSensing.builder(0, Polarity.SINK, r)
                .offset(5 * Si.mV)
                .build();
        double[] offsets = DIE.mismatch("sense.offset", 5 * Si.mV, 3);
        double[] conductances = {1e-6, 5e-6, 0};
        double[] levels = voltages(amplifier, new ResistiveArray(new double[] {0.2, 0}, 0, conductances));
        for (int j = 0; j < 3; j++) {
            double g = conductances[j];
            assertEquals(r * g * 0.2 - (1 + r * g) * offsets[j], levels[j], 1e-15);
            assertEquals(-(1 + r * g) * offsets[j], levels[3 + j], 1e-15);
        }
    }

    @Test
    void offsetOnADrainAppearsWithTheNoiseGainToo() {
        double r = 1 * Si.MOhm;
        TransimpedanceSensing amplifier = TransimpedanceSensing.builder(0.5, Polarity.SOURCE, r)
                .offset(5 * Si.mV)
                .build();
        double offset = DIE.mismatch("sense.offset", 5 * Si.mV, 1)[0];
        double[] levels = voltages(amplifier, new DrainArray(new double[][] {{100 * Si.nA}}, 2e-7));
        assertEquals(r * (100 * Si.nA + 2e-7 * 0.5) + (1 + r * 2e-7) * offset, levels[0], 1e-15);
    }

    @Test
    void offsetThroughASharedWordLineMovesTheNeighbour() {
        TransimpedanceSensing amplifier = TransimpedanceSensing.builder(0, Polarity.SINK, 1 * Si.MOhm)
                .offset(5 * Si.mV)
                .build();
        double[] offsets = DIE.mismatch("sense.offset", 5 * Si.mV, 2);
        double g = 1e-5;
        double rs = 1e4;
        double[] levels = voltages(amplifier, new ResistiveArray(new double[] {0.2}, rs, g, g));
        double line = (0.2 + rs * g * (offsets[0] + offsets[1])) / (1 + 2 * rs * g);
        assertEquals(1e6 * g * (line - offsets[0]) - offsets[0], levels[0], 1e-13);
        assertEquals(1e6 * g * (line - offsets[1]) - offsets[1], levels[1], 1e-13);
    }

    @Test
    void inputResistanceIsLeftToTheNetwork() {
        TransimpedanceSensing amplifier = TransimpedanceSensing.builder(0.1, Polarity.SINK, 1e6)
                .inputResistance(500)
                .build();
        assertEquals(500, amplifier.inputResistance());
        assertEquals(0.1, amplifier.columnVoltage());
        assertEquals(0.1, voltages(amplifier, new ResistiveArray(new double[] {0.2}, 0, 1e-6))[0], 1e-15);
    }

    @Test
    void whatFallsAcrossTheArrayIsNotCountedTwice() {
        Activity charge = new Activity(1, 1, 0, 1e-15);
        assertEquals(
                0.7e-15,
                TransimpedanceSensing.builder(0.5, Polarity.SOURCE, 1e6)
                        .supply(1.2)
                        .build()
                        .cost(charge)
                        .energy(),
                1e-27);
    }

    @Test
    void refusesParametersOutOfRange() {
        assertThrows(IllegalArgumentException.class, () -> TransimpedanceSensing.builder(0, Polarity.SINK, 0));
        TransimpedanceSensing.Builder builder = TransimpedanceSensing.builder(0, Polarity.SINK, 1e6);
        assertThrows(IllegalArgumentException.class, () -> builder.inputResistance(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> builder.offset(-1));
        assertThrows(IllegalArgumentException.class, () -> builder.swing(2, 1));
        assertThrows(IllegalArgumentException.class, () -> builder.biasCurrent(-1));
    }
}
