package org.vmmlib.core.block;

import org.vmmlib.core.random.RandomStream;
import org.vmmlib.core.random.RandomStreams;

/**
 * One place on one fabricated chip: where blocks draw their mismatch from. Two parts of a chip (layers, arrays) are two
 * scopes, so equal blocks in them get independent draws.
 *
 * @param streams seed and trial; a trial is one fabricated chip
 * @param scope which part of the chip
 */
public record Die(RandomStreams streams, long scope) {

    private static final int FAN_OUT = 1 << 16;

    /** The whole chip of a trial. */
    public static Die of(RandomStreams streams) {
        return new Die(streams, 0);
    }

    /**
     * A part of this part: layer k of a chip, array k of a layer.
     *
     * @param index from 0 to 65,534
     */
    public Die part(int index) {
        if (index < 0 || index >= FAN_OUT - 1) {
            throw new IllegalArgumentException("index = " + index + ": must be from 0 to " + (FAN_OUT - 2));
        }
        return new Die(streams, scope * FAN_OUT + index + 1);
    }

    /** The stream of an effect on this part. */
    public RandomStream stream(String effect) {
        return streams.stream(effect, scope);
    }

    /**
     * Zero-mean normal mismatch of {@code count} elements; zeros, and no draw, where sigma is 0.
     *
     * @param effect id of the imperfection
     * @param sigma standard deviation in the unit of the parameter, 0 or above
     */
    public double[] mismatch(String effect, double sigma, int count) {
        double[] out = new double[count];
        if (sigma > 0) {
            stream(effect).gaussians(0, out, 0, count);
            for (int k = 0; k < count; k++) {
                out[k] *= sigma;
            }
        }
        return out;
    }
}
