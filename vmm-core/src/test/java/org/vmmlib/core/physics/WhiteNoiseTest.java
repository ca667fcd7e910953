package org.vmmlib.core.physics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

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

    /** The textbook figures at 300 K. */
    @Test
    void aPicofaradIsSampledWithinSixtyFourMicrovolts() {
        assertEquals(64e-6, WhiteNoise.sampled(1e-12, 300), 0.5e-6);
        assertEquals(2.04e-3, WhiteNoise.sampled(1e-15, 300), 0.005e-3);
        assertEquals(0.32e-3, WhiteNoise.sampled(40e-15, 300), 0.005e-3);
        for (double bad : new double[] {0, -1, Double.NaN}) {
            assertThrows(IllegalArgumentException.class, () -> WhiteNoise.sampled(bad, 300));
            assertThrows(IllegalArgumentException.class, () -> WhiteNoise.sampled(1e-12, bad));
        }
    }

    /** The thermal noise of R through its pole 1/(2πRC), summed over all frequencies, is kT/C whatever R. */
    @Test
    void sampledNoiseIsTheThermalNoiseOfAnyResistorInItsOwnBandwidth() {
        double c = 10e-15;
        for (double r : new double[] {1e3, 1e6}) {
            double sum = 0;
            double step = 1e-3;
            for (double x = -20; x < 20; x += step) {
                double f = Math.exp(x) / (2 * Math.PI * r * c);
                sum += WhiteNoise.thermal(1 / r, 300) * r * r / (1 + Math.exp(2 * x)) * f * step;
            }
            assertEquals(WhiteNoise.sampled(c, 300), Math.sqrt(sum), 1e-6 * Math.sqrt(sum));
        }
    }
}
