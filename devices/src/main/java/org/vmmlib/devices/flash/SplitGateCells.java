package org.vmmlib.devices.flash;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.crossbar.ArrayCells;
import org.vmmlib.core.crossbar.Topology;
import org.vmmlib.core.physics.Ekv;
import org.vmmlib.devices.transistor.MosChannel;

/**
 * Split-gate cells: the floating-gate channel from the row (source) to an inner node x, in series with the select gate's
 * channel from x to the column (drain), both charge-based. What the select gate passes falls with x, what the floating
 * gate passes rises with it: one root, between the terminals.
 *
 * <p>A row is solved in lock step, see {@link SplitGateRows}. A cell by itself, for the noise and where that does not reach:
 * Newton's method on the logarithm of the ratio of both currents, which is nearly straight where either channel is in
 * weak inversion, and Halley's on their difference once they are close; a bracket guards both. It starts where the one that passes
 * less in itself, without DIBL, would put the node. The last step is taken for the current, as a mean that loses no digits
 * whichever channel limits.
 */
final class SplitGateCells implements ArrayCells {

    /** A step below this part of U_t leaves an error of its cube. */
    private static final double CLOSE = 5e-4;

    private final MosChannel floating;
    private final MosChannel select;
    private final double selectPinchOff;
    private final double temperature;
    private final DMatrixRMaj thresholds;

    /** −κ threshold / U_t of each cell. */
    private final double[][] offsets;

    private final ThreadLocal<SplitGateRows> rows;

    SplitGateCells(
            MosChannel floating, MosChannel select, double selectPinchOff, DMatrixRMaj thresholds, double temperature) {
        this.floating = floating;
        this.select = select;
        this.selectPinchOff = selectPinchOff;
        this.thresholds = thresholds;
        this.temperature = temperature;
        int columns = thresholds.numCols;
        offsets = new double[thresholds.numRows][columns];
        for (int i = 0; i < thresholds.numRows; i++) {
            for (int j = 0; j < columns; j++) {
                offsets[i][j] = -floating.kappa() / floating.thermalVoltage() * thresholds.get(i, j);
            }
        }
        rows = ThreadLocal.withInitial(() -> new SplitGateRows(floating, select, columns));
    }

    @Override
    public Topology topology() {
        return Topology.GATE_DRIVEN;
    }

    @Override
    public int rows() {
        return thresholds.numRows;
    }

    @Override
    public int columns() {
        return thresholds.numCols;
    }

    @Override
    public void evaluate(
            int row,
            double gate,
            double[] vRow,
            double[] vColumn,
            double[] current,
            double[] slopeRow,
            double[] slopeColumn) {
        int columns = thresholds.numCols;
        if (gate == Double.NEGATIVE_INFINITY) {
            Arrays.fill(current, 0, columns, 0);
            Arrays.fill(slopeRow, 0, columns, 0);
            Arrays.fill(slopeColumn, 0, columns, 0);
            return;
        }
        double perVolt = 1 / floating.thermalVoltage();
        double base = floating.pinchOff(gate);
        SplitGateRows at = rows.get();
        scaled(columns, vRow, perVolt, at.source);
        scaled(columns, vColumn, perVolt, at.drain);
        if (!at.solve(base, offsets[row], selectPinchOff)) {
            for (int j = 0; j < columns; j++) {
                if (!at.isClose(j)) {
                    cell(j, base + offsets[row][j], vRow[j], vColumn[j], at);
                }
            }
        }
        double scale = floating.specificCurrent();
        scaled(columns, at.current, -scale, current);
        scaled(columns, at.slopeSource, scale * perVolt, slopeRow);
        scaled(columns, at.slopeDrain, -scale * perVolt, slopeColumn);
    }

    private static void scaled(int count, double[] x, double scale, double[] out) {
        for (int j = 0; j < count; j++) {
            out[j] = x[j] * scale;
        }
    }

    /** A cell by itself, where the rows' method does not reach: over I_spec, its slopes over I_spec/U_t. */
    private void cell(int j, double pinchOff, double source, double drain, SplitGateRows at) {
        double x = node(pinchOff, source, drain);
        double below = floating.current(pinchOff, source, x);
        double belowByX = floating.drainSlope(pinchOff, source, x);
        double above = select.current(selectPinchOff, x, drain);
        double aboveByX = select.sourceSlope(selectPinchOff, x, drain);
        double sum = belowByX + aboveByX;
        double part = sum > 0 ? 1 / sum : 0;
        double scale = floating.specificCurrent();
        double slopeScale = scale / floating.thermalVoltage();
        at.current[j] = (part * belowByX * above + part * aboveByX * below) / scale;
        at.slopeSource[j] = part * aboveByX * floating.sourceSlope(pinchOff, source, x) / slopeScale;
        at.slopeDrain[j] = part * belowByX * select.drainSlope(selectPinchOff, x, drain) / slopeScale;
    }

