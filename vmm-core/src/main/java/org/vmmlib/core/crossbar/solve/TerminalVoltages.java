package org.vmmlib.core.crossbar.solve;

import java.util.Arrays;

/**
 * The voltages that deviations are counted from: that of its line's terminal for a node that wires lead to it, half-way
 * between the lowest and the highest terminal for others.
 */
final class TerminalVoltages {

    private final Wiring wiring;
    /** Terminals of the word lines. */
    final double[] word;
    /** Terminals of the bit lines. */
    final double[] bit;
    /** Gates, by rows of the array as it is drawn. */
    final double[] gate;

    private double free;
    /** Highest less lowest terminal voltage. */
    double range;

    TerminalVoltages(Wiring wiring) {
        this.wiring = wiring;
        word = new double[wiring.rows];
        bit = new double[wiring.columns];
        gate = new double[wiring.turned ? wiring.columns : wiring.rows];
    }

    /** Takes those of one vector. */
    void set(Excitation e, int vector) {
        double[] rows = wiring.turned ? bit : word;
        double[] columns = wiring.turned ? word : bit;
        System.arraycopy(e.rowVoltages().data, vector * rows.length, rows, 0, rows.length);
        System.arraycopy(e.columnVoltages().data, vector * columns.length, columns, 0, columns.length);
        if (e.gates().numCols > 0) {
            System.arraycopy(e.gates().data, vector * rows.length, gate, 0, rows.length);
        }
        findFree();
    }

    /** Takes 0 V everywhere but at one side, which gets these. */
    void set(double[] voltages, int from, boolean atWords) {
        Arrays.fill(word, 0);
        Arrays.fill(bit, 0);
        double[] side = atWords ? word : bit;
        System.arraycopy(voltages, from, side, 0, side.length);
        free = 0;
        range = 0;
    }

    private void findFree() {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < word.length; i++) {
            if (wiring.wordFirst[i] > 0 || wiring.wordLast[i] > 0) {
                least = Math.min(least, word[i]);
                most = Math.max(most, word[i]);
            }
        }
        for (int j = 0; j < bit.length; j++) {
            if (wiring.bitSegments[0][j] > 0 || wiring.bitSegments[wiring.rows][j] > 0) {
                least = Math.min(least, bit[j]);
                most = Math.max(most, bit[j]);
            }
        }
        range = least <= most ? most - least : 0;
        free = least <= most ? least + 0.5 * range : 0;
    }

    /** Writes the voltages of the nodes of a word line. */
    void word(int i, double[] out) {
        place(wiring.wordAttached[i], word[i], out);
    }

    private void place(double[] attached, double terminal, double[] out) {
        for (int j = 0; j < attached.length; j++) {
            out[j] = attached[j] > 0 ? terminal : free;
        }
    }

    /** The voltage of a word-line node. */
    double word(int i, int j) {
        return wiring.wordAttached[i][j] > 0 ? word[i] : free;
    }

    /** The voltage of a bit-line node. */
    double bit(int i, int j) {
        return wiring.bitAttached[i][j] > 0 ? bit[j] : free;
    }

    /** Writes the voltages of a row of bit-line nodes. */
    void bit(int i, double[] out) {
        double[] attached = wiring.bitAttached[i];
        for (int j = 0; j < attached.length; j++) {
            out[j] = attached[j] > 0 ? bit[j] : free;
        }
    }
}
