package org.vmmlib.core.crossbar.solve;

import java.util.Arrays;
import org.vmmlib.core.crossbar.Direction;
import org.vmmlib.core.crossbar.Lines;
import org.vmmlib.core.signal.Connections;

/**
 * The network of an array for one direction and one pattern of connections: which nodes are unknown, which wires join
 * them, and where cells and wires enter the matrix. Immutable.
 *
 * <p>Nodes joined by a wire without resistance are one unknown, or none where that wire leads to the terminal. Unknowns
 * are numbered in the order of elimination; an unknown of several nodes takes the place of its last.
 */
final class Network {

    /** In place of an unknown: at the voltage of its line's terminal. */
    static final int TERMINAL = -1;

    final int rows;
    final int columns;
    final int unknowns;
    /** Unknown of each node, word lines first, both row-major. */
    final int[] node;
    /** Whether wires lead from the node to the terminal of its line. */
    final boolean[] attached;
    /** Whether that holds for all nodes. */
    final boolean whole;

    /** Wires with resistance: from an unknown … */
    final int[] wireFrom;
    /** … to another, or to {@link #TERMINAL}. */
    final int[] wireTo;
    /** Conductances of the wires, siemens. */
    final double[] wireConductance;

    final SparsePattern pattern;
    /** Entry of the pattern for each wire, −1 where none. */
    final int[] wireEntry;
    /** Entry of the pattern for each cell, −1 where none. */
    final int[] cellEntry;

    private Network(Builder b, int unknowns, int[] node, SparsePattern pattern, int[] wireEntry, int[] cellEntry) {
        rows = b.rows;
        columns = b.columns;
        this.unknowns = unknowns;
        this.node = node;
        attached = b.attached;
        boolean all = true;
        for (boolean is : attached) {
            all &= is;
        }
        whole = all;
        wireFrom = Arrays.copyOf(b.from, b.wires);
        wireTo = Arrays.copyOf(b.to, b.wires);
        wireConductance = Arrays.copyOf(b.conductance, b.wires);
        this.pattern = pattern;
        this.wireEntry = wireEntry;
        this.cellEntry = cellEntry;
    }

    /** The network of an array's lines, all of whose cells may conduct. */
    static Network of(Lines lines, Direction direction, Connections rows, Connections columns) {
        return new Builder(lines, direction, rows, columns).build();
    }

    /**
     * Subtracts what changes of the unknowns do to the net currents, branch by branch, so that small differences keep
     * their digits.
     *
     * @param x changes, volts. Not modified.
     * @param slopeRow N·M derivatives of the cell currents by the row voltage, siemens. Not modified.
     * @param slopeColumn by the column voltage. Not modified.
     * @param out amperes. Modified.
     */
    void subtractProduct(double[] x, double[] slopeRow, double[] slopeColumn, double[] out) {
        for (int w = 0; w < wireFrom.length; w++) {
            int a = wireFrom[w];
            int b = wireTo[w];
            double part = wireConductance[w] * (b == TERMINAL ? x[a] : x[a] - x[b]);
            out[a] -= part;
            if (b != TERMINAL) {
                out[b] += part;
            }
        }
        int cells = cellEntry.length;
        for (int c = 0; c < cells; c++) {
            int a = node[c];
            int b = node[cells + c];
            double atRow = a == TERMINAL ? 0 : x[a];
            double atColumn = b == TERMINAL ? 0 : x[b];
            double part = slopeRow[c] * (atRow - atColumn) + (slopeRow[c] + slopeColumn[c]) * atColumn;
            if (a != TERMINAL) {
                out[a] -= part;
            }
            if (b != TERMINAL) {
                out[b] += part;
            }
        }
    }

    /** Wires first between nodes, then between unknowns. */
    private static final class Builder {
        private final int rows;
        private final int columns;
        private final int bits;
        private final int ground;
        private final DisjointSets merged;
        private final boolean[] attached;
        private final int[] from;
        private final int[] to;
        private final double[] conductance;
        private int wires;

        Builder(Lines lines, Direction direction, Connections connectedRows, Connections connectedColumns) {
            rows = lines.rows();
            columns = lines.columns();
            bits = rows * columns;
            ground = 2 * bits;
            merged = new DisjointSets(2 * bits + 1);
            attached = new boolean[2 * bits];
            int most = rows * (columns + 1) + columns * (rows + 1);
            from = new int[most];
            to = new int[most];
            conductance = new double[most];
            boolean rowsDriven = direction == Direction.ROWS_DRIVEN;
            for (int i = 0; i < rows; i++) {
                double series = rowsDriven ? lines.sourceResistance(i) : lines.senseResistance(i);
                boolean connected = !connectedRows.isFloating(i);
                int row = i;
                line(
                        new Run(i * columns, 1, columns),
                        segment -> lines.rowSegmentOpen(row, segment),
                        lines.rowResistance(),
                        connected && lines.rowEnds().first() ? series : -1,
                        connected && lines.rowEnds().last() ? series : -1);
            }
            for (int j = 0; j < columns; j++) {
                double series = rowsDriven ? lines.senseResistance(j) : lines.sourceResistance(j);
                boolean connected = !connectedColumns.isFloating(j);
                int column = j;
                line(
                        new Run(bits + j, columns, rows),
                        segment -> lines.columnSegmentOpen(column, segment),
                        lines.columnResistance(),
                        connected && lines.columnEnds().first() ? series : -1,
                        connected && lines.columnEnds().last() ? series : -1);
            }
        }

