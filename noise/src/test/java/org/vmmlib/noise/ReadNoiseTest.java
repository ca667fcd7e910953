package org.vmmlib.noise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.vmmlib.core.physics.Conditions;

class ReadNoiseTest {

    /** 1 kΩ has 4.07 nV/√Hz at 300 K, that is 4.07 pA/√Hz; in 1 MHz, 4.07 nA (Johnson 1928, Nyquist 1928). */
    @Test
    void aKiloohmHasItsJohnsonNoise() {
        Resistors law = new Resistors();
        DMatrixRMaj one = new DMatrixRMaj(new double[][] {{1}});
        DMatrixRMaj sigma = new DMatrixRMaj(1, 1);
        Conditions at300K = Conditions.ROOM.atTemperature(300);
        new ReadNoise(1e6).sigma(law.bind(law.store(one, at300K), at300K), one, 0, one, sigma);
        assertEquals(4.07e-9, sigma.get(0, 0), 0.005e-9);
    }

    @Test
    void fourTimesTheBandwidthIsTwiceTheNoise() {
        Resistors law = new Resistors();
        DMatrixRMaj w = new DMatrixRMaj(new double[][] {{0.2, 0.4}, {0.7, 0.1}});
        DMatrixRMaj drives = new DMatrixRMaj(1, 2);
        DMatrixRMaj narrow = new DMatrixRMaj(1, 2);
        DMatrixRMaj wide = new DMatrixRMaj(1, 2);
        new ReadNoise(1e6).sigma(law.bind(law.store(w, Conditions.ROOM), Conditions.ROOM), drives, 0, drives, narrow);
        new ReadNoise(4e6).sigma(law.bind(law.store(w, Conditions.ROOM), Conditions.ROOM), drives, 0, drives, wide);
        for (int j = 0; j < 2; j++) {
            assertEquals(2 * narrow.get(0, j), wide.get(0, j), 1e-20);
        }
    }

    @Test
    void aBandwidthOfNothingIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new ReadNoise(0));
        assertThrows(IllegalArgumentException.class, () -> new ReadNoise(Double.NaN));
    }
}
