package org.vmmlib.peripherals.converter;

import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.macro.Converter;
import org.vmmlib.core.macro.Saturation;
import org.vmmlib.core.metrics.CodeTransfer;
import org.vmmlib.core.metrics.TransitionLevels;

/** Converters as the metrics see them. */
final class Measured {

    private Measured() {}

    /** One channel of several, fed alone; each use is another call. */
    static CodeTransfer transfer(Converter.Channels channels, int count, int channel) {
        long[] calls = {0};
        return levels -> {
            DMatrixRMaj batch = new DMatrixRMaj(levels.length, count);
            for (int k = 0; k < levels.length; k++) {
                batch.data[k * count + channel] = levels[k];
            }
            int[] words = channels.convert(batch, calls[0], new Saturation()).data();
            calls[0] += levels.length;
            int[] out = new int[levels.length];
            for (int k = 0; k < out.length; k++) {
                out[k] = words[k * count + channel];
            }
            return out;
        };
    }

    /** The transition levels of a channel without noise, in a range that reaches far over both ends. */
    static TransitionLevels levels(Converter design, Converter.Channels channels, int count, int channel) {
        double reach = 3 * design.fullScale() + Math.abs(design.inputBias());
        return TransitionLevels.search(transfer(channels, count, channel), design.bits(), -reach, reach);
    }
}
