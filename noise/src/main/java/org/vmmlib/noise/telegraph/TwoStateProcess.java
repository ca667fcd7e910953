package org.vmmlib.noise.telegraph;

import org.vmmlib.core.random.RandomStream;

/**
 * A stationary Markov process of two states as a function of time, asked anywhere.
 *
 * <p>Uniformisation (A. Jensen, Skand. Aktuarietidskr. 36, 87 (1953)): with total rate {@code λ = 1/τ_c + 1/τ_e} the
 * generator is {@code λ (Π − 1)}, where Π takes any state to the stationary one. So the process is a Poisson process of
 * rate λ at whose events the state is drawn anew, and the state at a time is that of the last event before. Events are
 * drawn by bins of length 1/λ from random numbers keyed by the bin; from any time, the last event lies 1.6 bins back on
 * average. Exact; nothing is walked from the start.
 */
final class TwoStateProcess {

    /** A bin has more events than that with a probability of 1e-36. */
    private static final int MOST_EVENTS = 32;

    /** Bins beyond which a mean over time is drawn from its normal limit: its spread is then 2 % at most. */
    private static final double LONG = 4096;

    private final RandomStream draws;
    private final long cell;
    private final long element;
    private final double rate;
    private final double captured;
    private final double[] uniform = new double[4];

    /**
     * @param draws of the effect; the call is that of a bin
     * @param cell index, so that cells differ
     * @param capture mean time in the empty state, seconds
     * @param emission mean time in the captured state, seconds
     */
    TwoStateProcess(RandomStream draws, long cell, double capture, double emission) {
        this.draws = draws;
        this.cell = cell;
        element = cell * 2 * MOST_EVENTS;
        rate = 1 / capture + 1 / emission;
        captured = emission / (capture + emission);
    }

    /** Whether a charge is captured at a time in seconds. */
    boolean at(double time) {
        return inBins(time * rate);
    }

    /**
     * Part of the time, from one to another in seconds, for which a charge is captured. Over more than {@value #LONG} bins
     * it is normal, with its exact mean and variance, and not walked.
     */
    double between(double from, double to) {
        double start = from * rate;
        double end = to * rate;
        if (end - start > LONG) {
            return limit((long) Math.floor(start), end - start);
        }
        boolean state = inBins(start);
        if (!(end > start)) {
            return state ? 1 : 0;
        }
        double since = start;
        double held = 0;
        for (long bin = (long) Math.floor(start); (double) bin <= end; bin++) {
            RandomStream of = draws.call(bin);
            double within = 0;
            for (int event = 0; event < MOST_EVENTS; event++) {
                within += gap(of, event);
                double place = (double) bin + within;
                if (within >= 1 || place > end) {
                    break;
                }
                if (place > start) {
                    held += state ? place - since : 0;
                    since = place;
                    state = drawn(event);
                }
            }
        }
        held += state ? end - since : 0;
        return held / (end - start);
    }

    /** Variance of a mean over x bins: 2 π(1 − π)(x − 1 + e^−x)/x². */
    private double limit(long bin, double x) {
        double variance = 2 * captured * (1 - captured) * (x - 1) / (x * x);
        double normal = draws.call(bin).normals().at(cell);
        return Math.max(0, Math.min(1, captured + Math.sqrt(variance) * normal));
    }

    private boolean inBins(double place) {
        long bin = (long) Math.floor(place);
        double until = place - (double) bin;
        while (true) {
            RandomStream of = draws.call(bin);
            double within = 0;
            boolean found = false;
            boolean state = false;
            for (int event = 0; event < MOST_EVENTS; event++) {
                within += gap(of, event);
                if (within >= 1 || within > until) {
                    break;
                }
                found = true;
                state = drawn(event);
            }
            if (found) {
                return state;
            }
            bin--;
            until = 1;
        }
    }

    /** Bins from one event to the next; the numbers of two events are drawn together. */
    private double gap(RandomStream of, int event) {
        int at = 2 * event;
        if ((at & 3) == 0) {
            of.uniforms(element + at, uniform, 0, 4);
        }
        return -StrictMath.log(1 - uniform[at & 3]);
    }

    private boolean drawn(int event) {
        return uniform[((2 * event) & 3) + 1] < captured;
    }
}
