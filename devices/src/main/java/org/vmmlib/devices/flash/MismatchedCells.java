package org.vmmlib.devices.flash;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.crossbar.ArrayCells;
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
    private final double[] slopes;

    MismatchedCells(Channel channel, DMatrixRMaj thresholds, DMatrixRMaj ratios) {
        this.channel = channel;
        this.thresholds = thresholds;
        slopes = new double[thresholds.getNumElements()];
        for (int k = 0; k < slopes.length; k++) {
            slopes[k] = ratios.data[k] * channel.gateSlope();
        }
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
        double thermal = channel.thermalVoltage();
        double perVolt = 1 / thermal;
        double scale = channel.specificCurrent();
        double sigma = channel.dibl();
        double above = gate - channel.referenceThreshold();
        boolean inversion = channel.inversion();
        boolean saturation = channel.saturation();
        int first = row * columns;
        for (int j = 0; j < columns; j++) {
            double source = vRow[j];
            double drain = vColumn[j];
            double across = drain - source;
            double root = Math.sqrt(across * across + thermal * thermal);
            double lift = sigma * (across * across / (root + thermal));
            double slope = slopes[first + j];
            double pinchOff = slope * (above - thresholds.data[first + j] + lift);
            double coupling = slope * thermal * sigma * across / root;
            double atSource = pinchOff - source * perVolt;
            double atDrain = pinchOff - drain * perVolt;
            double forward;
            double reverse = 0;
            double net;
            if (inversion) {
                forward = Ekv.charge(atSource);
                reverse = saturation ? Ekv.charge(atDrain) : 0;
                net = (forward - reverse) * (1 + forward + reverse);
            } else {
                forward = Math.exp(Math.min(atSource, LIMIT));
                net = atSource > LIMIT ? forward * (1 + atSource - LIMIT) : forward;
                if (saturation) {
                    reverse = Math.exp(Math.min(atDrain, LIMIT));
                    net -= atDrain > LIMIT ? reverse * (1 + atDrain - LIMIT) : reverse;
                }
            }
            double difference = coupling * (forward - reverse);
            current[j] = -scale * net;
            slopeRow[j] = scale * perVolt * (forward + difference);
            slopeColumn[j] = -scale * perVolt * (reverse + difference);
        }
    }

    @Override
    public void noiseDensity(
            DMatrixRMaj drives, double columnVoltage, DMatrixRMaj columnCurrents, DMatrixRMaj density) {
        channel.noiseDensity(columnVoltage, columnCurrents, density);
    }
}
