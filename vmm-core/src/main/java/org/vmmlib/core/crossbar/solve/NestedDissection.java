package org.vmmlib.core.crossbar.solve;

/**
 * An elimination order of the 2NM nodes of a crossbar that keeps its factors sparse: nested dissection on the grid of
 * cells (George, SIAM J. Numer. Anal. 10 (1973) 345, doi:10.1137/0710032).
 *
 * <p>The two layers of the network meet in the cells only. Taking out the word-line nodes of one column of cells
 * therefore cuts the array in a left and a right part, taking out the bit-line nodes of one row of cells in an upper
 * and a lower part: a separator holds one node per cell crossed, not two. The longer side is halved, down to single
 * nodes; separators come after what they separate.
 *
 * <p>Node (i, j) of the word lines has number {@code i M + j}, of the bit lines {@code N M + i M + j}.
 */
final class NestedDissection {

    private final int columns;
    private final int bitLines;
    private final int[] order;
    private int count;

    private NestedDissection(int rows, int columns) {
        this.columns = columns;
        bitLines = rows * columns;
        order = new int[2 * rows * columns];
    }

    /** The 2NM nodes in the order of elimination. */
    static int[] order(int rows, int columns) {
        NestedDissection dissection = new NestedDissection(rows, columns);
        dissection.dissect(new Block(0, rows, 0, columns), new Block(0, rows, 0, columns));
        return dissection.order;
    }

    /** Nodes of one layer in rows {@code [top, bottom)} and columns {@code [left, right)}. */
    private record Block(int top, int bottom, int left, int right) {

        boolean isEmpty() {
            return top >= bottom || left >= right;
        }

        Block rows(int from, int to) {
            return new Block(Math.max(top, from), Math.min(bottom, to), left, right);
        }

        Block columns(int from, int to) {
            return new Block(top, bottom, Math.max(left, from), Math.min(right, to));
        }
    }

    private void dissect(Block word, Block bit) {
        if (word.isEmpty() && bit.isEmpty()) {
            return;
        }
        if (bit.isEmpty() || (!word.isEmpty() && word.right - word.left >= bit.bottom - bit.top)) {
            int cut = (word.left + word.right) >>> 1;
            dissect(word.columns(word.left, cut), bit.columns(bit.left, cut + 1));
            dissect(word.columns(cut + 1, word.right), bit.columns(cut + 1, bit.right));
            emit(word.columns(cut, cut + 1), 0);
        } else {
            int cut = (bit.top + bit.bottom) >>> 1;
            dissect(word.rows(word.top, cut + 1), bit.rows(bit.top, cut));
            dissect(word.rows(cut + 1, word.bottom), bit.rows(cut + 1, bit.bottom));
            emit(bit.rows(cut, cut + 1), bitLines);
        }
    }

    private void emit(Block nodes, int layer) {
        for (int i = nodes.top; i < nodes.bottom; i++) {
            for (int j = nodes.left; j < nodes.right; j++) {
                order[count++] = layer + i * columns + j;
            }
        }
    }
}
