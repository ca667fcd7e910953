package org.vmmlib.core.crossbar.solve;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.vmmlib.core.crossbar.ArrayCells;
import org.vmmlib.core.crossbar.Crossbar;
import org.vmmlib.core.crossbar.LinearCells;
import org.vmmlib.core.crossbar.Lines;

/**
 * A network with capacitances by sparse direct factorisation, plain and slow: the one that the other is tested against, and
 * the one for lines without resistance. Rows of numbers are word-line nodes and bit-line nodes, each row-major.
 */
final class CapacitiveReference implements CapacitiveNetwork {

    private static final int MOST_STEPS = 200;
    private static final double ARMIJO = 1e-4;
    private static final double SHORTEST = 0x1p-40;
    private static final double ROUNDING = 0x1p-44;
    /** Currents of capacitances are differences of changes of two nodes. */
    private static final double ROUNDING_OF_A_CHANGE = 0x1p-53;

    private static final double GOOD_ENOUGH = 0x1p10;

    private final Crossbar crossbar;
    private final ArrayCells cells;
    private final Excitation excitation;
    private final int vector;
    private final boolean linear;
    private final boolean symmetric;
    private final int n;
    private final int m;
    private final int count;
    private final double wordCapacitance;
    private final double bitCapacitance;
    private final double cellCapacitance;
    private final Network network;
    private final Jacobian jacobian;
    private final int[] counts;
    private final Factorization usual;
    private @Nullable Factorization fallback;
    private Factors factors;
    private final OperatingPoint point;
    private final OperatingPoint kept;
    private final double[] slopeRow;
    private final double[] slopeColumn;
    private final double[] ground;
    private final double[] net;
    private final double[] step;
    private @Nullable Stationary stationary;
    private double factored = Double.NaN;
    private boolean fresh;
    private double norm;
    private double least;

    CapacitiveReference(
            ReferenceSolver solver,
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
        n = crossbar.rows();
        m = crossbar.columns();
        count = n * m;
        wordCapacitance = lines.rowCapacitance();
        bitCapacitance = lines.columnCapacitance();
        linear = cells instanceof LinearCells;
        symmetric = crossbar.law().twoTerminal();
        network = Pattern.of(lines, excitation).network(lines);
        counts = solver.factorCounts(crossbar, network, Integer.BYTES + 2 * Double.BYTES);
        jacobian = new Jacobian(network);
        usual = symmetric ? new CholeskyFactorization(network.pattern) : new LuFactorization(network.pattern, counts);
        factors = usual.factors();
        point = new OperatingPoint(cells);
        point.start(network, excitation, vector);
        kept = new OperatingPoint(cells);
        kept.start(network, excitation, vector);
        slopeRow = new double[count];
        slopeColumn = new double[count];
        ground = new double[network.unknowns];
        net = new double[network.unknowns];
        step = new double[network.unknowns];
    }

    @Override
    public String method() {
        return (linear ? "" : "Newton, ") + "sparse " + (symmetric ? "Cholesky" : "LU");
    }

    @Override
    public double[][] zeros() {
        return new double[2][count];
    }

    @Override
    public int width() {
        return count;
    }

    @Override
    public void place(double[] wordLines, double[] bitLines, double[][] moved) {
        point.place(network, wordLines, bitLines);
        evaluate();
        for (int c = 0; c < count; c++) {
            moved[0][c] = network.node[c] == Network.TERMINAL ? point.voltage[c] - wordLines[c] : 0;
            int bit = count + c;
            moved[1][c] = network.node[bit] == Network.TERMINAL ? point.voltage[bit] - bitLines[c] : 0;
        }
    }

    @Override
    public void keep() {
        Arrays.fill(step, 0);
        kept.move(network, point, 0, step, step);
    }

    @Override
    public void restore() {
        Arrays.fill(step, 0);
        point.move(network, kept, 0, step, step);
        fresh = false;
    }

    private void evaluate() {
        point.evaluate(network, excitation, vector);
        fresh = true;
    }

