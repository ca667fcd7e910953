package org.vmmlib.core.crossbar.solve;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.vmmlib.core.crossbar.ArrayCells;
import org.vmmlib.core.kernel.RowVectors;

/**
 * All currents of an array at given node voltages, and what is left over at the nodes. A node's voltage is that of its
 * terminal plus a deviation held as the sum of two numbers, so that small currents through good wires, and through good
 * cells between poor wires, keep their digits. Scratch of one thread and its second.
 */
final class CurrentBalance {

    /** Terminal currents count as at least this part of the currents at the start: less is no current at all. */
    private static final double NOTHING = 0x1p-60;

    private static final double ROUNDING_OF_A_LAW = 0x1p-49;

    private final Wiring wiring;
    private final TerminalVoltages base;
    private final int n;
    private final int m;
    private final int middle;
    private final Crew crew;
    private final Side[] sides;
    private final double[][] zeros;
    private final Crew.Work rows = this::rowsOfSide;
    private final Crew.Work cells = this::cellsOfSide;

    /** Currents out of the array into the terminals of the word lines … */
    final double[] wordCurrent;
    /** … and of the bit lines. */
    final double[] bitCurrent;
    /** Dissipated in cells and wires, watts. */
    double power;
    /** l2 norm of the net currents of all nodes. */
    double norm;
    /** {@link #norm} over {@link #terminals}. */
    double residual;
    /** Largest net current over the largest branch current. */
    double kirchhoffError;
    /** l2 norm of the terminal currents, or the floor. */
    double terminals;

    private double floor;

    // What is evaluated

    private @Nullable ArrayCells law;
    private SchurMatrix matrix;
    private double @Nullable [][] wordHigh;
    private double[][] wordLow;
    private double[][] bitHigh;
    private double[][] bitLow;
    private double @Nullable [][] wordNet;
    private double @Nullable [][] bitNet;
    private double @Nullable [] wordVoltages;
    private double @Nullable [] bitVoltages;
    private double @Nullable [] cellCurrents;
    private double @Nullable [] drops;
    private int from;
    private double sign;

    CurrentBalance(SchurMatrix matrix, TerminalVoltages base, Crew crew) {
        this.matrix = matrix;
        this.base = base;
        this.crew = crew;
        wiring = matrix.wiring;
        n = wiring.rows;
        m = wiring.columns;
        middle = n / 2;
        sides = new Side[] {new Side(wiring), new Side(wiring)};
        double[] zero = new double[m];
        zeros = new double[n][];
        Arrays.fill(zeros, zero);
        wordLow = zeros;
        bitHigh = zeros;
        bitLow = zeros;
        wordCurrent = new double[n];
        bitCurrent = new double[m];
    }

    private static final class Side {
        final double[] wordBase;
        final double[] bitBase;
        final double[] word;
        final double[] wordRest;
        final double[] bit;
        final double[] bitRest;
        final double[] drop;
        final double[] current;
        final double[] slopeWord;
        final double[] slopeBit;
        final double[] high;
        final double[] wordDrop;
        final double[] wordFlux;
        final double[] bitDrop;
        final double[] net;
        final double[] bitCurrent;
        final double[] power;
        final double[] squares;
        final double[] worst;
        final double[] largest;
        double[] bitFlux;
        double[] nextFlux;
        double nodePower;
        double nodeLargest;
        double nodeWorst;
        double nodeSquares;

        Side(Wiring wiring) {
            double[][] rows = RowVectors.rows(22, Math.max(wiring.rows, wiring.columns) + 1);
            wordBase = rows[0];
            bitBase = rows[1];
            word = rows[2];
            wordRest = rows[3];
            bit = rows[4];
            bitRest = rows[5];
            drop = rows[6];
            current = rows[7];
            slopeWord = rows[8];
            slopeBit = rows[9];
            high = rows[10];
            wordDrop = rows[11];
            wordFlux = rows[12];
            bitDrop = rows[13];
            bitFlux = rows[14];
            nextFlux = rows[15];
            net = rows[16];
            bitCurrent = rows[17];
            power = rows[18];
            squares = rows[19];
            worst = rows[20];
            largest = rows[21];
        }

