package org.vmmlib.core.crossbar.solve;

import java.util.Locale;
import org.vmmlib.core.crossbar.ArrayCells;
import org.vmmlib.core.crossbar.Crossbar;
import org.vmmlib.core.crossbar.LinearCells;
import org.vmmlib.core.crossbar.Lines;
import org.vmmlib.core.crossbar.SeparableCells;
import org.vmmlib.core.physics.Conditions;

/**
 * Arrays without line resistance: every cell sees the voltages of its two terminals, so nothing is left to solve.
 * Linear cells, and separable ones whose rows are at 0 V, become a dense product; cells of any other law are evaluated
 * row by row. Every line must be connected.
 *
 * <p>The l2 residual is 0, as no node is unknown; the Kirchhoff error is the sum of all terminal currents over the
 * largest of them.
 */
public final class IdealSolver implements CrossbarSolver {

    /** The method has no parameters. */
    public IdealSolver() {}

    @Override
    public String name() {
        return "ideal";
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if the lines drop voltage
     */
    @Override
    public PreparedCrossbar prepare(Crossbar crossbar, Conditions conditions) {
        Lines lines = crossbar.lines();
        if (!lines.ideal()) {
            String what = lines.rowResistance() > 0
                    ? String.format(Locale.ROOT, "rowResistance = %s", lines.rowResistance())
                    : lines.columnResistance() > 0
                            ? String.format(Locale.ROOT, "columnResistance = %s", lines.columnResistance())
                            : "lines have source or sense resistance, or a broken segment";
            throw new IllegalArgumentException(
                    what + ": the ideal solver takes lines without resistance only; use ReferenceSolver");
        }
        ArrayCells cells = crossbar.cells(conditions);
        if (cells instanceof LinearCells linear) {
            return new IdealLinear(crossbar, linear);
        }
        return new IdealNonlinear(crossbar, cells, cells instanceof SeparableCells separable ? separable : null);
    }

    /** Refuses floating lines. */
    static void requireConnected(Excitation excitation) {
        if (!excitation.rows().allConnected() || !excitation.columns().allConnected()) {
            throw new IllegalArgumentException((excitation.rows().allConnected() ? "columns" : "rows")
                    + " has floating lines: the ideal solver takes connected lines only; use ReferenceSolver");
        }
    }

    /** Writes the evidence, power and node voltages of one vector whose terminal currents are known. */
    static void finish(Excitation excitation, Solution solution, int vector, double power) {
        int n = excitation.rowVoltages().numCols;
        int m = excitation.columnVoltages().numCols;
        double[] rows = solution.rowCurrents.data;
        double[] columns = solution.columnCurrents.data;
        double sum = 0;
        double largest = 0;
        for (int i = vector * n; i < (vector + 1) * n; i++) {
            sum += rows[i];
            largest = Math.max(largest, Math.abs(rows[i]));
        }
        for (int j = vector * m; j < (vector + 1) * m; j++) {
            sum += columns[j];
            largest = Math.max(largest, Math.abs(columns[j]));
        }
        if (!Double.isFinite(power)) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "crossbar %d x %d, vector %d: currents or power are beyond the range of a double; lower the drive"
                            + " or the conductances",
                    n,
                    m,
                    vector));
        }
        solution.power.data[vector] = power;
        solution.iterations = 1;
        solution.kirchhoffError = Math.max(solution.kirchhoffError, largest == 0 ? 0 : Math.abs(sum) / largest);
        if (solution.keepsNodeVoltages()) {
            int at = vector * n * m;
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < m; j++, at++) {
                    solution.wordLines.data[at] = excitation.rowVoltages().data[vector * n + i];
                    solution.bitLines.data[at] = excitation.columnVoltages().data[vector * m + j];
                }
            }
        }
    }
}
