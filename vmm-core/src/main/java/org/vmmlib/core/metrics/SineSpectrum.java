package org.vmmlib.core.metrics;

import java.util.Arrays;
import org.apache.commons.math3.complex.Complex;
import org.vmmlib.core.check.Require;

/**
 * Powers of the frequencies in the answer to a coherent sine wave, and the figures that follow from them (IEEE Std
 * 1241-2010, <a href="https://doi.org/10.1109/IEEESTD.2011.5692956">doi:10.1109/IEEESTD.2011.5692956</a>). All but DC and
 * the signal count as noise and distortion. Immutable.
 */
public final class SineSpectrum {

    private static final int HARMONICS = 10;

    private final int signal;
    private final double[] powers;

    SineSpectrum(int signal, Complex[] transform) {
        this.signal = signal;
        int samples = transform.length;
        powers = new double[samples / 2 + 1];
        for (int bin = 0; bin < powers.length; bin++) {
            double real = transform[bin].getReal();
            double imaginary = transform[bin].getImaginary();
            boolean alone = bin == 0 || bin == samples / 2;
            powers[bin] = (alone ? 1 : 2) * (real * real + imaginary * imaginary) / samples / samples;
        }
        if (!(powers[signal] > 0)) {
            throw new IllegalArgumentException(
                    "values have no part at the frequency of the wave: give what came of the wave, over its full swing");
        }
    }

    /** Bin of the signal, which is its number of cycles. */
    public int signalBin() {
        return signal;
    }

    /** Mean square of each frequency, DC first, M/2 + 1 of them; a new array. */
    public double[] powers() {
        return powers.clone();
    }

    /** The same in decibels over the signal's; −400 where there is nothing. */
    public double[] decibels() {
        double[] out = new double[powers.length];
        Arrays.setAll(out, bin -> Math.max(-400, decibels(powers[bin] / powers[signal])));
        return out;
    }

    /** Mean square of all but DC and signal up to a frequency. */
    private double noiseAndDistortion(int lastBin) {
        double sum = 0;
        for (int bin = 1; bin <= lastBin; bin++) {
            sum += bin == signal ? 0 : powers[bin];
        }
        return sum;
    }

    /** Root mean square of noise and distortion, in the unit of the values. */
    public double rmsNoiseAndDistortion() {
        return Math.sqrt(noiseAndDistortion(powers.length - 1));
    }

    /** Signal over noise and distortion (SNDR, SINAD), in decibels; infinite where there is none. */
    public double sndr() {
        return decibels(powers[signal] / noiseAndDistortion(powers.length - 1));
    }

    /**
     * Signal over noise and distortion in the band of an oversampling ratio.
     *
     * @param oversampling M/2 over the bins of the band, 1 or more; the band must hold the signal
     */
    public double sndrInBand(double oversampling) {
        Require.within("oversampling", oversampling, 1, (powers.length - 1.0) / signal);
        return decibels(powers[signal] / noiseAndDistortion((int) ((powers.length - 1) / oversampling)));
    }

    /** Harmonics 2 to 10 over the signal (THD), in decibels; minus infinity where there are none. */
    public double thd() {
        return decibels(harmonics() / powers[signal]);
    }

    /** Signal over all but its harmonics 2 to 10 (SNR), in decibels. */
    public double snr() {
        return decibels(powers[signal] / (noiseAndDistortion(powers.length - 1) - harmonics()));
    }

    private double harmonics() {
        int samples = 2 * (powers.length - 1);
        double sum = 0;
        for (int k = 2; k <= HARMONICS; k++) {
            int folded = (int) ((long) k * signal % samples);
            int bin = Math.min(folded, samples - folded);
            sum += bin == 0 || bin == signal ? 0 : powers[bin];
        }
        return sum;
    }

    /** Signal over the largest other frequency (SFDR), in decibels. */
    public double sfdr() {
        double most = 0;
        for (int bin = 1; bin < powers.length; bin++) {
            most = bin == signal ? most : Math.max(most, powers[bin]);
        }
        return decibels(powers[signal] / most);
    }

    /** Effective bits of a wave over the full scale: (SNDR − 1.76 dB) / 6.02 dB. */
    public double effectiveBits() {
        return effectiveBits(1);
    }

    /**
     * Effective bits: SNDR, as if the wave had the full scale, less 10 log10(3/2) dB, over 20 log10(2) dB.
     *
     * @param share amplitude of the wave over half of the full scale, above 0, at most 1.1
     */
    public double effectiveBits(double share) {
        if (!(share > 0 && share <= 1.1)) {
            throw new IllegalArgumentException("share = " + share + ": must be above 0 and at most 1.1");
        }
        return (sndr() - decibels(1.5 * share * share)) / decibels(4);
    }

    private static double decibels(double ratio) {
        return 10 * Math.log10(ratio);
    }
}
