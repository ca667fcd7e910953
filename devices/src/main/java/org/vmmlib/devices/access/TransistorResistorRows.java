package org.vmmlib.devices.access;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.kernel.RowFunctions;
import org.vmmlib.core.physics.Ekv;
import org.vmmlib.devices.transistor.MosChannel;
import org.vmmlib.devices.transistor.NodeChannels;

/**
 * The inner nodes of all {@link TransistorResistorCells} of a row, in lock step. Voltages are in units of U_t, currents of
 * I_spec, conductances of I_spec/U_t; a is the end at the resistor ρ, b that at the channel, f and r the channel's charges
 * at b and at the inner node x.
 *
 * <p>The node's charge solves {@code r²/ρ + (2 + 1/ρ) r + ln r = k}, {@code k = (f + f²)/ρ + v − a}. Without r² it is
 * Lambert's W, here from the nearest node of a table; that root w is too large, and its ln r is put into the quadratic
 * equation: {@code r²/ρ + (2 + 1/ρ) (r − w) = 0}. Where r² counts, ln r hardly does, and r is 6 % off at most. One step of
 * fourth order in ln r follows, after DIBL has been seen to at this node, and a linear one for what that step means for
 * DIBL. Mostly that leaves so little that one evaluation of the channel, and a step of third order for the current itself,
 * is all. If not, Halley's steps go on; a cell that has converged stays where it is meanwhile, so that it never depends on
 * its neighbours.
 */
final class TransistorResistorRows {

    /** A step below this part of U_t leaves an error of its cube in the current, of its square in the slopes. */
    private static final double CLOSE = 3e-5;

    private static final int MOST_STEPS = 6;

    private static final double LEAST_CHARGE = 1e-300;

    private final boolean saturation;
    private final int columns;
    private final double squares;

    /** ρ of each cell, 1/ρ, r over the charge of Lambert's W, and its logarithm. */
    private final double[][] ratios;

    private final double[][] perRatios;
    private final double[][] scales;
    private final double[][] logScales;

    /** The columns of each row whose resistor is open. ρ is 1 there meanwhile, so that all that is computed is finite. */
    private final int[][] opens;

    private final ThreadLocal<Row> rows;

    /** What one thread computes in. */
    static final class Row {
        /** Voltages of both ends, to be set before. */
        final double[] a;

        final double[] b;

        /** Currents from a to b over I_spec; derivatives by a and by −b over I_spec/U_t. */
        final double[] current;

        final double[] slopeA;
        final double[] slopeB;

        private final NodeChannels channels;
        private final double[] pinchOff;
        private final double[] x;
        private final double[] step;
        private final double[] r;
        private final double[] logR;

        private Row(MosChannel channel, int columns) {
            channels = new NodeChannels(channel, columns);
            a = new double[columns];
            b = new double[columns];
            current = new double[columns];
            slopeA = new double[columns];
            slopeB = new double[columns];
            pinchOff = new double[columns];
            x = new double[columns];
            step = new double[columns];
            r = new double[columns];
            logR = new double[columns];
        }

        /** Whether a cell's last step was small. */
        boolean isClose(int j) {
            return Math.abs(step[j]) <= CLOSE;
        }
    }

    TransistorResistorRows(MosChannel channel, DMatrixRMaj conductances) {
        saturation = channel.saturation();
        columns = conductances.numCols;
        squares = channel.inversion() ? 1 : 0;
        int count = conductances.numRows;
        ratios = new double[count][columns];
        perRatios = new double[count][columns];
        scales = new double[count][columns];
        logScales = new double[count][columns];
        opens = new int[count][];
        for (int i = 0; i < count; i++) {
            int row = i;
            opens[i] = IntStream.range(0, columns)
                    .filter(j -> conductances.get(row, j) == 0)
                    .toArray();
            for (int j = 0; j < columns; j++) {
                double g = conductances.get(i, j);
                double ratio = g == 0 ? 1 : g * channel.thermalVoltage() / channel.specificCurrent();
                ratios[i][j] = ratio;
                perRatios[i][j] = 1 / ratio;
                scales[i][j] = 2 * ratio / (1 + 2 * squares * ratio);
                logScales[i][j] = Math.log(scales[i][j]);
            }
        }
        int length = columns;
        rows = ThreadLocal.withInitial(() -> new Row(channel, length));
    }

