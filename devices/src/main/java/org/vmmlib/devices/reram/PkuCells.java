package org.vmmlib.devices.reram;

import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.crossbar.ArrayCells;

/**
 * Cells with a hopping gap in series with a filament, and hopping beside it:
 * {@code i = I_g sinh(u/V) + I_1 sinh(v/V)}, {@code v = u + R I_g sinh(u/V)}; without a gap {@code i = v/R + …}.
 */
final class PkuCells implements ArrayCells {

    /** Above this multiple of the voltage scale the law goes on as its tangent. */
    private static final double LIMIT = 60;

    private static final int MOST_STEPS = 60;

    private final int rows;
    private final int columns;
    private final double scale;
    private final double temperature;
    /** I_g, amperes; negative: no gap. */
    private final double[] gap;
    /** R, ohms. */
    private final double[] filament;
    /** I_1, amperes. */
    private final double[] beside;

    PkuCells(PkuReram law, DMatrixRMaj gaps, DMatrixRMaj widths, double temperature) {
        rows = gaps.numRows;
        columns = gaps.numCols;
        scale = law.voltageScale();
        this.temperature = temperature;
        int cells = rows * columns;
        gap = new double[cells];
        filament = new double[cells];
        beside = new double[cells];
        for (int k = 0; k < cells; k++) {
            gap[k] = gaps.data[k] == 0 ? -1 : law.gapCurrent(gaps.data[k], widths.data[k]);
            filament[k] = law.filamentResistance(gaps.data[k], widths.data[k]);
            beside[k] = law.currentBeside(widths.data[k]);
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
    public void evaluate(
            int row,
            double gate,
            double[] vRow,
            double[] vColumn,
            double[] current,
            double[] slopeRow,
            double[] slopeColumn) {
        int first = row * columns;
        for (int j = 0; j < columns; j++) {
            int k = first + j;
            double voltage = vRow[j] - vColumn[j];
            double largest = LIMIT * scale;
            double within = Math.max(-largest, Math.min(largest, voltage));
            double x = within / scale;
            double slope = beside[k] * Math.cosh(x) / scale;
            double sum = beside[k] * Math.sinh(x);
            if (gap[k] < 0) {
                sum += within / filament[k];
                slope += 1 / filament[k];
            } else {
                double u = acrossGap(within, gap[k], filament[k], scale);
                double hop = gap[k] * Math.cosh(u / scale) / scale;
                sum += gap[k] * Math.sinh(u / scale);
                slope += hop / (1 + filament[k] * hop);
            }
            current[j] = sum + slope * (voltage - within);
            slopeRow[j] = slope;
            slopeColumn[j] = -slope;
        }
    }

    /**
     * The part u of a voltage v that lies across the gap, {@code u + R I sinh(u/V) = v}: Newton from above on a convex
     * function, which converges without a safeguard.
     */
    static double acrossGap(double v, double gap, double filament, double scale) {
        double size = Math.abs(v);
        double most = size;
        double drop = filament * gap;
        if (drop > 0) {
            double y = size / drop;
            most = Math.min(most, scale * Math.log(y + Math.sqrt(y * y + 1)));
        }
        double u = most;
        for (int step = 0; step < MOST_STEPS; step++) {
            double x = u / scale;
            double change = (u + drop * Math.sinh(x) - size) / (1 + drop / scale * Math.cosh(x));
            u -= change;
            if (Math.abs(change) <= 4e-16 * u) {
                break;
            }
        }
        return Math.copySign(u, v);
    }

    /** Barrier noise of each cell at its chord conductance. */
    @Override
    public void noiseDensity(
            DMatrixRMaj drives, double columnVoltage, DMatrixRMaj columnCurrents, DMatrixRMaj density) {
        Chords.barrierNoise(this, drives, columnVoltage, temperature, density);
    }
}
