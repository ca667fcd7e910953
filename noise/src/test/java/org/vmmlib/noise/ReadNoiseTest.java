package org.vmmlib.noise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.vmmlib.core.physics.Conditions;

class ReadNoiseTest {

    private static final Conditions AT_300_K = Conditions.ROOM.atTemperature(300);

    /** Noise of a batch of vectors through one array, which begins at a call. */
    private static DMatrixRMaj noise(double bandwidth, double[][] weights, int vectors, int phase, long firstCall) {
        Resistors law = new Resistors();
        DMatrixRMaj stored = new DMatrixRMaj(weights);
        return Reads.of(law, law.store(stored, AT_300_K), AT_300_K)
                .disturbed(new ReadNoise(bandwidth), new DMatrixRMaj(vectors, stored.numRows), 0, phase, firstCall);
    }

    private static double rms(DMatrixRMaj values) {
        double squares = 0;
        for (double value : values.data) {
            squares += value * value;
        }
        return Math.sqrt(squares / values.data.length);
    }

    /**
     * 1 kΩ has 4.07 nV/√Hz at 300 K, that is 4.07 pA/√Hz; in 1 MHz, 4.07 nA (Johnson 1928, Nyquist 1928). The RMS of
     * 40,000 draws has a standard deviation of 0.35 %; 2 % fails falsely with probability 1e-8 for a new seed.
     */
    @Test
    void aKiloohmHasItsJohnsonNoise() {
        assertEquals(4.07e-9, rms(noise(1e6, new double[][] {{1}}, 40_000, 0, 0)), 0.02 * 4.07e-9);
    }

    /** As above, with the conductances of the cells of a column in parallel. */
    @Test
    void cellsOfAColumnAddTheirVariances() {
        double one = rms(noise(1e6, new double[][] {{0.2}}, 40_000, 0, 0));
        double four = rms(noise(1e6, new double[][] {{0.2}, {0.2}, {0.2}, {0.2}}, 40_000, 0, 0));
        assertEquals(2, four / one, 1e-12);
    }

    @Test
    void fourTimesTheBandwidthIsTwiceTheNoise() {
        DMatrixRMaj narrow = noise(1e6, new double[][] {{0.2, 0.4}}, 3, 0, 0);
        DMatrixRMaj wide = noise(4e6, new double[][] {{0.2, 0.4}}, 3, 0, 0);
        for (int k = 0; k < narrow.data.length; k++) {
            assertEquals(2 * narrow.data[k], wide.data[k], 1e-20);
        }
    }

    @Test
    void aVectorHasTheSameNoiseWhereverTheBatchIsCut() {
        DMatrixRMaj whole = noise(1e6, new double[][] {{0.2, 0.4}}, 5, 2, 10);
        DMatrixRMaj rest = noise(1e6, new double[][] {{0.2, 0.4}}, 2, 2, 13);
        assertArrayEquals(new double[] {whole.get(3, 0), whole.get(3, 1), whole.get(4, 0), whole.get(4, 1)}, rest.data);
        assertEquals(
                false,
                whole.get(0, 0)
                        == noise(1e6, new double[][] {{0.2, 0.4}}, 1, 3, 10).get(0, 0));
    }

    @Test
    void aBandwidthOfNothingIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new ReadNoise(0));
        assertThrows(IllegalArgumentException.class, () -> new ReadNoise(Double.NaN));
    }
}