    Row row() {
        return rows.get();
    }

    /**
     * Solves a row.
     *
     * @param pinchOff V_P/U_t without DIBL
     * @return whether all steps have become small; a cell whose step has not is for a slower method
     */
    boolean solve(int row, double pinchOff, Row at) {
        Arrays.fill(at.pinchOff, pinchOff);
        start(row, at);
        boolean done = false;
        for (int k = 0; k < MOST_STEPS && !done; k++) {
            if (k > 0) {
                advance(at);
            }
            NodeChannels channels = at.channels;
            channels.evaluate(at.pinchOff, at.x, at.b, true);
            channels.differentiate();
            channels.flow(at.step);
            excess(columns, ratios[row], at.a, at.x, at.step);
            step(columns, ratios[row], channels.slope(), channels.bend(), at.step);
            done = isDone(at);
        }
        finish(ratios[row], at);
        for (int j : opens[row]) {
            at.current[j] = 0;
            at.slopeA[j] = 0;
            at.slopeB[j] = 0;
        }
        return done;
    }

    private void start(int row, Row at) {
        double[] per = perRatios[row];
        NodeChannels channels = at.channels;
        double[] v = channels.pinchOff();
        double[] f = channels.atEnd();
        double[] r = at.r;
        channels.ends(at.pinchOff, at.a, at.b);
        argument(columns, squares, f, per, v, at.a, at.step);
        subtract(columns, logScales[row], at.step);
        Ekv.nearCharges(at.step, r, columns);
        quadratic(columns, squares, scales[row], per, r);
        RowFunctions.logarithms(columns, r, at.logR);
        if (channels.isLowered()) {
            node(columns, squares, v, r, at.logR, at.x);
            System.arraycopy(at.x, 0, at.slopeA, 0, columns);
            channels.endsAgain(at.pinchOff, at.x, at.b);
        }
        argument(columns, squares, f, per, v, at.a, at.step);
        residual(columns, squares, per, r, at.logR, at.step);
        gain(columns, squares, per, r, at.slopeB);
        series(columns, squares, per, r, at.slopeB, at.step);
        grow(columns, at.step, r, at.logR);
        node(columns, squares, v, r, at.logR, at.x);
        if (channels.isLowered()) {
            lowered(columns, ratios[row], channels.coupling(), f, r, at.slopeA, at.x);
        }
        if (saturation) {
            between(columns, at.a, at.b, at.x);
        } else {
            above(columns, at.a, at.x);
        }
    }

    /** Whether no cell is still on its way. */
    private boolean isDone(Row at) {
        for (int j = 0; j < columns; j++) {
            if (!at.isClose(j)) {
                return false;
            }
        }
        return true;
    }

    /** Takes the steps of the cells on their way. */
    private void advance(Row at) {
        for (int j = 0; j < columns; j++) {
            if (!at.isClose(j)) {
                double a = at.a[j];
                double b = at.b[j];
                double low = saturation ? Math.min(a, b) : a;
                double high = saturation ? Math.max(a, b) : Double.POSITIVE_INFINITY;
                at.x[j] = Math.max(low, Math.min(high, at.x[j] + at.step[j]));
            }
        }
    }

    /**
     * Currents and slopes after the last step: what resistor and channel carry there, each weighted by the slope of the
     * other, which loses no digits whichever limits.
     */
    private void finish(double[] ratio, Row at) {
        NodeChannels channels = at.channels;
        channels.bentFlow(at.step, at.current);
        mean(columns, ratio, at.a, at.x, channels.slope(), at.current);
        channels.slopeAtNode(at.step, at.slopeA);
        channels.slopeAtEnd(at.step, at.slopeB);
        for (int j = 0; j < columns; j++) {
            double part = ratio[j] / (ratio[j] + at.slopeA[j]);
            at.slopeA[j] *= part;
            at.slopeB[j] *= part;
        }
    }

    private static void subtract(int count, double[] x, double[] out) {
        for (int j = 0; j < count; j++) {
            out[j] -= x[j];
        }
    }

