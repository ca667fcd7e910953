package org.vmmlib.devices.reram;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.block.Datasheet;
import org.vmmlib.core.check.Require;
import org.vmmlib.core.crossbar.CellState;
import org.vmmlib.core.crossbar.StatePlane;
import org.vmmlib.core.physics.Si;
import org.vmmlib.core.signal.DriveKind;

/**
 * The conductances that a resistive cell can hold, and how they stand for weights: {@code g = low + w (high − low)}.
 *
 * @param low siemens, 0 or above
 * @param high siemens, above low
 * @param cellArea square metres, 0 or above
 * @param source where the window comes from
 * @param areaSource where the area comes from
 */
public record ConductanceWindow(double low, double high, double cellArea, String source, String areaSource) {

    private static final String PLANE = "conductance";

    /** Checks the ranges. */
    public ConductanceWindow {
        Require.nonNegative("low", low);
        Require.within("high", high, Math.nextUp(low), Double.MAX_VALUE);
        Require.nonNegative("cellArea", cellArea);
    }

    /** A window without area. */
    public static ConductanceWindow of(double low, double high) {
        return new ConductanceWindow(low, high, 0, "user", "default: none");
    }

    /** Any conductance: for arrays given in siemens. It has no highest weight, so it stores none. */
    public static ConductanceWindow any() {
        return new ConductanceWindow(0, Double.MAX_VALUE, 0, "any conductance", "default: none");
    }

    /**
     * The Pt/Al2O3/TiO2−x/Pt passive crossbar of Merrikh Bayat et al., Nature Comm. 9, 2331 (2018),
     * doi:10.1038/s41467-018-04482-4: 96.6 to 7.0 kΩ at 0.2 V.
     */
    public static ConductanceWindow aluminaTitania() {
        return new ConductanceWindow(
                1 / (96.6 * Si.kOhm),
                1 / (7.0 * Si.kOhm),
                0.16 * Si.um2,
                "black and white level of the tuned pattern at 0.2 V, Merrikh Bayat et al., Nature Comm. 9, 2331"
                        + " (2018)",
                "chosen: 4F² with lines of 200 nm");
    }

    List<StatePlane> planes() {
        return List.of(new StatePlane(PLANE, "S", low, high));
    }

    boolean bounded() {
        return high < Double.MAX_VALUE;
    }

    /**
     * Current that a weight of 1 adds to that of a weight of 0 at a row voltage, amperes.
     *
     * @throws IllegalArgumentException if the drive is no row voltage, or the window is not bounded
     */
    public double unitSignal(DriveKind kind, double drive) {
        if (kind != DriveKind.ROW_VOLTAGE) {
            throw new IllegalArgumentException(
                    "kind = " + kind + ": resistive cells are driven by a " + DriveKind.ROW_VOLTAGE);
        }
        return span() * drive;
    }

    /** What a weight of 1 adds to a weight of 0, siemens. */
    double span() {
        return requireBounded().high - low;
    }

    private ConductanceWindow requireBounded() {
        if (!bounded()) {
            throw new IllegalArgumentException(
                    "window = any conductance: has no highest weight; give the cell a bounded window");
        }
        return this;
    }

    CellState store(DMatrixRMaj weights) {
        Require.within("weights", weights, 0, 1);
        double span = span();
        DMatrixRMaj g = new DMatrixRMaj(weights.numRows, weights.numCols);
        for (int k = 0; k < g.data.length; k++) {
            g.data[k] = Math.min(high, low + weights.data[k] * span);
        }
        return new CellState(planes(), g);
    }

    CellState deviate(CellState target, DMatrixRMaj relativeError) {
        DMatrixRMaj g = conductances(target).copy();
        Require.shape("relativeError", relativeError, g.numRows, g.numCols);
        Require.within("relativeError", relativeError, Math.nextUp(-1.0), Double.MAX_VALUE);
        for (int k = 0; k < g.data.length; k++) {
            g.data[k] = Math.max(low, Math.min(high, g.data[k] * (1 + relativeError.data[k])));
        }
        return new CellState(planes(), g);
    }

    /** The N×M conductances of a state. Not to be modified. */
    DMatrixRMaj conductances(CellState state) {
        if (!state.planes().equals(planes())) {
            throw new IllegalArgumentException("state has planes " + state.planes() + ": must have " + planes()
                    + "; make it with store(weights, conditions) of this cell");
        }
        return state.plane(PLANE);
    }

    Datasheet.Builder sheet(String title) {
        return Datasheet.of(title)
                .add("lowest conductance", low, "S", source)
                .add("highest conductance", high, "S", source)
                .add("cell area", cellArea, "m²", areaSource);
    }
}
