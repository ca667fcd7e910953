package org.vmmlib.noise;

import java.util.Arrays;
import java.util.function.Consumer;
import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.crossbar.ArrayCells;
import org.vmmlib.core.crossbar.LinearCells;
import org.vmmlib.core.crossbar.solve.Excitation;
import org.vmmlib.core.crossbar.solve.PreparedCrossbar;
import org.vmmlib.core.crossbar.solve.Solution;
import org.vmmlib.core.crossbar.solve.Workspace;
import org.vmmlib.core.macro.Effect;

/**
 * How currents beside the cells reach the columns in some vectors of a read: whole where lines have no resistance, else by
 * the adjoint responses at the operating point, M solves a vector; M in all for linear cells.
 */
final class CellPaths {

    /** So many cells of all vectors are held at once. */
    private static final int MOST_CELLS = 1 << 22;

    private final PreparedCrossbar array;
    private final Excitation excitation;
    private final ArrayCells cells;
    private final int first;
    private final int vectors;
    private final int rows;
    private final int columns;
    private final boolean ideal;
    private final Solution solution;
    private final Workspace workspace;

    private CellPaths(Effect.Read read, int first, int end, boolean slopes) {
        array = read.array();
        this.first = first;
        vectors = end - first;
        excitation = part(read.excitation(), first, end);
        cells = read.cells();
        rows = cells.rows();
        columns = cells.columns();
        ideal = read.ideal();
        workspace = array.workspace();
        solution = new Solution(true, slopes);
        if (!ideal) {
            array.solve(excitation, solution, workspace);
        }
    }

    /**
     * Takes the vectors of a read in turn, as many at once as memory is to be spent on.
     *
     * @param slopes whether {@link #wireConductances} will be asked for
     */
    static void visit(Effect.Read read, boolean slopes, Consumer<CellPaths> visitor) {
        int vectors = read.excitation().vectors();
        int atOnce =
                Math.max(1, MOST_CELLS / (read.cells().rows() * read.cells().columns()));
        for (int first = 0; first < vectors; first += atOnce) {
            visitor.accept(new CellPaths(read, first, Math.min(vectors, first + atOnce), slopes));
        }
    }

    private static Excitation part(Excitation all, int first, int end) {
        if (first == 0 && end == all.vectors()) {
            return all;
        }
        return new Excitation(
                all.direction(),
                part(all.gates(), first, end),
                part(all.rowVoltages(), first, end),
                part(all.columnVoltages(), first, end),
                all.rows(),
                all.columns());
    }

    private static DMatrixRMaj part(DMatrixRMaj all, int first, int end) {
        DMatrixRMaj out = new DMatrixRMaj(end - first, all.numCols);
        System.arraycopy(all.data, first * all.numCols, out.data, 0, out.getNumElements());
        return out;
    }

    /** Index of the first of these vectors in the read. */
    int first() {
        return first;
    }

    /** Number of vectors, V. */
    int vectors() {
        return vectors;
    }

    /** Something of the cells of a row at their voltages. */
    interface OfRow {
        void write(int row, double gate, double[] vRow, double[] vColumn, double[] out);
    }

    /** V×(N·M) values of all cells at the operating point. */
    DMatrixRMaj each(OfRow law) {
        DMatrixRMaj out = new DMatrixRMaj(vectors, rows * columns);
        double[] vRow = new double[columns];
        double[] vColumn = new double[columns];
        double[] ofRow = new double[columns];
        for (int b = 0; b < vectors; b++) {
            for (int i = 0; i < rows; i++) {
                voltages(b, i, vRow, vColumn);
                law.write(i, gate(b, i), vRow, vColumn, ofRow);
                System.arraycopy(ofRow, 0, out.data, (b * rows + i) * columns, columns);
            }
        }
        return out;
    }

    /** V×(N·M) currents of all cells, amperes. */
    DMatrixRMaj currents() {
        if (!ideal) {
            return solution.cellCurrents.copy();
        }
        double[] slopeRow = new double[columns];
        double[] slopeColumn = new double[columns];
        return each((row, gate, vRow, vColumn, out) ->
                cells.evaluate(row, gate, vRow, vColumn, out, slopeRow, slopeColumn));
    }

