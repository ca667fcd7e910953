package org.vmmlib.noise.telegraph;

import org.vmmlib.core.check.Require;

/** How much a captured charge raises the resistance of a cell, relative to what it is without: ΔR/R, the median of cells. */
@FunctionalInterface
public interface TelegraphAmplitude {

    /**
     * ΔR/R.
     *
     * @param resistance voltage across the cell over its current, at the read, ohms, above 0
     * @return 0 or above
     */
    double relative(double resistance);

    /** The same for every resistance, 0 or above. */
    static TelegraphAmplitude constant(double relative) {
        Require.nonNegative("relative", relative);
        return resistance -> relative;
    }

    /**
     * Proportional to the resistance where that is low, as a trap screens a part of a filament that grows as the filament
     * narrows, and saturating where it is high: {@code h R/(R + R_c)}. This is the trend of HfO2 cells in S. Ambrogio et
     * al., IEEE Trans. Electron Devices 61, 2920 (2014), doi:10.1109/TED.2014.2330202; the form is chosen.
     *
     * @param highest h, 0 or above
     * @param corner R_c, ohms, above 0
     */
    static TelegraphAmplitude saturating(double highest, double corner) {
        Require.nonNegative("highest", highest);
        Require.positive("corner", corner);
        return resistance -> Double.isInfinite(resistance) ? highest : highest * resistance / (resistance + corner);
    }
}
