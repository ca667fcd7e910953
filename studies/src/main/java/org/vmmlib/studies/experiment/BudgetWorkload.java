package org.vmmlib.studies.experiment;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.vmmlib.core.check.Require;
import org.vmmlib.core.random.RandomStream;
import org.vmmlib.core.random.RandomStreams;
import org.vmmlib.core.signal.Codes;
import org.vmmlib.studies.design.Design;
import org.vmmlib.studies.design.LayerSpec;

/**
 * A layer and a batch for one multiplier of a design. As in a network, an input word c of b bits stands for
 * {@code c / (2^b − 1)}, the largest weight for a cell at its highest state, and the last row of the array is that of the
 * bias, which is 0 here. The top of the converter's range stands for the largest output of the exact product, so that no
 * ideal output is clipped at the top.
 *
 * @param weights (inputs + 1) × outputs; the last row, of the bias, is 0. Not to be modified.
 * @param inputs words of the design's length
 * @param description where both come from
 */
public record BudgetWorkload(DMatrixRMaj weights, Codes inputs, String description) {

    /** Standard deviations at which drawn weights are clipped. */
    private static final double CLIP = 3;

    /**
     * Joins weights and inputs.
     *
     * @param weights inputs × outputs. Copied.
     * @param inputs batch × inputs, integers from 0 to 2^bits − 1. Not modified.
     * @param bits word length of the inputs
     * @throws IllegalArgumentException if they do not fit each other, an input is no such integer, or no weight differs
     *     from 0
     */
    public static BudgetWorkload of(DMatrixRMaj weights, DMatrixRMaj inputs, int bits, String description) {
        Require.finite("weights", weights);
        Require.shape("inputs", inputs, inputs.numRows, weights.numRows);
        int top = (1 << bits) - 1;
        Require.within("inputs", inputs, 0, top);
        int[] words = new int[inputs.getNumElements()];
        for (int k = 0; k < words.length; k++) {
            words[k] = (int) inputs.data[k];
            if (words[k] != inputs.data[k]) {
                throw new IllegalArgumentException("inputs[" + k / inputs.numCols + "," + k % inputs.numCols + "] = "
                        + inputs.data[k] + ": must be an integer, a word from 0 to " + top);
            }
        }
        DMatrixRMaj withBias = new DMatrixRMaj(weights.numRows + 1, weights.numCols);
        CommonOps_DDRM.insert(weights, withBias, 0, 0);
        if (CommonOps_DDRM.elementMaxAbs(withBias) == 0) {
            throw new IllegalArgumentException("weights are all 0: must have one that is not");
        }
        return new BudgetWorkload(withBias, Codes.unsigned(bits, inputs.numRows, inputs.numCols, words), description);
    }

    /** Weights drawn from a normal distribution, clipped at three standard deviations. */
    public static DMatrixRMaj drawnWeights(int inputs, int outputs, long seed) {
        DMatrixRMaj weights = new DMatrixRMaj(inputs, outputs);
        stream(seed, "workload.weights").gaussians(0, weights.data, 0, weights.data.length);
        for (int k = 0; k < weights.data.length; k++) {
            weights.data[k] = Math.max(-CLIP, Math.min(CLIP, weights.data[k]));
        }
        return weights;
    }

    /** Words drawn uniformly. */
    public static DMatrixRMaj drawnInputs(int batch, int inputs, int bits, long seed) {
        DMatrixRMaj words = new DMatrixRMaj(batch, inputs);
        stream(seed, "workload.inputs").uniforms(0, words.data, 0, words.data.length);
        for (int k = 0; k < words.data.length; k++) {
            words.data[k] = Math.floor(words.data[k] * (1 << bits));
        }
        return words;
    }

    private static RandomStream stream(long seed, String name) {
        return RandomStreams.of(seed).stream(name, 0);
    }

    /**
     * What a design needs to know of the layer.
     *
     * @throws IllegalArgumentException if no exact output is above 0, so that a converter for outputs above 0 has no range
     */
    public LayerSpec spec(Design design) {
        double step = 1.0 / ((1 << design.inputBits()) - 1);
        DMatrixRMaj words = new DMatrixRMaj(inputs.vectors(), inputs.channels());
        Arrays.setAll(words.data, k -> inputs.data()[k]);
        DMatrixRMaj product = new DMatrixRMaj(inputs.vectors(), weights.numCols);
        DMatrixRMaj withoutBias = CommonOps_DDRM.extract(weights, 0, weights.numRows - 1, 0, weights.numCols);
        CommonOps_DDRM.mult(step, words, withoutBias, product);
        double fullScale = CommonOps_DDRM.elementMax(product);
        if (!(fullScale > 0)) {
            throw new IllegalArgumentException("inputs: the largest output is " + fullScale
                    + ": must be above 0, to give the converters a range; use other weights or inputs");
        }
        return new LayerSpec(
                design.inputBits(), design.outputBits(), step, CommonOps_DDRM.elementMaxAbs(weights), fullScale);
    }
}