        void clear() {
            Arrays.fill(bitCurrent, 0);
            Arrays.fill(power, 0);
            Arrays.fill(squares, 0);
            Arrays.fill(worst, 0);
            Arrays.fill(largest, 0);
            nodePower = 0;
            nodeLargest = 0;
            nodeWorst = 0;
            nodeSquares = 0;
        }

        /** A node that stands for many, or a wire at the end of a line. */
        void node(double net) {
            nodeSquares += net * net;
            nodeWorst = Math.max(nodeWorst, Math.abs(net));
        }

        void wire(double amperes, double volts) {
            nodePower += amperes * volts;
            nodeLargest = Math.max(nodeLargest, Math.abs(amperes));
        }
    }

    /** Takes the norm of the net currents at the start, against which a current can be nothing. */
    void start(double startingNorm) {
        floor = NOTHING * startingNorm;
    }

    /** Takes the net currents of the last evaluation as those at the start. */
    void startHere() {
        floor = NOTHING * norm;
        terminals = Math.max(floor, terminals);
        residual = norm == 0 ? 0 : norm / terminals;
    }

    /** Keeps node voltages and cell currents of the following evaluations as one vector of a solution. */
    void keepVoltages(Solution solution, int vector) {
        wordVoltages = wiring.turned ? solution.bitLines.data : solution.wordLines.data;
        bitVoltages = wiring.turned ? solution.wordLines.data : solution.bitLines.data;
        cellCurrents = solution.cellCurrents.data;
        from = vector * n * m;
    }

    /** Keeps, of the following evaluations, the drop from bit line to word line of the array as it is drawn. */
    void keepRises(double[] out, int first) {
        drops = out;
        from = first;
        sign = wiring.turned ? 1 : -1;
    }

    /** Currents of linear cells between word and bit lines; nets are written where wanted. */
    void evaluate(SchurMatrix slopes, Deviations point, double @Nullable [][] wordNets, double @Nullable [][] bitNets) {
        evaluate(null, slopes, point.wordHigh, point.wordLow, point.bitHigh, point.bitLow, wordNets, bitNets);
    }

    /** Currents of linear cells where the word lines are in equilibrium with bit lines at these deviations. */
    void evaluate(SchurMatrix slopes, double[][] bits) {
        evaluate(null, slopes, null, zeros, bits, zeros, null, null);
    }

    /** Currents of cells that follow a law, whose slopes are written into the matrix. */
    void evaluate(ArrayCells cells, SchurMatrix slopes, Deviations point, double[][] wordNets, double[][] bitNets) {
        evaluate(cells, slopes, point.wordHigh, point.wordLow, point.bitHigh, point.bitLow, wordNets, bitNets);
    }

    private void evaluate(
            @Nullable ArrayCells cellLaw,
            SchurMatrix slopes,
            double @Nullable [][] atWordHigh,
            double[][] atWordLow,
            double[][] atBitHigh,
            double[][] atBitLow,
            double @Nullable [][] wordNets,
            double @Nullable [][] bitNets) {
        law = cellLaw;
        matrix = slopes;
        wordHigh = atWordHigh;
        wordLow = atWordLow;
        bitHigh = atBitHigh;
        bitLow = atBitLow;
        wordNet = wordNets;
        bitNet = bitNets;
        if (cellLaw != null && wiring.turned) {
            crew.run(cells);
        }
        crew.run(rows);
        law = null;
        sum();
    }

    /** Keeps nothing any more. */
    void keepNothing() {
        wordVoltages = null;
        bitVoltages = null;
        cellCurrents = null;
        drops = null;
    }

