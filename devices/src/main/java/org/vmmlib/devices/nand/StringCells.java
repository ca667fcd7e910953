package org.vmmlib.devices.nand;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.crossbar.ArrayCells;
import org.vmmlib.core.crossbar.Topology;
import org.vmmlib.core.physics.Ekv;
import org.vmmlib.core.physics.WhiteNoise;

/**
 * Strings as cells: transistors in series, one current through all of them.
 *
 * <p>The unknown is the voltage y below the bit-select transistor. It sets that transistor's current x, and x sets, one
 * transistor after the other, the voltages on both sides of the selected cell: from the source line up, and from y
 * down, with {@code i_(k+1) = i_k ∓ r x} and {@code v = 2q + ln q}. What the selected cell then carries less x rises
 * with y and changes sign between the voltages of the two lines, where Newton's method is kept by bisection. The same
 * passage gives the derivatives, exact by the chain rule.
 *
 * <p>A transistor that limits the current fixes it well, one that is wide open badly (eps V over the volts across it):
 * the result is the mean of bit-select transistor and cell, each weighted by the slope of the other, which is the
 * current after one more step of Newton's method.
 */
final class StringCells implements ArrayCells {

    private static final int MOST_STEPS = 400;

    /** A step of Newton's method this small, over U_t, leaves an error of its square. */
    private static final double SMALL_STEP = 1e-8;

    /** Up to here {@link Ekv#charge} reads a table. */
    private static final double STRONG = 40;

    private static final double LN_2 = 0.6931471805599453;

    private static final int MOST_GUESSES = 12;

    /** Charges below this are none: their inverses are still finite. */
    private static final double LEAST = 1e-290;

    private final StringBias bias;
    private final Series series;

    StringCells(StringBias bias, Series series) {
        this.bias = bias;
        this.series = series;
    }

    @Override
    public Topology topology() {
        return Topology.GATE_DRIVEN;
    }

    @Override
    public int rows() {
        return series.rows;
    }

    @Override
    public int columns() {
        return series.columns;
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
        int columns = series.columns;
        if (gate == Double.NEGATIVE_INFINITY || (!bias.series() && bias.isOpen(gate))) {
            Arrays.fill(current, 0, columns, 0);
            Arrays.fill(slopeRow, 0, columns, 0);
            Arrays.fill(slopeColumn, 0, columns, 0);
            return;
        }
        double perVolt = 1 / bias.thermalVoltage();
        double bitSelect = bias.bitSelectPinch(gate);
        for (int j = 0; j < columns; j++) {
            int string = row * columns + j;
            if (bias.series()) {
                solve(string, bitSelect, vRow[j] * perVolt, vColumn[j] * perVolt, j, current, slopeRow, slopeColumn);
            } else {
                cell(string, vRow[j] * perVolt, vColumn[j] * perVolt, j, current, slopeRow, slopeColumn);
            }
            current[j] *= -bias.specificCurrent();
            slopeRow[j] *= -bias.specificCurrent() * perVolt;
            slopeColumn[j] *= -bias.specificCurrent() * perVolt;
        }
    }

    /** The selected cell by itself: normalised current and slopes. */
    private void cell(
            int string,
            double source,
            double drain,
            int j,
            double[] current,
            double[] slopeSource,
            double[] slopeDrain) {
        double across = drain - source;
        double p = series.selected[string] + bias.lowering(across);
        double forward = charge(p - source);
        double reverse = charge(p - drain);
        double net = forward - reverse;
        double coupled = coupled(across) * net;
        current[j] = net * (1 + forward + reverse);
        slopeSource[j] = -(forward + coupled);
        slopeDrain[j] = reverse + coupled;
    }

