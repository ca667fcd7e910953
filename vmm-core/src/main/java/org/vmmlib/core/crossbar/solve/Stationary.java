package org.vmmlib.core.crossbar.solve;

import java.util.BitSet;
import org.vmmlib.core.crossbar.ArrayCells;
import org.vmmlib.core.crossbar.Crossbar;
import org.vmmlib.core.crossbar.Lines;
import org.vmmlib.core.signal.Connections;

/** The stationary node voltages of one vector, and which of them a terminal determines through wires and cells. */
final class Stationary {

    private final int cells;
    private final double[] voltage;
    private final BitSet determined;

    Stationary(Crossbar crossbar, ArrayCells law, Excitation e, int vector, Solution solution) {
        int n = crossbar.rows();
        int m = crossbar.columns();
        cells = n * m;
        voltage = new double[2 * cells];
        System.arraycopy(solution.wordLines.data, vector * cells, voltage, 0, cells);
        System.arraycopy(solution.bitLines.data, vector * cells, voltage, cells, cells);
        int terminal = 2 * cells;
        DisjointSets sets = new DisjointSets(terminal + 1);
        Lines lines = crossbar.lines();
        for (int i = 0; i < n; i++) {
            boolean connected = isConnected(e.rows(), i);
            for (int k = 0; k <= m; k++) {
                boolean first = k == 0;
                boolean last = k == m;
                if (!lines.rowSegmentOpen(i, k)
                        && !(first && !(connected && lines.rowEnds().first()))
                        && !(last && !(connected && lines.rowEnds().last()))) {
                    sets.unite(first ? terminal : i * m + k - 1, last ? terminal : i * m + k);
                }
            }
        }
        for (int j = 0; j < m; j++) {
            boolean connected = isConnected(e.columns(), j);
            for (int k = 0; k <= n; k++) {
                boolean first = k == 0;
                boolean last = k == n;
                if (!lines.columnSegmentOpen(j, k)
                        && !(first && !(connected && lines.columnEnds().first()))
                        && !(last && !(connected && lines.columnEnds().last()))) {
                    sets.unite(first ? terminal : cells + (k - 1) * m + j, last ? terminal : cells + k * m + j);
                }
            }
        }
        unite(law, e, vector, sets);
        determined = new BitSet(terminal);
        for (int k = 0; k < terminal; k++) {
            determined.set(k, sets.find(k) == sets.find(terminal));
        }
    }

    private static boolean isConnected(Connections connections, int line) {
        return !connections.isFloating(line);
    }

    /** Unites the nodes of cells that react to one of their voltages. */
    private void unite(ArrayCells law, Excitation e, int vector, DisjointSets sets) {
        int n = law.rows();
        int m = law.columns();
        double[] word = new double[m];
        double[] bit = new double[m];
        double[] current = new double[m];
        double[] slopeRow = new double[m];
        double[] slopeColumn = new double[m];
        for (int i = 0; i < n; i++) {
            System.arraycopy(voltage, i * m, word, 0, m);
            System.arraycopy(voltage, cells + i * m, bit, 0, m);
            double gate = e.gates().numCols == 0 ? 0 : e.gates().data[vector * n + i];
            law.evaluate(i, gate, word, bit, current, slopeRow, slopeColumn);
            for (int j = 0; j < m; j++) {
                if (slopeRow[j] != 0 || slopeColumn[j] != 0) {
                    sets.unite(i * m + j, cells + i * m + j);
                }
            }
        }
    }

    /**
     * Distance of a node from the stationary state, 0 if no terminal determines it.
     *
     * @param node of the cell, row-major; N·M more for its bit line
     */
    double distance(int node, double volts) {
        return determined.get(node) ? Math.abs(volts - voltage[node]) : 0;
    }
}
