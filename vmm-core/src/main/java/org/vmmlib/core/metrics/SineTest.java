package org.vmmlib.core.metrics;

import java.util.Locale;
import org.apache.commons.math3.transform.DftNormalization;
import org.apache.commons.math3.transform.FastFourierTransformer;
import org.apache.commons.math3.transform.TransformType;
import org.vmmlib.core.check.Require;

/**
 * A test with a sine wave that is sampled coherently: a whole, odd number of cycles in a power of two of samples, so that no
 * two samples have the same phase and the spectrum needs no window (IEEE Std 1241-2010, <a
 * href="https://doi.org/10.1109/IEEESTD.2011.5692956">doi:10.1109/IEEESTD.2011.5692956</a>).
 *
 * @param samples number of samples M, a power of two from 16 to 2^22
 * @param cycles number of cycles J, odd, below M/2
 */
public record SineTest(int samples, int cycles) {

    /** A phase at which no sample stands on a threshold by symmetry. */
    private static final double PHASE = 0.1;

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if they do not fit together
     */
    public SineTest {
        Require.within("samples", samples, 16, 1 << 22);
        if (Integer.bitCount(samples) != 1) {
            throw new IllegalArgumentException(
                    "samples = " + samples + ": must be a power of two; use " + Integer.highestOneBit(samples));
        }
        Require.within("cycles", cycles, 1, samples / 2 - 1);
        if (cycles % 2 == 0) {
            throw new IllegalArgumentException(
                    "cycles = " + cycles + ": must be odd, or phases repeat; use " + (cycles + 1));
        }
    }

    /**
     * The wave.
     *
     * @param centre level about which it swings
     * @param amplitude half of its swing, above 0
     * @return M levels
     */
    public double[] levels(double centre, double amplitude) {
        Require.finite("centre", centre);
        Require.positive("amplitude", amplitude);
        double[] out = new double[samples];
        for (int k = 0; k < samples; k++) {
            // Whole cycles are taken out first: the phase keeps its digits.
            double turn = (double) ((long) k * cycles % samples) / samples;
            out[k] = centre + amplitude * Math.sin(2 * Math.PI * turn + PHASE);
        }
        return out;
    }

    /**
     * The spectrum of what came of the wave.
     *
     * @param codes M words. Not modified.
     * @throws IllegalArgumentException if they are not M, or all equal
     */
    public SineSpectrum spectrum(int[] codes) {
        double[] values = new double[codes.length];
        for (int k = 0; k < codes.length; k++) {
            values[k] = codes[k];
        }
        return spectrum(values);
    }

    /**
     * The spectrum of what came of the wave.
     *
     * @param values M values, such as words or outputs of a macro. Not modified.
     * @throws IllegalArgumentException if they are not M, or all equal
     */
    public SineSpectrum spectrum(double[] values) {
        checkCount(values.length);
        return new SineSpectrum(
                cycles, new FastFourierTransformer(DftNormalization.STANDARD).transform(values, TransformType.FORWARD));
    }

    /**
     * The transition levels by the histogram of the words: {@code T_k = centre − amplitude cos(π H_k / M)}, where H_k words are
     * below k. The wave must reach over both ends, or the outermost levels are infinite.
     *
     * @param codes M words. Not modified.
     * @param bits word length, 1 to 20
     * @param centre of the wave
     * @param amplitude of the wave, above 0
     */
    public TransitionLevels histogram(int[] codes, int bits, double centre, double amplitude) {
        checkCount(codes.length);
        Require.within("bits", bits, 1, 20);
        Require.finite("centre", centre);
        Require.positive("amplitude", amplitude);
        long[] below = TransitionLevels.countsBelow(codes, bits);
        double[] out = new double[below.length];
        for (int k = 0; k < out.length; k++) {
            double level = centre - amplitude * Math.cos(Math.PI * below[k] / samples);
            out[k] = TransitionLevels.atShare(below[k], samples, level);
        }
        return TransitionLevels.measured(out);
    }

    private void checkCount(int count) {
        if (count != samples) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "values are %d: must be %d, one for each sample", count, samples));
        }
    }
}
