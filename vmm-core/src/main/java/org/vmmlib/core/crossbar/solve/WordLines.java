package org.vmmlib.core.crossbar.solve;

import java.util.Arrays;
import org.vmmlib.core.kernel.LineSweep;
import org.vmmlib.core.kernel.RowVectors;

/**
 * The factored word lines: {@code K_w y = t} for currents t into the nodes of a line, solved exactly line by line. Lines
 * without resistance are one node, or one for each piece of a broken line. Different lines may be written and solved by
 * different threads.
 */
final class WordLines {

    private final Wiring wiring;
    private final int n;
    /** Inverse pivots of each line; for lines without resistance, of each piece. */
    private final double[][] inverse;
    /** Where the pieces of lines without resistance end; no elements otherwise. */
    private final int[][] pieces;

    private final double[][] ends = new double[2][8];
    private final double[][][] held;

    WordLines(Wiring wiring) {
        this.wiring = wiring;
        n = wiring.columns;
        held = new double[][][] {RowVectors.rows(4, n), RowVectors.rows(4, n)};
        if (wiring.lumpedWords) {
            inverse = new double[wiring.rows][];
            pieces = new int[wiring.rows][];
            int[] whole = {n};
            for (int i = 0; i < wiring.rows; i++) {
                double[] segments = wiring.wordSegments[i];
                pieces[i] = segments == null ? whole : pieces(segments);
                inverse[i] = new double[pieces[i].length];
            }
        } else {
            inverse = RowVectors.rows(wiring.rows, n);
            pieces = new int[0][];
        }
    }

    private int[] pieces(double[] segments) {
        int[] found = new int[n];
        int count = 0;
        for (int k = 1; k < n; k++) {
            if (segments[k] == 0) {
                found[count++] = k;
            }
        }
        found[count++] = n;
        return Arrays.copyOf(found, count);
    }

    /**
     * Factors lines {@code from … to − 1}.
     *
     * @param g conductances from the nodes to the bit lines. Not modified.
     * @param ground conductance from each node to ground
     * @param side which of two threads works, 0 or 1
     */
    void factor(int from, int to, double[][] g, double ground, int side) {
        double[] end = ends[side];
        int i = from;
        while (i < to) {
            double[] segments = wiring.wordSegments[i];
            if (wiring.lumpedWords) {
                factorPieces(i, held(g[i], ground, side, 0));
                i++;
            } else if (areUniform(i, to)) {
                for (int r = 0; r < 4; r++) {
                    end[r] = wiring.wordFirst[i + r];
                    end[r + 4] = wiring.wordLast[i + r];
                }
                LineSweep.factor4(
                        n,
                        wiring.wordWire,
                        end,
                        held(g[i], ground, side, 0),
                        held(g[i + 1], ground, side, 1),
                        held(g[i + 2], ground, side, 2),
                        held(g[i + 3], ground, side, 3),
                        inverse[i],
                        inverse[i + 1],
                        inverse[i + 2],
                        inverse[i + 3]);
                i += 4;
            } else if (segments == null) {
                double[] conductances = held(g[i], ground, side, 0);
                LineSweep.factor(n, wiring.wordWire, wiring.wordFirst[i], wiring.wordLast[i], conductances, inverse[i]);
                i++;
            } else {
                LineSweep.factor(n, segments, held(g[i], ground, side, 0), inverse[i]);
                i++;
            }
        }
    }

    /** All that holds the nodes of a line, in a row of scratch if need be. */
    private double[] held(double[] g, double ground, int side, int r) {
        if (ground == 0) {
            return g;
        }
        double[] sum = held[side][r];
        System.arraycopy(g, 0, sum, 0, n);
        RowVectors.add(n, ground, sum);
        return sum;
    }

    /** Whether row i and the three after it are before the end and uniform. */
    boolean areUniform(int i, int to) {
        return i + 3 < to && areUniform(i, i + 1, i + 2, i + 3);
    }

    /** Whether these four lines have the same wires, so that they can be solved together. */
    boolean areUniform(int a, int b, int c, int d) {
        double[][] segments = wiring.wordSegments;
        return !wiring.lumpedWords
                && segments[a] == null
                && segments[b] == null
                && segments[c] == null
                && segments[d] == null;
    }

