package org.vmmlib.core.crossbar.solve;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The matrix of the nodal equations: how the currents out of the nodes react to the voltages of the nodes. Mutable
 * values on the fixed pattern of a {@link Network}.
 *
 * <p>A group of nodes without any path to a terminal has no definite voltage. One node of the group gets a conductance
 * to its starting voltage; as no current can flow into the group, none flows through that conductance.
 */
final class Jacobian {

    final SparsePattern pattern;
    /** Diagonal. */
    final double[] diagonal;
    /** Sum of each column: what of a change at the node leaves to the terminals at once. */
    final double[] excess;
    /** Entry (row, column) of the pattern, row &lt; column. */
    final double[] upper;
    /** Entry (column, row) of the pattern. */
    final double[] lower;

    private final Network network;
    private @Nullable DisjointSets groups;

    Jacobian(Network network) {
        this.network = network;
        pattern = network.pattern;
        diagonal = new double[pattern.size];
        excess = new double[pattern.size];
        upper = new double[pattern.rowIndex.length];
        lower = new double[pattern.rowIndex.length];
    }

    /**
     * Fills in the values.
     *
     * @param slopeRow N·M derivatives of the cell currents by the row voltage, siemens. Not modified.
     * @param slopeColumn by the column voltage. Not modified.
     */
    void assemble(double[] slopeRow, double[] slopeColumn) {
        assemble(slopeRow, slopeColumn, null);
    }

    /**
     * Fills in the values.
     *
     * @param ground conductance from each unknown to ground besides, siemens; null if there is none. Not modified.
     */
    void assemble(double[] slopeRow, double[] slopeColumn, double @Nullable [] ground) {
        Arrays.fill(diagonal, 0);
        Arrays.fill(excess, 0);
        Arrays.fill(upper, 0);
        Arrays.fill(lower, 0);
        for (int w = 0; w < network.wireFrom.length; w++) {
            double g = network.wireConductance[w];
            diagonal[network.wireFrom[w]] += g;
            if (network.wireTo[w] == Network.TERMINAL) {
                excess[network.wireFrom[w]] += g;
            } else {
                diagonal[network.wireTo[w]] += g;
                upper[network.wireEntry[w]] -= g;
                lower[network.wireEntry[w]] -= g;
            }
        }
        int cells = network.cellEntry.length;
        for (int c = 0; c < cells; c++) {
            int a = network.node[c];
            int b = network.node[cells + c];
            if (a != Network.TERMINAL) {
                diagonal[a] += slopeRow[c];
            }
            if (b != Network.TERMINAL) {
                diagonal[b] -= slopeColumn[c];
            }
            int p = network.cellEntry[c];
            if (p < 0) {
                if (a != Network.TERMINAL) {
                    excess[a] += slopeRow[c];
                } else if (b != Network.TERMINAL) {
                    excess[b] -= slopeColumn[c];
                }
            } else {
                if (a < b) {
                    upper[p] += slopeColumn[c];
                    lower[p] -= slopeRow[c];
                } else {
                    upper[p] -= slopeRow[c];
                    lower[p] += slopeColumn[c];
                }
            }
        }
        if (ground != null) {
            for (int k = 0; k < pattern.size; k++) {
                diagonal[k] += ground[k];
                excess[k] += ground[k];
            }
        }
        if (!network.whole) {
            pin(slopeRow, slopeColumn, ground);
        }
    }

    private void pin(double[] slopeRow, double[] slopeColumn, double @Nullable [] ground) {
        int size = pattern.size;
        DisjointSets sets = groups == null ? new DisjointSets(size + 1) : groups;
        groups = sets;
        sets.reset();
        for (int w = 0; w < network.wireFrom.length; w++) {
            sets.unite(network.wireFrom[w], network.wireTo[w] == Network.TERMINAL ? size : network.wireTo[w]);
        }
        int cells = network.cellEntry.length;
        for (int c = 0; c < cells; c++) {
            if (slopeRow[c] != 0 || slopeColumn[c] != 0) {
                int a = network.node[c];
                int b = network.node[cells + c];
                sets.unite(a == Network.TERMINAL ? size : a, b == Network.TERMINAL ? size : b);
            }
        }
        for (int k = 0; ground != null && k < size; k++) {
            if (ground[k] > 0) {
                sets.unite(k, size);
            }
        }
        int grounded = sets.find(size);
        for (int k = 0; k < size; k++) {
            if (k != grounded && sets.find(k) == k) {
                double pin = diagonal[k] > 0 ? diagonal[k] : 1;
                diagonal[k] += pin;
                excess[k] += pin;
            }
        }
    }
}
