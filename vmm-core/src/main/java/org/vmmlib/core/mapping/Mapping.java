package org.vmmlib.core.mapping;

import org.ejml.data.DMatrixRMaj;

/** Lays a weight matrix out over the cells of one or more arrays. */
public interface Mapping {

    /**
     * The layout of a matrix.
     *
     * @param weights (inputs + bias row, where the mapping has one) × outputs, any finite real numbers. Not modified.
     * @param maxRows word lines that an array has
     * @param maxColumns bit lines that an array has
     * @throws IllegalArgumentException if a weight is not finite, or the arrays are too small for one output
     */
    MappingPlan plan(DMatrixRMaj weights, int maxRows, int maxColumns);
}