    private void factorPieces(int i, double[] g) {
        int from = 0;
        for (int p = 0; p < pieces[i].length; p++) {
            double sum = anchor(i, p);
            for (int k = from; k < pieces[i][p]; k++) {
                sum += g[k];
            }
            inverse[i][p] = LineSweep.inverse(sum);
            from = pieces[i][p];
        }
    }

    /** Pieces of a line without resistance. */
    int pieces(int i) {
        return pieces[i].length;
    }

    /** The node after the last of a piece. */
    int pieceEnd(int i, int piece) {
        return pieces[i][piece];
    }

    /**
     * Puts the currents of the nodes of a line without resistance together: those of a piece at its first node, or nowhere
     * if the piece is one with its terminal.
     */
    void lump(int i, double[] currents) {
        int from = 0;
        for (int p = 0; p < pieces[i].length; p++) {
            int to = pieces[i][p];
            double sum = 0;
            for (int k = from; k < to; k++) {
                sum += currents[k];
            }
            Arrays.fill(currents, from, to, 0);
            currents[from] = isTerminal(i, p) ? 0 : sum;
            from = to;
        }
    }

    /** Whether a piece of a line without resistance is one with its terminal. */
    boolean isTerminal(int i, int piece) {
        return Double.isInfinite(anchor(i, piece));
    }

    /** Conductance of a piece to the terminal. */
    double anchor(int i, int piece) {
        return (piece == 0 ? wiring.wordFirst[i] : 0) + (piece == pieces[i].length - 1 ? wiring.wordLast[i] : 0);
    }

    /**
     * Solves for one line in place.
     *
     * @param t currents into the nodes; become their voltages. Modified.
     * @return the current that leaves through the terminal
     */
    double solve(int i, double[] t) {
        if (wiring.lumpedWords) {
            return solvePieces(i, t);
        }
        double[] segments = wiring.wordSegments[i];
        if (segments == null) {
            LineSweep.solve(n, wiring.wordWire, inverse[i], t);
        } else {
            LineSweep.solve(n, segments, inverse[i], t);
        }
        return terminal(i, t);
    }

    /** Does for four lines that are {@link #areUniform uniform} what {@link #responses(int, double[])} does for one. */
    void responses4(int a, int b, int c, int d, double[][] out) {
        LineSweep.responses4(
                n, wiring.wordWire, inverse[a], inverse[b], inverse[c], inverse[d], out[0], out[1], out[2], out[3]);
    }

    /** Writes the voltage of each node of a line for a current of 1 into it. */
    void responses(int i, double[] out) {
        double[] segments = wiring.wordSegments[i];
        if (wiring.lumpedWords) {
            int from = 0;
            for (int p = 0; p < pieces[i].length; p++) {
                Arrays.fill(out, from, pieces[i][p], inverse[i][p]);
                from = pieces[i][p];
            }
        } else if (segments == null) {
            LineSweep.responses(n, wiring.wordWire, inverse[i], out);
        } else {
            LineSweep.responses(n, segments, inverse[i], out);
        }
    }

    private double solvePieces(int i, double[] t) {
        double out = 0;
        int from = 0;
        for (int p = 0; p < pieces[i].length; p++) {
            int to = pieces[i][p];
            double sum = 0;
            for (int k = from; k < to; k++) {
                sum += t[k];
            }
            double anchor = anchor(i, p);
            double y = inverse[i][p] * sum;
            out += Double.isInfinite(anchor) ? sum : anchor * y;
            Arrays.fill(t, from, to, y);
            from = to;
        }
        return out;
    }

    private double terminal(int i, double[] y) {
        return wiring.wordFirst[i] * y[0] + wiring.wordLast[i] * y[n - 1];
    }

    /**
     * Solves for four lines that are {@link #areUniform uniform}, in place.
     *
     * @param a the lines
     * @param t0 their currents, as in {@link #solve}. Modified.
     * @param terminals the currents that leave through the terminals of all lines; the four are written. Modified.
     */
    void solve4(int a, int b, int c, int d, double[] t0, double[] t1, double[] t2, double[] t3, double[] terminals) {
        LineSweep.solve4(n, wiring.wordWire, inverse[a], inverse[b], inverse[c], inverse[d], t0, t1, t2, t3);
        terminals[a] = terminal(a, t0);
        terminals[b] = terminal(b, t1);
        terminals[c] = terminal(c, t2);
        terminals[d] = terminal(d, t3);
    }
}
