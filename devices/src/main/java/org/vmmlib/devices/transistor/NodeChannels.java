package org.vmmlib.devices.transistor;

import java.util.Arrays;
import org.vmmlib.core.kernel.RowFunctions;
import org.vmmlib.core.physics.Ekv;

/**
 * A row of channels, each between an inner node of its cell, whose voltage is sought, and an end at a known one, as
 * functions of the node's voltage. Voltages are in units of U_t, currents of I_spec, conductances of I_spec/U_t. The current
 * flows from the node to the end: {@code J = i(f) − i(r)}, f and r the charges at the end and at the node.
 *
 * <p>Rows belong to one thread. Each loop is small and of few arrays, so that the JIT compiler vectorises it.
 */
public final class NodeChannels {

    /** The exponential law is a tangent from here on. */
    private static final double LIMIT = 100;

    private final int columns;
    private final double lift;
    private final double squares;
    private final boolean inversion;
    private final boolean saturation;
    private final double[] v;
    private final double[] f;
    private final double[] r;
    private final double[] coupling;
    private final double[] slope;
    private final double[] bend;
    private final double[] tilt;
    private final double[] perRoot;
    private final double[] scratch;

    /** Rows of a number of columns, for one thread. */
    public NodeChannels(MosChannel channel, int columns) {
        this.columns = columns;
        lift = channel.kappa() * channel.dibl();
        inversion = channel.inversion();
        saturation = channel.saturation();
        squares = inversion ? 1 : 0;
        v = new double[columns];
        f = new double[columns];
        r = new double[columns];
        coupling = new double[columns];
        slope = new double[columns];
        bend = new double[columns];
        tilt = new double[columns];
        perRoot = new double[columns];
        scratch = new double[columns];
    }

    /** Whether the voltage along the channel lowers its barrier. */
    public boolean isLowered() {
        return lift != 0;
    }

    /** Pinch-off voltages with DIBL, of the last evaluation. Not to be modified. */
    public double[] pinchOff() {
        return v;
    }

    /** Charges at the ends, of the last evaluation. Not to be modified. */
    public double[] atEnd() {
        return f;
    }

    /** Charges at the nodes, of the last evaluation. Not to be modified. */
    public double[] atNode() {
        return r;
    }

    /** κ dV_T/dV of the barrier lowering by the node's voltage, of the last evaluation. Not to be modified. */
    public double[] coupling() {
        return coupling;
    }

    /** dJ/dx at the nodes where differentiated last. Not to be modified. */
    public double[] slope() {
        return slope;
    }

    /** d²J/dx² where differentiated last. Not to be modified. */
    public double[] bend() {
        return bend;
    }

    /**
     * Charges at the ends, with the barrier that a voltage of the node makes.
     *
     * @param pinchOff V_P/U_t without DIBL. Not modified.
     * @param x voltages of the nodes. Not modified.
     * @param end voltages of the ends. Not modified.
     */
    public void ends(double[] pinchOff, double[] x, double[] end) {
        lower(columns, lift, pinchOff, x, end, v, perRoot);
        couple(columns, lift, x, end, perRoot, coupling);
        if (saturation) {
            difference(columns, v, end, scratch);
            charges(scratch, f);
        }
    }

    /** As {@link #ends}, the charges by their series about those before: to the third order of the change. */
    public void endsAgain(double[] pinchOff, double[] x, double[] end) {
        System.arraycopy(v, 0, scratch, 0, columns);
        lower(columns, lift, pinchOff, x, end, v, perRoot);
        couple(columns, lift, x, end, perRoot, coupling);
        if (saturation) {
            follow(columns, squares, v, scratch, f);
        }
    }

    /**
     * Charges at the ends and at the nodes.
     *
     * @param pinchOff V_P/U_t without DIBL. Not modified.
     * @param x voltages of the nodes. Not modified.
     * @param end voltages of the ends. Not modified.
     * @param again whether ends are as in the last evaluation
     */
    public void evaluate(double[] pinchOff, double[] x, double[] end, boolean again) {
        if (lift != 0 || !again) {
            ends(pinchOff, x, end);
        }
        difference(columns, v, x, scratch);
        charges(scratch, r);
    }

    /** Derivatives of the currents where they have been evaluated. */
    public void differentiate() {
        if (lift == 0) {
            System.arraycopy(r, 0, slope, 0, columns);
            straight(columns, squares, r, bend);
            return;
        }
        slope(columns, coupling, f, r, slope);
        byEnd(columns, squares, coupling, f, scratch);
        byNode(columns, squares, coupling, r, tilt);
        curve(columns, lift, perRoot, f, r, bend);
        bend(columns, coupling, scratch, tilt, bend);
    }

    /** Charges; NaN where the exponential law has become its tangent. */
    private void charges(double[] at, double[] q) {
        if (inversion) {
            Ekv.charges(at, q, columns);
        } else {
            Arrays.fill(q, 0, columns, Double.NaN);
            RowFunctions.exponentials(columns, at, LIMIT, q);
        }
    }

