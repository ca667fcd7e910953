package org.vmmlib.core.crossbar.solve;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.vmmlib.core.crossbar.ArrayCells;
import org.vmmlib.core.crossbar.Crossbar;
import org.vmmlib.core.crossbar.LinearCells;
import org.vmmlib.core.crossbar.Lines;
import org.vmmlib.core.kernel.RowVectors;

/**
 * A network with capacitances on the Schur complement: at a given rate a capacitance to ground is a conductance there, and
 * one in parallel to a cell adds to its slope, so that one matrix, one preconditioner and one balance of currents serve
 * stationary and moving states alike. Rows of numbers are those of the word-line nodes, then those of the bit-line nodes.
 */
final class CapacitiveSchur implements CapacitiveNetwork {

    private static final int MOST_STEPS = 100;
    private static final double FORCING = 1e-3;
    private static final double LEAST_FORCING = 1e-8;
    private static final double ARMIJO = 1e-4;
    private static final double SHORTEST = 0x1p-40;
    /** Currents below this part of the terminals' are rounding. */
    private static final double ROUNDING = 0x1p-44;
    /** So are these of the capacitances, which are differences of changes of two nodes. */
    private static final double ROUNDING_OF_A_CHANGE = 0x1p-53;
    /** Where no step reduces the residual any more, so many times as much may be left. */
    private static final double GOOD_ENOUGH = 0x1p10;
    /** A solve that leaves more than this part has failed. */
    private static final double FAILED = 0.1;

    private final Crossbar crossbar;
    private final ArrayCells cells;
    private final Excitation excitation;
    private final int vector;
    private final boolean linear;
    private final Wiring wiring;
    private final int n;
    private final int m;
    private final Crew crew;
    private final double wordCapacitance;
    private final double bitCapacitance;
    private final double cellCapacitance;

    /** The cells alone. */
    private final SchurMatrix pure;
    /** With the capacitances. */
    private final SchurMatrix loaded;

    private final SchurIteration iteration;
    private final TerminalVoltages base;
    private final CurrentBalance balance;
    private final Deviations point;
    private final Deviations kept;
    private final double[][] wordNet;
    private final double[][] wordStep;
    private final double[][] scratch;
    private final double[] row;
    private final double[] squares;
    private @Nullable Stationary stationary;
    private double factored = Double.NaN;
    private boolean primed;
    private boolean fresh;
    private double norm;
    private double least;

    CapacitiveSchur(
            SchurSolver solver,
            Crossbar crossbar,
            ArrayCells cells,
            Excitation excitation,
            int vector,
            double cellCapacitance) {
        this.crossbar = crossbar;
        this.cells = cells;
        this.excitation = excitation;
        this.vector = vector;
        this.cellCapacitance = cellCapacitance;
        Lines lines = crossbar.lines();
        wiring = Wiring.of(lines, Pattern.of(lines, excitation));
        n = wiring.rows;
        m = wiring.columns;
        wordCapacitance = wiring.turned ? lines.columnCapacitance() : lines.rowCapacitance();
        bitCapacitance = wiring.turned ? lines.rowCapacitance() : lines.columnCapacitance();
        crew = new Crew(solver.threads(), crossbar);
        boolean symmetric = crossbar.law().twoTerminal();
        if (cells instanceof LinearCells resistors) {
            linear = true;
            double[][] conductances = wiring.rows(resistors.conductances().data);
            pure = new SchurMatrix(wiring, conductances, conductances);
            loaded = cellCapacitance > 0 ? pure.with(wiring.rows(resistors.conductances().data)) : pure;
        } else {
            linear = false;
            double[][] wordSlope = RowVectors.rows(n, m);
            pure = new SchurMatrix(wiring, wordSlope, symmetric ? wordSlope : RowVectors.rows(n, m));
            loaded = pure;
        }
        iteration = pure.isSymmetric()
                ? new ConjugateGradients(loaded, crew, SchurResistors.MOST_ITERATIONS)
                : new Gmres(loaded, crew, SchurResistors.MOST_ITERATIONS);
        base = new TerminalVoltages(wiring);
        base.set(excitation, vector);
        balance = new CurrentBalance(pure, base, crew);
        balance.start(0);
        point = new Deviations(wiring);
        kept = new Deviations(wiring);
        wordNet = RowVectors.rows(n, m);
        wordStep = RowVectors.rows(n, m);
        scratch = RowVectors.rows(4, m);
        row = RowVectors.rows(1, m)[0];
        squares = RowVectors.rows(1, m)[0];
    }