    /** The string: normalised current and slopes. */
    private void solve(
            int string,
            double bitSelect,
            double source,
            double drain,
            int j,
            double[] current,
            double[] slopeSource,
            double[] slopeDrain) {
        double[] pinch = series.pinch;
        double[] ratio = series.ratio;
        int from = series.first[2 * string];
        int middle = series.first[2 * string + 1];
        int to = series.first[2 * string + 2];
        double selected = series.selected[string];
        double perRatio = 1 / bias.selectRatio();
        double atDrain = charge(bitSelect - drain);

        double low = Math.min(source, drain);
        double high = Math.max(source, drain);
        double x = 0;
        // The transistor that limits the current takes nearly all of the voltage.
        double y = Ekv.current(bitSelect - low) * perRatio < Ekv.current(selected - low) ? source : drain;
        if (y == drain && atDrain > LEAST) {
            x = guess(string, source, drain, atDrain);
            double atTop = atDrain + atDrain * atDrain + x * bias.selectRatio();
            double start = bitSelect - Ekv.voltageAtCurrent(atTop);
            y = start > low && start < high ? start : drain;
        }
        for (int k = 0; k < MOST_STEPS; k++) {
            double top = charge(bitSelect - y);
            x = (top - atDrain) * (1 + top + atDrain) * perRatio;
            double topSlope = top * perRatio;

            // Up from the source line: dy = alpha dy_source + rho dx.
            double below = source;
            double alpha = 1;
            double rho = 0;
            boolean carries = true;
            for (int s = from; s < middle && carries; s++) {
                double q = charge(pinch[s] - below);
                double drop = ratio[s] * x;
                double i = q + q * q - drop;
                carries = i > LEAST;
                double after = Ekv.chargeAtCurrent(i);
                below = otherEnd(pinch[s], below, q, after, drop);
                double gain = 1 / after;
                alpha *= q * gain;
                rho = (q * rho + ratio[s]) * gain;
            }
            // Down from the bit-select transistor: dy = beta dy_top − rise dx.
            double above = y;
            double beta = 1;
            double rise = 0;
            for (int s = middle; s < to && carries; s++) {
                double q = charge(pinch[s] - above);
                double drop = -ratio[s] * x;
                double i = q + q * q - drop;
                carries = i > LEAST;
                double after = Ekv.chargeAtCurrent(i);
                above = otherEnd(pinch[s], above, q, after, drop);
                double gain = 1 / after;
                beta *= q * gain;
                rise = (q * rise + ratio[s]) * gain;
            }
            double next;
            if (carries) {
                double across = above - below;
                double p = selected + bias.lowering(across);
                double forward = charge(p - below);
                double reverse = charge(p - above);
                double net = forward - reverse;
                double coupled = coupled(across) * net;
                double cellX = net * (1 + forward + reverse);
                double slopeBelow = forward + coupled;
                double slopeAbove = reverse + coupled;
                double ofCell = slopeAbove * beta + topSlope * (slopeAbove * rise + slopeBelow * rho);
                double slope = topSlope + ofCell;
                double step = slope == 0 ? 0 : (x - cellX) / slope;
                next = y + step;
                if (Math.abs(step) <= SMALL_STEP || next == y || k == MOST_STEPS - 1) {
                    double perSlope = slope == 0 ? 0 : 1 / slope;
                    current[j] = (topSlope * perSlope) * cellX + (ofCell * perSlope) * x;
                    slopeSource[j] = -slopeBelow * alpha * (topSlope * perSlope);
                    slopeDrain[j] = slopeAbove * beta * (atDrain * perRatio * perSlope);
                    return;
                }
                if (x > cellX) {
                    low = y;
                } else {
                    high = y;
                }
                if (!(next > low && next < high)) {
                    next = low + 0.5 * (high - low);
                }
            } else if (x == 0) {
                break;
            } else {
                // More than the other transistors can carry: less current.
                if (drain > source) {
                    low = y;
                } else {
                    high = y;
                }
                next = low + 0.5 * (high - low);
                if (next == y) {
                    break;
                }
            }
            y = next;
        }
        // The current of a transistor that is off, or saturated to the last digit.
        current[j] = x;
        slopeSource[j] = 0;
        slopeDrain[j] = 0;
    }

