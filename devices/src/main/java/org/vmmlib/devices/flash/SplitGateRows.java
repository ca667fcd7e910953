package org.vmmlib.devices.flash;

import java.util.Arrays;
import org.vmmlib.core.kernel.RowFunctions;
import org.vmmlib.core.physics.Ekv;
import org.vmmlib.devices.transistor.MosChannel;
import org.vmmlib.devices.transistor.NodeChannels;

/**
 * The inner nodes of a row of {@link SplitGateCells}, in lock step. Voltages are in units of U_t, currents of the floating
 * gate's I_spec, β the select gate's over it.
 *
 * <p>What both channels would pass out of the node, to ends at infinity, is what comes back from their ends:
 * {@code i(p − x) + β i(w − x) = i(p − V_S) + β i(w − V_D)}, p and w the pinch-off voltages. The logarithm of the ratio of both
 * sides is straight in weak inversion, and nearly so elsewhere; Halley's steps on it start where the larger of both terms
 * on the left would put the node by itself, its barrier lowering taken as linear in the voltage, the other added as in weak
 * inversion. Cells that have converged stay where they are while others go on.
 */
final class SplitGateRows {

    /** A step below this part of U_t leaves an error of its cube in the current, of its square in the slopes. */
    private static final double CLOSE = 1e-4;

    private static final int MOST_STEPS = 8;

    /** ln 2. */
    private static final double LN_2 = 0.6931471805599453;

    /** Voltages of both ends, to be set before. */
    final double[] source;

    final double[] drain;

    /** Currents from drain to source over I_spec; derivatives by drain and by −source over I_spec/U_t. */
    final double[] current;

    final double[] slopeSource;
    final double[] slopeDrain;

    private final int columns;
    private final double ratio;
    private final double floatingLift;
    private final double selectLift;
    private final NodeChannels floating;
    private final NodeChannels select;
    private final double[] floatingPinchOff;
    private final double[] selectPinchOff;
    private final double[] x;
    private final double[] step;
    private final double[] s;
    private final double[] t;
    private final double[] u;

    SplitGateRows(MosChannel floating, MosChannel select, int columns) {
        this.columns = columns;
        this.floating = new NodeChannels(floating, columns);
        this.select = new NodeChannels(select, columns);
        ratio = select.specificCurrent() / floating.specificCurrent();
        floatingLift = floating.kappa() * floating.dibl();
        selectLift = select.kappa() * select.dibl();
        source = new double[columns];
        drain = new double[columns];
        current = new double[columns];
        slopeSource = new double[columns];
        slopeDrain = new double[columns];
        floatingPinchOff = new double[columns];
        selectPinchOff = new double[columns];
        x = new double[columns];
        step = new double[columns];
        s = new double[columns];
        t = new double[columns];
        u = new double[columns];
    }

    /** Whether a cell's last step was small. */
    boolean isClose(int j) {
        return Math.abs(step[j]) <= CLOSE;
    }

    /**
     * Solves the row.
     *
     * @param base V_P/U_t of a floating gate without offset
     * @param offsets of the cells' V_P/U_t. Not modified.
     * @param selectGate V_P/U_t of the select gates
     * @return whether all steps have become small; a cell whose step has not is for a slower method
     */
    boolean solve(double base, double[] offsets, double selectGate) {
        sum(columns, base, offsets, floatingPinchOff);
        Arrays.fill(selectPinchOff, selectGate);
        start();
        boolean done = false;
        for (int k = 0; k < MOST_STEPS && !done; k++) {
            if (k > 0) {
                advance();
            }
            floating.evaluate(floatingPinchOff, x, source, k > 0);
            select.evaluate(selectPinchOff, x, drain, k > 0);
            step();
            done = isDone();
        }
        finish();
        return done;
    }

