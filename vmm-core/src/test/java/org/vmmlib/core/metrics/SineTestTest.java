package org.vmmlib.core.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vmmlib.core.random.NormalStream;
import org.vmmlib.core.random.RandomStreams;

class SineTestTest {

    private static final SineTest WAVE = new SineTest(1 << 14, 1009);

    private static int[] quantised(double[] levels, int bits) {
        int[] codes = new int[levels.length];
        for (int k = 0; k < codes.length; k++) {
            codes[k] = (int) Math.max(0, Math.min((1 << bits) - 1, Math.floor(levels[k] * (1 << bits))));
        }
        return codes;
    }

    @ParameterizedTest
    @CsvSource({"4, 3.959", "6, 5.970", "8, 7.982"})
    void idealQuantiserHasTheEffectiveBitsOfASineOverItsFullScale(int bits, double effective) {
        SineSpectrum spectrum = WAVE.spectrum(quantised(WAVE.levels(0.5, 0.5), bits));
        assertEquals(effective, spectrum.effectiveBits(), 0.005);
        assertEquals((spectrum.sndr() - 1.76) / 6.02, spectrum.effectiveBits(), 0.002);
        // Half a step of rms 1/sqrt(12), but for the slow tops of the wave.
        assertEquals(1 / Math.sqrt(12), spectrum.rmsNoiseAndDistortion(), 0.006);
    }

    /** Parseval's theorem against the sum of squares in time. */
    @Test
    void powersAddUpToTheMeanSquare() {
        int[] codes = quantised(WAVE.levels(0.52, 0.43), 5);
        double square = 0;
        for (int code : codes) {
            square += (double) code * code / codes.length;
        }
        double sum = 0;
        for (double power : WAVE.spectrum(codes).powers()) {
            sum += power;
        }
        assertEquals(square, sum, 1e-10 * square);
    }

    /** a cos + b cos 2 + c cos 3 + d cos at a frequency of its own: the figures follow by hand. */
    @Test
    void harmonicsAndSpursAreTold() {
        SineTest wave = new SineTest(4096, 601);
        double[] values = new double[4096];
        for (int k = 0; k < values.length; k++) {
            double turn = 2 * Math.PI * k / 4096;
            values[k] = 3
                    + Math.cos(601 * turn)
                    + 0.01 * Math.cos(2 * 601 * turn + 1)
                    // 5 · 601 = 3005 folds to 1091.
                    + 0.02 * Math.cos(1091 * turn + 2)
                    + 0.005 * Math.cos(77 * turn);
        }
        SineSpectrum spectrum = wave.spectrum(values);
        assertEquals(20 * Math.log10(1 / 0.02), spectrum.sfdr(), 1e-9);
        assertEquals(10 * Math.log10(0.0005), spectrum.thd(), 1e-9);
        assertEquals(20 * Math.log10(1 / 0.005), spectrum.snr(), 1e-6);
        assertEquals(10 * Math.log10(1 / 0.000525), spectrum.sndr(), 1e-9);
        assertEquals(0, spectrum.decibels()[601]);
        assertEquals(-40, spectrum.decibels()[1202], 1e-9);
        assertEquals(601, spectrum.signalBin());
        // Bins to 1024: the harmonic at 1091 and 1202 are outside, the spur at 77 inside.
        assertEquals(20 * Math.log10(1 / 0.005), spectrum.sndrInBand(2), 1e-6);
    }