    /** What is left over at the unknowns with the currents of the capacitances. */
    private void residual(double rate, double[][] moved) {
        if (!fresh) {
            evaluate();
        }
        System.arraycopy(point.net, 0, net, 0, network.unknowns);
        for (int c = 0; c < count; c++) {
            int a = network.node[c];
            int b = network.node[count + c];
            double across = rate * cellCapacitance * (moved[0][c] - moved[1][c]);
            if (a != Network.TERMINAL) {
                net[a] += rate * wordCapacitance * moved[0][c] + across;
            }
            if (b != Network.TERMINAL) {
                net[b] += rate * bitCapacitance * moved[1][c] - across;
            }
        }
        norm = 0;
        for (int k = 0; k < network.unknowns; k++) {
            norm = Math.hypot(norm, net[k]);
        }
        double squares = 0;
        for (int c = 0; c < count; c++) {
            squares += moved[0][c] * moved[0][c] + moved[1][c] * moved[1][c];
        }
        double changes = rate * (wordCapacitance + bitCapacitance + 2 * cellCapacitance) * Math.sqrt(squares);
        least = ROUNDING * point.terminals() + ROUNDING_OF_A_CHANGE * changes;
    }

    private boolean factor(double rate) {
        if (linear && factored == rate) {
            return true;
        }
        double[] conductances = cells instanceof LinearCells resistors ? resistors.conductances().data : null;
        double siemens = rate * cellCapacitance;
        for (int c = 0; c < count; c++) {
            slopeRow[c] = (conductances == null ? point.slopeRow[c] : conductances[c]) + siemens;
            slopeColumn[c] = (conductances == null ? point.slopeColumn[c] : -conductances[c]) - siemens;
        }
        Arrays.fill(ground, 0);
        for (int c = 0; c < count; c++) {
            if (network.node[c] != Network.TERMINAL) {
                ground[network.node[c]] += rate * wordCapacitance;
            }
            if (network.node[count + c] != Network.TERMINAL) {
                ground[network.node[count + c]] += rate * bitCapacitance;
            }
        }
        jacobian.assemble(slopeRow, slopeColumn, ground);
        factored = rate;
        if (usual.factor(jacobian)) {
            factors = usual.factors();
            return true;
        }
        if (!symmetric) {
            return false;
        }
        Factorization lu = fallback;
        if (lu == null) {
            lu = new LuFactorization(network.pattern, counts);
            fallback = lu;
        }
        boolean done = lu.factor(jacobian);
        factors = lu.factors();
        return done;
    }

    @Override
    public int relax(double rate, double[][] moved, double accuracy) {
        residual(rate, moved);
        double goal = accuracy * norm;
        double near = Math.sqrt(accuracy);
        double last = Double.POSITIVE_INFINITY;
        for (int k = 0; k < MOST_STEPS; k++) {
            if (norm <= least || (norm <= goal && last <= near * longest(moved))) {
                return k;
            }
            if (!factor(rate)) {
                return -1;
            }
            for (int u = 0; u < network.unknowns; u++) {
                step[u] = -net[u];
            }
            factors.solve(step);
            if (linear) {
                move(1, moved);
                return 1;
            }
            last = 0;
            for (double volts : step) {
                last = Math.max(last, Math.abs(volts));
            }
            if (!advance(rate, moved, norm, norm <= goal ? 1 : SHORTEST)) {
                residual(rate, moved);
                return norm <= Math.max(goal, GOOD_ENOUGH * least) || point.isDead() ? k + 1 : -1;
            }
        }
        return -1;
    }

    private void move(double part, double[][] moved) {
        for (int u = 0; part != 1 && u < network.unknowns; u++) {
            step[u] *= part;
        }
        point.add(network, step, 1, 0);
        for (int c = 0; c < count; c++) {
            int a = network.node[c];
            int b = network.node[count + c];
            moved[0][c] += a == Network.TERMINAL ? 0 : step[a];
            moved[1][c] += b == Network.TERMINAL ? 0 : step[b];
        }
        fresh = false;
    }

    private static double longest(double[][] rows) {
        double most = 0;
        for (double[] some : rows) {
            for (double volts : some) {
                most = Math.max(most, Math.abs(volts));
            }
        }
        return most;
    }

    private boolean advance(double rate, double[][] moved, double before, double shortest) {
        double taken = 1;
        move(1, moved);
        while (true) {
            residual(rate, moved);
            if (Double.isFinite(norm) && norm <= (1 - ARMIJO * taken) * before) {
                return true;
            }
            // The step is then what was taken last: the whole one, or half of the one before, back.
            if (taken <= shortest) {
                move(taken == 1 ? -1 : 1, moved);
                return false;
            }
            move(taken == 1 ? -0.5 : 0.5, moved);
            taken *= 0.5;
        }
    }