    /** Currents. */
    public void flow(double[] out) {
        flow(columns, squares, f, r, out);
    }

    /** Currents after a step of the node, to its third order, less what is linear in it. */
    public void bentFlow(double[] step, double[] out) {
        flow(columns, squares, f, r, out);
        bent(columns, bend, step, out);
    }

    /** dJ/dx after a step of the node, to its second order. */
    public void slopeAtNode(double[] step, double[] out) {
        follow(columns, slope, bend, step, out);
    }

    /** −dJ/d(end) after a step of the node, to its second order. */
    public void slopeAtEnd(double[] step, double[] out) {
        if (lift == 0) {
            System.arraycopy(f, 0, out, 0, columns);
        } else {
            slopeAtEnd(columns, coupling, f, r, tilt, step, out);
        }
    }

    private static void lower(
            int count, double lift, double[] pinchOff, double[] x, double[] end, double[] v, double[] perRoot) {
        if (lift == 0) {
            System.arraycopy(pinchOff, 0, v, 0, count);
            return;
        }
        for (int j = 0; j < count; j++) {
            double across = x[j] - end[j];
            double root = Math.sqrt(across * across + 1);
            v[j] = pinchOff[j] + lift * (root - 1);
            perRoot[j] = 1 / root;
        }
    }

    private static void couple(int count, double lift, double[] x, double[] end, double[] perRoot, double[] coupling) {
        for (int j = 0; j < count; j++) {
            coupling[j] = lift * (x[j] - end[j]) * perRoot[j];
        }
    }

    private static void difference(int count, double[] x, double[] y, double[] out) {
        for (int j = 0; j < count; j++) {
            out[j] = x[j] - y[j];
        }
    }

    private static void follow(int count, double squares, double[] v, double[] before, double[] f) {
        double two = 2 * squares;
        for (int j = 0; j < count; j++) {
            double part = 1 / (1 + two * f[j]);
            double d = (v[j] - before[j]) * part;
            f[j] += f[j] * d * (1 + 0.5 * d * part);
        }
    }

    private static void slope(int count, double[] coupling, double[] f, double[] r, double[] slope) {
        for (int j = 0; j < count; j++) {
            slope[j] = r[j] + coupling[j] * (f[j] - r[j]);
        }
    }

    private static void straight(int count, double squares, double[] r, double[] bend) {
        double two = 2 * squares;
        for (int j = 0; j < count; j++) {
            bend[j] = -r[j] / (1 + two * r[j]);
        }
    }

    private static void byEnd(int count, double squares, double[] coupling, double[] f, double[] out) {
        double two = 2 * squares;
        for (int j = 0; j < count; j++) {
            out[j] = coupling[j] * f[j] / (1 + two * f[j]);
        }
    }

    private static void byNode(int count, double squares, double[] coupling, double[] r, double[] out) {
        double two = 2 * squares;
        for (int j = 0; j < count; j++) {
            out[j] = (1 - coupling[j]) * r[j] / (1 + two * r[j]);
        }
    }

    private static void curve(int count, double lift, double[] perRoot, double[] f, double[] r, double[] out) {
        for (int j = 0; j < count; j++) {
            out[j] = lift * perRoot[j] * perRoot[j] * perRoot[j] * (f[j] - r[j]);
        }
    }

    /** Derivatives by x of both slopes. */
    private static void bend(int count, double[] coupling, double[] byEnd, double[] tilt, double[] bend) {
        for (int j = 0; j < count; j++) {
            double byNode = tilt[j];
            double curve = bend[j];
            bend[j] = byEnd[j] * coupling[j] - byNode * (1 - coupling[j]) + curve;
            tilt[j] = byEnd[j] + coupling[j] * (byEnd[j] + byNode) + curve;
        }
    }

    private static void flow(int count, double squares, double[] f, double[] r, double[] out) {
        for (int j = 0; j < count; j++) {
            out[j] = (f[j] - r[j]) * (1 + squares * (f[j] + r[j]));
        }
    }

    private static void bent(int count, double[] bend, double[] step, double[] out) {
        for (int j = 0; j < count; j++) {
            out[j] += 0.5 * bend[j] * (step[j] * step[j]);
        }
    }

    private static void follow(int count, double[] value, double[] derivative, double[] step, double[] out) {
        for (int j = 0; j < count; j++) {
            out[j] = value[j] + derivative[j] * step[j];
        }
    }

    private static void slopeAtEnd(
            int count, double[] coupling, double[] f, double[] r, double[] tilt, double[] step, double[] out) {
        for (int j = 0; j < count; j++) {
            out[j] = f[j] + coupling[j] * (f[j] - r[j]) + tilt[j] * step[j];
        }
    }
}
