package org.vmmlib.core.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorStatisticsTest {

    /** A ramp of n points per code through a rounding quantiser: the error is uniform, rms LSB / sqrt(12) (1 − 1/n²)^½. */
    @ParameterizedTest
    @ValueSource(ints = {1, 4, 8, 12})
    void anIdealQuantiserHasItsNominalBits(int bits) {
        int n = 1000;
        int codes = 1 << bits;
        DMatrixRMaj ideal = new DMatrixRMaj(1, n * codes);
        DMatrixRMaj quantised = new DMatrixRMaj(1, n * codes);
        for (int k = 0; k < n * codes; k++) {
            ideal.data[k] = (k + 0.5) / n;
            quantised.data[k] = Math.floor(ideal.data[k]) + 0.5;
        }
        assertEquals(bits, ErrorStatistics.of(quantised, ideal).effectiveBits(codes), 1e-6);
    }

    @Test
    void partsAddUpToTheWhole() {
        DMatrixRMaj actual = new DMatrixRMaj(new double[][] {{1, 2, 3}, {4, 5, 9}});
        DMatrixRMaj ideal = new DMatrixRMaj(new double[][] {{1, 1, 1}, {1, 1, 1}});
        ErrorStatistics whole = ErrorStatistics.of(actual, ideal);
        assertEquals(Math.sqrt((0 + 1 + 4 + 9 + 16 + 64) / 6.0), whole.rms(), 1e-15);
        assertEquals(18 / 6.0, whole.mean(), 1e-15);
        assertEquals(8, whole.largest());
        DMatrixRMaj first = new DMatrixRMaj(new double[][] {{1, 2, 3}});
        DMatrixRMaj second = new DMatrixRMaj(new double[][] {{4, 5, 9}});
        DMatrixRMaj ones = new DMatrixRMaj(new double[][] {{1, 1, 1}});
        assertEquals(whole, ErrorStatistics.of(first, ones).plus(ErrorStatistics.of(second, ones)));
    }

    @Test
    void pairsClippedAtTheSameEndAreLeftOut() {
        DMatrixRMaj actual = new DMatrixRMaj(new double[][] {{0, 0.25, 1, 0, 0.5}});
        DMatrixRMaj ideal = new DMatrixRMaj(new double[][] {{0, 0, 1, 0.5, 0.75}});
        ErrorStatistics inside = ErrorStatistics.within(actual, ideal, 0, 1);
        assertEquals(3, inside.count());
        assertEquals(Math.sqrt((0.0625 + 0.25 + 0.0625) / 3), inside.rms(), 1e-15);
    }

    @Test
    void otherShapesAreRefused() {
        assertThrows(
                IllegalArgumentException.class, () -> ErrorStatistics.of(new DMatrixRMaj(2, 3), new DMatrixRMaj(3, 2)));
    }
}