    /**
     * {@link Ekv#charge}, with a shorter way in the strong inversion of pass cells: of {@code w + ln w = x}, w = 2q,
     * the first terms of the asymptotic series are within 1e-4 of w, and one step of fourth order (Fritsch, Shafer and
     * Crowley, doi:10.1145/361952.361970) is all that it takes.
     */
    static double charge(double v) {
        if (v < STRONG) {
            return Ekv.charge(v);
        }
        double x = v + LN_2;
        double log = Math.log(x);
        double w = x - log + log / x;
        double z = x - w - Math.log(w);
        double after = 1 + w;
        double t = 2 * after * (after + 2.0 / 3 * z);
        return 0.5 * w * (1 + z / after * ((t - z) / (t - 2 * z)));
    }

    /** The current if the other transistors were resistors, to about a percent: Newton's method from no current. */
    private double guess(int string, double source, double drain, double atDrain) {
        double below = series.resistance[2 * string];
        double above = series.resistance[2 * string + 1] + bias.selectRatio() / atDrain;
        double p = series.selected[string] + bias.lowering(drain - source);
        double x = 0;
        for (int k = 0; k < MOST_GUESSES; k++) {
            double forward = charge(p - source - below * x);
            double reverse = charge(p - drain + above * x);
            double net = forward - reverse;
            double step = (net * (1 + forward + reverse) - x) / (1 + below * forward + above * reverse);
            x += step;
            if (Math.abs(step) <= 1e-2 * Math.abs(x)) {
                break;
            }
        }
        return x;
    }

    /** d p/d(drain-source voltage) of the selected cell. */
    private double coupled(double across) {
        return bias.coupling() == 0 ? 0 : bias.coupling() * across / Math.sqrt(across * across + 1);
    }

    /**
     * The voltage over U_t at the other end of a transistor.
     *
     * @param y voltage at this end
     * @param q charge at this end
     * @param after charge at the other end
     * @param drop i(q) − i(after)
     */
    private static double otherEnd(double p, double y, double q, double after, double drop) {
        if (q < LEAST) {
            return p - (2 * after + Math.log(after));
        }
        double difference = drop / (1 + q + after);
        double z = difference / (q + after);
        if (Math.abs(z) < 0.125) {
            // ln(q/after) = 2 artanh z; the first term left out is z^16/17 = 2e-16 of it.
            double s = z * z;
            double sum = 1 / 15.0;
            sum = sum * s + 1 / 13.0;
            sum = sum * s + 1 / 11.0;
            sum = sum * s + 1 / 9.0;
            sum = sum * s + 1 / 7.0;
            sum = sum * s + 1 / 5.0;
            sum = sum * s + 1 / 3.0;
            return y + 2 * (difference + z * (1 + sum * s));
        }
        return y + (2 * difference + Math.log(q / after));
    }

    /**
     * The noise of every transistor, as it reaches the bit line through the others: with {@code s = 4kT (I_spec/U_t)
     * q̄}, q̄ the mean charge along its channel, each is 4kTg without a voltage and 2qI in weak inversion and
     * saturation. A cell whose source is degenerated by the chain below it makes less noise than its shot noise.
     */
    @Override
    public void noise(int row, double gate, double[] vRow, double[] vColumn, double[] density) {
        int columns = series.columns;
        if (isOff(gate)) {
            Arrays.fill(density, 0, columns, 0);
            return;
        }
        double unit = WhiteNoise.thermal(bias.specificCurrent() / bias.thermalVoltage(), bias.temperature());
        double perVolt = 1 / bias.thermalVoltage();
        double bitSelect = bias.bitSelectPinch(gate);
        evaluate(row, gate, vRow, vColumn, density, new double[columns], new double[columns]);
        for (int j = 0; j < columns; j++) {
            double x = -density[j] / bias.specificCurrent();
            density[j] = unit * noise(row * columns + j, bitSelect, vRow[j] * perVolt, vColumn[j] * perVolt, x);
        }
    }