    /** The voltage of the inner node, to 1e-9 U_t or a rounding. */
    private double node(double pinchOff, double source, double drain) {
        double thermal = floating.thermalVoltage();
        double perVolt = 1 / thermal;
        double floatingScale = floating.specificCurrent();
        double selectScale = select.specificCurrent();
        double floatingLift = floating.kappa() * floating.dibl();
        double selectLift = select.kappa() * select.dibl();
        double low = Math.min(source, drain);
        double high = Math.max(source, drain);
        double x = start(pinchOff, source, drain, low, high);
        double close = CLOSE * thermal + 4 * Math.ulp(Math.max(Math.abs(low), Math.abs(high)));
        for (int k = 0; k < 100; k++) {
            double across = x - source;
            double root = Math.sqrt(across * across + thermal * thermal);
            double v = pinchOff + floatingLift * perVolt * (root - thermal);
            double f = Ekv.charge(v - source * perVolt);
            double r = Ekv.charge(v - x * perVolt);
            double below = floatingScale * ((f - r) * (1 + f + r));
            double slope = floatingScale * perVolt * (r + floatingLift * across / root * (f - r));
            double bend = floatingScale * perVolt * perVolt * (r / (1 + 2 * r));
            across = drain - x;
            root = Math.sqrt(across * across + thermal * thermal);
            v = selectPinchOff + selectLift * perVolt * (root - thermal);
            f = Ekv.charge(v - x * perVolt);
            r = Ekv.charge(v - drain * perVolt);
            double above = selectScale * ((f - r) * (1 + f + r));
            double selectSlope = selectScale * perVolt * (f + selectLift * across / root * (f - r));
            bend += selectScale * perVolt * perVolt * (f / (1 + 2 * f));
            double excess = above - below;
            double sum = slope + selectSlope;
            double step = excess / sum;
            if (!(Math.abs(step) > close)) {
                return sum > 0 ? x + step / (1 - step * bend / (2 * sum)) : x;
            }
            if (excess > 0) {
                low = x;
            } else {
                high = x;
            }
            double ratio = above / below;
            if (ratio > 0 && Math.abs(ratio - 1) > 0.1 && Double.isFinite(ratio)) {
                step = Math.log(ratio) / (slope / Math.abs(below) + selectSlope / Math.abs(above));
            } else {
                step /= 1 - Math.min(0.5, step * bend / (2 * sum));
            }
            double next = x + step;
            x = next > low && next < high ? next : (low + high) / 2;
        }
        return x;
    }

    /** Where the channel that passes less in itself would put the node. */
    private double start(double pinchOff, double source, double drain, double low, double high) {
        double thermal = floating.thermalVoltage();
        double perVolt = 1 / thermal;
        double whole = drain - source;
        double v = pinchOff
                + floating.kappa()
                        * floating.dibl()
                        * perVolt
                        * (Math.sqrt(whole * whole + thermal * thermal) - thermal);
        double forward = floating.specificCurrent() * Ekv.current(v - source * perVolt);
        double selectAtDrain = Ekv.current(selectPinchOff - drain * perVolt);
        double most = select.specificCurrent() * (Ekv.current(selectPinchOff - source * perVolt) - selectAtDrain);
        double perSelect = 1 / select.specificCurrent();
        double x;
        if (whole > 0 && forward < most) {
            x = thermal * (selectPinchOff - Ekv.voltageAtCurrent(forward * perSelect + selectAtDrain));
        } else {
            double perFloating = 1 / floating.specificCurrent();
            double left = whole > 0
                    ? (forward - most) * perFloating
                    : forward * perFloating + Math.min(-most * perFloating, Ekv.current(v - drain * perVolt));
            x = thermal * (v - Ekv.voltageAtCurrent(Math.max(0, left)));
        }
        return x > low ? Math.min(x, high) : low;
    }

    /** Thermal noise of both channels, each as the series connection lets it out. */
    @Override
    public void noise(int row, double gate, double[] vRow, double[] vColumn, double[] density) {
        int columns = columns();
        Arrays.fill(density, 0, columns, 0);
        if (gate == Double.NEGATIVE_INFINITY) {
            return;
        }
        for (int j = 0; j < columns; j++) {
            double pinchOff = floating.pinchOff(gate) + offsets[row][j];
            double x = node(pinchOff, vRow[j], vColumn[j]);
            double below = floating.drainSlope(pinchOff, vRow[j], x);
            double above = select.sourceSlope(selectPinchOff, x, vColumn[j]);
            if (below + above > 0) {
                double ofFloating = above / (below + above);
                double ofSelect = below / (below + above);
                density[j] = floating.noiseDensity(pinchOff, vRow[j], x, temperature) * (ofFloating * ofFloating)
                        + select.noiseDensity(selectPinchOff, x, vColumn[j], temperature) * (ofSelect * ofSelect);
            }
        }
    }
}