    private void start() {
        // Barriers as with all of the voltage on the floating gate.
        lowered(columns, floatingLift, floatingPinchOff, source, drain, s);
        difference(columns, s, source, t);
        Ekv.nearCharges(t, slopeSource, columns);
        difference(columns, selectPinchOff, drain, t);
        Ekv.nearCharges(t, slopeDrain, columns);
        total(columns, ratio, slopeSource, slopeDrain, current);
        // The charges that would carry all, and x less their ln q.
        chargeAt(columns, 1, current, slopeSource);
        chargeAt(columns, 1 / ratio, current, slopeDrain);
        RowFunctions.logarithms(columns, slopeSource, t);
        RowFunctions.logarithms(columns, slopeDrain, u);
        byFloating(columns, slopeSource, s, t);
        bySelect(columns, selectLift, slopeDrain, selectPinchOff, drain, u);
        least(columns, slopeSource, slopeDrain, current);
        both(columns, current, t, u, x);
        between(columns, source, drain, x);
        lowered(columns, floatingLift, floatingPinchOff, source, x, current);
        difference(columns, current, s, current);
        lower(columns, current, slopeSource, slopeDrain, t, u, x);
        between(columns, source, drain, x);
    }

    /** Halley's step on the logarithm. */
    private void step() {
        double[] f = floating.atEnd();
        double[] r = floating.atNode();
        double[] d = select.atEnd();
        double[] q = select.atNode();
        total(columns, ratio, r, q, s);
        total(columns, ratio, f, d, t);
        quotient(columns, s, t, u);
        RowFunctions.logarithms(columns, u, step);
        reciprocal(columns, s, u);
        reciprocal(columns, t, t);
        // First and second derivatives of the logarithms of both sides.
        nodeSlope(columns, ratio, floating.coupling(), select.coupling(), r, q, u, current);
        endSlope(columns, ratio, floating.coupling(), select.coupling(), f, d, t, s);
        nodeBend(columns, ratio, floating.coupling(), select.coupling(), r, q, u);
        halley(columns, current, s, u, step);
    }

    private void finish() {
        floating.differentiate();
        select.differentiate();
        double[] belowSlope = floating.slope();
        double[] aboveSlope = select.slope();
        floating.bentFlow(step, s);
        select.bentFlow(step, t);
        mean(columns, ratio, belowSlope, aboveSlope, s, t, current);
        floating.slopeAtNode(step, s);
        select.slopeAtNode(step, t);
        floating.slopeAtEnd(step, slopeSource);
        select.slopeAtEnd(step, slopeDrain);
        weigh(columns, ratio, s, t, slopeSource, slopeDrain);
    }

    private boolean isDone() {
        for (int j = 0; j < columns; j++) {
            if (!isClose(j)) {
                return false;
            }
        }
        return true;
    }

    private void advance() {
        for (int j = 0; j < columns; j++) {
            if (!isClose(j)) {
                double low = Math.min(source[j], drain[j]);
                double high = Math.max(source[j], drain[j]);
                x[j] = Math.max(low, Math.min(high, x[j] + step[j]));
            }
        }
    }

    private static void sum(int count, double base, double[] x, double[] out) {
        for (int j = 0; j < count; j++) {
            out[j] = base + x[j];
        }
    }

    private static void difference(int count, double[] x, double[] y, double[] out) {
        for (int j = 0; j < count; j++) {
            out[j] = x[j] - y[j];
        }
    }

    private static void lowered(
            int count, double lift, double[] pinchOff, double[] source, double[] drain, double[] out) {
        for (int j = 0; j < count; j++) {
            double across = drain[j] - source[j];
            out[j] = pinchOff[j] + lift * (Math.sqrt(across * across + 1) - 1);
        }
    }

    /** i + β i of two charges. */
    private static void total(int count, double ratio, double[] f, double[] d, double[] out) {
        for (int j = 0; j < count; j++) {
            out[j] = f[j] * (1 + f[j]) + ratio * (d[j] * (1 + d[j]));
        }
    }

    private static void chargeAt(int count, double perUnit, double[] current, double[] out) {
        for (int j = 0; j < count; j++) {
            double i = current[j] * perUnit;
            out[j] = 2 * i / (1 + Math.sqrt(1 + 4 * i));
        }
    }

    private static void byFloating(int count, double[] q, double[] pinchOff, double[] log) {
        for (int j = 0; j < count; j++) {
            log[j] = pinchOff[j] - (2 * q[j] + log[j]);
        }
    }

    private static void bySelect(int count, double lift, double[] q, double[] pinchOff, double[] drain, double[] log) {
        double part = 1 / (1 + lift);
        for (int j = 0; j < count; j++) {
            double alone = pinchOff[j] - (2 * q[j] + log[j]);
            log[j] = Math.max(alone, (alone + lift * (drain[j] - 1)) * part);
        }
    }

