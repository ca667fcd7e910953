package org.vmmlib.core.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.special.Erf;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;
import org.junit.jupiter.api.Test;

class NormalStreamTest {

    private static final int COUNT = 2_000_000;
    private static final RandomStream STREAM = RandomStreams.of(42).stream("adc.comparator-noise", 3);

    private static double[] sample() {
        double[] out = new double[COUNT];
        STREAM.normals().fill(0, out, 0, COUNT);
        return out;
    }

    @Test
    void anElementIsTheSameHoweverItIsReached() {
        NormalStream normals = STREAM.call(7).normals();
        double[] bulk = new double[105];
        normals.fill(17, bulk, 2, 103);
        assertEquals(0, bulk[0]);
        assertEquals(0, bulk[1]);
        for (int k = 0; k < 103; k++) {
            assertEquals(STREAM.call(7).normals().at(17 + k), bulk[2 + k]);
        }
    }

    @Test
    void everyPartOfTheKeyMatters() {
        double here = STREAM.normals().at(5);
        assertNotEquals(
                here,
                RandomStreams.of(43).stream("adc.comparator-noise", 3).normals().at(5));
        assertNotEquals(
                here,
                RandomStreams.of(42).stream("adc.comparator-noisf", 3).normals().at(5));
        assertNotEquals(
                here,
                RandomStreams.of(42).stream("adc.comparator-noise", 4).normals().at(5));
        assertNotEquals(
                here,
                RandomStreams.of(42).forTrial(1).stream("adc.comparator-noise", 3)
                        .normals()
                        .at(5));
        assertNotEquals(here, STREAM.call(1).normals().at(5));
        assertNotEquals(here, STREAM.normals().at(6));
        assertNotEquals(here, STREAM.gaussian(5));
    }

    /** The table against the inverse normal distribution itself, over all octaves of the tail probability. */
    @Test
    void magnitudesAreTheInverseNormalDistribution() {
        RandomStream draw = RandomStreams.of(1).stream("test", 0);
        double worst = 0;
        for (int octave = 0; octave < 46; octave++) {
            for (int k = 0; k < 2000; k++) {
                // The last ten bits are 0, so that 1 − 2u is exact.
                long bits = ((1L << 62) | (draw.bits(2000L * octave + k) >>> 2)) >>> octave;
                bits &= -1024;
                double u = bits * 0x1.0p-64;
                double expected = Math.sqrt(2) * Erf.erfInv(1 - 2 * u);
                double normal = InverseNormal.of(bits);
                assertEquals(-normal, InverseNormal.of(bits | Long.MIN_VALUE));
                worst = Math.max(worst, Math.abs(normal - expected));
            }
        }
        double found = worst;
        assertTrue(worst < 1e-7, () -> "worst = " + found);
    }

    @Test
    void noneIsBeyondTheBound() {
        for (int shift = 0; shift < 64; shift++) {
            for (long bits : new long[] {-1L >>> shift, 1L << shift, Long.MIN_VALUE | (-1L >>> shift)}) {
                assertTrue(Math.abs(InverseNormal.of(bits)) < NormalStream.BOUND, Long.toHexString(bits));
            }
        }
        assertTrue(InverseNormal.of(0) > 7.8);
        assertTrue(InverseNormal.of(Long.MIN_VALUE) < -7.8);
    }

    @Test
    void theyFallWhereTheTailProbabilityRises() {
        double last = Double.POSITIVE_INFINITY;
        // The last octave begins at 2^15.
        for (long bits = 1 << 15; bits > 0 && bits < Long.MAX_VALUE / 9 * 8; bits += Math.max(1, bits / 9)) {
            double now = InverseNormal.of(bits);
            assertTrue(now <= last, Long.toHexString(bits));
            last = now;
        }
        assertEquals(0, InverseNormal.of(Long.MAX_VALUE), 1e-9);
    }

    /** Kolmogorov–Smirnov; fails falsely with probability 1e-7 for a new seed, never for this one. */
    @Test
    void numbersOfACallAreStandardNormal() {
        KolmogorovSmirnovTest test = new KolmogorovSmirnovTest();
        NormalDistribution normal = new NormalDistribution(null, 0, 1);
        double p = test.kolmogorovSmirnovTest(normal, Arrays.copyOf(sample(), 200_000));
        assertTrue(p > 1e-7, () -> "p = " + p);
    }

