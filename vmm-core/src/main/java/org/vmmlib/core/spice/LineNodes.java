package org.vmmlib.core.spice;

import java.io.IOException;
import java.util.function.IntPredicate;
import org.vmmlib.core.crossbar.Ends;

/**
 * One line: which of its nodes are one because no resistance lies between them, and the wires between those that differ.
 * A node goes by the index of its first cell, or is {@link #TERMINAL}.
 */
final class LineNodes {

    /** In place of a node: the terminal of the line. */
    static final int TERMINAL = -1;

    private final IntPredicate open;
    private final double segment;
    private final double series;
    private final boolean first;
    private final boolean last;
    private final int[] node;
    private final boolean[] attached;

    private LineNodes(int cells, IntPredicate open, double segment, double series, boolean first, boolean last) {
        this.open = open;
        this.segment = segment;
        this.series = series;
        this.first = first;
        this.last = last;
        node = new int[cells];
        attached = new boolean[cells];
    }

    /**
     * The nodes of a line.
     *
     * @param cells on the line
     * @param open whether a segment is broken
     * @param segment resistance of a segment, ohms
     * @param series resistance at the terminal, ohms
     * @param ends where the terminal is
     * @param connected whether it is connected
     */
    static LineNodes of(int cells, IntPredicate open, double segment, double series, Ends ends, boolean connected) {
        LineNodes line =
                new LineNodes(cells, open, segment, series, connected && ends.first(), connected && ends.last());
        int[] node = line.node;
        for (int k = 1; k < cells; k++) {
            node[k] = isNone(segment) && !open.test(k) ? node[k - 1] : k;
        }
        if (isNone(segment + series)) {
            if (line.first && !open.test(0)) {
                line.toTerminal(node[0]);
            }
            if (line.last && !open.test(cells)) {
                line.toTerminal(node[cells - 1]);
            }
        }
        if (line.first && !open.test(0)) {
            for (int k = 0; k == 0 || (k < cells && !open.test(k)); k++) {
                line.attached[k] = true;
            }
        }
        if (line.last && !open.test(cells)) {
            for (int k = cells - 1; k == cells - 1 || (k >= 0 && !open.test(k + 1)); k--) {
                line.attached[k] = true;
            }
        }
        return line;
    }

    /** Whether a resistance is so small that its conductance is infinite. */
    private static boolean isNone(double ohms) {
        return Double.isInfinite(1 / ohms);
    }

    private void toTerminal(int which) {
        for (int k = 0; k < node.length; k++) {
            if (node[k] == which) {
                node[k] = TERMINAL;
            }
        }
    }

    /** The node of a cell. */
    int node(int cell) {
        return node[cell];
    }

    /** Takes the wires of a line. */
    interface Wires {

        /**
         * Takes the next wire.
         *
         * @param index of its segment
         * @param from node
         * @param to another node
         * @param ohms above 0
         */
        void wire(int index, int from, int to, double ohms) throws IOException;
    }

    /** Tells all wires between different nodes. */
    void wires(Wires wires) throws IOException {
        int n = node.length;
        if (first && !open.test(0) && node[0] != TERMINAL) {
            wires.wire(0, TERMINAL, node[0], segment + series);
        }
        for (int k = 1; k < n; k++) {
            if (!open.test(k) && node[k - 1] != node[k]) {
                wires.wire(k, node[k - 1], node[k], segment);
            }
        }
        if (last && !open.test(n) && node[n - 1] != TERMINAL) {
            wires.wire(n, node[n - 1], TERMINAL, segment + series);
        }
    }

    /** Whether a broken segment lies before a cell. */
    boolean breaksBefore(int cell) {
        return open.test(cell);
    }

    /** Whether wires lead from a cell to the terminal. */
    boolean isAttached(int cell) {
        return attached[cell];
    }
}