    private void sum() {
        Side s = sides[0];
        Side t = sides[1];
        System.arraycopy(s.bitCurrent, 0, bitCurrent, 0, m);
        RowVectors.add(m, 1, t.bitCurrent, bitCurrent);
        power = (RowVectors.sum(m, s.power) + RowVectors.sum(m, t.power)) + (s.nodePower + t.nodePower);
        norm = Math.sqrt(
                (RowVectors.sum(m, s.squares) + RowVectors.sum(m, t.squares)) + (s.nodeSquares + t.nodeSquares));
        double worst = Math.max(s.nodeWorst, t.nodeWorst);
        double largest = Math.max(s.nodeLargest, t.nodeLargest);
        for (int j = 0; j < m; j++) {
            worst = Math.max(worst, Math.max(s.worst[j], t.worst[j]));
            largest = Math.max(largest, Math.max(s.largest[j], t.largest[j]));
        }
        double squares = 0;
        for (double i : wordCurrent) {
            squares += i * i;
        }
        for (double i : bitCurrent) {
            squares += i * i;
        }
        terminals = Math.max(floor, Math.sqrt(squares));
        residual = norm == 0 ? 0 : norm / terminals;
        kirchhoffError = worst == 0 ? 0 : worst / Math.max(floor, largest);
    }

    /** Whether all currents are finite numbers. */
    boolean isFinite() {
        return Double.isFinite(norm) && Double.isFinite(power) && Double.isFinite(terminals);
    }

    /** Writes currents, power and evidence of one vector. */
    void write(Solution out, int ofVector, int iterations) {
        double[] rowCurrents = wiring.turned ? bitCurrent : wordCurrent;
        double[] columnCurrents = wiring.turned ? wordCurrent : bitCurrent;
        System.arraycopy(rowCurrents, 0, out.rowCurrents.data, ofVector * rowCurrents.length, rowCurrents.length);
        System.arraycopy(
                columnCurrents, 0, out.columnCurrents.data, ofVector * columnCurrents.length, columnCurrents.length);
        out.power.data[ofVector] = power;
        out.residual = Math.max(out.residual, residual);
        out.kirchhoffError = Math.max(out.kirchhoffError, kirchhoffError);
        out.iterations = Math.max(out.iterations, iterations);
    }

    private void rowsOfSide(int side) {
        Side s = sides[side];
        s.clear();
        int first = side == 0 ? 0 : middle;
        int end = side == 0 ? middle : n;
        if (first == end) {
            return;
        }
        flux(first, s, s.bitFlux);
        for (int i = first; i < end; i++) {
            RowVectors.gather(m, s.bitFlux, s.bitDrop, s.power);
            RowVectors.largest(m, s.bitFlux, s.largest);
            flux(i + 1, s, s.nextFlux);
            row(i, s);
            if (i == n - 1) {
                RowVectors.gather(m, s.nextFlux, s.bitDrop, s.power);
                RowVectors.largest(m, s.nextFlux, s.largest);
            }
            double[] swap = s.bitFlux;
            s.bitFlux = s.nextFlux;
            s.nextFlux = swap;
        }
    }

    /** Currents from the bit-line nodes of a row to those of the row before. */
    private void flux(int i, Side s, double[] out) {
        double[] high = i == n ? zeros[0] : bitHigh[i];
        double[] low = i == n ? zeros[0] : bitLow[i];
        double[] highBefore = i == 0 ? zeros[0] : bitHigh[i - 1];
        double[] lowBefore = i == 0 ? zeros[0] : bitLow[i - 1];
        RowVectors.drop(m, high, low, highBefore, lowBefore, s.bitDrop);
        RowVectors.multiply(m, wiring.bitSegments[i], s.bitDrop, out);
    }

