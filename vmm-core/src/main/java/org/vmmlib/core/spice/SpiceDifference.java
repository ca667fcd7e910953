package org.vmmlib.core.spice;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.check.Require;

/**
 * How far two results for the same array and vector are apart.
 *
 * <p>Currents are compared one by one, each relative to the larger of the two. A current counts as at least 1e-4 of the
 * sum of what the largest node voltage would drive through each of the line's cells at its slope: node voltages have 53
 * bits, so a current far below that is all rounding. Voltages are compared relative to the largest node voltage; nodes
 * that no terminal determines (NaN) are left out.
 *
 * @param sensed largest relative difference of the currents on the sensed side
 * @param driven largest relative difference of the currents on the driven side
 * @param nodes largest difference of the node voltages over the largest node voltage
 */
public record SpiceDifference(double sensed, double driven, double nodes) {

    private static final double LEAST_PART = 1e-4;

    /**
     * Compares two results.
     *
     * @param netlist the array and vector that both are of
     * @throws IllegalArgumentException if a result is of another shape
     */
    public static SpiceDifference between(SpiceResult a, SpiceResult b, Netlist netlist) {
        int n = netlist.rows();
        int m = netlist.columns();
        for (SpiceResult result : List.of(a, b)) {
            Require.shape("rowCurrents", result.rowCurrents(), 1, n);
            Require.shape("columnCurrents", result.columnCurrents(), 1, m);
            Require.shape("wordLines", result.wordLines(), n, m);
            Require.shape("bitLines", result.bitLines(), n, m);
        }
        double volts = Math.max(
                Math.max(largest(a.wordLines()), largest(b.wordLines())),
                Math.max(largest(a.bitLines()), largest(b.bitLines())));
        double[] rowSlopes = new double[n];
        double[] columnSlopes = new double[m];
        netlist.slopes(a, rowSlopes, columnSlopes);
        double rows = apart(a.rowCurrents(), b.rowCurrents(), LEAST_PART * volts, rowSlopes);
        double columns = apart(a.columnCurrents(), b.columnCurrents(), LEAST_PART * volts, columnSlopes);
        double nodes = Math.max(apart(a.wordLines(), b.wordLines(), volts), apart(a.bitLines(), b.bitLines(), volts));
        return netlist.rowsDriven()
                ? new SpiceDifference(columns, rows, nodes)
                : new SpiceDifference(rows, columns, nodes);
    }

    /** The largest of the three. */
    public double largest() {
        return Math.max(sensed, Math.max(driven, nodes));
    }

    /** Largest magnitude, without those that are not determined. */
    private static double largest(DMatrixRMaj values) {
        double most = 0;
        for (int k = 0; k < values.getNumElements(); k++) {
            if (Math.abs(values.data[k]) > most) {
                most = Math.abs(values.data[k]);
            }
        }
        return most;
    }

    /** Currents; one that is not a number is infinitely far from any other. */
    private static double apart(DMatrixRMaj a, DMatrixRMaj b, double volts, double[] slopes) {
        double most = 0;
        for (int k = 0; k < a.getNumElements(); k++) {
            double x = a.data[k];
            double y = b.data[k];
            if (x != y) {
                double counts = Math.max(volts * slopes[k], Math.max(Math.abs(x), Math.abs(y)));
                double part = Math.abs(x - y) / counts;
                most = Double.isNaN(part) ? Double.POSITIVE_INFINITY : Math.max(most, part);
            }
        }
        return most;
    }

    /** Voltages. */
    private static double apart(DMatrixRMaj a, DMatrixRMaj b, double volts) {
        double most = 0;
        for (int k = 0; k < a.getNumElements(); k++) {
            double difference = Math.abs(a.data[k] - b.data[k]);
            if (difference > 0) {
                most = Math.max(most, difference / volts);
            }
        }
        return most;
    }
}
