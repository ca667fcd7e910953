package org.vmmlib.noise.budget;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;
import org.vmmlib.core.check.Require;
import org.vmmlib.core.random.RandomStream;
import org.vmmlib.core.random.RandomStreams;

/**
 * Confidence intervals by resampling whole chips with replacement: percentiles of what the resamples give, taken so far
 * out that the interval of a mean has the width of Student's (the expanded percentile interval of Hesterberg, The
 * American Statistician 69, 371 (2015), doi:10.1080/00031305.2015.1089789). All statistics see the same resamples.
 */
final class Bootstrap {

    /** Something estimated from chips. */
    @FunctionalInterface
    interface Statistic {

        /** Its value where chip t counts {@code times[t]} times. */
        double of(int[] times);
    }

    /** With two chips and high confidence the tail is no number above 0 any more; the ends are then the extremes. */
    private static final double LEAST_TAIL = 1e-12;

    /** How often each chip counts: first the chips as they are, then the resamples. */
    private final int[][] times;

    private final double tail;

    /**
     * Draws the resamples.
     *
     * @param chips 2 or above
     * @param count number of resamples, 100 or above
     * @param confidence above 0, below 1
     */
    Bootstrap(RandomStreams streams, int chips, int count, double confidence) {
        Require.within("chips", chips, 2, Integer.MAX_VALUE);
        Require.within("resamples", count, 100, 1 << 20);
        times = new int[1 + count][chips];
        Arrays.fill(times[0], 1);
        RandomStream stream = streams.stream("budget.bootstrap", 0);
        double[] uniform = new double[chips];
        for (int r = 0; r < count; r++) {
            stream.call(r).uniforms(0, uniform, 0, chips);
            for (double u : uniform) {
                times[1 + r][(int) (u * chips)]++;
            }
        }
        double t = new TDistribution(null, chips - 1.0).inverseCumulativeProbability(0.5 * (1 - confidence));
        tail = Math.max(
                LEAST_TAIL,
                new NormalDistribution(null, 0, 1).cumulativeProbability(Math.sqrt(chips / (chips - 1.0)) * t));
    }

    /** A statistic of the chips as they are, then of each resample. */
    double[] replicates(Statistic statistic) {
        return Arrays.stream(times).mapToDouble(statistic::of).toArray();
    }

    /**
     * The estimate with its interval, which holds the value also where the resamples are skew. Resamples that tell nothing
     * (NaN) are left out; the ends are NaN where the statistic is infinite.
     *
     * @param replicate statistic of replicate r, as {@link #replicates} numbers them
     */
    Estimate of(IntToDoubleFunction replicate) {
        double value = replicate.applyAsDouble(0);
        double[] values = IntStream.range(1, times.length)
                .mapToDouble(replicate)
                .filter(x -> !Double.isNaN(x))
                .toArray();
        if (values.length == 0 || Arrays.stream(values).anyMatch(Double::isInfinite)) {
            return new Estimate(value, Double.NaN, Double.NaN);
        }
        Percentile percentile = new Percentile();
        percentile.setData(values);
        return new Estimate(
                value,
                Math.min(value, percentile.evaluate(100 * tail)),
                Math.max(value, percentile.evaluate(100 * (1 - tail))));
    }
}
