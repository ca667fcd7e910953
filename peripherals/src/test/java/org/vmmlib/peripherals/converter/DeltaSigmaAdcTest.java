package org.vmmlib.peripherals.converter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.apache.commons.math3.complex.Complex;
import org.apache.commons.math3.transform.DftNormalization;
import org.apache.commons.math3.transform.FastFourierTransformer;
import org.apache.commons.math3.transform.TransformType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vmmlib.core.cost.Activity;
import org.vmmlib.core.macro.Activation;
import org.vmmlib.core.macro.Converter;
import org.vmmlib.core.metrics.SineTest;
import org.vmmlib.core.signal.Levels;

class DeltaSigmaAdcTest extends ConverterContract {

    @Override
    Converter ideal(int bits, Activation activation, double fullScale, double inputBias) {
        return DeltaSigmaAdc.builder(bits, activation, Levels.Quantity.CURRENT, fullScale)
                .inputBias(inputBias)
                .build();
    }

    @Override
    Converter imperfect(int bits, Activation activation, double fullScale) {
        return DeltaSigmaAdc.builder(bits, activation, Levels.Quantity.CURRENT, fullScale)
                .integratorLeak(0.002)
                .referenceError(0.03)
                .comparatorOffset(0.2)
                .samplingNoise(0.5 * fullScale)
                .build();
    }

    @Override
    boolean takes(Activation activation) {
        return activation.uniform();
    }

    @Override
    int mostBits() {
        return 20;
    }

    private static DeltaSigmaAdc.Builder builder(int bits) {
        return DeltaSigmaAdc.builder(bits, Activation.RELU, Levels.Quantity.VOLTAGE, 1);
    }

    /**
     * Noise in the band of a free-running modulator with 16 levels, from the white-noise model: Δ²/12 π^(2L)/((2L + 1)
     * M^(2L+1)). The model takes the quantiser's error as noise; a single wave has tones that are a few decibels off, the mean
     * over waves of several heights and centres is within 1 dB.
     */
    @ParameterizedTest
    @CsvSource({"1, 8", "1, 16", "1, 32", "1, 64", "2, 8", "2, 16", "2, 32", "2, 64"})
    void noiseInTheBandIsThatOfTheWhiteNoiseModel(int order, int oversampling) {
        SineTest wave = new SineTest(1 << 15, 83);
        double found = 0;
        int waves = 16;
        for (int k = 0; k < waves; k++) {
            double amplitude = 0.2 + 0.0113 * k;
            double[] stream = wave.levels(0.5031 + 0.0017 * k, amplitude);
            new DeltaSigmaModulator(order, 0, 4).modulate(stream, stream);
            found += amplitude
                    * amplitude
                    / 2
                    / Math.pow(10, windowed(stream, 83, amplitude, oversampling) / 10)
                    / waves;
        }
        double step = 1.0 / 15;
        double noise = step
                * step
                / 12
                * Math.pow(Math.PI, 2 * order)
                / (2 * order + 1)
                / Math.pow(oversampling, 2 * order + 1);
        assertEquals(0, 10 * Math.log10(found / noise), 1);
    }

    /**
     * Signal over noise in the band, in decibels. The record begins and ends anywhere, so it is windowed (Hann: the mean square
     * of the window is 3/8, and the signal takes two bins to each side).
     */
    private static double windowed(double[] stream, int cycles, double amplitude, int oversampling) {
        int samples = stream.length;
        double mean = Arrays.stream(stream).average().orElseThrow();
        double[] values = new double[samples];
        for (int k = 0; k < samples; k++) {
            values[k] = (stream[k] - mean) * 0.5 * (1 - Math.cos(2 * Math.PI * k / samples));
        }
        Complex[] bins = new FastFourierTransformer(DftNormalization.STANDARD).transform(values, TransformType.FORWARD);
        double noise = 0;
        for (int bin = 3; bin <= samples / 2 / oversampling; bin++) {
            double size = bins[bin].abs() / samples;
            noise += Math.abs(bin - cycles) <= 2 ? 0 : 2 * size * size / 0.375;
        }
        return 10 * Math.log10(amplitude * amplitude / 2 / noise);
    }

    /** With one bit the quantiser's error is no white noise, but it is shaped: 9 and 15 dB an octave. */
    @ParameterizedTest
    @CsvSource({"1, 9.03", "2, 15.05"})
    void oversamplingGainsOfOneBitAreThoseOfTheOrder(int order, double perOctave) {
        SineTest wave = new SineTest(1 << 18, 97);
        double[] stream = wave.levels(0.5017, 0.3);
        new DeltaSigmaModulator(order, 0, 1).modulate(stream, stream);
        double gained = windowed(stream, 97, 0.3, 512) - windowed(stream, 97, 0.3, 32);
        assertEquals(4 * perOctave, gained, 0.1 * 4 * perOctave);
    }

