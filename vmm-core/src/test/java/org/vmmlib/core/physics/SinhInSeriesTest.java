package org.vmmlib.core.physics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.vmmlib.core.random.RandomStream;
import org.vmmlib.core.random.RandomStreams;

class SinhInSeriesTest {

    private static final int COUNT = 4000;

    private final double[] ratio = new double[COUNT];
    private final double[] total = new double[COUNT];
    private final double[] current = new double[COUNT];
    private final double[] slope = new double[COUNT];

    private void solve(int count) {
        double[] logarithm = new double[count];
        for (int j = 0; j < count; j++) {
            logarithm[j] = SinhInSeries.logarithm(ratio[j]);
        }
        new SinhInSeries(count).solve(count, ratio, logarithm, total, current, slope);
    }

    /** t of {@code sinh t = ρ (T − t)} by halving. */
    private static double bisected(double ratio, double total) {
        double low = 0;
        double high = total;
        while (true) {
            double t = 0.5 * (low + high);
            if (t <= low || t >= high) {
                return t;
            }
            if (Math.sinh(t) < ratio * (total - t)) {
                low = t;
            } else {
                high = t;
            }
        }
    }

    @Test
    void bothCarryTheSameCurrent() {
        // Fixed points: any ratio of conductances, any voltage, so that either limits.
        RandomStream random = RandomStreams.of(1).stream("points", 0);
        for (int j = 0; j < COUNT; j++) {
            ratio[j] = Math.pow(10, -9 + 18 * random.uniform(2L * j));
            total[j] = Math.pow(10, -9 + 13 * random.uniform(2L * j + 1));
        }
        solve(COUNT);
        for (int j = 0; j < COUNT; j++) {
            double t = bisected(ratio[j], total[j]);
            // The one of both currents that a rounding of t moves less.
            double cosh = Math.cosh(t);
            double expected = cosh < ratio[j] ? Math.sinh(t) : ratio[j] * (total[j] - t);
            String where = ratio[j] + ", " + total[j];
            assertEquals(1, current[j] / expected, 2e-13, where);
            assertEquals(1, slope[j] / (ratio[j] * cosh / (ratio[j] + cosh)), 1e-11, where);
        }
    }

    @Test
    void oneOfBothAloneIsItself() {
        ratio[0] = 0;
        total[0] = 3;
        ratio[1] = 1e200;
        total[1] = 3;
        ratio[2] = 2;
        solve(3);
        assertEquals(0, current[0]);
        assertEquals(0, slope[0]);
        assertEquals(Math.sinh(3), current[1], 1e-14);
        assertEquals(Math.cosh(3), slope[1], 1e-14);
        assertEquals(0, current[2]);
        assertEquals(2 / 3.0, slope[2], 1e-15);
    }
}
