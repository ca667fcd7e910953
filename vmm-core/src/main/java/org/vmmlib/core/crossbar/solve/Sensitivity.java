package org.vmmlib.core.crossbar.solve;

import java.util.Arrays;

/**
 * Adjoint solves of the linearised network, {@link Factors#WIDTH} at a time, with one step of iterative refinement.
 * Scratch of one thread.
 *
 * <p>An output {@code Y = Σ_j w_j I_j} is a weighted sum of cell currents over the lines that reach their terminal.
 * With c its gradient by the unknowns and J the Jacobian, {@code Jᵀλ = c} gives the response of Y to a current injected
 * from the row to the column of cell (i, j): {@code w_j − (λ_row − λ_column)}.
 */
final class Sensitivity {

    private static final int WIDTH = Factors.WIDTH;

    private final double[] adjoint;
    private final double[] rest;

    Sensitivity(int nodes) {
        adjoint = new double[WIDTH * nodes];
        rest = new double[WIDTH * nodes];
    }

    /** Forgets all outputs. */
    void clear(Network network) {
        Arrays.fill(adjoint, 0, WIDTH * network.unknowns, 0);
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
            adjoint[a * WIDTH + slot] += w * slopeRow[c];
        }
        int b = network.node[network.cellEntry.length + c];
        if (b != Network.TERMINAL) {
            adjoint[b * WIDTH + slot] += w * slopeColumn[c];
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
    void solve(Network network, Jacobian jacobian, Factors factors) {
        int count = WIDTH * network.unknowns;
        System.arraycopy(adjoint, 0, rest, 0, count);
        factors.solveTransposedWide(adjoint);
        jacobian.subtractTransposed(adjoint, rest, WIDTH);
        factors.solveTransposedWide(rest);
        for (int k = 0; k < count; k++) {
            adjoint[k] += rest[k];
        }
    }

    /** Writes the responses of an output, N·M values from an element on. */
    void response(
            Network network, int slot, double[] weights, int from, boolean columnsSensed, double[] out, int outFrom) {
        int cells = network.cellEntry.length;
        for (int c = 0; c < cells; c++) {
            out[outFrom + c] = direct(network, c, weights, from, columnsSensed) - difference(network, c, slot);
        }
    }

    private double difference(Network network, int c, int slot) {
        int a = network.node[c];
        int b = network.node[network.cellEntry.length + c];
        return (a == Network.TERMINAL ? 0 : adjoint[a * WIDTH + slot])
                - (b == Network.TERMINAL ? 0 : adjoint[b * WIDTH + slot]);
    }

    /**
     * Writes ∂I_j/∂v_j of all columns: raising the voltage of a terminal acts like injecting, in parallel with each
     * cell of the column, its slope times the voltage. One adjoint solve per column.
     */
    void columnSlopes(
            Network network,
            Jacobian jacobian,
            Factors factors,
            double[] slopeRow,
            double[] slopeColumn,
            double[] out,
            int outFrom) {
        int bits = network.cellEntry.length;
        for (int first = 0; first < network.columns; first += WIDTH) {
            int end = Math.min(network.columns, first + WIDTH);
            clear(network);
            for (int j = first; j < end; j++) {
                for (int c = j; c < bits; c += network.columns) {
                    cell(network, c, j - first, network.attached[bits + c] ? 1 : 0, slopeRow, slopeColumn);
                }
            }
            solve(network, jacobian, factors);
            for (int j = first; j < end; j++) {
                double sum = 0;
                for (int c = j; c < bits; c += network.columns) {
                    if (network.attached[bits + c]) {
                        sum += slopeColumn[c] * (1 - difference(network, c, j - first));
                    }
                }
                out[outFrom + j] = sum;
            }
        }
    }
}
