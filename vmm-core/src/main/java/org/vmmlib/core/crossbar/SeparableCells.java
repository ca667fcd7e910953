package org.vmmlib.core.crossbar;

import org.ejml.data.DMatrixRMaj;

/**
 * Gate-driven cells whose current is a product {@code i = −drive(gate) · factor(state, v_column)} while the row line is
 * at 0 V, such as the saturated exponential. Without line resistance the array is then an ideal product.
 */
public interface SeparableCells extends ArrayCells {

    @Override
    default Topology topology() {
        return Topology.GATE_DRIVEN;
    }

    /** The row's part of the product; 0 at a gate voltage of negative infinity. */
    double drive(double gate);

    /**
     * The cells' part.
     *
     * @param vColumn voltage of each of M columns. Not modified.
     * @param factors N×M. Modified.
     */
    void factors(double[] vColumn, DMatrixRMaj factors);
}
