package org.vmmlib.core.crossbar.solve;

import java.util.Locale;
import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.check.Require;
import org.vmmlib.core.crossbar.Crossbar;
import org.vmmlib.core.crossbar.Direction;
import org.vmmlib.core.crossbar.Ends;
import org.vmmlib.core.crossbar.Lines;
import org.vmmlib.core.signal.Connections;

/**
 * The current through every cell and every wire of an array, and the power that each turns into heat, for one vector of a
 * solution. Immutable; the matrices must not be written to.
 *
 * <p>Wire currents are sums of cell currents by Kirchhoff's current law, never differences of node voltages, so that they
 * are known just as well where wires have no resistance. Where a line has its terminal at both ends, what each end takes
 * follows from Kirchhoff's voltage law, {@code Σ R_k J_k = 0} from one end to the other, as both have the same voltage.
 * Where such a line has no resistance at all, source and sense resistance included, that law leaves the share of the ends
 * undetermined; then they are what they would be if all segments had the same resistance, however small.
 *
 * <p>Power is counted in the cells, in the segments of each line, and in the source or sense resistance at its terminals;
 * together that is what the terminals deliver (Tellegen's theorem).
 */
public final class BranchCurrents {

    private final DMatrixRMaj cells;
    private final DMatrixRMaj rowSegments;
    private final DMatrixRMaj columnSegments;
    private final DMatrixRMaj cellPower;
    private final Heat rows;
    private final Heat columns;
    private final double sourcePower;

