package org.vmmlib.studies.design;

import org.vmmlib.core.check.Require;

/**
 * What a design must know of a network layer to size its circuit.
 *
 * @param inputBits word length of the layer's inputs
 * @param outputBits word length of its outputs
 * @param inputStep input value that one step of an input word stands for, above 0
 * @param largestWeight largest absolute weight, which a cell at its highest state stands for, above 0
 * @param fullScale output value that the top of the converter's range stands for, above 0
 */
public record LayerSpec(int inputBits, int outputBits, double inputStep, double largestWeight, double fullScale) {

    /** Checks the ranges. */
    public LayerSpec {
        Require.within("inputBits", inputBits, 1, 8);
        Require.within("outputBits", outputBits, 1, 12);
        Require.positive("inputStep", inputStep);
        Require.positive("largestWeight", largestWeight);
        Require.positive("fullScale", fullScale);
    }

    /** The full scale in steps of input word times units of normalised weight. */
    public double fullScaleSteps() {
        return fullScale / (inputStep * largestWeight);
    }
}
