package org.vmmlib.noise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.vmmlib.core.random.RandomStreams;

class FlickerProcessTest {

    private static final int COUNT = 40_000;

    private static FlickerProcess process(int count) {
        return new FlickerProcess(RandomStreams.of(8).stream("flicker", 0), count, 1, 1e4);
    }

    private static double[] at(FlickerProcess process, long group, double time) {
        double[] out = new double[COUNT];
        process.at(group, time, out);
        return out;
    }

    private static double mean(double[] x, double[] y) {
        double sum = 0;
        for (int k = 0; k < x.length; k++) {
            sum += x[k] * y[k];
        }
        return sum / x.length;
    }

    /** Correlation of a sum of Ornstein–Uhlenbeck processes, two to a decade. */
    private static double correlation(double lag) {
        double sum = 0;
        for (int k = 0; k < 8; k++) {
            sum += Math.exp(-2 * Math.PI * Math.pow(10, (k + 0.5) / 2) * lag) / 8;
        }
        return sum;
    }

    /**
     * Six standard deviations of a variance or covariance of 40,000 numbers; times within one interval of a process, in
     * others, and in others' stretches. Interpolation leaves out 1 % of a process at most.
     */
    @Test
    void correlationInTimeIsThatOfTheSum() {
        FlickerProcess process = process(COUNT);
        double[] first = at(process, 0, 0.123456);
        assertEquals(1, mean(first, first), 6 * Math.sqrt(2.0 / COUNT));
        for (double lag : new double[] {1e-6, 1e-4, 3e-3, 0.1, 1, 6, 40}) {
            double[] later = at(process, 0, 0.123456 + lag);
            assertEquals(1, mean(later, later), 6 * Math.sqrt(2.0 / COUNT));
            assertEquals(correlation(lag), mean(first, later), 6 / Math.sqrt(COUNT) + 0.002, "after " + lag);
        }
    }

    /** The increments of the process over a time far below its shortest time constant vanish with that time. */
    @Test
    void processIsContinuousWhereverAnIntervalEnds() {
        FlickerProcess process = process(COUNT);
        double stretch = 32 / (2 * Math.PI * Math.pow(10, 0.25));
        for (double end : new double[] {stretch, stretch / 2, stretch * 3 / 1024, 2 * stretch}) {
            double[] before = at(process, 0, end * (1 - 1e-12));
            double[] after = at(process, 0, end * (1 + 1e-12));
            for (int k = 0; k < COUNT; k++) {
                before[k] -= after[k];
            }
            assertEquals(0, mean(before, before), 1e-7);
        }
    }

    @Test
    void valuesDependOnKeyAndTimeAlone() {
        FlickerProcess one = process(COUNT);
        double[] first = at(one, 3, 0.5);
        at(one, 3, 0.50001);
        at(one, 7, 12);
        assertArrayEquals(first, at(one, 3, 0.5));
        assertArrayEquals(first, at(process(COUNT), 3, 0.5));
        double[] few = new double[2];
        process(2).at(3, 0.5, few);
        assertEquals(first[1], few[1]);
    }

    /** Six standard deviations. */
    @Test
    void groupsAreIndependent() {
        FlickerProcess process = process(COUNT);
        assertEquals(0, mean(at(process, 3, 0.5), at(process, 4, 0.5)), 6 / Math.sqrt(COUNT));
    }
}
