package org.vmmlib.core.physics;

import org.vmmlib.core.kernel.RowFunctions;

/**
 * A hyperbolic-sine element in series with a resistor, a row at a time: {@code i = sinh t = ρ (T − t)}, T ≥ 0 the whole
 * voltage and t that of the element, both in units of the element's voltage, ρ the resistor's conductance over the
 * element's at 0 V.
 *
 * <p>The start is the largest of two lower bounds of t: {@code s/(1 + s²/6) ≤ asinh s}, s = ρT/(1 + ρ), and the solution of
 * {@code e^t/2 + ρt = ρT}, t = ln(4ρq) with {@code 2q + ln q = T − ln 4ρ}, q from the nearest node of a table. They leave
 * at most 0.1. A step of fourth order follows, for which the addition theorems give sine and cosine, and a last one of third
 * order for the current itself, as the mean of what both carry, which loses no digits whichever limits. Each element's
 * result depends on it alone.
 */
public final class SinhInSeries {

    private static final double LONG_STEP = 0.15;
    private static final int MOST_STEPS = 60;

    /** Of a resistor that is none. */
    private static final double LEAST_RATIO = 1e-290;

    private final double[] t;
    private final double[] sinh;
    private final double[] cosh;
    private final double[] step;

    /** Rows of a length, for one thread. */
    public SinhInSeries(int columns) {
        t = new double[columns];
        sinh = new double[columns];
        cosh = new double[columns];
        step = new double[columns];
    }

    /** The logarithm that {@link #solve} takes of each ρ, 0 or above. */
    public static double logarithm(double ratio) {
        return Math.log(4 * Math.max(LEAST_RATIO, ratio));
    }

    /**
     * Solves a row.
     *
     * @param count number of elements, at most the length of the rows
     * @param ratio ρ, 0 to 1e200. Not modified.
     * @param logarithm of {@link #logarithm}. Not modified.
     * @param total T, 0 or above, ρT at most 1e290. Not modified.
     * @param current i. Not total. Modified.
     * @param slope di/dT. Not total, not current. Modified.
     */
    public void solve(int count, double[] ratio, double[] logarithm, double[] total, double[] current, double[] slope) {
        difference(count, total, logarithm, step);
        Ekv.nearCharges(step, sinh, count);
        RowFunctions.logarithms(count, sinh, t);
        start(count, ratio, logarithm, total, t);
        boolean done = false;
        for (int k = 0; k < MOST_STEPS && !done; k++) {
            if (k > 0) {
                advance(count);
            }
            RowFunctions.sinhAndCosh(count, t, sinh, cosh);
            residual(count, ratio, total, t, sinh, step);
            step(count, ratio, sinh, cosh, step);
            done = isDone(count);
        }
        add(count, step, t);
        // By the addition theorems; the first terms left out are d^9/9! = 1e-13 d at the longest step.
        odd(count, step, current);
        even(count, step, slope);
        sum(count, sinh, slope, cosh, current, step);
        sum(count, cosh, slope, sinh, current, cosh);
        System.arraycopy(step, 0, sinh, 0, count);
        residual(count, ratio, total, t, sinh, step);
        step(count, ratio, cosh, step);
        mean(count, ratio, total, t, sinh, cosh, current);
        bent(count, ratio, sinh, cosh, step, current);
        slope(count, ratio, sinh, cosh, step, slope);
    }

    private boolean isDone(int count) {
        for (int j = 0; j < count; j++) {
            if (Math.abs(step[j]) > LONG_STEP) {
                return false;
            }
        }
        return true;
    }

    private void advance(int count) {
        for (int j = 0; j < count; j++) {
            if (Math.abs(step[j]) > LONG_STEP) {
                t[j] = Math.max(0, t[j] + step[j]);
            }
        }
    }

    private static void difference(int count, double[] x, double[] y, double[] out) {
        for (int j = 0; j < count; j++) {
            out[j] = x[j] - y[j];
        }
    }

    private static void start(int count, double[] ratio, double[] logarithm, double[] total, double[] t) {
        for (int j = 0; j < count; j++) {
            double most = ratio[j] * total[j] / (1 + ratio[j]);
            double least = most / (1 + most * most * (1 / 6.0));
            t[j] = Math.min(most, Math.max(least, t[j] + logarithm[j]));
        }
    }

    private static void residual(int count, double[] ratio, double[] total, double[] t, double[] sinh, double[] out) {
        for (int j = 0; j < count; j++) {
            out[j] = ratio[j] * (total[j] - t[j]) - sinh[j];
        }
    }

    /** From the residual, the step. */
    private static void step(int count, double[] ratio, double[] sinh, double[] cosh, double[] step) {
        for (int j = 0; j < count; j++) {
            double part = 1 / (ratio[j] + cosh[j]);
            double d = step[j] * part;
            double second = 0.5 * sinh[j] * part;
            double third = cosh[j] * part * (1 / 6.0) - second * second;
            step[j] = d / (1 + d * (second + d * third));
        }
    }

    private static void add(int count, double[] x, double[] out) {
        for (int j = 0; j < count; j++) {
            out[j] += x[j];
        }
    }

    private static void odd(int count, double[] step, double[] out) {
        for (int j = 0; j < count; j++) {
            double d = step[j];
            double s = d * d;
            out[j] = d * (1 + s * (1 / 6.0 + s * (1 / 120.0 + s * (1 / 5040.0 + s * (1 / 362880.0)))));
        }
    }

    private static void even(int count, double[] step, double[] out) {
        for (int j = 0; j < count; j++) {
            double s = step[j] * step[j];
            out[j] = s * (0.5 + s * (1 / 24.0 + s * (1 / 720.0 + s * (1 / 40320.0))));
        }
    }

    private static void sum(int count, double[] x, double[] even, double[] y, double[] odd, double[] out) {
        for (int j = 0; j < count; j++) {
            out[j] = x[j] + (x[j] * even[j] + y[j] * odd[j]);
        }
    }

    /** Newton's step from the residual. */
    private static void step(int count, double[] ratio, double[] cosh, double[] step) {
        for (int j = 0; j < count; j++) {
            step[j] /= ratio[j] + cosh[j];
        }
    }

    /** What resistor and element carry, each weighted by the slope of the other. */
    private static void mean(
            int count, double[] ratio, double[] total, double[] t, double[] sinh, double[] cosh, double[] out) {
        for (int j = 0; j < count; j++) {
            out[j] = ratio[j] / (ratio[j] + cosh[j]) * (cosh[j] * (total[j] - t[j]) + sinh[j]);
        }
    }

    /** Adds what the element's curvature makes of the last step. */
    private static void bent(int count, double[] ratio, double[] sinh, double[] cosh, double[] step, double[] out) {
        for (int j = 0; j < count; j++) {
            out[j] += ratio[j] / (ratio[j] + cosh[j]) * (0.5 * sinh[j] * (step[j] * step[j]));
        }
    }

    private static void slope(int count, double[] ratio, double[] sinh, double[] cosh, double[] step, double[] out) {
        for (int j = 0; j < count; j++) {
            double after = cosh[j] + sinh[j] * step[j];
            out[j] = ratio[j] * after / (ratio[j] + after);
        }
    }
}
