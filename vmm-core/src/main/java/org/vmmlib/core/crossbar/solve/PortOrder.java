package org.vmmlib.core.crossbar.solve;

import java.util.Arrays;
import org.vmmlib.core.crossbar.Direction;
import org.vmmlib.core.crossbar.Lines;

/**
 * In which order the nodes of an array are eliminated when it is put together from its parts: as soon as nothing outside
 * of a part touches them. Terminals come after all nodes and are never eliminated.
 *
 * <p>Nodes joined by a wire without resistance are one node, or the terminal. An open segment is a wire without
 * conductance.
 */
final class PortOrder {

    /** A wire that conducts better has no resistance: its drop would not show in any digit. */
    private static final double SHORT = 1e150;

    final Lines lines;
    final int rows;
    final int columns;
    /** Place of the node of each cell on its row, row-major by word line. */
    final int[] word;
    /** Place of the node of each cell on its column, row-major by word line. */
    final int[] bit;
    /** Place of the first terminal: those of the rows, then those of the columns. */
    final int terminals;

    /** Conductance of a row segment; 0 where the segments have no resistance. */
    final double rowWire;
    /** Conductance of a column segment. */
    final double columnWire;

    private final boolean rowsDriven;
    /** For each node the ends of the stretch of nodes that are one, or null where each is one of its own. */
    private final int[] wordStart;

    private final int[] wordEnd;
    private final int[] bitStart;
    private final int[] bitEnd;

    PortOrder(Lines lines, Direction direction) {
        this.lines = lines;
        rows = lines.rows();
        columns = lines.columns();
        rowsDriven = direction == Direction.ROWS_DRIVEN;
        int cells = rows * columns;
        terminals = 2 * cells;
        word = new int[cells];
        bit = new int[cells];
        Arrays.fill(word, -1);
        Arrays.fill(bit, -1);
        rowWire = conductance(lines.rowResistance());
        columnWire = conductance(lines.columnResistance());
        wordStart = new int[rowWire == 0 ? cells : 0];
        wordEnd = new int[wordStart.length];
        bitStart = new int[columnWire == 0 ? cells : 0];
        bitEnd = new int[bitStart.length];
        joinRows();
        joinColumns();
        number(new Region(0, rows, 0, columns), 0);
    }

    /** Siemens, or 0 for a wire without resistance. */
    private static double conductance(double ohms) {
        double siemens = 1 / ohms;
        return siemens > SHORT ? 0 : siemens;
    }

    /** Conductance between the terminal of a row and the row's first or last node, 0 where they are one. */
    double rowTerminalWire(int row) {
        double series = rowsDriven ? lines.sourceResistance(row) : lines.senseResistance(row);
        return conductance(lines.rowResistance() + series);
    }

    /** Conductance between the terminal of a column and the column's first or last node, 0 where they are one. */
    double columnTerminalWire(int column) {
        double series = rowsDriven ? lines.senseResistance(column) : lines.sourceResistance(column);
        return conductance(lines.columnResistance() + series);
    }

    int rowTerminal(int row) {
        return terminals + row;
    }

    int columnTerminal(int column) {
        return terminals + rows + column;
    }

    private void joinRows() {
        for (int i = 0; i < rows; i++) {
            int at = i * columns;
            for (int j = 0; j < columns && wordStart.length > 0; j++) {
                boolean joined = j > 0 && !lines.rowSegmentOpen(i, j);
                wordStart[at + j] = joined ? wordStart[at + j - 1] : j;
            }
            for (int j = columns - 1; j >= 0 && wordStart.length > 0; j--) {
                boolean joined = j + 1 < columns && !lines.rowSegmentOpen(i, j + 1);
                wordEnd[at + j] = joined ? wordEnd[at + j + 1] : j;
            }
            if (rowTerminalWire(i) == 0) {
                if (lines.rowEnds().first() && !lines.rowSegmentOpen(i, 0)) {
                    placeWord(i, 0, rowTerminal(i));
                }
                if (lines.rowEnds().last() && !lines.rowSegmentOpen(i, columns)) {
                    placeWord(i, columns - 1, rowTerminal(i));
                }
            }
        }
    }

    private void joinColumns() {
        for (int j = 0; j < columns; j++) {
            for (int i = 0; i < rows && bitStart.length > 0; i++) {
                boolean joined = i > 0 && !lines.columnSegmentOpen(j, i);
                bitStart[i * columns + j] = joined ? bitStart[(i - 1) * columns + j] : i;
            }
            for (int i = rows - 1; i >= 0 && bitStart.length > 0; i--) {
                boolean joined = i + 1 < rows && !lines.columnSegmentOpen(j, i + 1);
                bitEnd[i * columns + j] = joined ? bitEnd[(i + 1) * columns + j] : i;
            }
            if (columnTerminalWire(j) == 0) {
                if (lines.columnEnds().first() && !lines.columnSegmentOpen(j, 0)) {
                    placeBit(0, j, columnTerminal(j));
                }
                if (lines.columnEnds().last() && !lines.columnSegmentOpen(j, rows)) {
                    placeBit(rows - 1, j, columnTerminal(j));
                }
            }
        }
    }

    private int wordStart(int i, int j) {
        return wordStart.length == 0 ? j : wordStart[i * columns + j];
    }

    private int wordEnd(int i, int j) {
        return wordEnd.length == 0 ? j : wordEnd[i * columns + j];
    }

    private int bitStart(int i, int j) {
        return bitStart.length == 0 ? i : bitStart[i * columns + j];
    }

    private int bitEnd(int i, int j) {
        return bitEnd.length == 0 ? i : bitEnd[i * columns + j];
    }

    private void placeWord(int i, int j, int place) {
        int end = wordEnd(i, j);
        for (int k = wordStart(i, j); k <= end; k++) {
            word[i * columns + k] = place;
        }
    }

    private void placeBit(int i, int j, int place) {
        int end = bitEnd(i, j);
        for (int k = bitStart(i, j); k <= end; k++) {
            bit[k * columns + j] = place;
        }
    }

    /** Gives places from {@code from} on to the nodes that nothing outside of a region touches. */
    private void number(Region region, int from) {
        if (region.isLeaf()) {
            int next = from;
            for (int i = region.top(); i < region.bottom(); i++) {
                for (int j = region.left(); j < region.right(); j++) {
                    next = numberWord(region, i, j, next);
                    next = numberBit(region, i, j, next);
                }
            }
            return;
        }
        Region first = region.first();
        Region second = region.second();
        number(first, from);
        number(second, from + first.interior());
        int next = from + first.interior() + second.interior();
        if (region.cutsRows()) {
            for (int j = region.left(); j < region.right(); j++) {
                next = numberBit(region, region.cut(), j, next);
            }
        } else {
            for (int i = region.top(); i < region.bottom(); i++) {
                next = numberWord(region, i, region.cut(), next);
            }
        }
    }

    /** The node before a stretch has a wire to it, which belongs to the cell before. */
    private int numberWord(Region region, int i, int j, int next) {
        boolean inside = Math.max(wordStart(i, j) - 1, 0) >= region.left() && wordEnd(i, j) < region.right();
        if (word[i * columns + j] >= 0 || !inside) {
            return next;
        }
        placeWord(i, j, next);
        return next + 1;
    }

    private int numberBit(Region region, int i, int j, int next) {
        boolean inside = Math.max(bitStart(i, j) - 1, 0) >= region.top() && bitEnd(i, j) < region.bottom();
        if (bit[i * columns + j] >= 0 || !inside) {
            return next;
        }
        placeBit(i, j, next);
        return next + 1;
    }
}
