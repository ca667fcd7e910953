package org.vmmlib.core.mapping;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.signal.Signal;

/**
 * A matrix laid out over arrays: which words each array's rows get, how column levels sum up into converter inputs, and
 * how converted values make outputs. Immutable.
 */
public interface MappingPlan {

    /** Words of an input vector (the bias is not one of them). */
    int inputs();

    /** Values of an output vector. */
    int outputs();

    /** Normalised weights of each array, rows × columns in [0, 1]; its matrices are not to be modified. */
    List<DMatrixRMaj> arrays();

    /** Cells that hold a weight, over all arrays. */
    int cells();

    /**
     * The exact product that the layout stands for.
     *
     * @param inputs the vectors' inputs, words as numbers, levels as they are, edges as the time that they are high
     * @return B × {@link #outputs()}
     */
    DMatrixRMaj product(Signal inputs);

    /** A weight is this times the difference of normalised weights that stands for it. */
    double weightScale();

    /**
     * The inputs for the rows of an array: B × rows, of the same kind.
     *
     * @throws IllegalArgumentException if this layout cannot lay out such inputs
     */
    Signal expand(Signal inputs, int array);

    /** Values that go to converters per vector. */
    int converterInputs();

    /**
     * Adds an array's column levels to the converter inputs, as the circuit does in analog.
     *
     * @param columnLevels B × columns of that array. Not modified.
     * @param converterInputs B × {@link #converterInputs()}. Modified: added to.
     */
    void sum(int array, DMatrixRMaj columnLevels, DMatrixRMaj converterInputs);

    /**
     * Makes outputs of converted values, as the digital part does (subtraction of offsets, shift and add).
     *
     * @param inputs the vectors' inputs
     * @param converted B × {@link #converterInputs()}. Not modified.
     * @param outputs B × {@link #outputs()}. Modified.
     */
    void combine(Signal inputs, DMatrixRMaj converted, DMatrixRMaj outputs);
}
