package org.vmmlib.core.crossbar.solve;

/**
 * A rectangle of cells, and how it is cut in two. To a cell belong its own two nodes, the wires to the next node of
 * either line, and the wires to a terminal.
 *
 * @param top first row
 * @param bottom row after the last
 * @param left first column
 * @param right column after the last
 */
record Region(int top, int bottom, int left, int right) {

    private static final int LEAF = 2;

    int rows() {
        return bottom - top;
    }

    int columns() {
        return right - left;
    }

    boolean isLeaf() {
        return rows() <= LEAF && columns() <= LEAF;
    }

    /** Whether the cut runs between rows: always through the longer side. */
    boolean cutsRows() {
        return rows() > columns();
    }

    /** The row or column after the cut. */
    int cut() {
        return cutsRows() ? (top + bottom) >>> 1 : (left + right) >>> 1;
    }

    /** The upper or left part. */
    Region first() {
        return cutsRows() ? new Region(top, cut(), left, right) : new Region(top, bottom, left, cut());
    }

    /** The lower or right part. */
    Region second() {
        return cutsRows() ? new Region(cut(), bottom, left, right) : new Region(top, bottom, cut(), right);
    }

    /** How many nodes nothing outside touches, where every node of a line is one of its own. */
    int interior() {
        return rows() * (columns() - (left == 0 ? 0 : 1)) + (rows() - (top == 0 ? 0 : 1)) * columns();
    }
}
