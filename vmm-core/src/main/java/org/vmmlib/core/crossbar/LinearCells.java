package org.vmmlib.core.crossbar;

import org.ejml.data.DMatrixRMaj;

/**
 * Cells that are linear resistors: {@code i = g (v_row − v_column)}. Solvers take their fast paths on this type. Their white
 * noise is that of resistors, 4kTg whatever the input.
 */
public interface LinearCells extends ArrayCells {

    @Override
    default Topology topology() {
        return Topology.SOURCE_DRIVEN;
    }

    /** N×M conductances, siemens, 0 or above (0 is an open cell). Not to be modified. */
    DMatrixRMaj conductances();
}
