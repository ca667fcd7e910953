package org.vmmlib.core.macro;

import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.block.Block;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.cost.Activity;
import org.vmmlib.core.cost.Cost;
import org.vmmlib.core.signal.Codes;
import org.vmmlib.core.signal.Levels;

/**
 * Turns levels into words. The contract is the ordered set of 2^p − 1 ideal thresholds
 * {@code θ_k = fullScale · f⁻¹(k / 2^p) − inputBias}: an ideal converter gives the number of thresholds at or below the
 * input. A converter of {@link Levels.Quantity#TIME} takes the lengths of pulses.
 */
public interface Converter extends Block {

    /** Word length p. */
    int bits();

    /** What it converts. */
    Levels.Quantity input();

    /** The transfer function in its thresholds. */
    Activation activation();

    /** The level at which f is applied to 1, in the unit of its input. */
    double fullScale();

    /** A level added to the input, in its unit; half an LSB makes a uniform converter round instead of floor. */
    double inputBias();

    /** The 2^p − 1 ideal thresholds, ascending, in the unit of its input; a new array. */
    default double[] thresholds() {
        int codes = 1 << bits();
        double[] thresholds = new double[codes - 1];
        for (int k = 1; k < codes; k++) {
            thresholds[k - 1] = fullScale() * activation().inverse((double) k / codes) - inputBias();
        }
        return thresholds;
    }

    /**
     * What a word stands for, in units of the activation's output: the centre of its ideal decision interval, where the
     * outermost intervals are taken as wide as a code.
     */
    default double reconstruct(int code) {
        double centre = (code + 0.5) / (1 << bits());
        if (!activation().uniform()) {
            return centre;
        }
        double slope = activation() == Activation.LINEAR ? 0.5 : 1;
        return centre - slope * inputBias() / fullScale();
    }

    /** The converters of a number of channels, with their mismatch drawn. */
    Channels on(Die die, int channels);

    /** Energy over an activity (one conversion per vector and channel), time of one conversion, area. */
    Cost cost(Activity activity);

    @Override
    Converter without(String imperfection);

    /** The converters of a number of channels. Safe to share. */
    interface Channels {

        /**
         * Converts a batch.
         *
         * @param levels B×channels, in the unit of the input. Not modified.
         * @param firstCall global index of the first vector, which keys the noise
         * @param saturation counts inputs beyond the outermost codes where the clip is not meant. Modified.
         */
        Codes convert(DMatrixRMaj levels, long firstCall, Saturation saturation);
    }
}