    @Test
    void outputOfAModulatorFollowsAConstantInput() {
        for (int order = 1; order <= 2; order++) {
            double[] stream = new double[20_000];
            Arrays.fill(stream, 0.3141);
            new DeltaSigmaModulator(order, 0, 1).modulate(stream, stream);
            double sum = 0;
            for (double level : stream) {
                assertTrue(level == 0 || level == 1);
                sum += level;
            }
            assertEquals(0.3141, sum / stream.length, 3.0 / stream.length);
        }
    }

    /** Second order: N periods tell about N²/2 steps apart, less what the second integrator holds at the end. */
    @ParameterizedTest
    @ValueSource(ints = {64, 128, 256})
    void secondOrderIsAccurateToAFewStepsOfHalfTheSquareOfThePeriods(int periods) {
        DeltaSigmaModulator modulator = new DeltaSigmaModulator(2, 0, 1);
        double steps = periods * (periods - 1) / 2.0;
        double worst = 0;
        for (int k = 0; k <= 2000; k++) {
            double u = 0.15 + 0.7 * k / 2000;
            worst = Math.max(worst, Math.abs(modulator.incremental(u, 0, periods) - u) * steps);
        }
        assertTrue(worst < 4, "worst = " + worst);
        assertTrue(worst > 0.5, "the end content shows: " + worst);
    }

    @Test
    void secondOrderNeedsFarFewerPeriodsThanFirst() {
        DeltaSigmaAdc second = builder(10).modulator(2, 150).build();
        double[] levels = levels(2000, 0.8);
        int[] codes = codes(second.on(DIE, 1), 0, 1, levels);
        for (int k = 0; k < levels.length; k++) {
            double expected = Math.max(0, Math.min(1023, levels[k] * 1024));
            assertEquals(expected, codes[k] + 0.5, 1.01, "at " + levels[k]);
        }
        assertTrue(second.cost(new Activity(1, 1, 0, 0)).time()
                < builder(10).build().cost(new Activity(1, 1, 0, 0)).time() / 6);
    }

    /** 8 bits: what is left of the noise of N samples is σ/sqrt(N). The bound of 0.05 bits fails with probability 4e-10. */
    @Test
    void noiseIsAveragedOverThePeriods() {
        SineTest wave = new SineTest(1 << 15, 3001);
        double sigma = 0.05;
        DeltaSigmaAdc design = builder(8).samplingNoise(sigma).build();
        int[] codes = Measured.transfer(design.on(DIE, 1), 1, 0).codes(wave.levels(0.5, 0.48));
        double steps = sigma * 256 / Math.sqrt(256);
        double expected = 8 - 0.5 * Math.log(1 + 12 * steps * steps) / Math.log(2);
        assertEquals(expected, wave.spectrum(codes).effectiveBits(0.96), 0.05);
    }

    /** The loop divides a comparator offset by its gain: of a tenth of the range a tenth of a word is left. */
    @Test
    void comparatorOffsetIsShaped() {
        DeltaSigmaAdc design = builder(8).comparatorOffset(0.1).build();
        double offset = DIE.mismatch("adc.comparator-offset", 0.1, 1)[0];
        double[] levels = Measured.levels(design, design.on(DIE, 1), 1, 0).levels();
        for (int k = 1; k < 255; k++) {
            assertEquals((k - offset) / 256, levels[k - 1], 1e-9);
        }
    }

    /**
     * With a part λ lost a period the integrator, half a step low at first, stands after k periods without a one at {@code u/λ (1
     * − q) − q/2}, q = (1 − λ)^k. The first word takes that and u to reach half a step in the last period, where without leak
     * it took u = 1/N.
     */
    @Test
    void leakyIntegratorLeavesADeadZoneAtTheLowEnd() {
        double leak = 0.01;
        DeltaSigmaAdc design = builder(8).integratorLeak(leak).build();
        double[] levels = Measured.levels(design, design.on(DIE, 1), 1, 0).levels();
        double q = Math.pow(1 - leak, 255);
        double expected = 0.5 * (1 + q) / (1 + (1 - q) / leak);
        assertEquals(expected, levels[0], 1e-9);
        assertTrue(expected > 1.4 / 256);
    }

    @Test
    void refusesParametersOutOfRange() {
        assertThrows(IllegalArgumentException.class, () -> new DeltaSigmaModulator(3, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> new DeltaSigmaModulator(1, 0.6, 1));
        assertThrows(IllegalArgumentException.class, () -> new DeltaSigmaModulator(1, 0, 0));
        assertThrows(
                IllegalArgumentException.class,
                () -> new DeltaSigmaModulator(1, 0, 1).modulate(new double[2], new double[3]));
        DeltaSigmaAdc.Builder design = builder(8);
        assertThrows(IllegalArgumentException.class, () -> design.modulator(0, 10));
        assertThrows(IllegalArgumentException.class, () -> design.modulator(1, 1));
        assertThrows(IllegalArgumentException.class, () -> design.integratorLeak(0.6));
        assertThrows(IllegalArgumentException.class, () -> design.comparatorOffset(0.3));
        assertThrows(IllegalArgumentException.class, () -> design.samplingNoise(-1));
    }
}
