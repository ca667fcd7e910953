package org.vmmlib.core.crossbar.solve;

import java.util.Arrays;

/**
 * Adjoint solves of the linearised network, {@link Factors#WIDTH} outputs at a time. Scratch of one thread.
 *
 * <p>An output is a weighted sum of terminal currents. Let μ of a node be what a current injected there adds to the
 * output: the weight of the terminal at a terminal, and {@code Jᵀμ = 0} at every other node, J being the Jacobian of
 * all nodes. It is the voltage of a reciprocal network whose terminals are at the weights, so it is found like the
 * voltages of an {@link OperatingPoint}: as the deviation from the line's terminal, held as the sum of two numbers, and
 * refined by what is left of the equations branch by branch, often enough for branches that differ by twelve decades. A
 * current injected from the row to the column of a cell adds {@code μ_column − μ_row}.
 */
final class Sensitivity {

    private static final int WIDTH = Factors.WIDTH;
    private static final int ROUNDS = 4;

    private final int rows;
    private final int columns;
    private final double[] high;
    private final double[] low;
    private final double[] rest;
    /** Weights of the lines, rows first, by output. */
    private final double[][] weights;

    Sensitivity(int rows, int columns) {
        this.rows = rows;
        this.columns = columns;
        int unknowns = 2 * rows * columns;
        high = new double[WIDTH * unknowns];
        low = new double[WIDTH * unknowns];
        rest = new double[WIDTH * unknowns];
        weights = new double[WIDTH][rows + columns];
    }

    /** Forgets all outputs. */
    void clear() {
        for (double[] of : weights) {
            Arrays.fill(of, 0);
        }
    }

    /**
     * Sets the weights of an output.
     *
     * @param output which one, below {@link Factors#WIDTH}
     * @param from first of the weights of the sensed lines
     * @param columnsSensed whether those are the columns, or else the rows
     */
    void weigh(int output, double[] values, int from, boolean columnsSensed) {
        if (columnsSensed) {
            System.arraycopy(values, from, weights[output], rows, columns);
        } else {
            System.arraycopy(values, from, weights[output], 0, rows);
        }
    }

    /** Solves for all outputs. */
    void solve(Network network, Factors factors, double[] slopeRow, double[] slopeColumn) {
        int count = WIDTH * network.unknowns;
        Arrays.fill(high, 0, count, 0);
        Arrays.fill(low, 0, count, 0);
        for (int round = 0; round < ROUNDS; round++) {
            Arrays.fill(rest, 0, count, 0);
            subtractBranches(network, slopeRow, slopeColumn);
            factors.solveTransposedWide(rest);
            for (int u = 0; u < count; u++) {
                double sum = high[u] + rest[u];
                double part = sum - high[u];
                double error = ((high[u] - (sum - part)) + (rest[u] - part)) + low[u];
                high[u] = sum + error;
                low[u] = error - (high[u] - sum);
            }
        }
    }

    private void subtractBranches(Network network, double[] slopeRow, double[] slopeColumn) {
        for (int w = 0; w < network.wireFrom.length; w++) {
            double g = network.wireConductance[w];
            int a = network.wireFrom[w] * WIDTH;
            int b = network.wireTo[w] * WIDTH;
            for (int k = 0; k < WIDTH; k++) {
                if (b < 0) {
                    rest[a + k] -= g * (high[a + k] + low[a + k]);
                } else {
                    double part = g * ((high[a + k] - high[b + k]) + (low[a + k] - low[b + k]));
                    rest[a + k] -= part;
                    rest[b + k] += part;
                }
            }
        }
        int cells = network.cellEntry.length;
        for (int c = 0; c < cells; c++) {
            int a = network.node[c];
            int b = network.node[cells + c];
            for (int k = 0; k < WIDTH; k++) {
                double response = response(network, c, k);
                if (a != Network.TERMINAL) {
                    rest[a * WIDTH + k] += slopeRow[c] * response;
                }
                if (b != Network.TERMINAL) {
                    rest[b * WIDTH + k] += slopeColumn[c] * response;
                }
            }
        }
    }

    /** What a current injected from row to column of a cell adds to an output: μ_column − μ_row. */
    private double response(Network network, int c, int output) {
        int cells = network.cellEntry.length;
        int a = network.node[c] * WIDTH + output;
        int b = network.node[cells + c] * WIDTH + output;
        double atRow = network.attached[c] ? weights[output][c / columns] : 0;
        double atColumn = network.attached[cells + c] ? weights[output][rows + c % columns] : 0;
        if (a < 0 && b < 0) {
            return atColumn - atRow;
        }
        // Each μ as the sum of two numbers without rounding (Knuth's TwoSum), then their difference.
        double d = b < 0 ? 0 : high[b];
        double top = atColumn + d;
        double part = top - atColumn;
        double less = ((atColumn - (top - part)) + (d - part)) + (b < 0 ? 0 : low[b]);
        double e = a < 0 ? 0 : high[a];
        double bottom = atRow + e;
        part = bottom - atRow;
        less -= ((atRow - (bottom - part)) + (e - part)) + (a < 0 ? 0 : low[a]);
        return (top - bottom) + less;
    }

    /** Writes the responses of an output, N·M values from an element on. */
    void responses(Network network, int output, double[] out, int outFrom) {
        int cells = network.cellEntry.length;
        for (int c = 0; c < cells; c++) {
            out[outFrom + c] = response(network, c, output);
        }
    }

    /**
     * Writes ∂I_j/∂v_j of all columns: raising the voltage of a terminal acts like injecting, in parallel with each
     * cell of the column, its slope times the voltage. One adjoint solve per column.
     */
    void columnSlopes(
            Network network, Factors factors, double[] slopeRow, double[] slopeColumn, double[] out, int outFrom) {
        int bits = network.cellEntry.length;
        for (int first = 0; first < columns; first += WIDTH) {
            int end = Math.min(columns, first + WIDTH);
            clear();
            for (int j = first; j < end; j++) {
                weights[j - first][rows + j] = 1;
            }
            solve(network, factors, slopeRow, slopeColumn);
            for (int j = first; j < end; j++) {
                double sum = 0;
                for (int c = j; c < bits; c += columns) {
                    if (network.attached[bits + c]) {
                        sum += slopeColumn[c] * response(network, c, j - first);
                    }
                }
                out[outFrom + j] = sum;
            }
        }
    }
}