        /** The nodes of a line: {@code first, first + step, …}. */
        private record Run(int first, int step, int length) {
            int at(int k) {
                return first + k * step;
            }
        }

        private interface Breaks {
            boolean open(int segment);
        }

        /** Adds the wires of a line; a series resistance below 0 stands for no terminal at that end. */
        private void line(Run run, Breaks breaks, double segment, double firstSeries, double lastSeries) {
            int n = run.length();
            for (int k = 1; k < n; k++) {
                if (!breaks.open(k)) {
                    wire(run.at(k - 1), run.at(k), segment);
                }
            }
            if (firstSeries >= 0 && !breaks.open(0)) {
                wire(run.at(0), ground, segment + firstSeries);
                for (int k = 0; k == 0 || (k < n && !breaks.open(k)); k++) {
                    attached[run.at(k)] = true;
                }
            }
            if (lastSeries >= 0 && !breaks.open(n)) {
                wire(run.at(n - 1), ground, segment + lastSeries);
                for (int k = n - 1; k == n - 1 || (k >= 0 && !breaks.open(k + 1)); k--) {
                    attached[run.at(k)] = true;
                }
            }
        }

        private void wire(int a, int b, double resistance) {
            double siemens = 1 / resistance;
            if (Double.isInfinite(siemens)) {
                merged.unite(a, b);
            } else {
                from[wires] = a;
                to[wires] = b;
                conductance[wires++] = siemens;
            }
        }

        Network build() {
            int[] node = number();
            int unknowns = 0;
            for (int u : node) {
                unknowns = Math.max(unknowns, u + 1);
            }
            int kept = 0;
            for (int w = 0; w < wires; w++) {
                int a = node[from[w]];
                int b = to[w] == ground ? TERMINAL : node[to[w]];
                if (a != b) {
                    from[kept] = a == TERMINAL ? b : a;
                    to[kept] = a == TERMINAL ? a : b;
                    conductance[kept++] = conductance[w];
                }
            }
            wires = kept;
            int[] start = new int[unknowns + 1];
            for (int w = 0; w < wires; w++) {
                countEntry(start, from[w], to[w]);
            }
            for (int c = 0; c < bits; c++) {
                countEntry(start, node[c], node[bits + c]);
            }
            for (int k = 0; k < unknowns; k++) {
                start[k + 1] += start[k];
            }
            int[] next = start.clone();
            int[] row = new int[start[unknowns]];
            int[] wireEntry = new int[wires];
            int[] cellEntry = new int[bits];
            for (int w = 0; w < wires; w++) {
                wireEntry[w] = placeEntry(next, row, from[w], to[w]);
            }
            for (int c = 0; c < bits; c++) {
                cellEntry[c] = placeEntry(next, row, node[c], node[bits + c]);
            }
            return new Network(this, unknowns, node, new SparsePattern(unknowns, start, row), wireEntry, cellEntry);
        }

        private int[] number() {
            int[] order = NestedDissection.order(rows, columns);
            int[] last = new int[ground + 1];
            for (int position = 0; position < order.length; position++) {
                last[merged.find(order[position])] = position;
            }
            int[] unknown = new int[ground + 1];
            Arrays.fill(unknown, TERMINAL);
            int terminal = merged.find(ground);
            int count = 0;
            for (int position = 0; position < order.length; position++) {
                int set = merged.find(order[position]);
                if (set != terminal && last[set] == position) {
                    unknown[set] = count++;
                }
            }
            int[] node = new int[ground];
            for (int k = 0; k < node.length; k++) {
                node[k] = unknown[merged.find(k)];
            }
            return node;
        }

        private static void countEntry(int[] start, int a, int b) {
            if (a != TERMINAL && b != TERMINAL) {
                start[Math.max(a, b) + 1]++;
            }
        }

        private static int placeEntry(int[] next, int[] row, int a, int b) {
            if (a == TERMINAL || b == TERMINAL) {
                return -1;
            }
            int p = next[Math.max(a, b)]++;
            row[p] = Math.min(a, b);
            return p;
        }
    }
}