    /**
     * Noise of σ in front of a quantiser: σ² + 1/12 in steps. The power of M/2 bins has a relative standard deviation of
     * sqrt(2/M), 0.016 dB: the bound of 0.15 dB fails falsely with probability below 1e-15, and leaves room for the overload at
     * the tops of the wave.
     */
    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.3, 1})
    void noiseLowersTheEffectiveBitsByItsPower(double sigma) {
        int bits = 8;
        double[] levels = WAVE.levels(0.5, 0.48);
        NormalStream normals = RandomStreams.of(3).stream("test", 0).normals();
        for (int k = 0; k < levels.length; k++) {
            levels[k] += sigma / 256 * normals.at(k);
        }
        double expected = 10 * Math.log10(0.5 * Math.pow(0.48 * 256, 2) / (sigma * sigma + 1.0 / 12));
        SineSpectrum spectrum = WAVE.spectrum(quantised(levels, bits));
        assertEquals(expected, spectrum.sndr(), 0.15);
        assertEquals(8 - 0.5 * Math.log(1 + 12 * sigma * sigma) / Math.log(2), spectrum.effectiveBits(0.96), 0.03);
    }

    @Test
    void effectiveBitsDoNotDependOnTheShareOfTheFullScale() {
        for (double share : new double[] {0.3, 0.5, 0.7, 0.97}) {
            SineSpectrum spectrum = WAVE.spectrum(quantised(WAVE.levels(0.5013, 0.5 * share), 10));
            assertEquals(10, spectrum.effectiveBits(share), 0.03);
        }
    }

    @Test
    void phasesOfAWaveAreAllDifferent() {
        SineTest wave = new SineTest(256, 37);
        double[] levels = wave.levels(1, 2);
        assertEquals(256, Arrays.stream(levels).distinct().count());
        assertEquals(1, Arrays.stream(levels).average().orElseThrow(), 1e-14);
        for (double level : levels) {
            assertTrue(Math.abs(level - 1) <= 2);
        }
    }

    /** Levels that are nowhere near equal steps, from the histogram of a wave that reaches beyond them. */
    @Test
    void histogramOfASineGivesTheTransitionLevels() {
        double[] levels = {-0.8, -0.31, -0.3, 0.02, 0.4, 0.41, 0.93};
        SineTest wave = new SineTest(1 << 16, 4001);
        double[] inputs = wave.levels(0.05, 1.1);
        int[] codes = new int[inputs.length];
        for (int k = 0; k < codes.length; k++) {
            for (double level : levels) {
                codes[k] += inputs[k] >= level ? 1 : 0;
            }
        }
        TransitionLevels found = wave.histogram(codes, 3, 0.05, 1.1);
        for (int k = 1; k <= 7; k++) {
            // The samples' phases are 2π/M apart.
            assertEquals(levels[k - 1], found.level(k), 1.1 * 2 * Math.PI / 65_536);
        }
    }

    @Test
    void levelsThatTheWaveDoesNotReachAreInfinite() {
        TransitionLevels found = WAVE.histogram(quantised(WAVE.levels(0.5, 0.2), 2), 2, 0.5, 0.2);
        assertEquals(Double.NEGATIVE_INFINITY, found.level(1));
        assertEquals(0.5, found.level(2), 1e-3);
        assertEquals(Double.POSITIVE_INFINITY, found.level(3));
    }

    @Test
    void refusesWavesThatAreNotCoherent() {
        String power = assertThrows(IllegalArgumentException.class, () -> new SineTest(1000, 7))
                .getMessage();
        assertEquals("samples = 1000: must be a power of two; use 512", power);
        String odd = assertThrows(IllegalArgumentException.class, () -> new SineTest(1024, 8))
                .getMessage();
        assertEquals("cycles = 8: must be odd, or phases repeat; use 9", odd);
        assertThrows(IllegalArgumentException.class, () -> new SineTest(1024, 512));
        assertThrows(IllegalArgumentException.class, () -> new SineTest(8, 1));
        assertThrows(IllegalArgumentException.class, () -> WAVE.levels(0, 0));
        assertThrows(IllegalArgumentException.class, () -> WAVE.levels(Double.NaN, 1));
        assertThrows(IllegalArgumentException.class, () -> WAVE.spectrum(new int[7]));
        assertThrows(IllegalArgumentException.class, () -> WAVE.spectrum(new int[1 << 14]));
        int[] high = new int[1 << 14];
        high[5] = 4;
        String message = assertThrows(IllegalArgumentException.class, () -> WAVE.histogram(high, 2, 0, 1))
                .getMessage();
        assertEquals("code[5] = 4: must be from 0 to 3 (2 bits)", message);
        SineSpectrum spectrum = WAVE.spectrum(quantised(WAVE.levels(0.5, 0.5), 4));
        assertThrows(IllegalArgumentException.class, () -> spectrum.effectiveBits(0));
        assertThrows(IllegalArgumentException.class, () -> spectrum.sndrInBand(100));
    }
}