    /** Strings of a row whose gate stands still from one vector to the next are evaluated once. */
    @Override
    public void noiseDensity(
            DMatrixRMaj drives, double columnVoltage, DMatrixRMaj columnCurrents, DMatrixRMaj density) {
        int columns = series.columns;
        density.reshape(drives.numRows, columns);
        Arrays.fill(density.data, 0, drives.numRows * columns, 0);
        double[] vRow = new double[columns];
        double[] vColumn = new double[columns];
        double[] ofRow = new double[columns];
        Arrays.fill(vColumn, columnVoltage);
        for (int i = 0; i < series.rows; i++) {
            for (int b = 0; b < drives.numRows; b++) {
                double gate = drives.data[b * series.rows + i];
                if (b == 0 || gate != drives.data[(b - 1) * series.rows + i]) {
                    noise(i, gate, vRow, vColumn, ofRow);
                }
                for (int j = 0; j < columns; j++) {
                    density.data[b * columns + j] += ofRow[j];
                }
            }
        }
    }

    private boolean isOff(double gate) {
        return gate == Double.NEGATIVE_INFINITY || (!bias.series() && bias.isOpen(gate));
    }

    /** Noise of a string over that of a charge of 1 along a cell's channel. */
    private double noise(int string, double bitSelect, double source, double drain, double x) {
        double below = source;
        double rho = 0;
        double belowNoise = 0;
        int middle = series.first[2 * string + 1];
        for (int s = series.first[2 * string]; s < middle; s++) {
            double r = series.ratio[s];
            double q = charge(series.pinch[s] - below);
            double i = q + q * q - r * x;
            if (!(i > LEAST)) {
                return shot(x);
            }
            double after = Ekv.chargeAtCurrent(i);
            below = otherEnd(series.pinch[s], below, q, after, r * x);
            rho = (q * rho + r) / after;
            belowNoise = (q * q * belowNoise + r * meanCharge(q, after)) / (after * after);
        }
        double above = drain;
        double rise = 0;
        double aboveNoise = 0;
        int to = series.first[2 * string + 2];
        for (int s = middle - 1; s < to && bias.series(); s++) {
            boolean isBitSelect = s < middle;
            double r = isBitSelect ? bias.selectRatio() : series.ratio[s];
            double p = isBitSelect ? bitSelect : series.pinch[s];
            double q = charge(p - above);
            double i = q + q * q + r * x;
            if (!(i > LEAST)) {
                return shot(x);
            }
            double after = Ekv.chargeAtCurrent(i);
            above = otherEnd(p, above, q, after, -r * x);
            rise = (q * rise + r) / after;
            aboveNoise = (q * q * aboveNoise + r * meanCharge(q, after)) / (after * after);
        }
        double across = above - below;
        double pinch = series.selected[string] + bias.lowering(across);
        double forward = charge(pinch - below);
        double reverse = charge(pinch - above);
        double coupled = coupled(across) * (forward - reverse);
        double slopeBelow = forward + coupled;
        double slopeAbove = reverse + coupled;
        double all = meanCharge(forward, reverse)
                + slopeBelow * slopeBelow * belowNoise
                + slopeAbove * slopeAbove * aboveNoise;
        double part = 1 / (1 + slopeAbove * rise + slopeBelow * rho);
        return all * part * part;
    }

    /** Shot noise of a current that a transistor near the line limits: 2qI over 4kT I_spec/U_t. */
    private static double shot(double x) {
        return Math.abs(x) / 2;
    }

    /** The mean of q along a channel, by {@code I dx ∝ (2q + 1) dq}. */
    private static double meanCharge(double a, double b) {
        double sum = a + b;
        return sum == 0 ? 0 : (2.0 / 3 * (a * a + a * b + b * b) + 0.5 * sum) / (1 + sum);
    }
}
