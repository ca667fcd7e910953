package org.vmmlib.studies.experiment;

import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.macro.Converter;
import org.vmmlib.core.macro.Macro;
import org.vmmlib.core.macro.MacroResult;
import org.vmmlib.core.macro.ProgrammedMacro;
import org.vmmlib.core.signal.Codes;
import org.vmmlib.studies.design.Design;
import org.vmmlib.studies.design.LayerSpec;
import org.vmmlib.studies.network.DenseLayer;
import org.vmmlib.studies.network.Network;

/**
 * A network on one chip of a design: a macro for each layer, the words of one being the inputs of the next. Immutable;
 * threads may share it.
 */
public final class CircuitNetwork {

    private final List<ProgrammedMacro> layers = new ArrayList<>();

    /**
     * Programs the chip.
     *
     * @param die which chip
     * @param ideal whether every imperfection is switched off
     */
    public CircuitNetwork(Network network, Design design, Die die, boolean ideal) {
        int bits = design.inputBits();
        double step = 1.0 / ((1 << bits) - 1);
        for (int l = 0; l < network.layers().size(); l++) {
            DenseLayer layer = network.layers().get(l);
            DMatrixRMaj weights = circuitWeights(layer, bits, step);
            LayerSpec spec = new LayerSpec(bits, design.outputBits(), step, largest(weights), layer.fullScale());
            Macro macro = design.macro(spec, ideal);
            layers.add(macro.program(weights, die.part(l)));
            bits = design.outputBits();
            step = layer.fullScale() / (1 << bits);
        }
    }

    /** The bias row is driven by the highest word, which stands for step · (2^bits − 1), not for 1. */
    private static DMatrixRMaj circuitWeights(DenseLayer layer, int bits, double step) {
        DMatrixRMaj weights = layer.weights().copy();
        double highest = step * ((1 << bits) - 1);
        int bias = weights.numRows - 1;
        for (int j = 0; j < weights.numCols; j++) {
            weights.set(bias, j, weights.get(bias, j) / highest);
        }
        return weights;
    }

    private static double largest(DMatrixRMaj weights) {
        double largest = Double.MIN_NORMAL;
        for (double w : weights.data) {
            largest = Math.max(largest, Math.abs(w));
        }
        return largest;
    }

    /** The macros of the layers. */
    public List<ProgrammedMacro> layers() {
        return List.copyOf(layers);
    }

    /**
     * Runs a batch.
     *
     * @param inputs words of the images
     * @param firstImage global index of the first image, which keys the noise
     * @return one pass for each layer
     */
    public List<Pass> run(Codes inputs, long firstImage) {
        List<Pass> passes = new ArrayList<>();
        Codes words = inputs;
        for (ProgrammedMacro layer : layers) {
            MacroResult result = layer.multiply(words, firstImage);
            Converter converter = layer.macro().converter().orElseThrow(CircuitNetwork::noConverter);
            double lowest = converter.reconstruct(0);
            double highest = converter.reconstruct((1 << converter.bits()) - 1);
            passes.add(new Pass(result, layer.ideal(words), lowest, highest));
            words = result.codes().orElseThrow(CircuitNetwork::noConverter);
        }
        return passes;
    }

    private static IllegalStateException noConverter() {
        return new IllegalStateException("a layer without a converter cannot give words to the next");
    }

    /**
     * A batch through one layer.
     *
     * @param result what the circuit gave
     * @param ideal what an ideal circuit without quantisation would have given for the same input words
     * @param lowest lowest output that there is a word for
     * @param highest highest output that there is a word for
     */
    public record Pass(MacroResult result, DMatrixRMaj ideal, double lowest, double highest) {

        /** Whether circuit and ideal stand at the same end of the range, where they tell nothing of the error. */
        boolean clippedAlike(int element) {
            double a = result.outputs().data[element];
            double b = ideal.data[element];
            return (a <= lowest && b <= lowest) || (a >= highest && b >= highest);
        }
    }
}
