package org.vmmlib.peripherals.converter;

import java.util.Locale;
import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.macro.Activation;
import org.vmmlib.core.macro.Converter;
import org.vmmlib.core.macro.Saturation;

/** What every converter does first: it refuses what is no level, and counts those beyond its outermost codes. */
final class Intake {

    private final int channels;
    private final double bottom;
    private final double top;

    Intake(Converter converter, int channels) {
        this.channels = channels;
        boolean linear = converter.activation() == Activation.LINEAR;
        boolean clips = linear || converter.activation() == Activation.RELU;
        bottom = linear ? -converter.fullScale() - converter.inputBias() : Double.NEGATIVE_INFINITY;
        top = clips ? converter.fullScale() - converter.inputBias() : Double.POSITIVE_INFINITY;
    }

    int channels() {
        return channels;
    }

    void take(DMatrixRMaj levels, Saturation saturation) {
        if (levels.numCols != channels) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "levels is %d x %d: must have %d columns, one for each channel",
                    levels.numRows,
                    levels.numCols,
                    channels));
        }
        double[] data = levels.data;
        int count = levels.numRows * channels;
        long below = 0;
        long above = 0;
        for (int k = 0; k < count; k++) {
            double level = data[k];
            if (!(Math.abs(level) <= Double.MAX_VALUE)) {
                throw new IllegalArgumentException(String.format(
                        Locale.ROOT, "levels[%d,%d] = %s: must be a finite number", k / channels, k % channels, level));
            }
            if (level < bottom) {
                below++;
            }
            if (level > top) {
                above++;
            }
        }
        saturation.add("adc.bottom", below);
        saturation.add("adc.top", above);
    }
}
