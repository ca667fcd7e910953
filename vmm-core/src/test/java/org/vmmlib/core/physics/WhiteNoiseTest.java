package org.vmmlib.core.physics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class WhiteNoiseTest {

    @Test
    void oneKiloohmAtRoomTemperatureHasFourNanovoltPerRootHertz() {
        // The textbook figure: 4.07 nV/√Hz at 300 K.
        assertEquals(4.07e-9, Math.sqrt(WhiteNoise.thermal(1e-3, 300)) * 1e3, 0.005e-9);
    }

    @Test
    void barrierGivesShotNoiseAtHighVoltageAndThermalNoiseAtZero() {
        double g = 2e-6;
        assertEquals(1, WhiteNoise.barrier(g, 1, 300) / (2 * Constants.ELEMENTARY_CHARGE * g * 1), 1e-12);
        assertEquals(WhiteNoise.thermal(g, 300), WhiteNoise.barrier(g, 0, 300));
        assertEquals(1, WhiteNoise.barrier(g, 1e-9, 300) / WhiteNoise.thermal(g, 300), 1e-12);
    }

    @Test
    void barrierIsTheSumOfTheShotNoiseOfItsTwoCurrents() {
        double forward = 5e-9;
        for (double v = 0.001; v < 0.3; v *= 1.5) {
            double ut = new Conditions(300, 0).thermalVoltage();
            double backward = forward * Math.exp(-v / ut);
            double shot = 2 * Constants.ELEMENTARY_CHARGE * (forward + backward);
            assertEquals(1, WhiteNoise.barrier((forward - backward) / v, v, 300) / shot, 1e-12);
        }
    }
}