    private void row(int i, Side s) {
        base.word(i, s.wordBase);
        base.bit(i, s.bitBase);
        double[] high = wordHigh == null ? equilibrium(i, s) : wordHigh[i];
        RowVectors.place(m, s.wordBase, high, wordLow[i], s.word, s.wordRest);
        RowVectors.place(m, s.bitBase, bitHigh[i], bitLow[i], s.bit, s.bitRest);
        RowVectors.drop(m, s.word, s.wordRest, s.bit, s.bitRest, s.drop);
        double[] current = cells(i, s);
        RowVectors.gather(m, current, s.drop, s.power);
        RowVectors.largest(m, current, s.largest);
        RowVectors.gather(m, wiring.bitAttached[i], current, s.bitCurrent);
        wordCurrent[i] = 0 - RowVectors.dot(m, wiring.wordAttached[i], current);
        RowVectors.subtract(m, s.bitFlux, s.nextFlux, s.net);
        RowVectors.add(m, -1, current, s.net);
        RowVectors.gather(m, s.net, s.net, s.squares);
        RowVectors.largest(m, s.net, s.worst);
        double[][] nets = bitNet;
        if (nets != null) {
            System.arraycopy(s.net, 0, nets[i], 0, m);
        }
        if (wiring.lumpedWords) {
            piecesOfWord(i, high, current, s);
        } else {
            wordNets(i, high, current, s);
        }
        double @Nullable [][] store = wordNet;
        if (store != null) {
            System.arraycopy(s.net, 0, store[i], 0, m);
        }
        keep(i, current, s);
    }

    /** Deviations of a word line at which no current is left over at its nodes. */
    private double[] equilibrium(int i, Side s) {
        double[] t = s.high;
        matrix.drive(i, s.wordBase, s.bitBase, t);
        RowVectors.lessMultiplied(m, matrix.bitSlope[i], bitHigh[i], t);
        matrix.words.solve(i, t);
        return t;
    }

    private double[] cells(int i, Side s) {
        ArrayCells cellLaw = law;
        if (cellLaw == null) {
            if (matrix.isSymmetric()) {
                RowVectors.multiply(m, matrix.wordSlope[i], s.drop, s.current);
            } else {
                RowVectors.cells(m, matrix.wordSlope[i], s.word, matrix.bitSlope[i], s.bit, s.current);
                RowVectors.cells(m, matrix.wordSlope[i], s.wordRest, matrix.bitSlope[i], s.bitRest, s.slopeWord);
                RowVectors.add(m, 1, s.slopeWord, s.current);
            }
            return s.current;
        }
        double @Nullable [][] ready = wordNet;
        if (wiring.turned && ready != null) {
            System.arraycopy(ready[i], 0, s.current, 0, m);
            return s.current;
        }
        cellLaw.evaluate(i, base.gate[i], s.word, s.bit, s.current, s.slopeWord, s.slopeBit);
        RowVectors.addRests(m, s.slopeWord, s.wordRest, s.slopeBit, s.bitRest, s.current);
        RowVectors.atLeastZero(m, 1, s.slopeWord, matrix.wordSlope[i]);
        if (!matrix.isSymmetric()) {
            RowVectors.atLeastZero(m, -1, s.slopeBit, matrix.bitSlope[i]);
        }
        return s.current;
    }

    private void wordNets(int i, double[] high, double[] current, Side s) {
        double[] low = wordLow[i];
        double[] drop = s.wordDrop;
        double[] flux = s.wordFlux;
        for (int j = 1; j < m; j++) {
            drop[j] = (high[j] - high[j - 1]) + (low[j] - low[j - 1]);
        }
        drop[0] = high[0] + low[0];
        drop[m] = -(high[m - 1] + low[m - 1]);
        double[] segments = wiring.wordSegments[i];
        if (segments != null) {
            RowVectors.multiply(m + 1, segments, drop, flux);
        } else {
            for (int j = 1; j < m; j++) {
                flux[j] = wiring.wordWire * drop[j];
            }
            flux[0] = wiring.wordFirst[i] * drop[0];
            flux[m] = wiring.wordLast[i] * drop[m];
        }
        RowVectors.gather(m, flux, drop, s.power);
        RowVectors.largest(m, flux, s.largest);
        s.wire(flux[m], drop[m]);
        for (int j = 0; j < m; j++) {
            s.net[j] = current[j] + (flux[j] - flux[j + 1]);
        }
        RowVectors.gather(m, s.net, s.net, s.squares);
        RowVectors.largest(m, s.net, s.worst);
    }

