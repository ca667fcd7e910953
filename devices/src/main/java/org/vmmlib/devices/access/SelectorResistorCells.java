package org.vmmlib.devices.access;

import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.crossbar.ArrayCells;
import org.vmmlib.core.crossbar.Topology;
import org.vmmlib.core.physics.SinhInSeries;
import org.vmmlib.core.physics.WhiteNoise;

/**
 * Cells with {@code I = I_0 sinh t = g (V − V_0 t)}, V the voltage from row to column; see {@link SinhInSeries}, ρ = g V_0/I_0
 * and T = |V|/V_0. For the noise: {@code h(t) = sinh t + ρ (t − T)} is increasing and convex for t above 0; T and asinh(ρT)
 * both lie above its root, and Newton's steps from the smaller of them fall to it.
 */
final class SelectorResistorCells implements ArrayCells {

    private final DMatrixRMaj conductances;
    private final double scaleCurrent;
    private final double scaleVoltage;
    private final double temperature;

    /** ρ of each cell, and the logarithms of {@link SinhInSeries}. */
    private final double[][] ratios;

    private final double[][] logarithms;
    private final ThreadLocal<SinhInSeries> rows;

    SelectorResistorCells(DMatrixRMaj conductances, double scaleCurrent, double scaleVoltage, double temperature) {
        this.conductances = conductances;
        this.scaleCurrent = scaleCurrent;
        this.scaleVoltage = scaleVoltage;
        this.temperature = temperature;
        int columns = conductances.numCols;
        ratios = new double[conductances.numRows][columns];
        logarithms = new double[conductances.numRows][columns];
        for (int i = 0; i < conductances.numRows; i++) {
            for (int j = 0; j < columns; j++) {
                ratios[i][j] = conductances.get(i, j) * scaleVoltage / scaleCurrent;
                logarithms[i][j] = SinhInSeries.logarithm(ratios[i][j]);
            }
        }
        rows = ThreadLocal.withInitial(() -> new SinhInSeries(columns));
    }

    @Override
    public Topology topology() {
        return Topology.SOURCE_DRIVEN;
    }

    @Override
    public int rows() {
        return conductances.numRows;
    }

    @Override
    public int columns() {
        return conductances.numCols;
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
        int columns = conductances.numCols;
        magnitudes(columns, vRow, vColumn, 1 / scaleVoltage, slopeColumn);
        rows.get().solve(columns, ratios[row], logarithms[row], slopeColumn, current, slopeRow);
        scale(columns, scaleCurrent, vRow, vColumn, current);
        double slopeScale = scaleCurrent / scaleVoltage;
        for (int j = 0; j < columns; j++) {
            slopeRow[j] = slopeScale * slopeRow[j];
            slopeColumn[j] = -slopeRow[j];
        }
    }

    private static void magnitudes(int count, double[] vRow, double[] vColumn, double perVolt, double[] out) {
        for (int j = 0; j < count; j++) {
            out[j] = Math.abs(vRow[j] - vColumn[j]) * perVolt;
        }
    }

    private static void scale(int count, double unit, double[] vRow, double[] vColumn, double[] current) {
        for (int j = 0; j < count; j++) {
            current[j] = Math.copySign(unit * current[j], vRow[j] - vColumn[j]);
        }
    }

    /** t of the selector, 0 or above, to 1e-10 or a rounding. */
    private double share(double g, double across) {
        double total = Math.abs(across) / scaleVoltage;
        double ratio = g * scaleVoltage / scaleCurrent;
        double pull = ratio * total;
        double t = pull < 1e-3 ? Math.min(total, pull) : Math.min(total, Math.log(pull + Math.sqrt(1 + pull * pull)));
        for (int k = 0; k < 60; k++) {
            double sinh = sinh(t);
            double step = (sinh + ratio * (t - total)) / (Math.sqrt(1 + sinh * sinh) + ratio);
            t = Math.max(0, t - step);
            if (Math.abs(step) <= 1e-5) {
                break;
            }
        }
        return t;
    }

    /** sinh t of t in [0, 700]: Taylor polynomial to 1, whose first term left out is 1/19! = 8e-18. */
    private static double sinh(double t) {
        if (t > 1) {
            double growing = Math.exp(t);
            return 0.5 * (growing - 1 / growing);
        }
        double s = t * t;
        double sum = 1 / 355687428096000.0;
        sum = sum * s + 1 / 1307674368000.0;
        sum = sum * s + 1 / 6227020800.0;
        sum = sum * s + 1 / 39916800.0;
        sum = sum * s + 1 / 362880.0;
        sum = sum * s + 1 / 5040.0;
        sum = sum * s + 1 / 120.0;
        sum = sum * s + 1 / 6.0;
        return t * (1 + sum * s);
    }

    /** 4kTg of the resistor and the selector's barrier, each as the series connection lets it out. */
    @Override
    public void noise(int row, double gate, double[] vRow, double[] vColumn, double[] density) {
        int columns = columns();
        for (int j = 0; j < columns; j++) {
            double g = conductances.data[row * columns + j];
            double t = share(g, vRow[j] - vColumn[j]);
            double sinh = sinh(t);
            double slope = scaleCurrent / scaleVoltage * Math.sqrt(1 + sinh * sinh);
            double chord = scaleCurrent / scaleVoltage * (t == 0 ? 1 : sinh / t);
            double ofResistor = slope / (g + slope);
            double ofSelector = g / (g + slope);
            density[j] = WhiteNoise.thermal(g, temperature) * ofResistor * ofResistor
                    + WhiteNoise.barrier(chord, scaleVoltage * t, temperature) * ofSelector * ofSelector;
        }
    }
}
