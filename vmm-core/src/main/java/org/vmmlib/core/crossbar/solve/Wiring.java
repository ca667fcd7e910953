package org.vmmlib.core.crossbar.solve;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.vmmlib.core.crossbar.Direction;
import org.vmmlib.core.crossbar.Ends;
import org.vmmlib.core.crossbar.Lines;
import org.vmmlib.core.kernel.RowVectors;
import org.vmmlib.core.signal.Connections;

/**
 * The wires of an array for one pattern of connections, as the Schur complement needs them: word lines, which are
 * eliminated, and bit lines, which are kept. Either may stand for the rows of the array and the other for its columns;
 * the array is turned round where that makes the problem simpler. Immutable.
 */
final class Wiring {

    /** Whether word lines are the columns of the array. */
    final boolean turned;
    /** Number of word lines. */
    final int rows;
    /** Number of bit lines. */
    final int columns;
    /** Whether segments of word lines have no resistance. */
    final boolean lumpedWords;
    /** Whether segments of bit lines have no resistance. */
    final boolean lumpedBits;
    /** Conductance of a word-line segment. */
    final double wordWire;
    /** Conductance from the first node of each word line to its terminal; 0 if none, infinite if they are one. */
    final double[] wordFirst;
    /** Conductance from the last node. */
    final double[] wordLast;
    /** Segments of the word lines that are broken, ends included; null for those that are whole. */
    final double[] @Nullable [] wordSegments;
    /** Conductances of a bit-line segment where it is whole. */
    final double bitWire;
    /** Conductances before each row of bit-line nodes, the terminals included. */
    final double[][] bitSegments;
    /** 1 where wires lead from a word-line node to the terminal of its line, else 0. */
    final double[][] wordAttached;
    /** The same for bit lines, by rows. */
    final double[][] bitAttached;

    private Wiring(Side words, Side bits, boolean turned) {
        this.turned = turned;
        rows = words.count();
        columns = bits.count();
        wordWire = 1 / words.resistance();
        bitWire = 1 / bits.resistance();
        lumpedWords = Double.isInfinite(wordWire);
        lumpedBits = Double.isInfinite(bitWire);
        wordFirst = new double[rows];
        wordLast = new double[rows];
        wordSegments = new double[rows][];
        wordAttached = new double[rows][];
        double[] all = filled(columns, 1);
        double[] none = new double[columns];
        for (int i = 0; i < rows; i++) {
            wordFirst[i] = words.first(i);
            wordLast[i] = words.last(i);
            if (words.broken(i)) {
                wordSegments[i] = segments(words, i, wordWire);
                wordAttached[i] = words.attached(i);
            } else {
                wordAttached[i] = wordFirst[i] > 0 || wordLast[i] > 0 ? all : none;
            }
        }
        bitSegments = new double[rows + 1][];
        Arrays.fill(bitSegments, filled(columns, bitWire));
        bitSegments[0] = new double[columns];
        bitSegments[rows] = new double[columns];
        double[] attached = new double[columns];
        double[] @Nullable [] broken = new double[columns][];
        boolean anyBroken = false;
        for (int j = 0; j < columns; j++) {
            bitSegments[0][j] = bits.first(j);
            bitSegments[rows][j] = bits.last(j);
            attached[j] = bits.first(j) > 0 || bits.last(j) > 0 ? 1 : 0;
            if (bits.broken(j)) {
                anyBroken = true;
                broken[j] = bits.attached(j);
            }
        }
        bitAttached = new double[rows][];
        Arrays.fill(bitAttached, attached);
        if (anyBroken) {
            breakBits(bits, broken);
        }
    }

    private void breakBits(Side bits, double[] @Nullable [] broken) {
        double[] whole = filled(columns, bitWire);
        for (int i = 0; i < rows; i++) {
            double[] cut = whole.clone();
            double[] reached = bitAttached[i].clone();
            for (int j = 0; j < columns; j++) {
                double[] mask = broken[j];
                if (mask != null) {
                    reached[j] = mask[i];
                    cut[j] = i > 0 && bits.open(j, i) ? 0 : bitWire;
                }
            }
            if (i > 0 && !Arrays.equals(cut, whole)) {
                bitSegments[i] = cut;
            }
            bitAttached[i] = i > 0 && Arrays.equals(reached, bitAttached[i - 1]) ? bitAttached[i - 1] : reached;
        }
    }