    /** A piece of a line without resistance is one node: its net current stands at the first. */
    private void piecesOfWord(int i, double[] high, double[] current, Side s) {
        Arrays.fill(s.net, 0);
        int start = 0;
        for (int p = 0; p < matrix.words.pieces(i); p++) {
            int end = matrix.words.pieceEnd(i, p);
            double anchor = matrix.words.anchor(i, p);
            if (!Double.isInfinite(anchor)) {
                double volts = high[start] + wordLow[i][start];
                double amperes = anchor * volts;
                double net = amperes;
                for (int j = start; j < end; j++) {
                    net += current[j];
                }
                s.net[start] = net;
                s.node(net);
                s.wire(amperes, volts);
            }
            start = end;
        }
    }

    private void keep(int i, double[] current, Side s) {
        double[] words = wordVoltages;
        double[] bits = bitVoltages;
        double[] currents = cellCurrents;
        if (words != null && bits != null && currents != null) {
            put(i, s.word, words);
            put(i, s.bit, bits);
            if (wiring.turned) {
                RowVectors.negate(m, current, s.net);
                put(i, s.net, currents);
            } else {
                put(i, current, currents);
            }
        }
        double[] out = drops;
        if (out != null) {
            RowVectors.multiply(m, sign, s.drop);
            put(i, s.drop, out);
        }
    }

    private void put(int i, double[] row, double[] out) {
        if (wiring.turned) {
            for (int j = 0; j < m; j++) {
                out[from + j * n + i] = row[j];
            }
        } else {
            System.arraycopy(row, 0, out, from + i * m, m);
        }
    }

    /** Cells of an array that is turned round, row by row as the law wants them; currents wait in the word nets. */
    private void cellsOfSide(int side) {
        Side s = sides[side];
        double @Nullable [][] out = wordNet;
        double @Nullable [][] high = wordHigh;
        ArrayCells cellLaw = law;
        if (out == null || high == null || cellLaw == null) {
            return;
        }
        for (int j = side == 0 ? 0 : m / 2; j < (side == 0 ? m / 2 : m); j++) {
            for (int i = 0; i < n; i++) {
                s.wordBase[i] = base.word(i, j);
                s.bitBase[i] = base.bit(i, j);
                s.high[i] = high[i][j];
                s.net[i] = wordLow[i][j];
                s.wordDrop[i] = bitHigh[i][j];
                s.wordFlux[i] = bitLow[i][j];
            }
            RowVectors.place(n, s.wordBase, s.high, s.net, s.word, s.wordRest);
            RowVectors.place(n, s.bitBase, s.wordDrop, s.wordFlux, s.bit, s.bitRest);
            cellLaw.evaluate(j, base.gate[j], s.bit, s.word, s.current, s.slopeBit, s.slopeWord);
            RowVectors.addRests(n, s.slopeBit, s.bitRest, s.slopeWord, s.wordRest, s.current);
            for (int i = 0; i < n; i++) {
                out[i][j] = -s.current[i];
                matrix.wordSlope[i][j] = Math.max(0, -s.slopeWord[i]);
                if (!matrix.isSymmetric()) {
                    matrix.bitSlope[i][j] = Math.max(0, s.slopeBit[i]);
                }
            }
        }
    }

    /**
     * Whether all currents of the last evaluation are within the rounding of the cells' own law, at voltages that have 53
     * bits: then no current flows at all, and nothing is left to be relative to.
     */
    boolean isDead(Deviations point) {
        Side s = sides[0];
        double sum = 0;
        for (int i = 0; i < n; i++) {
            base.word(i, s.wordBase);
            base.bit(i, s.bitBase);
            for (int j = 0; j < m; j++) {
                double part = Math.abs(matrix.wordSlope[i][j] * (s.wordBase[j] + point.wordHigh[i][j]))
                        + Math.abs(matrix.bitSlope[i][j] * (s.bitBase[j] + point.bitHigh[i][j]));
                sum += part * part;
            }
        }
        double rounding = ROUNDING_OF_A_LAW * Math.sqrt(sum);
        return norm <= rounding && terminals <= Math.max(floor, rounding);
    }
}