    private BranchCurrents(Crossbar crossbar, Excitation e, Solution solution, int vector) {
        Lines lines = crossbar.lines();
        int n = lines.rows();
        int m = lines.columns();
        int from = vector * n * m;
        cells = new DMatrixRMaj(n, m);
        System.arraycopy(solution.cellCurrents.data, from, cells.data, 0, n * m);
        cellPower = new DMatrixRMaj(n, m);
        for (int c = 0; c < n * m; c++) {
            double drop = solution.wordLines.data[from + c] - solution.bitLines.data[from + c];
            cellPower.data[c] = cells.data[c] * drop;
        }
        boolean rowsDriven = e.direction() == Direction.ROWS_DRIVEN;
        rows = new Heat(n);
        columns = new Heat(m);
        rowSegments = new DMatrixRMaj(n, m + 1);
        columnSegments = new DMatrixRMaj(n + 1, m);
        double power = 0;
        Line row = new Line(m, lines.rowResistance(), lines.rowEnds(), e.rows());
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < m; j++) {
                row.leaving[j] = cells.data[i * m + j];
            }
            for (int k = 0; k <= m; k++) {
                row.open[k] = lines.rowSegmentOpen(i, k);
            }
            row.solve(i, rowsDriven ? lines.sourceResistance(i) : lines.senseResistance(i));
            System.arraycopy(row.current, 0, rowSegments.data, i * (m + 1), m + 1);
            row.heat(i, rows);
            power += e.rowVoltages().data[vector * n + i] * (row.current[0] - row.current[m]);
        }
        Line column = new Line(n, lines.columnResistance(), lines.columnEnds(), e.columns());
        for (int j = 0; j < m; j++) {
            for (int i = 0; i < n; i++) {
                column.leaving[i] = -cells.data[i * m + j];
            }
            for (int k = 0; k <= n; k++) {
                column.open[k] = lines.columnSegmentOpen(j, k);
            }
            column.solve(j, rowsDriven ? lines.senseResistance(j) : lines.sourceResistance(j));
            for (int k = 0; k <= n; k++) {
                columnSegments.data[k * m + j] = column.current[k];
            }
            column.heat(j, columns);
            power += e.columnVoltages().data[vector * m + j] * (column.current[0] - column.current[n]);
        }
        sourcePower = power;
    }

    /**
     * The currents of one vector.
     *
     * @param crossbar the array that was solved
     * @param excitation what it was solved for. Not modified.
     * @param solution what a solver found, with node voltages. Not modified.
     * @param vector which of its vectors
     * @throws IllegalArgumentException if the solution has no node voltages, is of another shape, or there is no such
     *     vector
     */
    public static BranchCurrents of(Crossbar crossbar, Excitation excitation, Solution solution, int vector) {
        Inputs.require(excitation, crossbar);
        if (!solution.keepsNodeVoltages()) {
            throw new IllegalArgumentException(
                    "solution keeps no node voltages: solve with new Solution(true, false), which does");
        }
        Require.within("vector", vector, 0, excitation.vectors() - 1);
        int nodes = crossbar.rows() * crossbar.columns();
        if (solution.cellCurrents.numRows != excitation.vectors() || solution.cellCurrents.numCols != nodes) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "solution is of %d vectors of %d cells: must be %d vectors of %d x %d cells, as the excitation and"
                            + " the crossbar are",
                    solution.cellCurrents.numRows,
                    solution.cellCurrents.numCols,
                    excitation.vectors(),
                    crossbar.rows(),
                    crossbar.columns()));
        }
        return new BranchCurrents(crossbar, excitation, solution, vector);
    }

    /** Power of the lines of a side, watts. */
    private static final class Heat {
        final double[] wires;
        final double[] ends;

        Heat(int lines) {
            wires = new double[lines];
            ends = new double[lines];
        }
    }

    /** One line after another of a side: node k lies between segments k and k + 1. */
    private static final class Line {
        private final int n;
        private final double resistance;
        private final Ends ends;
        private final Connections connections;
        private double series;
        private boolean first;
        private boolean last;
        /** Current out of each node into its cell. */
        final double[] leaving;
        /** Which segments are broken. */
        final boolean[] open;
        /** Current of each segment, towards higher numbers. */
        final double[] current;

        Line(int n, double resistance, Ends ends, Connections connections) {
            this.n = n;
            this.resistance = resistance;
            this.ends = ends;
            this.connections = connections;
            leaving = new double[n];
            open = new boolean[n + 1];
            current = new double[n + 1];
        }

        void solve(int line, double seriesResistance) {
            series = seriesResistance;
            first = ends.first() && !connections.isFloating(line) && !open[0];
            last = ends.last() && !connections.isFloating(line) && !open[n];
            int from = 0;
            while (from < n) {
                int to = from + 1;
                while (to < n && !open[to]) {
                    to++;
                }
                piece(from, to, first && from == 0, last && to == n);
                from = to;
            }
        }

        /** Finds the currents before, in and after nodes {@code from … to − 1}, which unbroken wires join. */
        private void piece(int from, int to, boolean left, boolean right) {
            if (left && right) {
                current[0] = 0;
                for (int k = 0; k < n; k++) {
                    current[k + 1] = current[k] - leaving[k];
                }
                double atFirst = -weightedMean();
                for (int k = 0; k <= n; k++) {
                    current[k] += atFirst;
                }
            } else if (left) {
                current[to] = 0;
                for (int k = to - 1; k >= from; k--) {
                    current[k] = current[k + 1] + leaving[k];
                }
            } else {
                current[from] = 0;
                for (int k = from; k < to - 1; k++) {
                    current[k + 1] = current[k] - leaving[k];
                }
                current[to] = right ? current[to - 1] - leaving[to - 1] : 0;
            }
        }

        /** Mean of the segments' currents, each counted by its resistance, or alike where there is none. */
        private double weightedMean() {
            double all = (n + 1) * resistance + 2 * series;
            double segment = all > 0 ? resistance / all : 1.0 / (n + 1);
            double end = all > 0 ? series / all : 0;
            double sum = end * (current[0] + current[n]);
            for (int k = 0; k <= n; k++) {
                sum += segment * current[k];
            }
            return sum;
        }

        void heat(int line, Heat out) {
            double squares = 0;
            for (int k = 0; k <= n; k++) {
                squares += current[k] * current[k];
            }
            out.wires[line] = resistance * squares;
            out.ends[line] = series * ((first ? current[0] * current[0] : 0) + (last ? current[n] * current[n] : 0));
        }
    }

    /** N×M currents of the cells from word line to bit line, amperes. */
    public DMatrixRMaj cells() {
        return cells;
    }

    /**
     * N×(M + 1) currents of the row segments, amperes, positive from left to right: segment k lies before cell k, segment
     * M after the last cell. 0 where a segment is broken or leads to no terminal.
     */
    public DMatrixRMaj rowSegments() {
        return rowSegments;
    }

    /** (N + 1)×M currents of the column segments, amperes, positive downwards; see {@link #rowSegments()}. */
    public DMatrixRMaj columnSegments() {
        return columnSegments;
    }

    /** N×M power of the cells, watts. */
    public DMatrixRMaj cellPower() {
        return cellPower;
    }

    /** Power in the segments of a row, watts, without that in its source or sense resistance. */
    public double rowPower(int row) {
        return rows.wires[row];
    }

    /** Power in the segments of a column, watts, without that in its source or sense resistance. */
    public double columnPower(int column) {
        return columns.wires[column];
    }

    /** Power in the source or sense resistance of a row, watts. */
    public double rowTerminalPower(int row) {
        return rows.ends[row];
    }

    /** Power in the source or sense resistance of a column, watts. */
    public double columnTerminalPower(int column) {
        return columns.ends[column];
    }

    /** Power of all cells, wires, source and sense resistances, watts. */
    public double dissipatedPower() {
        double sum = 0;
        for (double part : cellPower.data) {
            sum += part;
        }
        for (Heat side : new Heat[] {rows, columns}) {
            for (int k = 0; k < side.wires.length; k++) {
                sum += side.wires[k] + side.ends[k];
            }
        }
        return sum;
    }

    /** What all terminals deliver to the array, watts; negative parts flow into them. */
    public double sourcePower() {
        return sourcePower;
    }
}