    @Override
    public String method() {
        if (linear) {
            return "Schur complement, conjugate gradients";
        }
        return "Newton, Schur complement, " + (pure.isSymmetric() ? "conjugate gradients" : "GMRES");
    }

    @Override
    public double[][] zeros() {
        return RowVectors.rows(2 * n, m);
    }

    @Override
    public int width() {
        return m;
    }

    /** The cell at a node, row-major in the array as it is drawn. */
    private int cell(int i, int j) {
        return wiring.turned ? j * n + i : i * m + j;
    }

    @Override
    public void place(double[] wordLines, double[] bitLines, double[][] moved) {
        double[] words = wiring.turned ? bitLines : wordLines;
        double[] bits = wiring.turned ? wordLines : bitLines;
        point.clear();
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < m; j++) {
                point.wordHigh[i][j] = words[cell(i, j)] - base.word(i, j);
                point.bitHigh[i][j] = bits[cell(i, j)] - base.bit(i, j);
            }
            Arrays.fill(moved[i], 0);
            Arrays.fill(moved[n + i], 0);
            int from = 0;
            for (int p = 0; wiring.lumpedWords && p < pure.words.pieces(i); p++) {
                int to = pure.words.pieceEnd(i, p);
                if (pure.words.isTerminal(i, p)) {
                    for (int j = from; j < to; j++) {
                        moved[i][j] = 0 - point.wordHigh[i][j];
                        point.wordHigh[i][j] = 0;
                    }
                }
                from = to;
            }
        }
        fresh = false;
    }

    @Override
    public void keep() {
        kept.set(point);
    }

    @Override
    public void restore() {
        point.set(kept);
        fresh = false;
    }

    private void evaluate() {
        if (linear) {
            balance.evaluate(pure, point, wordNet, iteration.right());
        } else {
            balance.evaluate(cells, pure, point, wordNet, iteration.right());
        }
        fresh = true;
    }

    /** Adds what the capacitances draw to the net currents, and finds the norm of all and what is rounding of it. */
    private void load(double rate, double[][] moved) {
        double[][] bitNet = iteration.right();
        Arrays.fill(squares, 0);
        for (int i = 0; i < n; i++) {
            double[] words = moved[i];
            double[] bits = moved[n + i];
            RowVectors.add(m, rate * wordCapacitance, words, wordNet[i]);
            RowVectors.add(m, rate * bitCapacitance, bits, bitNet[i]);
            if (cellCapacitance > 0) {
                RowVectors.subtract(m, words, bits, row);
                RowVectors.add(m, rate * cellCapacitance, row, wordNet[i]);
                RowVectors.add(m, -rate * cellCapacitance, row, bitNet[i]);
            }
            if (wiring.lumpedWords) {
                pure.words.lump(i, wordNet[i]);
            }
            RowVectors.gather(m, wordNet[i], wordNet[i], squares);
            RowVectors.gather(m, bitNet[i], bitNet[i], squares);
        }
        norm = Math.sqrt(RowVectors.sum(m, squares));
        if (!linear) {
            Arrays.fill(squares, 0);
            for (double[] some : moved) {
                RowVectors.gather(m, some, some, squares);
            }
            double farads = wordCapacitance + bitCapacitance + 2 * cellCapacitance;
            double changes = Math.abs(rate) * farads * Math.sqrt(RowVectors.sum(m, squares));
            least = ROUNDING * balance.terminals + ROUNDING_OF_A_CHANGE * changes;
        }
    }

    /** Factors for a rate, at the slopes as they are. */
    private void factor(double rate) {
        if (!primed) {
            // The coarse grid is made for the cells, and serves all rates.
            loaded.factor(crew, true);
            primed = true;
        }
        loaded.wordGround = rate * wordCapacitance;
        loaded.bitGround = rate * bitCapacitance;
        if (cellCapacitance > 0) {
            double siemens = rate * cellCapacitance;
            for (int i = 0; i < n; i++) {
                if (linear) {
                    System.arraycopy(pure.wordSlope[i], 0, loaded.wordSlope[i], 0, m);
                }
                RowVectors.add(m, siemens, loaded.wordSlope[i]);
                if (!loaded.isSymmetric()) {
                    RowVectors.add(m, siemens, loaded.bitSlope[i]);
                }
            }
        }
        loaded.factor(crew, false);
        factored = rate;
    }

    @Override
    public int relax(double rate, double[][] moved, double accuracy) {
        if (!fresh) {
            evaluate();
        }
        load(rate, moved);
        if (!linear) {
            return newton(rate, moved, accuracy);
        }
        // The net currents are no longer those of cells and wires alone.
        fresh = false;
        if (norm == 0) {
            return 0;
        }
        if (rate != factored) {
            factor(rate);
        }
        int count = step(accuracy);
        if (count >= 0) {
            move(1, moved);
        }
        return count;
    }

    /** Solves for the step from net currents, down to a part of what they ask of the bit lines. */
    private int step(double part) {
        double[][] right = iteration.right();
        for (int i = 0; i < n; i++) {
            System.arraycopy(wordNet[i], 0, wordStep[i], 0, m);
        }
        loaded.gather(0, n, wordStep, right, iteration.wordCurrent(), scratch);
        Arrays.fill(squares, 0);
        for (int i = 0; i < n; i++) {
            RowVectors.gather(m, right[i], right[i], squares);
        }
        double start = Math.sqrt(RowVectors.sum(m, squares));
        if (!Double.isFinite(start)) {
            return -1;
        }
        iteration.matrix(loaded, false);
        int count = iteration.solve(part * start, 0);
        if (start > 0 && !(iteration.history()[count] <= FAILED * start)) {
            return -1;
        }
        loaded.wordStep(0, n, iteration.solution(), wordStep, iteration.wordCurrent());
        return count;
    }

    private void move(double part, double[][] moved) {
        point.move(0, n, part, wordStep, iteration.solution());
        for (int i = 0; i < n; i++) {
            RowVectors.add(m, part, wordStep[i], moved[i]);
            RowVectors.add(m, part, iteration.solution()[i], moved[n + i]);
        }
    }

    private int newton(double rate, double[][] moved, double accuracy) {
        double goal = accuracy * norm;
        double near = Math.sqrt(accuracy);
        double last = Double.POSITIVE_INFINITY;
        double forcing = FORCING;
        int count = 0;
        for (int k = 0; k < MOST_STEPS; k++) {
            if (norm <= least || (norm <= goal && last <= near * longest(moved))) {
                load(-rate, moved);
                return count;
            }
            double before = norm;
            factor(rate);
            int iterations = step(forcing);
            if (iterations < 0) {
                return -1;
            }
            count += Math.max(1, iterations);
            last = Math.max(longest(wordStep), longest(iteration.solution()));
            if (!advance(rate, moved, before, before <= goal ? 1 : SHORTEST)) {
                evaluate();
                load(rate, moved);
                if (!(norm <= Math.max(goal, GOOD_ENOUGH * least)) && !balance.isDead(point)) {
                    return -1;
                }
                load(-rate, moved);
                return count;
            }
            double ratio = norm / before;
            forcing = Math.max(LEAST_FORCING, Math.min(FORCING, 0.5 * ratio * ratio));
        }
        return -1;
    }

    /** Largest magnitude in all rows. */
    private double longest(double[][] rows) {
        Arrays.fill(row, 0);
        for (double[] some : rows) {
            RowVectors.largest(m, some, row);
        }
        double most = 0;
        for (int j = 0; j < m; j++) {
            most = Math.max(most, row[j]);
        }
        return most;
    }

    /** Takes the step, halved until the norm falls; or leaves the nodes where they are. */
    private boolean advance(double rate, double[][] moved, double before, double shortest) {
        double taken = 1;
        double part = 1;
        while (true) {
            move(part, moved);
            evaluate();
            load(rate, moved);
            if (Double.isFinite(norm) && norm <= (1 - ARMIJO * taken) * before) {
                return true;
            }
            if (taken <= shortest) {
                move(-taken, moved);
                return false;
            }
            taken *= 0.5;
            part = -taken;
        }
    }

    @Override
    public double currents(double[][] rates, double[] rowCurrents, double[] columnCurrents) {
        if (!fresh) {
            evaluate();
        }
        charges(rates, rowCurrents, columnCurrents);
        RowVectors.add(m, 1, balance.bitCurrent, wiring.turned ? rowCurrents : columnCurrents);
        RowVectors.add(n, 1, balance.wordCurrent, wiring.turned ? columnCurrents : rowCurrents);
        return balance.power;
    }

    @Override
    public void charges(double[][] moved, double[] rowCharges, double[] columnCharges) {
        double[] ofWords = wiring.turned ? columnCharges : rowCharges;
        double[] ofBits = wiring.turned ? rowCharges : columnCharges;
        Arrays.fill(ofBits, 0);
        for (int i = 0; i < n; i++) {
            double[] words = moved[i];
            double[] bits = moved[n + i];
            RowVectors.subtract(m, words, bits, row);
            RowVectors.multiply(m, cellCapacitance, row);
            RowVectors.gather(m, wiring.bitAttached[i], row, ofBits);
            RowVectors.add(m, wordCapacitance, words, row);
            ofWords[i] = 0 - RowVectors.dot(m, wiring.wordAttached[i], row);
            RowVectors.multiply(m, wiring.bitAttached[i], bits, row);
            RowVectors.add(m, -bitCapacitance, row, ofBits);
        }
    }

    @Override
    public double storedEnergy() {
        double words = 0;
        double bits = 0;
        double drops = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < m; j++) {
                double word = base.word(i, j) + point.wordHigh[i][j];
                double bit = base.bit(i, j) + point.bitHigh[i][j];
                words += word * word;
                bits += bit * bit;
                drops += (word - bit) * (word - bit);
            }
        }
        return 0.5 * (wordCapacitance * words + bitCapacitance * bits + cellCapacitance * drops);
    }

    @Override
    public double storedEnergy(double[] wordLines, double[] bitLines) {
        Lines lines = crossbar.lines();
        return CapacitiveReference.energy(
                wordLines, bitLines, n * m, lines.rowCapacitance(), lines.columnCapacitance(), cellCapacitance);
    }

    @Override
    public double fastest() {
        double wire = finite(wiring.wordWire);
        wire = Math.max(wire, finite(wiring.bitWire));
        for (int i = 0; i < n; i++) {
            wire = Math.max(wire, Math.max(finite(wiring.wordFirst[i]), finite(wiring.wordLast[i])));
        }
        for (int j = 0; j < m; j++) {
            wire = Math.max(wire, Math.max(wiring.bitSegments[0][j], wiring.bitSegments[n][j]));
        }
        if (!fresh) {
            evaluate();
        }
        double slope = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < m; j++) {
                slope = Math.max(slope, Math.max(pure.wordSlope[i][j], pure.bitSlope[i][j]));
            }
        }
        return CapacitiveReference.fastest(wire, slope, wordCapacitance, bitCapacitance, cellCapacitance);
    }

    private static double finite(double siemens) {
        return Double.isInfinite(siemens) ? 0 : siemens;
    }

    @Override
    public double largest(double[][] numbers) {
        Arrays.fill(squares, 0);
        boolean cellsOnly = wordCapacitance == 0 && bitCapacitance == 0;
        for (int i = 0; i < n; i++) {
            if (cellsOnly) {
                RowVectors.subtract(m, numbers[i], numbers[n + i], row);
                RowVectors.largest(m, row, squares);
                continue;
            }
            if (wordCapacitance > 0 || cellCapacitance > 0) {
                RowVectors.largest(m, numbers[i], squares);
            }
            if (bitCapacitance > 0 || cellCapacitance > 0) {
                RowVectors.largest(m, numbers[n + i], squares);
            }
        }
        double most = 0;
        for (int j = 0; j < m; j++) {
            most = Math.max(most, squares[j]);
        }
        return most;
    }

    @Override
    public void approach(Solution solution) {
        stationary = new Stationary(crossbar, cells, excitation, vector, solution);
    }

    @Override
    public double distance() {
        Stationary goal = stationary;
        if (goal == null) {
            return Double.POSITIVE_INFINITY;
        }
        double most = 0;
        int count = n * m;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < m; j++) {
                int word = cell(i, j) + (wiring.turned ? count : 0);
                int bit = cell(i, j) + (wiring.turned ? 0 : count);
                most = Math.max(most, goal.distance(word, base.word(i, j) + point.wordHigh[i][j]));
                most = Math.max(most, goal.distance(bit, base.bit(i, j) + point.bitHigh[i][j]));
            }
        }
        return most;
    }
}