    /** k. */
    private static void argument(
            int count, double squares, double[] f, double[] per, double[] v, double[] a, double[] out) {
        for (int j = 0; j < count; j++) {
            out[j] = (f[j] + squares * (f[j] * f[j])) * per[j] + (v[j] - a[j]);
        }
    }

    /** From charges of Lambert's W, those with the quadratic term. */
    private static void quadratic(int count, double squares, double[] scale, double[] per, double[] r) {
        double two = 2 * squares;
        for (int j = 0; j < count; j++) {
            double weak = scale[j] * r[j];
            r[j] = Math.max(LEAST_CHARGE, 2 * weak / (1 + Math.sqrt(1 + two * weak * scale[j] * per[j])));
        }
    }

    /** x of a charge. */
    private static void node(int count, double squares, double[] v, double[] r, double[] logR, double[] x) {
        double two = 2 * squares;
        for (int j = 0; j < count; j++) {
            x[j] = v[j] - (two * r[j] + logR[j]);
        }
    }

    private static void residual(int count, double squares, double[] per, double[] r, double[] logR, double[] z) {
        double two = 2 * squares;
        for (int j = 0; j < count; j++) {
            z[j] -= (r[j] + squares * (r[j] * r[j])) * per[j] + (two * r[j] + logR[j]);
        }
    }

    private static void gain(int count, double squares, double[] per, double[] r, double[] gain) {
        double two = 2 * squares;
        for (int j = 0; j < count; j++) {
            gain[j] = 1 / (1 + r[j] * (two + per[j] * (1 + two * r[j])));
        }
    }

    /** The change of ln r, from the residual z. */
    private static void series(int count, double squares, double[] per, double[] r, double[] gain, double[] z) {
        double two = 2 * squares;
        for (int j = 0; j < count; j++) {
            double linear = r[j] * (two + per[j]) * gain[j];
            double square = squares * (r[j] * r[j]) * per[j] * gain[j];
            double second = 0.5 * linear + 2 * square;
            double third = (linear + 8 * square) * (1 / 6.0) - second * second;
            double d = z[j] * gain[j];
            z[j] = d / (1 + d * (second + d * third));
        }
    }

    private static void grow(int count, double[] d, double[] r, double[] logR) {
        for (int j = 0; j < count; j++) {
            r[j] += r[j] * d[j] * (1 + d[j] * (0.5 + d[j] * (1 / 6.0)));
            logR[j] += d[j];
        }
    }

    /** Corrects x for what its change since the last lowering of the barrier means for that. */
    private static void lowered(
            int count, double[] ratio, double[] coupling, double[] f, double[] r, double[] before, double[] x) {
        for (int j = 0; j < count; j++) {
            double change = coupling[j] * (f[j] - r[j]);
            x[j] -= change * (x[j] - before[j]) / (ratio[j] + r[j] + change);
        }
    }

    private static void between(int count, double[] a, double[] b, double[] x) {
        for (int j = 0; j < count; j++) {
            x[j] = Math.max(Math.min(a[j], b[j]), Math.min(Math.max(a[j], b[j]), x[j]));
        }
    }

    private static void above(int count, double[] a, double[] x) {
        for (int j = 0; j < count; j++) {
            x[j] = Math.max(a[j], x[j]);
        }
    }

    /** What the resistor brings to the node less what the channel takes. */
    private static void excess(int count, double[] ratio, double[] a, double[] x, double[] flow) {
        for (int j = 0; j < count; j++) {
            flow[j] = ratio[j] * (a[j] - x[j]) - flow[j];
        }
    }

    /** Halley's step from the excess. */
    private static void step(int count, double[] ratio, double[] slope, double[] bend, double[] step) {
        for (int j = 0; j < count; j++) {
            double part = 1 / (ratio[j] + slope[j]);
            double d = step[j] * part;
            step[j] = d / Math.max(0.5, 1 + 0.5 * d * part * bend[j]);
        }
    }

    private static void mean(int count, double[] ratio, double[] a, double[] x, double[] slope, double[] flow) {
        for (int j = 0; j < count; j++) {
            flow[j] = ratio[j] * (slope[j] * (a[j] - x[j]) + flow[j]) / (ratio[j] + slope[j]);
        }
    }
}
