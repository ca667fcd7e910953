package org.vmmlib.core.crossbar.solve;

import java.util.Arrays;

/**
 * Adjoint solves of the linearised network, {@link Factors#WIDTH} at a time. Scratch of one thread.
 *
 * <p>An output {@code Y = Σ_j w_j I_j} is a weighted sum of cell currents over the lines that reach their terminal.
 * With c its gradient by the unknowns and J the Jacobian, {@code Jᵀλ = c} gives the response of Y to a current injected
 * from the row to the column of cell (i, j): {@code w_j − (λ_row − λ_column)}.
 *
 * <p>Like the voltages of an {@link OperatingPoint}, λ is held as the sum of two numbers, and refined by what is left of
 * the equations branch by branch: enough times for wires and cells that differ by twelve decades.
 */
final class Sensitivity {

    private static final int WIDTH = Factors.WIDTH;

    private static final int REFINEMENTS = 3;

    private final double[] gradient;
    private final double[] high;
    private final double[] low;
    private final double[] rest;

    Sensitivity(int nodes) {
        gradient = new double[WIDTH * nodes];
        high = new double[WIDTH * nodes];
        low = new double[WIDTH * nodes];
        rest = new double[WIDTH * nodes];
    }

    /** Forgets all outputs. */
    void clear(Network network) {
        Arrays.fill(gradient, 0, WIDTH * network.unknowns, 0);
    }

    /**
     * Adds the gradient of an output.
     *
     * @param slot which of the outputs, below {@link Factors#WIDTH}
     * @param weights weights of the sensed lines, from an element on. Not modified.
     * @param columnsSensed whether those are the columns, or else the rows
     */
    void output(
            Network network,
            int slot,
            double[] weights,
            int from,
            boolean columnsSensed,
            double[] slopeRow,
            double[] slopeColumn) {
        int cells = network.cellEntry.length;
        for (int c = 0; c < cells; c++) {
            cell(network, c, slot, direct(network, c, weights, from, columnsSensed), slopeRow, slopeColumn);
        }
    }

    private void cell(Network network, int c, int slot, double w, double[] slopeRow, double[] slopeColumn) {
        if (w == 0) {
            return;
        }
        int a = network.node[c];
        if (a != Network.TERMINAL) {
            gradient[a * WIDTH + slot] += w * slopeRow[c];
        }
        int b = network.node[network.cellEntry.length + c];
        if (b != Network.TERMINAL) {
            gradient[b * WIDTH + slot] += w * slopeColumn[c];
        }
    }

    /** By how much the current of a cell itself counts in an output. */
    private static double direct(Network network, int c, double[] weights, int from, boolean columnsSensed) {
        if (columnsSensed) {
            return network.attached[network.cellEntry.length + c] ? weights[from + c % network.columns] : 0;
        }
        return network.attached[c] ? -weights[from + c / network.columns] : 0;
    }

    /** Solves for the adjoints of all outputs. */
    void solve(Network network, Factors factors, double[] slopeRow, double[] slopeColumn) {
        int count = WIDTH * network.unknowns;
        System.arraycopy(gradient, 0, high, 0, count);
        Arrays.fill(low, 0, count, 0);
        factors.solveTransposedWide(high);
        for (int k = 0; k < REFINEMENTS; k++) {
            System.arraycopy(gradient, 0, rest, 0, count);
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

    /** Subtracts the product of the transposed Jacobian with the adjoints from the rest. */
    private void subtractBranches(Network network, double[] slopeRow, double[] slopeColumn) {
        for (int w = 0; w < network.wireFrom.length; w++) {
            double g = network.wireConductance[w];
            int a = network.wireFrom[w];
            int b = network.wireTo[w];
            for (int slot = 0; slot < WIDTH; slot++) {
                double part = g * difference(a, b, slot);
                rest[a * WIDTH + slot] -= part;
                if (b != Network.TERMINAL) {
                    rest[b * WIDTH + slot] += part;
                }
            }
        }
        int cells = network.cellEntry.length;
        for (int c = 0; c < cells; c++) {
            int a = network.node[c];
            int b = network.node[cells + c];
            for (int slot = 0; slot < WIDTH; slot++) {
                double drop = difference(a, b, slot);
                if (a != Network.TERMINAL) {
                    rest[a * WIDTH + slot] -= slopeRow[c] * drop;
                }
                if (b != Network.TERMINAL) {
                    rest[b * WIDTH + slot] -= slopeColumn[c] * drop;
                }
            }
        }
    }

    private double drop(Network network, int c, int slot) {
        return difference(network.node[c], network.node[network.cellEntry.length + c], slot);
    }

    private double difference(int a, int b, int slot) {
        int p = a * WIDTH + slot;
        int q = b * WIDTH + slot;
        if (a == Network.TERMINAL) {
            return b == Network.TERMINAL ? 0 : -high[q] - low[q];
        }
        return b == Network.TERMINAL ? high[p] + low[p] : (high[p] - high[q]) + (low[p] - low[q]);
    }

    /** Writes the responses of an output, N·M values from an element on. */
    void response(
            Network network, int slot, double[] weights, int from, boolean columnsSensed, double[] out, int outFrom) {
        int cells = network.cellEntry.length;
        for (int c = 0; c < cells; c++) {
            out[outFrom + c] = direct(network, c, weights, from, columnsSensed) - drop(network, c, slot);
        }
    }

    /**
     * Writes ∂I_j/∂v_j of all columns: raising the voltage of a terminal acts like injecting, in parallel with each
     * cell of the column, its slope times the voltage. One adjoint solve per column.
     */
    void columnSlopes(
            Network network, Factors factors, double[] slopeRow, double[] slopeColumn, double[] out, int outFrom) {
        int bits = network.cellEntry.length;
        for (int first = 0; first < network.columns; first += WIDTH) {
            int end = Math.min(network.columns, first + WIDTH);
            clear(network);
            for (int j = first; j < end; j++) {
                for (int c = j; c < bits; c += network.columns) {
                    cell(network, c, j - first, network.attached[bits + c] ? 1 : 0, slopeRow, slopeColumn);
                }
            }
            solve(network, factors, slopeRow, slopeColumn);
            for (int j = first; j < end; j++) {
                double sum = 0;
                for (int c = j; c < bits; c += network.columns) {
                    if (network.attached[bits + c]) {
                        sum += slopeColumn[c] * (1 - drop(network, c, j - first));
                    }
                }
                out[outFrom + j] = sum;
            }
        }
    }
}
