package org.vmmlib.core.crossbar.solve;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;
import org.vmmlib.core.crossbar.ArrayCells;
import org.vmmlib.core.crossbar.LinearCells;

/**
 * A guess at the node voltages for one vector, and the currents that follow from it.
 *
 * <p>An unknown is the deviation of a node from the terminal of its line, so that small currents through good wires
 * keep their digits: a wire current is a conductance times the difference of two deviations. Each deviation is held as
 * the sum of two numbers, so that the same is true of cells that conduct much better than the wires around them. Branch
 * currents are therefore accurate to a few units in the last place of the state, and the sum of the currents at a node
 * tells how far the state is from the solution.
 */
final class OperatingPoint {

    /**
     * Terminal currents count as at least this part of the net currents at the start, or of what the wires can carry: less
     * is no current at all.
     */
    private static final double NOTHING = 0x1p-60;

    private static final double ROUNDING_OF_A_LAW = 0x1p-49;

    private final ArrayCells cells;
    private final double @Nullable [] conductances;
    private final int rows;
    private final int columns;

    private final double[] high;
    private final double[] low;
    private final double[] savedHigh;
    private final double[] savedLow;
    /** Voltage of each unknown's terminal. */
    private final double[] base;

    private double free;
    private double floor;
    private double lowest;
    private double highest;

    /** Net current out of each node, amperes. */
    final double[] net;
    /** Currents out of the array into the row terminals. */
    final double[] rowCurrent;
    /** Currents out of the array into the column terminals. */
    final double[] columnCurrent;
    /** Slopes of the cells by the row voltage, N·M; not kept for linear cells. */
    final double[] slopeRow;
    /** Slopes of the cells by the column voltage. */
    final double[] slopeColumn;
    /** Word-line voltages of the last evaluation, N·M, then bit-line voltages. */
    final double[] voltage;
    /** Cell currents of the last evaluation, N·M. */
    final double[] cellCurrent;

    /** Dissipated in cells and wires, watts. */
    double power;
    /** l2 norm of {@link #net}. */
    double norm;
    /** {@link #norm} over the l2 norm of the terminal currents, unless these are nothing but rounding. */
    double residual;
    /** Largest net current over the largest branch current, unless that is nothing but rounding. */
    double kirchhoffError;

    private final double[] vRow;
    private final double[] vColumn;
    private final double[] lowRow;
    private final double[] lowColumn;
    private final double[] current;
    private final double[] rowSlopes;
    private final double[] columnSlopes;

    OperatingPoint(ArrayCells cells) {
        this.cells = cells;
        rows = cells.rows();
        columns = cells.columns();
        conductances = cells instanceof LinearCells linear ? linear.conductances().data : null;
        int nodes = 2 * rows * columns;
        high = new double[nodes];
        low = new double[nodes];
        savedHigh = new double[nodes];
        savedLow = new double[nodes];
        base = new double[nodes];
        net = new double[nodes];
        voltage = new double[nodes];
        cellCurrent = new double[rows * columns];
        rowCurrent = new double[rows];
        columnCurrent = new double[columns];
        int kept = conductances == null ? rows * columns : 0;
        slopeRow = new double[kept];
        slopeColumn = new double[kept];
        vRow = new double[columns];
        vColumn = new double[columns];
        lowRow = new double[columns];
        lowColumn = new double[columns];
        current = new double[columns];
        rowSlopes = new double[columns];
        columnSlopes = new double[columns];
    }