    private double gate(int b, int row) {
        DMatrixRMaj gates = excitation.gates();
        return gates.numCols == 0 ? 0 : gates.data[b * rows + row];
    }

    private void voltages(int b, int row, double[] vRow, double[] vColumn) {
        if (ideal) {
            Arrays.fill(vRow, excitation.rowVoltages().data[b * rows + row]);
            System.arraycopy(excitation.columnVoltages().data, b * columns, vColumn, 0, columns);
        } else {
            int at = (b * rows + row) * columns;
            System.arraycopy(solution.wordLines.data, at, vRow, 0, columns);
            System.arraycopy(solution.bitLines.data, at, vColumn, 0, columns);
        }
    }

    /**
     * Adds what reaches the columns.
     *
     * @param sources V×(N·M) currents beside the cells, amperes. Not modified.
     * @param out B×M, amperes. Modified.
     */
    void addTo(DMatrixRMaj sources, DMatrixRMaj out) {
        sum(sources, false, out);
    }

    /**
     * Adds the variances that reach the columns.
     *
     * @param variances V×(N·M) variances of independent currents beside the cells, A². Not modified.
     * @param out B×M, A². Modified.
     */
    void addVariances(DMatrixRMaj variances, DMatrixRMaj out) {
        sum(variances, true, out);
    }

    private void sum(DMatrixRMaj ofCells, boolean squared, DMatrixRMaj out) {
        if (ideal) {
            for (int at = 0; at < vectors * rows; at++) {
                int to = (first + at / rows) * columns;
                for (int j = 0; j < columns; j++) {
                    out.data[to + j] += ofCells.data[at * columns + j];
                }
            }
            return;
        }
        boolean alike = cells instanceof LinearCells;
        Excitation at = alike ? part(excitation, 0, 1) : excitation;
        DMatrixRMaj unit = new DMatrixRMaj(1, columns);
        DMatrixRMaj response = new DMatrixRMaj(0, 0);
        int count = rows * columns;
        for (int j = 0; j < columns; j++) {
            unit.data[j] = 1;
            array.adjoint(at, unit, response, workspace);
            unit.data[j] = 0;
            for (int b = 0; b < vectors; b++) {
                double sum = 0;
                for (int k = 0; k < count; k++) {
                    double h = response.data[(alike ? 0 : b * count) + k];
                    sum += (squared ? h * h : h) * ofCells.data[b * count + k];
                }
                out.data[(first + b) * columns + j] += sum;
            }
        }
    }

    /**
     * V×M parts of the conductances of the column terminals that the wires dissipate, siemens, of two-terminal cells: what
     * the cells' slopes leave of {@code G_jj = Σ g h²} (Tellegen).
     *
     * @param inputResistance of the readout at each column, ohms, which is no wire
     */
    DMatrixRMaj wireConductances(double inputResistance) {
        double[] unused = new double[columns];
        double[] slopeColumn = new double[columns];
        DMatrixRMaj slopes = each(
                (row, gate, vRow, vColumn, out) -> cells.evaluate(row, gate, vRow, vColumn, unused, out, slopeColumn));
        DMatrixRMaj inCells = new DMatrixRMaj(first + vectors, columns);
        addVariances(slopes, inCells);
        DMatrixRMaj out = part(inCells, first, first + vectors);
        for (int k = 0; k < vectors * columns; k++) {
            out.data[k] =
                    ideal ? 0 : Math.max(0, ofArray(-solution.columnSlopes.data[k], inputResistance) - out.data[k]);
        }
        return out;
    }

    /**
     * What the array has of the conductance of a column's terminal: all but the {@code R G²} that an input resistance
     * dissipates. What other columns' input resistances take is of second order in what columns share.
     *
     * @param conductance G, siemens
     * @param inputResistance R, ohms
     */
    static double ofArray(double conductance, double inputResistance) {
        return conductance * (1 - inputResistance * conductance);
    }
}