    private static double[] segments(Side side, int line, double wire) {
        double[] out = filled(side.length() + 1, wire);
        out[0] = side.first(line);
        out[side.length()] = side.last(line);
        for (int k = 1; k < side.length(); k++) {
            if (side.open(line, k)) {
                out[k] = 0;
            }
        }
        return out;
    }

    private static double[] filled(int n, double value) {
        double[] out = new double[n];
        Arrays.fill(out, value);
        return out;
    }

    /** N×M values of the array as it is drawn, as rows of word-line nodes. */
    double[][] rows(double[] values) {
        double[][] out = RowVectors.rows(rows, columns);
        for (int i = 0; i < rows; i++) {
            if (turned) {
                for (int j = 0; j < columns; j++) {
                    out[i][j] = values[j * rows + i];
                }
            } else {
                System.arraycopy(values, i * columns, out[i], 0, columns);
            }
        }
        return out;
    }

    /** Whether source and sense resistances are the same, so that the direction does not matter. */
    static boolean sameBothWays(Lines lines) {
        if (!lines.fits(Direction.ROWS_DRIVEN) || !lines.fits(Direction.COLUMNS_DRIVEN)) {
            return false;
        }
        for (int k = 0; k < Math.max(lines.rows(), lines.columns()); k++) {
            if (lines.sourceResistance(k) != lines.senseResistance(k)) {
                return false;
            }
        }
        return true;
    }

    /** The wires of an array in a pattern of connections. */
    static Wiring of(Lines lines, Pattern pattern) {
        Side rows = new Side(lines, true, pattern.direction() == Direction.ROWS_DRIVEN, pattern.rows());
        Side columns = new Side(lines, false, pattern.direction() != Direction.ROWS_DRIVEN, pattern.columns());
        boolean turned = !Double.isInfinite(1 / lines.rowResistance())
                && (Double.isInfinite(1 / lines.columnResistance()) || (lines.rows() == 1 && lines.columns() > 1));
        return turned ? new Wiring(columns, rows, true) : new Wiring(rows, columns, false);
    }

    /** One side of the array as it is drawn. */
    private record Side(Lines lines, boolean isRows, boolean driven, Connections connections) {

        int count() {
            return isRows ? lines.rows() : lines.columns();
        }

        int length() {
            return isRows ? lines.columns() : lines.rows();
        }

        double resistance() {
            return isRows ? lines.rowResistance() : lines.columnResistance();
        }

        private Ends ends() {
            return isRows ? lines.rowEnds() : lines.columnEnds();
        }

        boolean open(int line, int segment) {
            return isRows ? lines.rowSegmentOpen(line, segment) : lines.columnSegmentOpen(line, segment);
        }

        boolean broken(int line) {
            for (int k = 1; k < length(); k++) {
                if (open(line, k)) {
                    return true;
                }
            }
            return false;
        }

        private double terminal(int line) {
            double series = driven ? lines.sourceResistance(line) : lines.senseResistance(line);
            return connections.isFloating(line) ? 0 : 1 / (resistance() + series);
        }

        double first(int line) {
            return ends().first() && !open(line, 0) ? terminal(line) : 0;
        }

        double last(int line) {
            return ends().last() && !open(line, length()) ? terminal(line) : 0;
        }

        /** 1 for each node of the line that wires join to the terminal. */
        double[] attached(int line) {
            int n = length();
            double[] out = new double[n];
            if (first(line) > 0) {
                for (int k = 0; k == 0 || (k < n && !open(line, k)); k++) {
                    out[k] = 1;
                }
            }
            if (last(line) > 0) {
                for (int k = n - 1; k == n - 1 || (k >= 0 && !open(line, k + 1)); k--) {
                    out[k] = 1;
                }
            }
            return out;
        }
    }
}
