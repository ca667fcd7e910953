package org.vmmlib.peripherals.converter;

import org.vmmlib.core.block.Die;

/** Offsets that floating gates trim in equal steps. */
final class Trimming {

    private Trimming() {}

    /**
     * Draws offsets, of which trimming leaves at most half a step.
     *
     * @param effect id of the offset
     * @param sigma standard deviation before trimming
     * @param step trim step, 0 for no trimming
     */
    static double[] offsets(Die die, String effect, double sigma, double step, int count) {
        double[] offsets = die.mismatch(effect, sigma, count);
        for (int k = 0; k < count && step > 0; k++) {
            offsets[k] -= step * Math.rint(offsets[k] / step);
        }
        return offsets;
    }
}
