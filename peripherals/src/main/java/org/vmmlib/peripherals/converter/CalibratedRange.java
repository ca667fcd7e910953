package org.vmmlib.peripherals.converter;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.check.Require;
import org.vmmlib.core.macro.Activation;

/**
 * The full scale of a converter from levels that calibration data gives: the range that the data needs is often much smaller
 * than the range that could occur (T. P. Xiao et al., Appl. Phys. Rev. 7, 031301 (2020), section VI.B, <a
 * href="https://doi.org/10.1063/1.5143815">doi:10.1063/1.5143815</a>). Immutable.
 */
public final class CalibratedRange {

    private final double[] ascending;

    private CalibratedRange(double[] ascending) {
        this.ascending = ascending;
    }

    /**
     * The range that an activation needs for these levels: LINEAR and TANH need their magnitudes, the others the levels above
     * 0.
     *
     * @param activation of the converter; SIGMOID and TANH compress, so their scale is set by the network, not by a range
     * @param levels of any shape, with at least one level. Copied.
     * @throws IllegalArgumentException if there is no level, one is not finite, or the activation is SIGMOID or TANH
     */
    public static CalibratedRange of(Activation activation, DMatrixRMaj levels) {
        if (!activation.uniform()) {
            throw new IllegalArgumentException("activation = " + activation
                    + ": its scale is that of the network, no range; use LINEAR, RELU or BOUNDED_RELU");
        }
        Require.finite("levels", levels);
        if (levels.getNumElements() == 0) {
            throw new IllegalArgumentException("levels is empty: give at least one level of the calibration data");
        }
        double[] needed = Arrays.copyOf(levels.data, levels.getNumElements());
        for (int k = 0; k < needed.length; k++) {
            needed[k] = activation == Activation.LINEAR ? Math.abs(needed[k]) : Math.max(0, needed[k]);
        }
        Arrays.sort(needed);
        return new CalibratedRange(needed);
    }

    /**
     * Full scale that clips no level of the data.
     *
     * @throws IllegalArgumentException if all levels are 0 or below, so that there is no range
     */
    public double maximum() {
        return percentile(100);
    }

    /**
     * Full scale that clips the rest: the smallest level of the data that so many levels are at or below.
     *
     * @param percent above 0, to 100
     * @throws IllegalArgumentException if it is out of range, or that level is 0
     */
    public double percentile(double percent) {
        if (!(percent > 0 && percent <= 100)) {
            throw new IllegalArgumentException("percent = " + percent + ": must be above 0 and at most 100");
        }
        int rank = (int) Math.ceil(percent / 100 * ascending.length);
        double level = ascending[Math.max(1, Math.min(ascending.length, rank)) - 1];
        if (!(level > 0)) {
            throw new IllegalArgumentException("percent = " + percent
                    + ": that level of the data is 0, which is no full scale; use a higher one, or other data");
        }
        return level;
    }
}
