package org.vmmlib.core.crossbar.solve;

import java.util.Arrays;
import org.vmmlib.core.kernel.RowVectors;

/** Deviations of all nodes from the terminals of their lines, each held as the sum of two numbers, high and low. */
final class Deviations {

    final double[][] wordHigh;
    final double[][] wordLow;
    final double[][] bitHigh;
    final double[][] bitLow;
    private final int m;

    Deviations(Wiring wiring) {
        m = wiring.columns;
        wordHigh = RowVectors.rows(wiring.rows, m);
        wordLow = RowVectors.rows(wiring.rows, m);
        bitHigh = RowVectors.rows(wiring.rows, m);
        bitLow = RowVectors.rows(wiring.rows, m);
    }

    /** Puts every node at its terminal. */
    void clear() {
        for (int i = 0; i < wordHigh.length; i++) {
            Arrays.fill(wordHigh[i], 0);
            Arrays.fill(wordLow[i], 0);
            Arrays.fill(bitHigh[i], 0);
            Arrays.fill(bitLow[i], 0);
        }
    }

    /** Puts every node where it is in another state. */
    void set(Deviations other) {
        for (int i = 0; i < wordHigh.length; i++) {
            System.arraycopy(other.wordHigh[i], 0, wordHigh[i], 0, m);
            System.arraycopy(other.wordLow[i], 0, wordLow[i], 0, m);
            System.arraycopy(other.bitHigh[i], 0, bitHigh[i], 0, m);
            System.arraycopy(other.bitLow[i], 0, bitLow[i], 0, m);
        }
    }

    /** Moves the nodes of rows {@code from … to − 1} by a factor times a step. */
    void move(int from, int to, double factor, double[][] wordStep, double[][] bitStep) {
        for (int i = from; i < to; i++) {
            RowVectors.move(m, factor, wordStep[i], wordHigh[i], wordLow[i]);
            RowVectors.move(m, factor, bitStep[i], bitHigh[i], bitLow[i]);
        }
    }
}
