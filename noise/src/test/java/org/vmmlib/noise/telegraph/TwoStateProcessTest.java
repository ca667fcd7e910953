package org.vmmlib.noise.telegraph;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.stat.descriptive.DescriptiveStatistics;
import org.junit.jupiter.api.Test;
import org.vmmlib.core.random.RandomStream;
import org.vmmlib.core.random.RandomStreams;

/** The process against the closed forms of a two-state Markov chain; every mean within six standard errors (2e-9). */
class TwoStateProcessTest {

    private static final double CAPTURE = 3e-6;
    private static final double EMISSION = 1e-6;
    private static final double CAPTURED = EMISSION / (CAPTURE + EMISSION);
    private static final double RATE = 1 / CAPTURE + 1 / EMISSION;
    private static final RandomStream DRAWS = RandomStreams.of(8).stream("array.telegraph.test", 0);

    private static TwoStateProcess trap(int cell) {
        return new TwoStateProcess(DRAWS, cell, CAPTURE, EMISSION);
    }

    private static void assertMean(double expected, int cells, ToDoubleFunction<TwoStateProcess> of) {
        DescriptiveStatistics sample = new DescriptiveStatistics();
        for (int cell = 0; cell < cells; cell++) {
            sample.addValue(of.applyAsDouble(trap(cell)));
        }
        assertEquals(expected, sample.getMean(), 6 * sample.getStandardDeviation() / Math.sqrt(cells));
    }

    /** At 0 as at any time: there is no start to relax from. */
    @Test
    void aChargeIsCapturedForTheEmissionTimeOverBothTimes() {
        for (double time : new double[] {0, 0.1e-6, 5e-6, 3600}) {
            assertMean(CAPTURED, 20_000, trap -> trap.at(time) ? 1 : 0);
        }
    }

    @Test
    void correlationFallsWithTheSumOfTheRates() {
        for (double start : new double[] {0, 0.7331e-6, 1}) {
            for (double lag : new double[] {0.05e-6, 0.5e-6, 1e-6, 3e-6}) {
                double both = CAPTURED * CAPTURED + CAPTURED * (1 - CAPTURED) * Math.exp(-RATE * lag);
                assertMean(both, 20_000, trap -> trap.at(start) && trap.at(start + lag) ? 1 : 0);
            }
        }
    }

    /** A state lasts longer than a time with probability exp(−time/τ), so dwell times are exponential. */
    @Test
    void dwellTimesAreExponential() {
        double start = 2.345e-5;
        for (double time : new double[] {0.1e-6, 1e-6, 2.5e-6}) {
            double stays = CAPTURED * Math.exp(-time / EMISSION);
            double remains = (1 - CAPTURED) * Math.exp(-time / CAPTURE);
            assertMean(stays, 20_000, trap -> trap.between(start, start + time) > 1 - 1e-9 ? 1 : 0);
            assertMean(remains, 20_000, trap -> trap.between(start, start + time) == 0 ? 1 : 0);
        }
    }

    /** Variance of a mean over x = λT: 2 π(1 − π)(x − 1 + e^−x)/x². */
    @Test
    void theMeanOverATimeScattersAsItsIntegralSays() {
        for (double x : new double[] {0.3, 2, 20, 1e5}) {
            double time = x / RATE;
            double variance = 2 * CAPTURED * (1 - CAPTURED) * (x - 1 + Math.exp(-x)) / (x * x);
            assertMean(CAPTURED, 20_000, trap -> trap.between(1e-5, 1e-5 + time));
            assertMean(variance, 20_000, trap -> Math.pow(trap.between(1e-5, 1e-5 + time) - CAPTURED, 2));
        }
    }

    /** What lies between two times is the sum of what lies between those and one in between. */
    @Test
    void timeAddsUp() {
        for (int cell = 0; cell < 200; cell++) {
            TwoStateProcess trap = trap(cell);
            double whole = trap.between(1e-6, 9e-6) * 8;
            assertEquals(whole, trap.between(1e-6, 4e-6) * 3 + trap.between(4e-6, 9e-6) * 5, 1e-9);
            assertEquals(trap.at(4e-6) ? 1 : 0, trap.between(4e-6, 4e-6));
        }
    }

    /**
     * Periodograms of 400 traps of 4096 samples, a tenth of the correlation time apart, averaged over bands of 8 lines:
     * within six standard errors, and 1 % for the finite length and the sampling.
     */
    @Test
    void theSpectrumIsLorentzian() {
        int samples = 4096;
        double step = 0.1 / RATE;
        int[] bands = {8, 40, 120, 260};
        DescriptiveStatistics[] ratio = new DescriptiveStatistics[bands.length];
        for (int k = 0; k < bands.length; k++) {
            ratio[k] = new DescriptiveStatistics();
        }
        boolean[] series = new boolean[samples];
        for (int cell = 0; cell < 400; cell++) {
            TwoStateProcess trap = trap(cell);
            for (int t = 0; t < samples; t++) {
                series[t] = trap.at(t * step);
            }
            for (int k = 0; k < bands.length; k++) {
                double sum = 0;
                for (int line = bands[k]; line < bands[k] + 8; line++) {
                    sum += power(series, line, step) / lorentzian(line / (samples * step)) / 8;
                }
                ratio[k].addValue(sum);
            }
        }
        for (DescriptiveStatistics of : ratio) {
            assertEquals(1, of.getMean(), 0.01 + 6 * of.getStandardDeviation() / Math.sqrt((double) of.getN()));
        }
    }

    /** One-sided density of a jump of 1: Machlup, J. Appl. Phys. 25, 341 (1954). */
    private static double lorentzian(double frequency) {
        double omega = 2 * Math.PI * frequency;
        return 4 / ((CAPTURE + EMISSION) * (RATE * RATE + omega * omega));
    }

    private static double power(boolean[] series, int line, double step) {
        double re = 0;
        double im = 0;
        for (int t = 0; t < series.length; t++) {
            double phase = 2 * Math.PI * ((long) line * t % series.length) / series.length;
            double x = (series[t] ? 1 : 0) - CAPTURED;
            re += x * Math.cos(phase);
            im += x * Math.sin(phase);
        }
        return 2 * step / series.length * (re * re + im * im);
    }
}
