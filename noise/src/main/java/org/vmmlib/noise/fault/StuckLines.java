package org.vmmlib.noise.fault;

import org.vmmlib.core.check.Require;
import org.vmmlib.core.crossbar.CellFaults;
import org.vmmlib.core.crossbar.CellLaw;
import org.vmmlib.core.crossbar.CellState;
import org.vmmlib.core.macro.Effect;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.random.RandomStream;

/**
 * Lines none of whose cells can be programmed, as for a decoder that fails: all cells of the line are stuck alike.
 *
 * @param rows probability of a row, 0 to 1
 * @param columns probability of a column, 0 to 1
 * @param kind how; drawn once for a line
 */
public record StuckLines(double rows, double columns, StuckKind kind) implements Effect.OnProgramming {

    private static final long ROWS = 0;
    private static final long COLUMNS = 1;

    /** Checks the ranges. */
    public StuckLines {
        Require.within("rows", rows, 0, 1);
        Require.within("columns", columns, 0, 1);
    }

    @Override
    public String id() {
        return "array.stuck-lines";
    }

    @Override
    public String description() {
        return "lines whose cells are all stuck, probability " + rows + " (rows) and " + columns + " (columns)";
    }

    /** The target: states of stuck cells do not matter. */
    @Override
    public CellState program(CellLaw law, CellState target, Conditions conditions, RandomStream draws) {
        return target;
    }

    /** {@inheritDoc} Where a line stuck on crosses one stuck off, the cell is stuck on. */
    @Override
    public CellFaults faults(CellFaults faults, RandomStream draws) {
        int n = faults.rows();
        int m = faults.columns();
        boolean[] open = new boolean[n * m];
        boolean[] shorted = new boolean[n * m];
        double[] row = new double[2 * n];
        double[] column = new double[2 * m];
        draws.call(ROWS).uniforms(0, row, 0, row.length);
        draws.call(COLUMNS).uniforms(0, column, 0, column.length);
        for (int k = 0; k < open.length; k++) {
            int i = k / m;
            int j = k % m;
            boolean ofRow = row[2 * i] < rows;
            boolean ofColumn = column[2 * j] < columns;
            shorted[k] = (ofRow && row[2 * i + 1] < kind.on()) || (ofColumn && column[2 * j + 1] < kind.on());
            open[k] = (ofRow || ofColumn) && !shorted[k];
        }
        return faults.and(open, shorted, kind.conductance());
    }
}
