package org.vmmlib.core.crossbar;

import java.util.List;
import java.util.Locale;
import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.check.Require;

/**
 * What the cells of an array store: one N×M matrix for each plane (structure of arrays), rows = word lines. The matrices
 * are copied in and must not be written to when read.
 */
public final class CellState {

    private final List<StatePlane> planes;
    private final DMatrixRMaj[] values;

    /**
     * @param planes what is stored, at least one plane
     * @param values one matrix per plane, all of one shape, each element within the window of its plane
     * @throws IllegalArgumentException naming the plane, the element and the window
     */
    public CellState(List<StatePlane> planes, DMatrixRMaj... values) {
        if (planes.isEmpty() || planes.size() != values.length) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "values has %d matrices: must be one for each of %d planes",
                    values.length,
                    planes.size()));
        }
        this.planes = List.copyOf(planes);
        this.values = new DMatrixRMaj[values.length];
        for (int k = 0; k < values.length; k++) {
            StatePlane plane = planes.get(k);
            Require.shape(plane.name(), values[k], values[0].numRows, values[0].numCols);
            Require.within(plane.name(), values[k], plane.low(), plane.high());
            this.values[k] = values[k].copy();
        }
        Require.within("rows", rows(), 1, Integer.MAX_VALUE);
        Require.within("columns", columns(), 1, Integer.MAX_VALUE);
    }

    /** Word lines, N. */
    public int rows() {
        return values[0].numRows;
    }

    /** Bit lines, M. */
    public int columns() {
        return values[0].numCols;
    }

    /** What is stored. */
    public List<StatePlane> planes() {
        return planes;
    }

    /**
     * The N×M values of a plane. Not to be modified.
     *
     * @throws IllegalArgumentException if there is no such plane
     */
    public DMatrixRMaj plane(String name) {
        for (int k = 0; k < values.length; k++) {
            if (planes.get(k).name().equals(name)) {
                return values[k];
            }
        }
        throw new IllegalArgumentException("plane = " + name + ": the cell stores "
                + planes.stream().map(StatePlane::name).toList());
    }
}
