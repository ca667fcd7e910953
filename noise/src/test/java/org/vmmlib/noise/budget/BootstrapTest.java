package org.vmmlib.noise.budget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vmmlib.core.random.RandomStreams;

/** Statistics over simulated chips whose errors are drawn here, so that what is estimated is known. */
class BootstrapTest {

    private static final int CHIPS = 24;
    private static final int OUTPUTS = 50;

    /** Errors of each chip: a bias of the outputs, a normal offset of the chip, and normal noise. */
    private static List<double[]> chips(long experiment, double bias, double ofChip, double noise) {
        List<double[]> errors = new ArrayList<>();
        for (int t = 0; t < CHIPS; t++) {
            RandomStreams streams = RandomStreams.of(11).forTrial(t);
            double[] chip = new double[OUTPUTS];
            streams.stream("test.noise", experiment).gaussians(0, chip, 0, OUTPUTS);
            double offset = ofChip * streams.stream("test.chip", experiment).gaussian(0);
            for (int k = 0; k < OUTPUTS; k++) {
                chip[k] = noise * chip[k] + offset + (k % 2 == 0 ? bias : -bias);
            }
            errors.add(chip);
        }
        return errors;
    }

    /**
     * A 95 % interval holds the true value in 95 % of experiments: of 1500, 1425 with a standard deviation of 8.4. Tested
     * to 4.9 sigma (false failure: 1e-6), and 0.015 for what is left of the distribution's skewness. The chips differ in
     * an offset, so that the spread of their mean squares is large.
     */
    @Test
    void theIntervalHoldsTheTrueValueAsOftenAsItSays() {
        int experiments = 1500;
        int rms = 0;
        int bias = 0;
        for (int e = 0; e < experiments; e++) {
            ChipErrors errors = ChipErrors.of(chips(e, 0.5, 0.3, 1));
            Bootstrap bootstrap = new Bootstrap(new RandomStreams(e, 0), CHIPS, 400, 0.95);
            rms += holds(estimate(bootstrap, errors::meanSquare), 0.25 + 0.09 + 1) ? 1 : 0;
            bias += holds(estimate(bootstrap, errors::squaredBias), 0.25) ? 1 : 0;
        }
        double tolerance = 4.9 * Math.sqrt(0.95 * 0.05 / experiments) + 0.015;
        assertEquals(0.95, (double) rms / experiments, tolerance);
        assertEquals(0.95, (double) bias / experiments, tolerance);
    }

    private static Estimate estimate(Bootstrap bootstrap, Bootstrap.Statistic statistic) {
        double[] replicates = bootstrap.replicates(statistic);
        return bootstrap.of(r -> replicates[r]);
    }

    private static boolean holds(Estimate estimate, double value) {
        return estimate.low() <= value && value <= estimate.high();
    }

    /** Over 400 experiments the mean of the estimates is known to a twentieth of what each varies by. */
    @Test
    void biasIsEstimatedWithoutBias() {
        double sum = 0;
        double squares = 0;
        int experiments = 400;
        int[] once = new int[CHIPS];
        Arrays.fill(once, 1);
        for (int e = 0; e < experiments; e++) {
            double estimate = ChipErrors.of(chips(e, 0.2, 0.3, 1)).squaredBias(once);
            sum += estimate;
            squares += estimate * estimate;
        }
        double mean = sum / experiments;
        double sigma = Math.sqrt((squares / experiments - mean * mean) / experiments);
        assertEquals(0.04, mean, 5.2 * sigma, "false failures: 2e-7");
        assertTrue(sigma < 0.005);
    }

    /** Of two chips every second resample has one only. */
    @Test
    void resamplesOfOneChipAreLeftOutOfTheIntervalOfTheBias() {
        ChipErrors errors = ChipErrors.of(List.of(new double[] {3, -1}, new double[] {3, -1}));
        assertTrue(Double.isNaN(errors.squaredBias(new int[] {2, 0})));
        Estimate estimate = estimate(new Bootstrap(RandomStreams.of(1), 2, 100, 0.999), errors::squaredBias);
        assertEquals(new Estimate(5, 5, 5), estimate);
    }

    @Test
    void outputsThatAreNotComparedCountForNothing() {
        ChipErrors errors = ChipErrors.of(
                List.of(new double[] {3, Double.NaN}, new double[] {3, 4}, new double[] {Double.NaN, Double.NaN}));
        assertEquals(3, errors.compared());
        assertEquals((9 + 9 + 16) / 3.0, errors.meanSquare(new int[] {1, 1, 1}), 1e-15);
        assertEquals((9 + 9 + 9 + 16) / 4.0, errors.meanSquare(new int[] {2, 1, 0}), 1e-15);
        assertEquals(12.5, errors.meanSquareOfChip(1));
        assertEquals(0, errors.meanSquareOfChip(2));
        assertEquals(0, errors.meanSquare(new int[] {0, 0, 3}));
    }

    /** With as many chips the interval of a mean is Student's: half-width t(0.975, 23) = 2.0687 standard errors. */
    @Test
    void theIntervalOfAMeanIsAsWideAsStudents() {
        double[] values = new double[CHIPS];
        RandomStreams.of(3).stream("test", 0).gaussians(0, values, 0, CHIPS);
        double mean = Arrays.stream(values).average().orElseThrow();
        double variance =
                Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / (CHIPS - 1);
        Estimate estimate = estimate(new Bootstrap(RandomStreams.of(1), CHIPS, 20_000, 0.95), times -> {
            double sum = 0;
            for (int t = 0; t < CHIPS; t++) {
                sum += times[t] * values[t];
            }
            return sum / CHIPS;
        });
        double halfWidth = 2.0687 * Math.sqrt(variance / CHIPS);
        assertEquals(mean, estimate.value(), 1e-12);
        assertEquals(halfWidth, 0.5 * (estimate.high() - estimate.low()), 0.04 * halfWidth);
    }

    @Test
    void whatIsNotFiniteHasNoInterval() {
        Estimate estimate =
                new Bootstrap(RandomStreams.of(1), CHIPS, 100, 0.95).of(replicate -> Double.POSITIVE_INFINITY);
        assertTrue(
                Double.isInfinite(estimate.value()) && Double.isNaN(estimate.low()) && Double.isNaN(estimate.high()));
    }

    @Test
    void fewerThanTwoChipsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Bootstrap(RandomStreams.of(1), 1, 100, 0.95));
    }

    /** Wilson's interval of 81 of 263 is 0.2553 to 0.3662 (Newcombe, Stat. Med. 17, 857 (1998), table I). */
    @Test
    void yieldHasWilsonsInterval() {
        double[] bits = new double[263];
        Arrays.fill(bits, 0, 81, 5);
        Yield yield = Yield.of(4.5, bits, 0.95);
        assertEquals(81, yield.good());
        assertEquals(0.2553, yield.fraction().low(), 5e-5);
        assertEquals(0.3662, yield.fraction().high(), 5e-5);
        assertEquals(0, Yield.of(6, bits, 0.95).fraction().low());
        assertEquals(1, Yield.of(0, bits, 0.95).fraction().high());
    }
}
