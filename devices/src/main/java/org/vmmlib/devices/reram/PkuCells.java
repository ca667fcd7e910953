package org.vmmlib.devices.reram;

import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.crossbar.ArrayCells;
import org.vmmlib.core.crossbar.Topology;
import org.vmmlib.core.kernel.RowFunctions;
import org.vmmlib.core.physics.SinhInSeries;

/**
 * Cells with a hopping gap in series with a filament, and hopping beside it:
 * {@code i = I_g sinh(u/V) + I_1 sinh(v/V)}, {@code v = u + R I_g sinh(u/V)}; without a gap {@code i = v/R + …}.
 */
final class PkuCells implements ArrayCells {

    /** Above this multiple of the voltage scale the law goes on as its tangent. */
    private static final double LIMIT = 60;

    private static final int MOST_STEPS = 60;

    /** A filament that conducts more than this multiple of the gap is none. */
    private static final double LARGEST_RATIO = 1e200;

    private final int rows;
    private final int columns;
    private final double scale;
    private final double temperature;

    /** I_g, amperes; 0 without a gap. */
    private final double[][] gap;

    /** V/(R I_g) and its logarithm of {@link SinhInSeries}; 1 without a gap. */
    private final double[][] ratio;

    private final double[][] logarithm;

    /** V/R without a gap, else 0, amperes. */
    private final double[][] bridged;

    /** I_1, amperes. */
    private final double[][] beside;

    private final ThreadLocal<Scratch> scratch;

    /** Rows of a thread. */
    private record Scratch(SinhInSeries series, double[] sinh, double[] cosh) {}

    PkuCells(PkuReram law, DMatrixRMaj gaps, DMatrixRMaj widths, double temperature) {
        rows = gaps.numRows;
        columns = gaps.numCols;
        scale = law.voltageScale();
        this.temperature = temperature;
        gap = new double[rows][columns];
        ratio = new double[rows][columns];
        logarithm = new double[rows][columns];
        bridged = new double[rows][columns];
        beside = new double[rows][columns];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                double length = gaps.get(i, j);
                double width = widths.get(i, j);
                double filament = law.filamentResistance(length, width);
                ratio[i][j] = 1;
                if (length == 0) {
                    bridged[i][j] = scale / filament;
                } else {
                    gap[i][j] = law.gapCurrent(length, width);
                    ratio[i][j] = Math.min(LARGEST_RATIO, scale / (filament * gap[i][j]));
                }
                logarithm[i][j] = SinhInSeries.logarithm(ratio[i][j]);
                beside[i][j] = law.currentBeside(width);
            }
        }
        int length = columns;
        scratch = ThreadLocal.withInitial(
                () -> new Scratch(new SinhInSeries(length), new double[length], new double[length]));
    }

    @Override
    public Topology topology() {
        return Topology.SOURCE_DRIVEN;
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
        Scratch at = scratch.get();
        double perVolt = 1 / scale;
        sizes(columns, vRow, vColumn, perVolt, slopeColumn);
        at.series.solve(columns, ratio[row], logarithm[row], slopeColumn, current, slopeRow);
        RowFunctions.sinhAndCosh(columns, slopeColumn, at.sinh, at.cosh);
        sum(columns, gap[row], beside[row], at.sinh, current);
        sum(columns, gap[row], beside[row], at.cosh, slopeRow);
        extend(columns, bridged[row], slopeColumn, vRow, vColumn, perVolt, current, slopeRow);
        for (int j = 0; j < columns; j++) {
            slopeRow[j] *= perVolt;
            slopeColumn[j] = -slopeRow[j];
        }
    }

    private static void sizes(int count, double[] vRow, double[] vColumn, double perVolt, double[] out) {
        for (int j = 0; j < count; j++) {
            out[j] = Math.min(LIMIT, Math.abs(vRow[j] - vColumn[j]) * perVolt);
        }
    }

    private static void sum(int count, double[] gap, double[] beside, double[] ofBeside, double[] out) {
        for (int j = 0; j < count; j++) {
            out[j] = gap[j] * out[j] + beside[j] * ofBeside[j];
        }
    }

    /** Adds what flows without a gap, and the tangent beyond the limit, and gives currents their sign. */
    private static void extend(
            int count,
            double[] bridged,
            double[] size,
            double[] vRow,
            double[] vColumn,
            double perVolt,
            double[] current,
            double[] slope) {
        for (int j = 0; j < count; j++) {
            double voltage = vRow[j] - vColumn[j];
            slope[j] += bridged[j];
            double beyond = Math.abs(voltage) * perVolt - size[j];
            current[j] = Math.copySign(current[j] + bridged[j] * size[j] + slope[j] * beyond, voltage);
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
    public void noise(int row, double gate, double[] vRow, double[] vColumn, double[] density) {
        Chords.barrierNoise(this, row, vRow, vColumn, temperature, density);
    }
}
