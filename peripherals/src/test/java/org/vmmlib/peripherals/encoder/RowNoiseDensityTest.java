package org.vmmlib.peripherals.encoder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.macro.InputEncoder;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.physics.Si;
import org.vmmlib.core.random.RandomStreams;
import org.vmmlib.core.signal.Codes;
import org.vmmlib.peripherals.dac.CurrentSteeringDac;
import org.vmmlib.peripherals.dac.VoltageDac;

/** What encoders state of the noise of their rows. */
class RowNoiseDensityTest {

    private static final double TWO_Q = 2 * 1.602176634e-19;
    private static final int BITS = 3;

    /** Densities of the last phase of the words 0, 3, 7. */
    private static double[] densities(InputEncoder encoder) {
        InputEncoder.Rows rows = encoder.on(Die.of(RandomStreams.of(1)), 3);
        DMatrixRMaj drives = rows.encode(Codes.unsigned(BITS, 1, 3, new int[] {0, 3, 7}), 0)
                .phases()
                .get(0)
                .drives();
        DMatrixRMaj density = new DMatrixRMaj(5, 5);
        rows.noise(drives, Conditions.ROOM, density);
        assertEquals(1, density.numRows);
        assertEquals(3, density.numCols);
        return List.of(density.get(0, 0), density.get(0, 1), density.get(0, 2)).stream()
                .mapToDouble(d -> d)
                .toArray();
    }

    private static void assertDensities(InputEncoder encoder, double... expected) {
        double[] actual = densities(encoder);
        for (int i = 0; i < 3; i++) {
            assertEquals(expected[i], actual[i], 1e-12 * expected[i]);
        }
    }

    @Test
    void amplitudesHaveTheNoiseOfTheirDac() {
        assertDensities(
                new AmplitudeEncoder(CurrentSteeringDac.builder(BITS, 7 * Si.nA).build(), 1e-6),
                0,
                TWO_Q * 3 * Si.nA,
                TWO_Q * 7 * Si.nA);
        double string = 4 * 1.380649e-23 * Conditions.ROOM.temperature() * 2e5 * 12 / 49;
        assertDensities(
                new AmplitudeEncoder(
                        VoltageDac.builder(BITS, 0.2).stringResistance(2e5).build(), 1e-6),
                0,
                string,
                0);
    }

    @Test
    void slicesHaveTheNoiseOfTheirDac() {
        assertDensities(
                DigitEncoder.slices(
                        CurrentSteeringDac.builder(BITS, 7 * Si.nA).build(), BITS, WordFormat.UNSIGNED, 1e-6),
                0,
                TWO_Q * 3 * Si.nA,
                TWO_Q * 7 * Si.nA);
    }

    /** In the first phase rows of any word above 0 are on, but for bits: the lowest of 3 and of 7 is. */
    @Test
    void pulsesHaveTheNoiseOfTheirLevelWhileTheyLast() {
        PulseDriver volts = PulseDriver.rows(0.2).noise(5e-9).build();
        PulseDriver gates =
                PulseDriver.gates(Double.NEGATIVE_INFINITY, 0.7).noise(5e-9).build();
        for (PulseDriver driver : List.of(volts, gates)) {
            assertDensities(PulseEncoder.of(driver, BITS, WordFormat.UNSIGNED, 1e-9), 0, 25e-18, 25e-18);
            assertDensities(DigitEncoder.bits(driver, BITS, WordFormat.UNSIGNED, 1e-9), 0, 25e-18, 25e-18);
        }
        PulseDriver currents = PulseDriver.currents(10 * Si.nA).build();
        double shot = TWO_Q * 10 * Si.nA;
        assertDensities(PulseEncoder.of(currents, BITS, WordFormat.UNSIGNED, 1e-9), 0, shot, shot);
        PulseDriver noisier = currents.toBuilder().noise(1e-13).build();
        assertDensities(PulseEncoder.of(noisier, BITS, WordFormat.UNSIGNED, 1e-9), 0, shot + 1e-26, shot + 1e-26);
        assertThrows(IllegalArgumentException.class, () -> currents.toBuilder().noise(-1));
    }
}
