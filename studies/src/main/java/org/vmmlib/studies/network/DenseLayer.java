package org.vmmlib.studies.network;

import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.check.Require;

/**
 * One fully connected layer: {@code y = f([x, 1] W)}, one row of a batch an input vector. Immutable.
 *
 * <p>The last row of W is the bias, driven by the input 1. Inputs lie in [0, 1].
 */
public final class DenseLayer {

    /** The function that a layer applies to its sums. */
    public enum Activation {
        /** Bounded: {@code min(max(z, 0), fullScale)}. */
        RELU,
        /** {@code z}. A converter that covers [0, fullScale] clips it; the software network does not. */
        LINEAR
    }

    private final DMatrixRMaj weights;
    private final Activation activation;
    private final double fullScale;

    private DenseLayer(DMatrixRMaj weights, Activation activation, double fullScale) {
        this.weights = weights;
        this.activation = activation;
        this.fullScale = fullScale;
    }

    /**
     * A layer.
     *
     * @param weights {@code (inputs + 1) x outputs}, finite; the last row is the bias. Copied.
     * @param activation what is applied to the sums
     * @param fullScale upper end of the range [0, fullScale] that the layer's quantiser covers, in the unit of the sums;
     *     above 0
     * @throws IllegalArgumentException if weights has fewer than two rows or no column, or is not finite, or fullScale
     *     is not a finite number above 0
     */
    public static DenseLayer of(DMatrixRMaj weights, Activation activation, double fullScale) {
        if (weights.numRows < 2 || weights.numCols < 1) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "weights is %d x %d: must be at least 2 x 1, one input and the bias",
                    weights.numRows,
                    weights.numCols));
        }
        Require.finite("weights", weights);
        Require.positive("fullScale", fullScale);
        return new DenseLayer(weights.copy(), activation, fullScale);
    }

    /** The weights, {@code (inputs() + 1) x outputs()}; the last row is the bias. A copy. */
    public DMatrixRMaj weights() {
        return weights.copy();
    }

    /** What is applied to the sums. */
    public Activation activation() {
        return activation;
    }

    /** Upper end of the range [0, fullScale] that the layer's quantiser covers, in the unit of the sums. */
    public double fullScale() {
        return fullScale;
    }

    /** Number of inputs, the bias not counted. */
    public int inputs() {
        return weights.numRows - 1;
    }

    /** Number of outputs. */
    public int outputs() {
        return weights.numCols;
    }

    /** The greatest absolute weight, the bias included: what full cell conductance stands for. */
    public double greatestWeight() {
        double greatest = 0;
        for (double weight : weights.data) {
            greatest = Math.max(greatest, Math.abs(weight));
        }
        return greatest;
    }

    /** The weights themselves, not a copy: not to be modified. */
    double[] weightData() {
        return weights.data;
    }

    /** Two layers are equal if their weights, activation and full scale are, bit by bit. */
    @Override
    public boolean equals(Object other) {
        return other instanceof DenseLayer layer
                && weights.numRows == layer.weights.numRows
                && weights.numCols == layer.weights.numCols
                && Arrays.equals(weights.data, layer.weights.data)
                && activation == layer.activation
                && Double.compare(fullScale, layer.fullScale) == 0;
    }

    @Override
    public int hashCode() {
        return Objects.hash(inputs(), outputs(), Arrays.hashCode(weights.data), activation, fullScale);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "DenseLayer[%d x %d, %s, fullScale = %s]", inputs(), outputs(), activation, fullScale);
    }
}
