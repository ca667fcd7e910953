package org.vmmlib.core.random;

import org.apache.commons.math3.special.Erf;
import org.apache.commons.math3.util.FastMath;

/**
 * A normal number from 64 random bits, by the inverse of the normal distribution: one bit is the sign, the others are the
 * probability u of a larger magnitude.
 *
 * <p>The magnitude is a cubic Hermite polynomial in u on each of 32 equal pieces of each octave of u, so its relative
 * accuracy in u, and so that of the tails, is the same everywhere; within 1e-7 of the inverse. The last octave ends at
 * 2^−49, 7.86 sigma, and stands for what lies beyond (probability 4e-15).
 */
final class InverseNormal {

    /** No number is larger in magnitude. */
    static final double BOUND = 8;

    private static final int OCTAVES = 48;
    private static final int PIECE_BITS = 5;
    private static final int PIECES = 1 << PIECE_BITS;
    private static final double[] CUBICS = cubics();

    private InverseNormal() {}

    private static double[] cubics() {
        double[] out = new double[4 * OCTAVES * PIECES];
        for (int octave = 0; octave < OCTAVES; octave++) {
            for (int piece = 0; piece < PIECES; piece++) {
                double width = Math.scalb(1.0, -octave - 2) / PIECES;
                double low = (PIECES + piece) * width;
                double atLow = magnitude(low);
                double atHigh = magnitude(low + width);
                double slopeAtLow = width * slope(atLow);
                double slopeAtHigh = width * slope(atHigh);
                int at = 4 * (octave * PIECES + piece);
                out[at] = atLow;
                out[at + 1] = slopeAtLow;
                out[at + 2] = 3 * (atHigh - atLow) - 2 * slopeAtLow - slopeAtHigh;
                out[at + 3] = 2 * (atLow - atHigh) + slopeAtLow + slopeAtHigh;
            }
        }
        return out;
    }

    /** What a standard normal number exceeds with probability u, 0 to 1/2; 1 − 2u is exact for every u asked for. */
    private static double magnitude(double u) {
        return FastMath.sqrt(2) * Erf.erfInv(1 - 2 * u);
    }

    private static double slope(double magnitude) {
        return -FastMath.sqrt(2 * FastMath.PI) * FastMath.exp(0.5 * magnitude * magnitude);
    }

    /** The number; its sign is the sign of the bits. */
    static double of(long bits) {
        int zeros = Math.min(OCTAVES, Long.numberOfLeadingZeros(bits & Long.MAX_VALUE));
        long fraction = bits << (zeros + 1);
        int at = (((zeros - 1) << PIECE_BITS) + (int) (fraction >>> (64 - PIECE_BITS))) << 2;
        double t = ((fraction << PIECE_BITS) >>> 11) * 0x1.0p-53;
        double magnitude = CUBICS[at] + t * (CUBICS[at + 1] + t * (CUBICS[at + 2] + t * CUBICS[at + 3]));
        return Double.longBitsToDouble(Double.doubleToRawLongBits(magnitude) | (bits & Long.MIN_VALUE));
    }
}
