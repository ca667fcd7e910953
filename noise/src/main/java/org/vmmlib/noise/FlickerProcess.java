package org.vmmlib.noise;

import java.util.Arrays;
import org.vmmlib.core.random.NormalStream;
import org.vmmlib.core.random.RandomStream;

/**
 * Independent Gaussian processes in time of variance 1 and density ∝ 1/f between two corner frequencies: sums of
 * Ornstein–Uhlenbeck processes, two to a decade of corners (the density then ripples by 0.1 %). Their values are functions
 * of the key and the time alone, so that any time may be asked for in any order.
 *
 * <p>Each process is known at the ends of stretches of 32 time constants τ, which are independent but for e⁻³² = 1e-14. Between
 * them it is bisected down to τ/32: a Gauss–Markov process at the middle of an interval h has, given its ends A and B and
 * {@code e = exp(−h/2τ)}, the mean {@code (A + B) e/(1 + e²)} and the variance {@code (1 − e²)/(1 + e²)}. Within the last
 * interval it is the conditional mean, scaled to variance 1: its density is then exact up to 50 times its corner, and what
 * lies above is 1 % of the sum's there.
 *
 * <p>Keeps the last interval of each process; one per thread.
 */
final class FlickerProcess {

    private static final int HALVINGS = 10;
    private static final int STRETCH = 32;
    private static final int NODES = 1 << HALVINGS;

    /** Vectors that are independent of each other are so many stretches apart. */
    private static final long APART = 1L << 24;

    private final RandomStream draws;
    private final int count;
    private final int processes;
    private final double[] timeConstants;
    private final double scale;

    /** By process: which interval is held, and the values at its ends. */
    private final long[] stretch;

    private final int[] interval;
    private final double[][] left;
    private final double[][] right;

    /**
     * @param draws of the effect on an array
     * @param count number of independent sums
     * @param lowest corner, hertz
     * @param highest corner, hertz
     */
    FlickerProcess(RandomStream draws, int count, double lowest, double highest) {
        this.draws = draws;
        this.count = count;
        double decades = Math.log10(highest / lowest);
        processes = Math.max(1, (int) Math.ceil(2 * decades));
        timeConstants = new double[processes];
        for (int k = 0; k < processes; k++) {
            double corner = lowest * Math.pow(highest / lowest, (k + 0.5) / processes);
            timeConstants[k] = 1 / (2 * Math.PI * corner);
        }
        scale = 1 / Math.sqrt(processes);
        stretch = new long[processes];
        interval = new int[processes];
        Arrays.fill(interval, -1);
        left = new double[processes][count];
        right = new double[processes][count];
    }

    /**
     * The values at a time.
     *
     * @param group values of different groups are independent
     * @param time seconds, 0 or above
     * @param out from its first element on. Modified.
     */
    void at(long group, double time, double[] out) {
        Arrays.fill(out, 0, count, 0);
        for (int k = 0; k < processes; k++) {
            double tau = timeConstants[k];
            double stretches = Math.floor(time / (STRETCH * tau));
            double within = Math.min(Math.nextDown(1.0), Math.max(0, time / (STRETCH * tau) - stretches));
            int which = (int) (within * NODES);
            hold(k, group * APART + (long) stretches, which);
            double h = (double) STRETCH / NODES;
            double from = (within * NODES - which) * h;
            double a = Math.exp(-from);
            double b = Math.exp(-(h - from));
            double ends = 1 - a * a * b * b;
            double ofLeft = a * (1 - b * b) / ends;
            double ofRight = b * (1 - a * a) / ends;
            double correlation = Math.exp(-h);
            double variance = ofLeft * ofLeft + ofRight * ofRight + 2 * ofLeft * ofRight * correlation;
            add(count, scale * ofLeft / Math.sqrt(variance), left[k], out);
            add(count, scale * ofRight / Math.sqrt(variance), right[k], out);
        }
    }

    private static void add(int count, double weight, double[] x, double[] out) {
        for (int j = 0; j < count; j++) {
            out[j] += weight * x[j];
        }
    }

    /** Bisects a stretch of a process down to an interval of it. */
    private void hold(int process, long whole, int which) {
        if (interval[process] == which && stretch[process] == whole) {
            return;
        }
        interval[process] = which;
        stretch[process] = whole;
        double[] a = left[process];
        double[] b = right[process];
        NormalStream inside = draws.call(whole).normals();
        NormalStream next = draws.call(whole + 1).normals();
        for (int j = 0; j < count; j++) {
            a[j] = inside.at(element(j, process, 0));
            b[j] = next.at(element(j, process, 0));
        }
        int node = 1;
        double length = STRETCH;
        for (int bit = HALVINGS - 1; bit >= 0; bit--) {
            double e = Math.exp(-length / 2);
            double ofEnds = e / (1 + e * e);
            double deviation = Math.sqrt((1 - e * e) / (1 + e * e));
            boolean upper = (which >> bit & 1) == 1;
            double[] replaced = upper ? a : b;
            for (int j = 0; j < count; j++) {
                replaced[j] = ofEnds * (a[j] + b[j]) + deviation * inside.at(element(j, process, node));
            }
            node = 2 * node + (upper ? 1 : 0);
            length /= 2;
        }
    }

    private long element(int j, int process, int node) {
        return ((long) j * processes + process) * NODES + node;
    }
}