    private static void least(int count, double[] x, double[] y, double[] out) {
        for (int j = 0; j < count; j++) {
            out[j] = Math.min(x[j], y[j]);
        }
    }

    /** Where the select gate puts the node: what the other barrier, that node instead of the drain, makes of the current. */
    private static void lower(
            int count, double[] change, double[] q, double[] p, double[] byFirst, double[] bySecond, double[] x) {
        for (int j = 0; j < count; j++) {
            double step = change[j] * (1 + p[j]) / (1 + q[j]);
            x[j] -= bySecond[j] >= byFirst[j] ? step : 0;
        }
    }

    /** ln(1 + e^−z) is here ln 2/(1 + 0.72 z + 0.49 z²), to within 0.05. */
    private static void both(int count, double[] q, double[] byFirst, double[] bySecond, double[] x) {
        for (int j = 0; j < count; j++) {
            double charge = 1 + q[j];
            double z = Math.abs(byFirst[j] - bySecond[j]) / charge;
            x[j] = Math.max(byFirst[j], bySecond[j]) + LN_2 * charge / (1 + z * (0.72 + 0.49 * z));
        }
    }

    private static void between(int count, double[] a, double[] b, double[] x) {
        for (int j = 0; j < count; j++) {
            x[j] = Math.max(Math.min(a[j], b[j]), Math.min(Math.max(a[j], b[j]), x[j]));
        }
    }

    private static void quotient(int count, double[] x, double[] y, double[] out) {
        for (int j = 0; j < count; j++) {
            out[j] = x[j] / y[j];
        }
    }

    private static void reciprocal(int count, double[] x, double[] out) {
        for (int j = 0; j < count; j++) {
            out[j] = 1 / x[j];
        }
    }

    /** −d ln(i + β i)/dx of the terms that fall with x. */
    private static void nodeSlope(
            int count, double ratio, double[] c, double[] e, double[] r, double[] q, double[] per, double[] out) {
        for (int j = 0; j < count; j++) {
            out[j] = ((1 - c[j]) * r[j] + ratio * ((1 - e[j]) * q[j])) * per[j];
        }
    }

    /** d ln(i + β i)/dx of the terms that only the barriers change. */
    private static void endSlope(
            int count, double ratio, double[] c, double[] e, double[] f, double[] d, double[] per, double[] out) {
        for (int j = 0; j < count; j++) {
            out[j] = (c[j] * f[j] + ratio * (e[j] * d[j])) * per[j];
        }
    }

    private static void nodeBend(
            int count, double ratio, double[] c, double[] e, double[] r, double[] q, double[] per) {
        for (int j = 0; j < count; j++) {
            double m = 1 - c[j];
            double n = 1 - e[j];
            per[j] *= m * m * r[j] / (1 + 2 * r[j]) + ratio * (n * n * q[j] / (1 + 2 * q[j]));
        }
    }

    private static void halley(int count, double[] node, double[] end, double[] bend, double[] step) {
        for (int j = 0; j < count; j++) {
            double part = 1 / (node[j] + end[j]);
            double d = step[j] * part;
            double curvature = bend[j] - node[j] * node[j] + end[j] * end[j];
            step[j] = d / Math.max(0.5, 1 - 0.5 * d * part * curvature);
        }
    }

    /** What both carry, each weighted by the slope of the other, which loses no digits whichever limits. */
    private static void mean(
            int count,
            double ratio,
            double[] belowSlope,
            double[] aboveSlope,
            double[] below,
            double[] above,
            double[] out) {
        for (int j = 0; j < count; j++) {
            out[j] = ratio
                    * (aboveSlope[j] * below[j] - belowSlope[j] * above[j])
                    / (belowSlope[j] + ratio * aboveSlope[j]);
        }
    }

    private static void weigh(
            int count, double ratio, double[] below, double[] above, double[] bySource, double[] byDrain) {
        for (int j = 0; j < count; j++) {
            double part = ratio / (below[j] + ratio * above[j]);
            bySource[j] *= part * above[j];
            byDrain[j] *= part * below[j];
        }
    }
}
