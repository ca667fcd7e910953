package org.vmmlib.devices.flash;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.crossbar.SeparableCells;
import org.vmmlib.core.physics.Constants;

/**
 * Floating-gate cells on the exponential law: gate, cell and line voltages are factors of the current. Exponents above
 * {@link #LIMIT} continue as straight lines, so that the law stays finite and monotone wherever an iteration tries it.
 */
final class ExponentialCells implements SeparableCells {

    /** e^100 is 2.6 V past pinch-off at room temperature. */
    private static final double LIMIT = 100;

    private final Channel channel;
    private final int rows;
    private final int columns;

    /** exp(−κ threshold / U_t) of each cell. */
    private final double[] weights;

    ExponentialCells(Channel channel, DMatrixRMaj thresholds) {
        this.channel = channel;
        rows = thresholds.numRows;
        columns = thresholds.numCols;
        weights = new double[rows * columns];
        for (int k = 0; k < weights.length; k++) {
            weights[k] = Math.exp(-channel.gateSlope() * thresholds.data[k]);
        }
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public int columns() {
        return columns;
    }

    @Override
    public double drive(double gate) {
        return channel.specificCurrent()
                * Math.exp(Math.min(channel.gateSlope() * (gate - channel.referenceThreshold()), LIMIT));
    }

    @Override
    public void factors(double[] vColumn, DMatrixRMaj factors) {
        factors.reshape(rows, columns);
        for (int j = 0; j < columns; j++) {
            double lowering = channel.drainSlope() * channel.drainEffect(vColumn[j]);
            double factor = extended(lowering)
                    - (channel.saturation() ? extended(lowering - vColumn[j] / channel.thermalVoltage()) : 0);
            for (int k = j; k < weights.length; k += columns) {
                factors.data[k] = weights[k] * factor;
            }
        }
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
        if (gate == Double.NEGATIVE_INFINITY) {
            Arrays.fill(current, 0, columns, 0);
            Arrays.fill(slopeRow, 0, columns, 0);
            Arrays.fill(slopeColumn, 0, columns, 0);
            return;
        }
        double thermal = channel.thermalVoltage();
        double perVolt = 1 / thermal;
        double kappaSigma = channel.kappa() * channel.dibl();
        double drive = drive(gate);
        boolean saturation = channel.saturation();
        int first = row * columns;
        for (int j = 0; j < columns; j++) {
            double source = vRow[j];
            double drain = vColumn[j];
            double lowering = 0;
            double coupling = 0;
            if (kappaSigma != 0) {
                double across = drain - source;
                double root = Math.sqrt(across * across + thermal * thermal);
                lowering = kappaSigma * perVolt * (across * across / (root + thermal));
                coupling = kappaSigma * across / root;
            }
            double scale = drive * weights[first + j];
            double v = lowering - source * perVolt;
            double forward = Math.exp(Math.min(v, LIMIT));
            double forwardCurrent = v > LIMIT ? forward * (1 + v - LIMIT) : forward;
            double reverse = 0;
            double reverseCurrent = 0;
            if (saturation) {
                v = lowering - drain * perVolt;
                reverse = Math.exp(Math.min(v, LIMIT));
                reverseCurrent = v > LIMIT ? reverse * (1 + v - LIMIT) : reverse;
            }
            double net = coupling * (forward - reverse);
            current[j] = -scale * (forwardCurrent - reverseCurrent);
            slopeRow[j] = scale * perVolt * (forward + net);
            slopeColumn[j] = -scale * perVolt * (reverse + net);
        }
    }

    private static double extended(double v) {
        return v > LIMIT ? Math.exp(LIMIT) * (1 + v - LIMIT) : Math.exp(v);
    }

    /** Shot noise of forward and reverse current. */
    @Override
    public void noise(int row, double gate, double[] vRow, double[] vColumn, double[] density) {
        if (gate == Double.NEGATIVE_INFINITY) {
            Arrays.fill(density, 0, columns, 0);
            return;
        }
        double perVolt = 1 / channel.thermalVoltage();
        double scale = 2 * Constants.ELEMENTARY_CHARGE * drive(gate);
        for (int j = 0; j < columns; j++) {
            double lowering = channel.drainSlope() * channel.drainEffect(vColumn[j] - vRow[j]);
            double both = extended(lowering - vRow[j] * perVolt)
                    + (channel.saturation() ? extended(lowering - vColumn[j] * perVolt) : 0);
            density[j] = scale * weights[row * columns + j] * both;
        }
    }

    @Override
    public void noiseDensity(
            DMatrixRMaj drives, double columnVoltage, DMatrixRMaj columnCurrents, DMatrixRMaj density) {
        channel.noiseDensity(columnVoltage, columnCurrents, density);
    }
}
