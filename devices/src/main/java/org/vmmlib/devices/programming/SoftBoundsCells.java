package org.vmmlib.devices.programming;

import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.check.Require;
import org.vmmlib.core.crossbar.StatePlane;
import org.vmmlib.core.random.RandomStream;

/** One array of cells with soft bounds. */
final class SoftBoundsCells implements SwitchingCells {

    private final SoftBoundsResponse.Builder device;
    private final int rows;
    private final int columns;
    /** Threshold of each cell over the mean. */
    private final double[] relative;

    private final RandomStream cycles;

    SoftBoundsCells(SoftBoundsResponse.Builder device, Die die, int rows, int columns) {
        this.device = device;
        this.rows = Require.within("rows", rows, 1, 1 << 20);
        this.columns = Require.within("columns", columns, 1, 1 << 20);
        double spread = device.thresholdSpread;
        // A log-normal number of mean 1 and standard deviation s has ln-variance ln(1 + s²) and ln-mean −half of that.
        double variance = Math.log1p(spread * spread);
        relative = die.mismatch(SoftBoundsResponse.THRESHOLDS, Math.sqrt(variance), Math.multiplyExact(rows, columns));
        for (int k = 0; k < relative.length; k++) {
            relative[k] = StrictMath.exp(relative[k] - 0.5 * variance);
        }
        cycles = die.stream(SoftBoundsResponse.CYCLES);
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
    public double threshold(int row, int column, boolean up) {
        Require.within("row", row, 0, rows - 1);
        Require.within("column", column, 0, columns - 1);
        return relative[row * columns + column] * (up ? device.up : device.down).threshold();
    }

    @Override
    public void pulse(DMatrixRMaj voltages, double width, long pulse, DMatrixRMaj states) {
        Require.shape("voltages", voltages, rows, columns);
        Require.shape("states", states, rows, columns);
        Require.positive("width", width);
        StatePlane plane = device.plane;
        double span = plane.high() - plane.low();
        double duration = width / device.width;
        RandomStream errors = cycles.call(pulse);
        for (int k = 0; k < relative.length; k++) {
            double voltage = voltages.data[k];
            boolean up = voltage > 0;
            SwitchingBranch branch = up ? device.up : device.down;
            double strength = branch.strength(Math.abs(voltage), relative[k] * branch.threshold(), device.exponent);
            if (strength > 0) {
                double x = Math.max(0, Math.min(1, (states.data[k] - plane.low()) / span));
                double step = branch.step(up ? x : 1 - x, duration * strength);
                if (device.cycleSpread > 0) {
                    step *= 1 + device.cycleSpread * errors.gaussian(k);
                }
                double next = plane.low() + span * (up ? x + step : x - step);
                states.data[k] = Math.max(plane.low(), Math.min(plane.high(), next));
            }
        }
    }
}