    @Override
    public double currents(double[][] rates, double[] rowCurrents, double[] columnCurrents) {
        if (!fresh) {
            evaluate();
        }
        charges(rates, rowCurrents, columnCurrents);
        for (int i = 0; i < n; i++) {
            rowCurrents[i] += point.rowCurrent[i];
        }
        for (int j = 0; j < m; j++) {
            columnCurrents[j] += point.columnCurrent[j];
        }
        return point.power;
    }

    @Override
    public void charges(double[][] moved, double[] rowCharges, double[] columnCharges) {
        Arrays.fill(rowCharges, 0);
        Arrays.fill(columnCharges, 0);
        for (int c = 0; c < count; c++) {
            double across = cellCapacitance * (moved[0][c] - moved[1][c]);
            if (network.attached[c]) {
                rowCharges[c / m] -= wordCapacitance * moved[0][c] + across;
            }
            if (network.attached[count + c]) {
                columnCharges[c % m] -= bitCapacitance * moved[1][c] - across;
            }
        }
    }

    @Override
    public double storedEnergy() {
        if (!fresh) {
            evaluate();
        }
        double words = 0;
        double bits = 0;
        double drops = 0;
        for (int c = 0; c < count; c++) {
            double word = point.voltage[c];
            double bit = point.voltage[count + c];
            words += word * word;
            bits += bit * bit;
            drops += (word - bit) * (word - bit);
        }
        return 0.5 * (wordCapacitance * words + bitCapacitance * bits + cellCapacitance * drops);
    }

    @Override
    public double storedEnergy(double[] wordLines, double[] bitLines) {
        return energy(wordLines, bitLines, count, wordCapacitance, bitCapacitance, cellCapacitance);
    }

    /** Energy at the node voltages of that many cells. */
    static double energy(double[] wordLines, double[] bitLines, int cells, double atWord, double atBit, double across) {
        double words = 0;
        double bits = 0;
        double drops = 0;
        for (int c = 0; c < cells; c++) {
            double word = wordLines[c];
            double bit = bitLines[c];
            words += word * word;
            bits += bit * bit;
            drops += (word - bit) * (word - bit);
        }
        return 0.5 * (atWord * words + atBit * bits + across * drops);
    }

    @Override
    public double fastest() {
        if (!fresh) {
            evaluate();
        }
        double wire = 0;
        for (double g : network.wireConductance) {
            wire = Math.max(wire, g);
        }
        double slope = 0;
        double[] conductances = cells instanceof LinearCells resistors ? resistors.conductances().data : null;
        for (int c = 0; c < count; c++) {
            double one = conductances == null
                    ? Math.max(Math.abs(point.slopeRow[c]), Math.abs(point.slopeColumn[c]))
                    : conductances[c];
            slope = Math.max(slope, one);
        }
        return fastest(wire, slope, wordCapacitance, bitCapacitance, cellCapacitance);
    }

    /**
     * Upper bound of how fast any node can follow, per second.
     *
     * @param wire largest conductance of a wire
     * @param slope largest slope of a cell
     * @param capacitances of a node or a cell, of which those that are 0 do not count
     */
    static double fastest(double wire, double slope, double... capacitances) {
        double least = Double.POSITIVE_INFINITY;
        for (double farads : capacitances) {
            least = farads > 0 ? Math.min(least, farads) : least;
        }
        return (4 * wire + 2 * slope) / least;
    }

    @Override
    public double largest(double[][] numbers) {
        double most = 0;
        boolean cellsOnly = wordCapacitance == 0 && bitCapacitance == 0;
        for (int c = 0; c < count; c++) {
            if (cellsOnly) {
                most = Math.max(most, Math.abs(numbers[0][c] - numbers[1][c]));
                continue;
            }
            if (wordCapacitance > 0 || cellCapacitance > 0) {
                most = Math.max(most, Math.abs(numbers[0][c]));
            }
            if (bitCapacitance > 0 || cellCapacitance > 0) {
                most = Math.max(most, Math.abs(numbers[1][c]));
            }
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
        if (!fresh) {
            evaluate();
        }
        double most = 0;
        for (int k = 0; k < 2 * count; k++) {
            most = Math.max(most, goal.distance(k, point.voltage[k]));
        }
        return most;
    }
}
