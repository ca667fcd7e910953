package org.vmmlib.core.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;
import org.junit.jupiter.api.Test;

class RandomStreamTest {

    private static final RandomStream STREAM = RandomStreams.of(42).stream("array.tuning", 3);

    @Test
    void anElementIsTheSameHoweverItIsReached() {
        double[] bulk = new double[103];
        STREAM.gaussians(17, bulk, 0, bulk.length);
        double[] uniform = new double[103];
        STREAM.uniforms(17, uniform, 0, uniform.length);
        for (int k = 0; k < bulk.length; k++) {
            assertEquals(STREAM.gaussian(17 + k), bulk[k]);
            assertEquals(STREAM.uniform(17 + k), uniform[k]);
        }
    }

    @Test
    void everyPartOfTheKeyMatters() {
        double here = STREAM.uniform(5);
        assertNotEquals(here, RandomStreams.of(43).stream("array.tuning", 3).uniform(5));
        assertNotEquals(here, RandomStreams.of(42).stream("array.tuninh", 3).uniform(5));
        assertNotEquals(here, RandomStreams.of(42).stream("array.tuning", 4).uniform(5));
        assertNotEquals(
                here, RandomStreams.of(42).forTrial(1).stream("array.tuning", 3).uniform(5));
        assertNotEquals(here, STREAM.call(1).uniform(5));
        assertNotEquals(here, STREAM.uniform(6));
    }

    /** Kolmogorov–Smirnov; fails falsely with probability 1e-7 for a new seed, never for this one. */
    @Test
    void gaussiansAreStandardNormal() {
        double[] sample = new double[20_000];
        STREAM.gaussians(0, sample, 0, sample.length);
        double p = new KolmogorovSmirnovTest().kolmogorovSmirnovTest(new NormalDistribution(null, 0, 1), sample);
        assertTrue(p > 1e-7, () -> "p = " + p);
    }

    /** Mean of n uniforms is normal with sigma 1/sqrt(12 n); 5.3 sigma fails falsely with probability 1e-7. */
    @Test
    void uniformsHaveTheirMeanAcrossCalls() {
        int n = 10_000;
        double sum = 0;
        for (int call = 0; call < n; call++) {
            sum += STREAM.call(call).uniform(0);
        }
        assertEquals(0.5, sum / n, 5.3 / Math.sqrt(12.0 * n));
    }

    @Test
    void belowStaysBelow() {
        for (int k = 0; k < 1000; k++) {
            int value = STREAM.below(7, k);
            assertTrue(value >= 0 && value < 7);
        }
    }
}
