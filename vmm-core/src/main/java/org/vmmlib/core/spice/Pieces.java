package org.vmmlib.core.spice;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Pieces of lines between broken segments, and which of them no path of wires and conducting cells joins to a terminal.
 */
final class Pieces {

    private final int @Nullable [] pieceOf;
    private final BitSet determined;
    private final List<Integer> isolated;

    private Pieces(int @Nullable [] pieceOf, BitSet determined, List<Integer> isolated) {
        this.pieceOf = pieceOf;
        this.determined = determined;
        this.isolated = isolated;
    }

    /** Whether a cell carries current. */
    interface Conduction {
        boolean conducts(int row, int column);
    }

    /** The pieces of these lines; asks for cells only if a piece has no wire to a terminal. */
    static Pieces of(LineNodes[] rows, LineNodes[] columns, Conduction cells) {
        int n = rows.length;
        int m = columns.length;
        int[] pieceOf = new int[2 * n * m];
        BitSet attached = new BitSet();
        int count = 0;
        for (int i = 0; i < n; i++) {
            count = cut(rows[i], m, i * m, 1, pieceOf, count, attached);
        }
        for (int j = 0; j < m; j++) {
            count = cut(columns[j], n, n * m + j, m, pieceOf, count, attached);
        }
        if (attached.cardinality() == count) {
            return new Pieces(null, new BitSet(), List.of());
        }
        int[] joined = new int[count];
        Arrays.setAll(joined, k -> k);
        for (int c = 0; c < n * m; c++) {
            if (cells.conducts(c / m, c % m)) {
                joined[first(joined, pieceOf[c])] = first(joined, pieceOf[n * m + c]);
            }
        }
        BitSet live = new BitSet();
        for (int p = 0; p < count; p++) {
            if (attached.get(p)) {
                live.set(first(joined, p));
            }
        }
        BitSet determined = new BitSet();
        for (int p = 0; p < count; p++) {
            determined.set(p, live.get(first(joined, p)));
        }
        List<Integer> isolated = new ArrayList<>();
        for (int node = 0; node < pieceOf.length; node++) {
            int group = first(joined, pieceOf[node]);
            if (!live.get(group)) {
                isolated.add(node);
                live.set(group);
            }
        }
        return new Pieces(pieceOf, determined, List.copyOf(isolated));
    }

    private static int cut(
            LineNodes line, int length, int at, int step, int[] pieceOf, int firstPiece, BitSet attached) {
        int piece = firstPiece;
        for (int k = 0; k < length; k++) {
            pieceOf[at + k * step] = piece;
            attached.set(piece, line.isAttached(k));
            if (k == length - 1 || line.breaksBefore(k + 1)) {
                piece++;
            }
        }
        return piece;
    }

    private static int first(int[] joined, int piece) {
        int at = piece;
        while (joined[at] != at) {
            joined[at] = joined[joined[at]];
            at = joined[at];
        }
        return at;
    }

    /** Whether a terminal determines the voltage of a node; word lines first, then bit lines, both row-major. */
    boolean determines(int node) {
        return pieceOf == null || determined.get(pieceOf[node]);
    }

    /** One node of each group of pieces that is joined to no terminal. */
    List<Integer> isolated() {
        return isolated;
    }
}
