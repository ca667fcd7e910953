package org.vmmlib.devices.flash;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.crossbar.ArrayCells;
import org.vmmlib.core.crossbar.Topology;
import org.vmmlib.core.physics.Constants;
import org.vmmlib.core.physics.Ekv;

/**
 * Floating-gate cells each of which has its own gate efficiency, on either law. Exponents of the exponential law above
 * {@link #LIMIT} continue as straight lines.
 */
final class MismatchedCells implements ArrayCells {

    private static final double LIMIT = 100;

    private final Channel channel;
    private final DMatrixRMaj thresholds;

    /** κ of each cell over U_t. */
    private final double[][] slopes;

    /** Thresholds of the cells. */
    private final double[][] own;

    /** Two rows of a thread. */
    private final ThreadLocal<double[][]> scratch;

    MismatchedCells(Channel channel, DMatrixRMaj thresholds, DMatrixRMaj ratios) {
        this.channel = channel;
        this.thresholds = thresholds;
        int columns = thresholds.numCols;
        slopes = new double[thresholds.numRows][columns];
        own = new double[thresholds.numRows][columns];
        for (int i = 0; i < thresholds.numRows; i++) {
            for (int j = 0; j < columns; j++) {
                slopes[i][j] = ratios.get(i, j) * channel.gateSlope();
                own[i][j] = thresholds.get(i, j);
            }
        }
        scratch = ThreadLocal.withInitial(() -> new double[2][columns]);
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
        if (channel.inversion()) {
            chargeBased(row, gate, vRow, vColumn, current, slopeRow, slopeColumn);
        } else {
            exponential(row, gate, vRow, vColumn, current, slopeRow, slopeColumn);
        }
    }

    private void chargeBased(
            int row,
            double gate,
            double[] vRow,
            double[] vColumn,
            double[] current,
            double[] slopeRow,
            double[] slopeColumn) {
        int columns = thresholds.numCols;
        double thermal = channel.thermalVoltage();
        double perVolt = 1 / thermal;
        double sigma = channel.dibl();
        double[] slope = slopes[row];
        // The slopes' rows hold first what the charges are of; the current, the pinch-off voltage.
        lower(columns, sigma, thermal, vRow, vColumn, current);
        pinchOff(columns, slope, own[row], gate - channel.referenceThreshold(), current);
        below(columns, current, vRow, perVolt, slopeColumn);
        Ekv.charges(slopeColumn, slopeRow, columns);
        if (channel.saturation()) {
            below(columns, current, vColumn, perVolt, current);
            Ekv.charges(current, slopeColumn, columns);
        } else {
            Arrays.fill(slopeColumn, 0, columns, 0);
        }
        net(columns, -channel.specificCurrent(), slopeRow, slopeColumn, current);
        double scale = channel.specificCurrent() * perVolt;
        for (int j = 0; j < columns; j++) {
            double across = vColumn[j] - vRow[j];
            double coupling = slope[j] * thermal * sigma * across / Math.sqrt(across * across + thermal * thermal);
            double difference = coupling * (slopeRow[j] - slopeColumn[j]);
            slopeRow[j] = scale * (slopeRow[j] + difference);
            slopeColumn[j] = -scale * (slopeColumn[j] + difference);
        }
    }

    private static void lower(int count, double sigma, double thermal, double[] vRow, double[] vColumn, double[] out) {
        for (int j = 0; j < count; j++) {
            double across = vColumn[j] - vRow[j];
            double root = Math.sqrt(across * across + thermal * thermal);
            out[j] = sigma * (across * across / (root + thermal));
        }
    }

    private static void pinchOff(int count, double[] slope, double[] own, double above, double[] out) {
        for (int j = 0; j < count; j++) {
            out[j] = slope[j] * (above - own[j] + out[j]);
        }
    }

    private static void below(int count, double[] pinchOff, double[] voltage, double perVolt, double[] out) {
        for (int j = 0; j < count; j++) {
            out[j] = pinchOff[j] - voltage[j] * perVolt;
        }
    }

    private static void net(int count, double scale, double[] forward, double[] reverse, double[] out) {
        for (int j = 0; j < count; j++) {
            out[j] = scale * ((forward[j] - reverse[j]) * (1 + forward[j] + reverse[j]));
        }
    }

    private void exponential(
            int row,
            double gate,
            double[] vRow,
            double[] vColumn,
            double[] current,
            double[] slopeRow,
            double[] slopeColumn) {
        int columns = thresholds.numCols;
        double thermal = channel.thermalVoltage();
        double perVolt = 1 / thermal;
        double scale = channel.specificCurrent();
        double sigma = channel.dibl();
        double above = gate - channel.referenceThreshold();
        boolean saturation = channel.saturation();
        for (int j = 0; j < columns; j++) {
            double source = vRow[j];
            double drain = vColumn[j];
            double across = drain - source;
            double root = Math.sqrt(across * across + thermal * thermal);
            double lift = sigma * (across * across / (root + thermal));
            double slope = slopes[row][j];
            double pinchOff = slope * (above - own[row][j] + lift);
            double coupling = slope * thermal * sigma * across / root;
            double atSource = pinchOff - source * perVolt;
            double forward = Math.exp(Math.min(atSource, LIMIT));
            double net = atSource > LIMIT ? forward * (1 + atSource - LIMIT) : forward;
            double reverse = 0;
            if (saturation) {
                double atDrain = pinchOff - drain * perVolt;
                reverse = Math.exp(Math.min(atDrain, LIMIT));
                net -= atDrain > LIMIT ? reverse * (1 + atDrain - LIMIT) : reverse;
            }
            double difference = coupling * (forward - reverse);
            current[j] = -scale * net;
            slopeRow[j] = scale * perVolt * (forward + difference);
            slopeColumn[j] = -scale * perVolt * (reverse + difference);
        }
    }

    /** As of the cells without mismatch, {@link ChargeBasedCells} and {@link ExponentialCells}. */
    @Override
    public void noise(int row, double gate, double[] vRow, double[] vColumn, double[] density) {
        int columns = thresholds.numCols;
        if (gate == Double.NEGATIVE_INFINITY) {
            Arrays.fill(density, 0, columns, 0);
            return;
        }
        double thermal = channel.thermalVoltage();
        double perVolt = 1 / thermal;
        double[][] at = scratch.get();
        double[] forward = at[0];
        lower(columns, channel.dibl(), thermal, vRow, vColumn, forward);
        pinchOff(columns, slopes[row], own[row], gate - channel.referenceThreshold(), forward);
        below(columns, forward, vRow, perVolt, forward);
        if (channel.inversion()) {
            channel.chargeNoise(columns, forward, vRow, vColumn, at[1], density);
            return;
        }
        double scale = 2 * Constants.ELEMENTARY_CHARGE * channel.specificCurrent();
        for (int j = 0; j < columns; j++) {
            double both = extended(forward[j]);
            if (channel.saturation()) {
                both += extended(forward[j] - (vColumn[j] - vRow[j]) * perVolt);
            }
            density[j] = scale * both;
        }
    }

    private static double extended(double v) {
        return v > LIMIT ? Math.exp(LIMIT) * (1 + v - LIMIT) : Math.exp(v);
    }

    /** On the exponential law, shot noise of the column's current. */
    @Override
    public void noiseDensity(
            DMatrixRMaj drives, double columnVoltage, DMatrixRMaj columnCurrents, DMatrixRMaj density) {
        if (channel.inversion()) {
            ArrayCells.super.noiseDensity(drives, columnVoltage, columnCurrents, density);
        } else {
            channel.noiseDensity(columnVoltage, columnCurrents, density);
        }
    }
}
