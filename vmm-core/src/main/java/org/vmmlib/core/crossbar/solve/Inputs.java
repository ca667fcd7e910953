package org.vmmlib.core.crossbar.solve;

import java.util.Locale;
import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.check.Require;
import org.vmmlib.core.crossbar.Crossbar;
import org.vmmlib.core.crossbar.Direction;
import org.vmmlib.core.crossbar.Topology;

/** What solvers check before they solve. */
final class Inputs {

    private Inputs() {}

    /** Refuses an excitation that is not for this array, or has a voltage that is not finite. */
    static void require(Excitation excitation, Crossbar crossbar) {
        int vectors = excitation.vectors();
        Require.shape("rowVoltages", excitation.rowVoltages(), vectors, crossbar.rows());
        Require.shape("columnVoltages", excitation.columnVoltages(), vectors, crossbar.columns());
        Require.finite("rowVoltages", excitation.rowVoltages());
        Require.finite("columnVoltages", excitation.columnVoltages());
        if (crossbar.law().topology() == Topology.GATE_DRIVEN) {
            Require.shape("gates", excitation.gates(), vectors, crossbar.rows());
            Require.within("gates", excitation.gates(), Double.NEGATIVE_INFINITY, Double.MAX_VALUE);
        }
        if (!crossbar.lines().fits(excitation.direction())) {
            throw new IllegalArgumentException("direction = " + excitation.direction()
                    + ": source and sense resistances were given line by line for the other direction; give one value "
                    + "for all lines, or one for each line of the driven and of the sensed side");
        }
    }

    /** Refuses weights of another shape than B or 1 × (sensed lines), or not finite. */
    static void requireWeights(DMatrixRMaj weights, Excitation excitation) {
        int lines = excitation.direction() == Direction.ROWS_DRIVEN
                ? excitation.columns().lines()
                : excitation.rows().lines();
        if (weights.numCols != lines || (weights.numRows != 1 && weights.numRows != excitation.vectors())) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "weights is %d x %d: must be 1 x %d or %d x %d",
                    weights.numRows,
                    weights.numCols,
                    lines,
                    excitation.vectors(),
                    lines));
        }
        Require.finite("weights", weights);
    }

    /** The workspace as the type that a solver made, or a refusal. */
    static <W extends Workspace> W own(Class<W> type, Workspace workspace) {
        if (!type.isInstance(workspace)) {
            throw foreign();
        }
        return type.cast(workspace);
    }

    /** The refusal of a workspace of another array. */
    static IllegalArgumentException foreign() {
        return new IllegalArgumentException("workspace belongs to another array: get one from workspace() of this one");
    }
}
