package org.vmmlib.devices.reram;

import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.crossbar.ArrayCells;
import org.vmmlib.core.crossbar.Topology;

/**
 * Cells of the JART model: within the smallest voltage a quartic that joins the branches of either sign with current and
 * slope, above the largest voltage the tangent.
 */
final class JartCells implements ArrayCells {

    private static final int PIECES = 8;

    private final DMatrixRMaj densities;
    private final double temperature;
    private final double least;
    private final double most;

    /** Cell by cell: four coefficients of i/v around 0, then current and slope at −most and at +most. */
    private final double[] pieces;

    JartCells(DMatrixRMaj densities, double temperature, double least, double most) {
        this.densities = densities;
        this.temperature = temperature;
        this.least = least;
        this.most = most;
        pieces = new double[PIECES * densities.getNumElements()];
        for (int k = 0; k < densities.getNumElements(); k++) {
            join(densities.data[k], PIECES * k);
        }
    }

    /** i/v as a cubic in t = v/least with the values and slopes of both ends. */
    private void join(double density, int at) {
        double[] current = new double[4];
        double[] slope = new double[4];
        double[] voltages = {-least, least, -most, most};
        for (int j = 0; j < 4; j++) {
            JartCell.solve(density, voltages[j], temperature, j, current, slope, new double[4]);
        }
        double below = -current[0] / least;
        // d(i/v)/dt = (di/dv − i/v) at t = 1, and the opposite at t = −1.
        double belowSlope = below - slope[0];
        double above = current[1] / least;
        double aboveSlope = slope[1] - above;
        double mean = 0.5 * (above + below);
        double half = 0.5 * (above - below);
        double evenSlope = 0.5 * (aboveSlope - belowSlope);
        double oddSlope = 0.5 * (aboveSlope + belowSlope);
        pieces[at] = mean - 0.5 * evenSlope;
        pieces[at + 1] = 1.5 * half - 0.5 * oddSlope;
        pieces[at + 2] = 0.5 * evenSlope;
        pieces[at + 3] = 0.5 * (oddSlope - half);
        pieces[at + 4] = current[2];
        pieces[at + 5] = slope[2];
        pieces[at + 6] = current[3];
        pieces[at + 7] = slope[3];
    }

    @Override
    public Topology topology() {
        return Topology.SOURCE_DRIVEN;
    }

    @Override
    public int rows() {
        return densities.numRows;
    }

    @Override
    public int columns() {
        return densities.numCols;
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
        int columns = densities.numCols;
        for (int j = 0; j < columns; j++) {
            int k = row * columns + j;
            int at = PIECES * k;
            double voltage = vRow[j] - vColumn[j];
            double slope;
            if (Math.abs(voltage) < least) {
                double t = voltage / least;
                double c0 = pieces[at];
                double c1 = pieces[at + 1];
                double c2 = pieces[at + 2];
                double c3 = pieces[at + 3];
                current[j] = voltage * (c0 + t * (c1 + t * (c2 + t * c3)));
                slope = c0 + t * (2 * c1 + t * (3 * c2 + t * 4 * c3));
            } else if (Math.abs(voltage) < most) {
                JartCell.solve(densities.data[k], voltage, temperature, j, current, slopeRow, slopeColumn);
                slope = slopeRow[j];
            } else {
                int end = voltage < 0 ? at + 4 : at + 6;
                slope = pieces[end + 1];
                current[j] = pieces[end] + slope * (voltage - Math.copySign(most, voltage));
            }
            slopeRow[j] = slope;
            slopeColumn[j] = -slope;
        }
    }

    /** Barrier noise of each cell at its chord conductance. */
    @Override
    public void noise(int row, double gate, double[] vRow, double[] vColumn, double[] density) {
        Chords.barrierNoise(this, row, vRow, vColumn, temperature, density);
    }
}
