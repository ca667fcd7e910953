package org.vmmlib.studies.experiment;

import java.util.Map;
import org.vmmlib.core.cost.CostSheet;
import org.vmmlib.core.macro.Evidence;
import org.vmmlib.core.metrics.ErrorStatistics;

/**
 * What one multiplier of a circuit did over all images.
 *
 * @param name which layer
 * @param inputs words of an input vector
 * @param outputs values of an output vector
 * @param outputBits word length of its converters
 * @param cells weight cells
 * @param arrays arrays that they lie on
 * @param error of the outputs against the ideal product of the inputs that the circuit really had, in units of the
 *     converter's range; without those that both clip at the same end
 * @param cost energy, time and area by block
 * @param evidence of the solves
 * @param saturation clipped values by place
 * @param sample pairs of ideal and circuit output that are not clipped alike, for a plot
 */
public record VmmResult(
        String name,
        int inputs,
        int outputs,
        int outputBits,
        int cells,
        int arrays,
        ErrorStatistics error,
        CostSheet cost,
        Evidence evidence,
        Map<String, Long> saturation,
        double[][] sample) {

    /** Root mean square error in LSB, where an LSB is the converter's range over 2^p. */
    public double rmsErrorLsb() {
        return error.rms() * (1 << outputBits);
    }

    /** log2(full scale / (sqrt(12) · rms error)), full scale = the converter's range. */
    public double effectiveBits() {
        return error.effectiveBits(1);
    }
}