    /**
     * Puts every node at the voltage of its line's terminal, and nodes without one half-way between all terminals, and
     * finds the currents.
     */
    void start(Network network, Excitation e, int vector) {
        Arrays.fill(high, 0, network.unknowns, 0);
        Arrays.fill(low, 0, network.unknowns, 0);
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < rows; i++) {
            if (network.attached[i * columns] || network.attached[(i + 1) * columns - 1]) {
                double v = e.rowVoltages().data[vector * rows + i];
                least = Math.min(least, v);
                most = Math.max(most, v);
            }
        }
        int bits = rows * columns;
        for (int j = 0; j < columns; j++) {
            if (network.attached[bits + j] || network.attached[2 * bits - columns + j]) {
                double v = e.columnVoltages().data[vector * columns + j];
                least = Math.min(least, v);
                most = Math.max(most, v);
            }
        }
        boolean any = least <= most;
        lowest = any ? least : 0;
        highest = any ? most : 0;
        free = lowest + 0.5 * (highest - lowest);
        for (int k = 0; k < 2 * bits; k++) {
            int u = network.node[k];
            if (u != Network.TERMINAL) {
                base[u] = base(network, e, vector, k);
            }
        }
        floor = 0;
        evaluate(network, e, vector);
        // Steep cells give currents at the start that the wires could never carry.
        double carried = highest - lowest > 0 ? wireLimit(network) : 0;
        floor = NOTHING * (carried > 0 ? Math.min(norm, carried) : norm);
    }

    /** The l2 norm of the wires' currents if each had the whole range of the terminals across it. */
    private double wireLimit(Network network) {
        double norm = 0;
        for (double conductance : network.wireConductance) {
            norm = Math.hypot(norm, conductance * (highest - lowest));
        }
        return norm;
    }

    /** Moves every unknown to where its nodes are. To be evaluated again. */
    void place(Network network, double[] wordLines, double[] bitLines) {
        int bits = rows * columns;
        for (int k = 0; k < 2 * bits; k++) {
            int u = network.node[k];
            if (u != Network.TERMINAL) {
                high[u] = (k < bits ? wordLines[k] : bitLines[k - bits]) - base[u];
                low[u] = 0;
            }
        }
    }

    private double base(Network network, Excitation e, int vector, int node) {
        if (!network.attached[node]) {
            return free;
        }
        int bits = rows * columns;
        return node < bits
                ? e.rowVoltages().data[vector * rows + node / columns]
                : e.columnVoltages().data[vector * columns + node % columns];
    }

    /** l2 norm of the terminal currents. */
    double terminals() {
        return Math.hypot(norm(rowCurrent, rows), norm(columnCurrent, columns));
    }

    /** Keeps the deviations for {@link #restore}. */
    void save(Network network) {
        System.arraycopy(high, 0, savedHigh, 0, network.unknowns);
        System.arraycopy(low, 0, savedLow, 0, network.unknowns);
    }

    /** Takes the deviations back that were saved; to be evaluated again. */
    void restore(Network network) {
        System.arraycopy(savedHigh, 0, high, 0, network.unknowns);
        System.arraycopy(savedLow, 0, low, 0, network.unknowns);
    }

    /**
     * Shortens a step node by node. No node of a network of passive cells lies outside the range of its terminals, so a
     * step need not lead far beyond.
     *
     * @param step changes of the unknowns, volts. Modified.
     * @param rest what their rounding left out, volts. Modified.
     * @param passive whether nodes must stay in the range of the terminals, or only not move much further than it is wide
     */
    void confine(Network network, double[] step, double[] rest, boolean passive) {
        double range = highest - lowest;
        double margin = 0.1 * range + 1e-3;
        double farthest = 2 * range + 0.1;
        for (int k = 0; k < network.unknowns; k++) {
            double v = base[k] + high[k];
            double least = passive ? Math.min(0, lowest - margin - v) : -farthest;
            double most = passive ? Math.max(0, highest + margin - v) : farthest;
            if (!(step[k] >= least && step[k] <= most)) {
                step[k] = step[k] < least ? least : most;
                rest[k] = 0;
            }
        }
    }

    /** Adds a step; element k at {@code stride k + offset}. */
    void add(Network network, double[] step, int stride, int offset) {
        for (int k = 0; k < network.unknowns; k++) {
            shift(this, k, step[k * stride + offset], 0);
        }
    }

    /** This point becomes another plus {@code factor × (step + rest)}. */
    void move(Network network, OperatingPoint from, double factor, double[] step, double[] rest) {
        free = from.free;
        floor = from.floor;
        lowest = from.lowest;
        highest = from.highest;
        System.arraycopy(from.base, 0, base, 0, network.unknowns);
        for (int k = 0; k < network.unknowns; k++) {
            shift(from, k, factor * step[k], factor * rest[k]);
        }
    }

    private void shift(OperatingPoint from, int k, double step, double rest) {
        double h = from.high[k];
        double sum = h + step;
        double part = sum - h;
        double error = ((h - (sum - part)) + (step - part)) + (from.low[k] + rest);
        double top = sum + error;
        high[k] = top;
        low[k] = error - (top - sum);
    }

    /** Whether all currents are finite numbers. */
    boolean isFinite() {
        return Double.isFinite(norm) && Double.isFinite(power);
    }

    /** Finds all currents of one vector at these voltages. */
    void evaluate(Network network, Excitation e, int vector) {
        Arrays.fill(net, 0, network.unknowns, 0);
        Arrays.fill(rowCurrent, 0);
        Arrays.fill(columnCurrent, 0);
        power = 0;
        double largest = wires(network);
        DMatrixRMaj gates = e.gates();
        int bits = rows * columns;
        for (int i = 0; i < rows; i++) {
            int at = i * columns;
            double rowTerminal = e.rowVoltages().data[vector * rows + i];
            for (int j = 0; j < columns; j++) {
                int c = at + j;
                place(network, c, rowTerminal, vRow, lowRow, j);
                place(network, bits + c, e.columnVoltages().data[vector * columns + j], vColumn, lowColumn, j);
                voltage[c] = vRow[j];
                voltage[bits + c] = vColumn[j];
            }
            row(i, gates.numCols == 0 ? 0 : gates.data[vector * rows + i]);
            for (int j = 0; j < columns; j++) {
                int c = at + j;
                double amperes = current[j];
                cellCurrent[c] = amperes;
                largest = Math.max(largest, Math.abs(amperes));
                power += amperes * ((vRow[j] - vColumn[j]) + (lowRow[j] - lowColumn[j]));
                int a = network.node[c];
                if (a != Network.TERMINAL) {
                    net[a] += amperes;
                }
                int b = network.node[bits + c];
                if (b != Network.TERMINAL) {
                    net[b] -= amperes;
                }
                if (network.attached[c]) {
                    rowCurrent[i] -= amperes;
                }
                if (network.attached[bits + c]) {
                    columnCurrent[j] += amperes;
                }
            }
        }
        measure(network, largest);
    }

    private double wires(Network network) {
        double largest = 0;
        for (int w = 0; w < network.wireFrom.length; w++) {
            int a = network.wireFrom[w];
            int b = network.wireTo[w];
            double drop = b == Network.TERMINAL ? high[a] + low[a] : (high[a] - high[b]) + (low[a] - low[b]);
            double amperes = network.wireConductance[w] * drop;
            net[a] += amperes;
            if (b != Network.TERMINAL) {
                net[b] -= amperes;
            }
            power += amperes * drop;
            largest = Math.max(largest, Math.abs(amperes));
        }
        return largest;
    }

    /** The voltage of a node as a sum of two numbers: terminal plus deviation without rounding (Knuth's TwoSum). */
    private void place(Network network, int node, double terminal, double[] v, double[] rest, int j) {
        double base = network.attached[node] ? terminal : free;
        int u = network.node[node];
        if (u == Network.TERMINAL) {
            v[j] = base;
            rest[j] = 0;
            return;
        }
        double d = high[u];
        double sum = base + d;
        double part = sum - base;
        v[j] = sum;
        rest[j] = ((base - (sum - part)) + (d - part)) + low[u];
    }

    private void row(int i, double gate) {
        int at = i * columns;
        if (conductances != null) {
            for (int j = 0; j < columns; j++) {
                current[j] = conductances[at + j] * ((vRow[j] - vColumn[j]) + (lowRow[j] - lowColumn[j]));
            }
            return;
        }
        cells.evaluate(i, gate, vRow, vColumn, current, rowSlopes, columnSlopes);
        for (int j = 0; j < columns; j++) {
            current[j] += rowSlopes[j] * lowRow[j] + columnSlopes[j] * lowColumn[j];
        }
        System.arraycopy(rowSlopes, 0, slopeRow, at, columns);
        System.arraycopy(columnSlopes, 0, slopeColumn, at, columns);
    }

    private void measure(Network network, double largestBranch) {
        norm = norm(net, network.unknowns);
        residual = norm == 0 ? 0 : norm / Math.max(floor, terminals());
        double worst = 0;
        for (int k = 0; k < network.unknowns; k++) {
            worst = Math.max(worst, Math.abs(net[k]));
        }
        kirchhoffError = worst == 0 ? 0 : worst / Math.max(floor, largestBranch);
    }

    /**
     * Whether all currents are within the rounding of the cells' own law, at voltages that have 53 bits: then no current
     * flows at all, and nothing is left to be relative to.
     */
    boolean isDead() {
        double sum = 0;
        for (int c = 0; c < slopeRow.length; c++) {
            double part = Math.abs(slopeRow[c] * voltage[c]) + Math.abs(slopeColumn[c] * voltage[slopeRow.length + c]);
            sum = Math.hypot(sum, part);
        }
        double rounding = ROUNDING_OF_A_LAW * sum;
        return norm <= rounding && terminals() <= rounding;
    }

    /** l2 norm of the first n elements, safe from overflow and underflow; NaN if an element is not finite. */
    private static double norm(double[] x, int n) {
        double most = 0;
        for (int k = 0; k < n; k++) {
            most = Math.max(most, Math.abs(x[k]));
        }
        if (most == 0) {
            return 0;
        }
        double sum = 0;
        for (int k = 0; k < n; k++) {
            double part = x[k] / most;
            sum += part * part;
        }
        return most * Math.sqrt(sum);
    }

    /** Writes the results of one vector. */
    void store(Solution solution, int vector) {
        System.arraycopy(rowCurrent, 0, solution.rowCurrents.data, vector * rows, rows);
        System.arraycopy(columnCurrent, 0, solution.columnCurrents.data, vector * columns, columns);
        solution.power.data[vector] = power;
        solution.residual = Math.max(solution.residual, residual);
        solution.kirchhoffError = Math.max(solution.kirchhoffError, kirchhoffError);
        if (solution.keepsNodeVoltages()) {
            int cellCount = rows * columns;
            System.arraycopy(voltage, 0, solution.wordLines.data, vector * cellCount, cellCount);
            System.arraycopy(voltage, cellCount, solution.bitLines.data, vector * cellCount, cellCount);
            System.arraycopy(cellCurrent, 0, solution.cellCurrents.data, vector * cellCount, cellCount);
        }
    }
}
