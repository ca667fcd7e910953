package org.vmmlib.devices.flash;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.crossbar.ArrayCells;
import org.vmmlib.core.crossbar.Topology;
import org.vmmlib.core.physics.Ekv;

/** Floating-gate cells on the charge-based law. */
final class ChargeBasedCells implements ArrayCells {

    private final Channel channel;
    private final int rows;
    private final int columns;

    /** −κ threshold / U_t of each cell. */
    private final double[] offsets;

    /** Two rows of a thread. */
    private final ThreadLocal<double[][]> scratch;

    ChargeBasedCells(Channel channel, DMatrixRMaj thresholds) {
        this.channel = channel;
        rows = thresholds.numRows;
        columns = thresholds.numCols;
        offsets = new double[rows * columns];
        for (int k = 0; k < offsets.length; k++) {
            offsets[k] = -channel.gateSlope() * thresholds.data[k];
        }
        scratch = ThreadLocal.withInitial(() -> new double[2][columns]);
    }

    @Override
    public Topology topology() {
        return Topology.GATE_DRIVEN;
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
        double scale = channel.specificCurrent();
        double slopeScale = scale * perVolt;
        double base = channel.gateSlope() * (gate - channel.referenceThreshold());
        boolean saturation = channel.saturation();
        int first = row * columns;
        // The slopes' rows hold first what the charges are of; the current, the pinch-off voltage.
        for (int j = 0; j < columns; j++) {
            double pinchOff = base + offsets[first + j];
            if (kappaSigma != 0) {
                double across = vColumn[j] - vRow[j];
                double root = Math.sqrt(across * across + thermal * thermal);
                pinchOff += kappaSigma * perVolt * (across * across / (root + thermal));
            }
            current[j] = pinchOff;
            slopeColumn[j] = pinchOff - vRow[j] * perVolt;
        }
        Ekv.charges(slopeColumn, slopeRow, columns);
        if (!saturation) {
            Arrays.fill(slopeColumn, 0, columns, 0);
        } else {
            for (int j = 0; j < columns; j++) {
                current[j] -= vColumn[j] * perVolt;
            }
            Ekv.charges(current, slopeColumn, columns);
        }
        for (int j = 0; j < columns; j++) {
            double forward = slopeRow[j];
            double reverse = slopeColumn[j];
            double net = forward - reverse;
            double coupling = 0;
            if (kappaSigma != 0) {
                double across = vColumn[j] - vRow[j];
                coupling = kappaSigma * across / Math.sqrt(across * across + thermal * thermal);
            }
            current[j] = -scale * (net * (1 + forward + reverse));
            slopeRow[j] = slopeScale * (forward + coupling * net);
            slopeColumn[j] = -slopeScale * (reverse + coupling * net);
        }
    }

    /** Thermal noise of the channels' charges, shot noise in weak inversion; see {@link Channel#chargeNoise}. */
    @Override
    public void noise(int row, double gate, double[] vRow, double[] vColumn, double[] density) {
        if (gate == Double.NEGATIVE_INFINITY) {
            Arrays.fill(density, 0, columns, 0);
            return;
        }
        double perVolt = 1 / channel.thermalVoltage();
        double base = channel.gateSlope() * (gate - channel.referenceThreshold());
        double[][] at = scratch.get();
        double[] forward = at[0];
        int first = row * columns;
        for (int j = 0; j < columns; j++) {
            forward[j] = base + offsets[first + j] - vRow[j] * perVolt;
        }
        if (channel.dibl() != 0) {
            for (int j = 0; j < columns; j++) {
                forward[j] += channel.drainSlope() * channel.drainEffect(vColumn[j] - vRow[j]);
            }
        }
        channel.chargeNoise(columns, forward, vRow, vColumn, at[1], density);
    }
}
