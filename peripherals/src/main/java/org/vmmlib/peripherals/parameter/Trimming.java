package org.vmmlib.peripherals.parameter;

import org.vmmlib.core.block.Die;

/** Offsets that floating gates trim in equal steps. */
public final class Trimming {

    private Trimming() {}

    /**
     * Draws offsets, of which trimming leaves the distance from the nearest multiple of the step, at most half of it. Where
     * the step is less than the spread, what is left is uniform: its standard deviation is step/√12.
     *
     * @param effect id of the offset
     * @param sigma standard deviation before trimming, in the unit of the offset, 0 or above
     * @param step trim step, in that unit, 0 for no trimming
     * @param count number of offsets
     */
    public static double[] offsets(Die die, String effect, double sigma, double step, int count) {
        double[] offsets = die.mismatch(effect, sigma, count);
        for (int k = 0; k < count && step > 0; k++) {
            offsets[k] -= step * Math.rint(offsets[k] / step);
        }
        return offsets;
    }
}
