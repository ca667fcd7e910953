package org.vmmlib.core.crossbar;

import java.util.Locale;
import org.vmmlib.core.physics.Conditions;

/**
 * One array: cells of one law in a state, the wires between them, and the cells that are broken.
 *
 * @param law how a cell conducts
 * @param state what the cells store, N×M
 * @param lines the wires, N×M
 * @param faults open and shorted cells, N×M
 */
public record Crossbar(CellLaw law, CellState state, Lines lines, CellFaults faults) {

    /** Checks that the shapes agree. */
    public Crossbar {
        if (lines.rows() != state.rows() || lines.columns() != state.columns()) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "lines are of a %d x %d array: the cells are %d x %d",
                    lines.rows(),
                    lines.columns(),
                    state.rows(),
                    state.columns()));
        }
    }

    /** An array without faults. */
    public Crossbar(CellLaw law, CellState state, Lines lines) {
        this(law, state, lines, CellFaults.none(state.rows(), state.columns()));
    }

    /** Word lines, N. */
    public int rows() {
        return state.rows();
    }

    /** Bit lines, M. */
    public int columns() {
        return state.columns();
    }

    /** The cells under conditions, faults put in. */
    public ArrayCells cells(Conditions conditions) {
        return faults.in(law.bind(state, conditions), conditions);
    }
}