    /** As many calls as numbers, one element of each. Fails falsely with probability 1e-7 for a new seed. */
    @Test
    void numbersAcrossCallsAreStandardNormal() {
        double[] across = new double[100_000];
        for (int call = 0; call < across.length; call++) {
            across[call] = STREAM.call(call).normals().at(5);
        }
        double p = new KolmogorovSmirnovTest().kolmogorovSmirnovTest(new NormalDistribution(null, 0, 1), across);
        assertTrue(p > 1e-7, () -> "p = " + p);
    }

    /**
     * The mean of the k-th power over n numbers has standard deviation sqrt((m_2k − m_k²)/n), with m_2 = 1, m_4 = 3, m_6 =
     * 15, m_8 = 105. Each bound is 5.5 of them: the four together fail falsely with probability 1.5e-7.
     */
    @Test
    void momentsAreThoseOfANormalNumber() {
        double[] sums = new double[5];
        for (double x : sample()) {
            double power = 1;
            for (int k = 1; k <= 4; k++) {
                power *= x;
                sums[k] += power;
            }
        }
        double[] expected = {1, 0, 1, 0, 3};
        double[] variance = {0, 1, 2, 15, 96};
        for (int k = 1; k <= 4; k++) {
            assertEquals(expected[k], sums[k] / COUNT, 5.5 * Math.sqrt(variance[k] / COUNT), "moment " + k);
        }
    }

    /** The share beyond z is binomial. Fifteen bounds of 5.7 sigma fail falsely with probability 2e-7 in all. */
    @Test
    void tailsHaveTheirShare() {
        double[] sample = sample();
        for (double z : new double[] {-4, -3.5, -3, -2.5, -2, -1.5, -1, 0, 1, 1.5, 2, 2.5, 3, 3.5, 4}) {
            double p = 0.5 * Erf.erfc(z / Math.sqrt(2));
            long beyond = Arrays.stream(sample).filter(x -> x > z).count();
            assertEquals(COUNT * p, (double) beyond, 5.7 * Math.sqrt(COUNT * p * (1 - p)), "beyond " + z);
        }
    }

    /**
     * The correlation of n independent pairs has standard deviation 1/sqrt(n). Of the numbers and of their squares, at
     * seven distances, between neighbouring calls and with the stream's other normal numbers: 18 bounds of 5.6 sigma, which
     * fail falsely with probability 4e-7 in all.
     */
    @Test
    void numbersAreUncorrelated() {
        double[] sample = sample();
        int n = COUNT - 1024;
        for (int lag : new int[] {1, 2, 3, 4, 8, 256, 1024}) {
            checkUncorrelated(sample, Arrays.copyOfRange(sample, lag, lag + n), n, "distance " + lag);
        }
        double[] next = new double[n];
        STREAM.call(1).normals().fill(0, next, 0, n);
        checkUncorrelated(sample, next, n, "next call");
        double[] other = new double[n];
        STREAM.gaussians(0, other, 0, n);
        checkUncorrelated(sample, other, n, "the stream's gaussians");
    }

    private static void checkUncorrelated(double[] x, double[] y, int n, String what) {
        double product = 0;
        double squares = 0;
        for (int k = 0; k < n; k++) {
            product += x[k] * y[k];
            squares += (x[k] * x[k] - 1) * (y[k] * y[k] - 1);
        }
        assertEquals(0, product / n, 5.6 / Math.sqrt(n), what);
        assertEquals(0, squares / (2 * n), 5.6 / Math.sqrt(n), what + ", squares");
    }

    /** 256 equally likely cells of two neighbours. Fails falsely with probability 1e-7 for a new seed. */
    @Test
    void neighboursFillTheSquareEvenly() {
        NormalDistribution normal = new NormalDistribution(null, 0, 1);
        double[] borders = new double[15];
        for (int k = 0; k < 15; k++) {
            borders[k] = normal.inverseCumulativeProbability((k + 1) / 16.0);
        }
        double[] sample = sample();
        long[] counts = new long[256];
        for (int k = 0; k < COUNT; k += 2) {
            counts[16 * cell(borders, sample[k]) + cell(borders, sample[k + 1])]++;
        }
        double expected = COUNT / 2 / 256.0;
        double chi = 0;
        for (long count : counts) {
            chi += (count - expected) * (count - expected) / expected;
        }
        double p = 1 - new ChiSquaredDistribution(null, 255).cumulativeProbability(chi);
        assertTrue(p > 1e-7, () -> "p = " + p);
    }

    private static int cell(double[] borders, double x) {
        int at = Arrays.binarySearch(borders, x);
        return at < 0 ? -at - 1 : at + 1;
    }
}
