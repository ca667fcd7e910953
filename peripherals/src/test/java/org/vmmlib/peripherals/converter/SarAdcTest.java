package org.vmmlib.peripherals.converter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.cost.Activity;
import org.vmmlib.core.cost.Cost;
import org.vmmlib.core.macro.Activation;
import org.vmmlib.core.macro.Converter;
import org.vmmlib.core.metrics.Linearity;
import org.vmmlib.core.metrics.SineTest;
import org.vmmlib.core.metrics.TransitionLevels;
import org.vmmlib.core.random.RandomStreams;
import org.vmmlib.core.signal.Levels;

class SarAdcTest extends ConverterContract {

    @Override
    Converter ideal(int bits, Activation activation, double fullScale, double inputBias) {
        return SarAdc.builder(bits, activation, Levels.Quantity.CURRENT, fullScale)
                .inputBias(inputBias)
                .build();
    }

    @Override
    Converter imperfect(int bits, Activation activation, double fullScale) {
        return SarAdc.builder(bits, activation, Levels.Quantity.CURRENT, fullScale)
                .capacitorMismatch(0.1)
                .comparatorOffset(0.03 * fullScale)
                .comparatorNoise(0.02 * fullScale)
                .samplingNoise(0.02 * fullScale)
                .referenceError(0.03)
                .build();
    }

    @Override
    boolean takes(Activation activation) {
        return activation.uniform();
    }

    private static SarAdc.Builder builder(int bits) {
        return SarAdc.builder(bits, Activation.RELU, Levels.Quantity.VOLTAGE, 1);
    }

    /** Charge redistribution for itself: the DAC's level is the share of the capacitance that the word switches. */
    @Test
    void searchFollowsTheCapacitorsOfItsDac() {
        int bits = 7;
        double sigma = 0.08;
        int converters = 6;
        double[] draws = DIE.mismatch("adc.capacitor-mismatch", sigma, converters * (bits + 1));
        Converter.Channels adc = builder(bits).capacitorMismatch(sigma).build().on(DIE, converters);
        double[] levels = levels(6000, 1);
        int[] codes = codes(adc, 0, converters, levels);
        int differs = 0;
        for (int k = 0; k < levels.length; k++) {
            int from = k % converters * (bits + 1);
            double total = 1 + draws[from + bits];
            for (int b = 0; b < bits; b++) {
                total += (1 << b) + draws[from + b] * Math.sqrt(1 << b);
            }
            int word = 0;
            double switched = 0;
            for (int b = bits - 1; b >= 0; b--) {
                double trial = switched + (1 << b) + draws[from + b] * Math.sqrt(1 << b);
                if (levels[k] >= trial / total) {
                    word |= 1 << b;
                    switched = trial;
                }
            }
            assertEquals(word, codes[k]);
            differs += word == Math.max(0, Math.min(127, (int) Math.floor(levels[k] * 128))) ? 0 : 1;
        }
        assertTrue(differs > 300, "the mismatch shows");
    }

    /**
     * The width of the word below mid-scale is C_(p−1) − Σ C_b over the mean step: with unit capacitors of relative σ its
     * standard deviation is σ sqrt(2^p − 1) steps. Over 4,000 converters the estimate has a relative standard error of 1.12 %;
     * the total capacitance moves it by σ/2^(p/2) of itself. Bounds of 6 standard errors fail falsely with probability 2e-9.
     */
    @ParameterizedTest
    @ValueSource(ints = {4, 6, 8})
    void widthOfTheWordBelowMidScaleSpreadsAsTheFormulaSays(int bits) {
        double sigma = 0.002;
        int converters = 4000;
        SarAdc design = builder(bits).capacitorMismatch(sigma).build();
        Converter.Channels adc = design.on(DIE, converters);
        double step = Math.scalb(1.0, -bits);
        double[] middle = transitions(adc, converters, 1 << (bits - 1), 0.5, 8 * step);
        double[] below = transitions(adc, converters, (1 << (bits - 1)) - 1, 0.5 - step, 8 * step);
        double square = 0;
        for (int k = 0; k < converters; k++) {
            double dnl = (middle[k] - below[k]) / step - 1;
            square += dnl * dnl / converters;
        }
        double expected = sigma * Math.sqrt((1 << bits) - 1);
        assertEquals(expected, Math.sqrt(square), 6 * 0.0112 * expected);
    }

    /** The level at which each channel's word reaches n, near where it should, by bisection. */
    private static double[] transitions(Converter.Channels adc, int channels, int n, double around, double reach) {
        double[] low = new double[channels];
        double[] high = new double[channels];
        Arrays.fill(low, around - reach);
        Arrays.fill(high, around + reach);
        for (int round = 0; round < 45; round++) {
            double[] middle = new double[channels];
            for (int k = 0; k < channels; k++) {
                middle[k] = (low[k] + high[k]) / 2;
            }
            int[] codes = codes(adc, 0, channels, middle);
            for (int k = 0; k < channels; k++) {
                if (codes[k] >= n) {
                    high[k] = middle[k];
                } else {
                    low[k] = middle[k];
                }
            }
        }
        return high;
    }

    @Test
    void channelsThatShareAConverterHaveTheSameErrors() {
        SarAdc design = ((SarAdc) imperfect(6, Activation.RELU, 1))
                .without(SarAdc.COMPARATOR_NOISE).without(SarAdc.SAMPLING_NOISE).toBuilder()
                        .shared(4)
                        .build();
        Converter.Channels adc = design.on(DIE, 10);
        double[][] found = new double[10][];
        for (int k = 0; k < 10; k++) {
            found[k] = Measured.levels(design, adc, 10, k).levels();
        }
        for (int k = 0; k < 10; k++) {
            assertArrayEquals(found[k / 4 * 4], found[k]);
        }
        assertTrue(Math.abs(found[0][20] - found[4][20]) > 1e-4);
        assertTrue(Math.abs(found[4][20] - found[8][20]) > 1e-4);
    }

    @Test
    void referenceErrorIsAGainError() {
        SarAdc design = builder(6).referenceError(0.05).build();
        double error = DIE.mismatch("adc.reference", 0.05, 1)[0];
        TransitionLevels levels = Measured.levels(design, design.on(DIE, 1), 1, 0);
        Linearity linearity = Linearity.endPoint(levels, 1.0 / 64, 1.0 / 64);
        assertEquals(1 / (1 + error), linearity.gain(), 1e-12);
        assertEquals(0, linearity.offset(), 1e-10);
        assertEquals(0, linearity.largestInl(), 1e-10);
    }

    @Test
    void comparatorOffsetMovesAllLevelsAlike() {
        SarAdc design = builder(6).comparatorOffset(0.01).build();
        double offset = DIE.mismatch("adc.comparator-offset", 0.01, 1)[0];
        TransitionLevels levels = Measured.levels(design, design.on(DIE, 1), 1, 0);
        for (int k = 1; k < 64; k++) {
            assertEquals(k / 64.0 - offset, levels.level(k), 1e-12);
        }
    }

    /**
     * kT/C at 300 K: 2.04 mV on 1 fF, 0.64 mV on 10 fF, 64 µV on 1 pF. With a step of Q the effective bits fall by
     * log2(1 + 12 kT/(C Q²))/2. The power of 16,383 bins has a relative standard deviation of 1.1 %, 0.008 bits: the bound of
     * 0.05 fails falsely with probability 4e-10.
     */
    @ParameterizedTest
    @ValueSource(doubles = {1e-15, 10e-15, 100e-15})
    void samplingNoiseLowersTheEffectiveBitsAsItsCapacitanceSays(double farads) {
        int bits = 8;
        SarAdc design = builder(bits).sampledOn(farads, 300).build();
        double sigma = Math.sqrt(1.380649e-23 * 300 / farads);
        SineTest wave = new SineTest(1 << 15, 3001);
        int[] codes = Measured.transfer(design.on(DIE, 3), 3, 1).codes(wave.levels(0.5, 0.49));
        double expected = bits - 0.5 * Math.log(1 + 12 * Math.pow(sigma * 256, 2)) / Math.log(2);
        assertEquals(expected, wave.spectrum(codes).effectiveBits(0.98), 0.05);
    }

    @Test
    void samplingNoiseOfOneFemtofaradIsTwoMillivolts() {
        for (double[] known : new double[][] {{1e-15, 2.04e-3}, {10e-15, 0.64e-3}, {1e-12, 64e-6}}) {
            double found = builder(8).sampledOn(known[0], 300).build().datasheet().entries().stream()
                    .filter(entry -> entry.parameter().equals("sampling noise (sigma)"))
                    .findFirst()
                    .orElseThrow()
                    .value();
            assertEquals(known[1], found, 0.01 * known[1]);
        }
    }

    /**
     * Noise in the decisions of a search is not noise of its input: wrong early decisions cannot be taken back. But the last
     * ones see it all, so the effective bits fall at least as input noise of half that power would make them.
     */
    @Test
    void comparatorNoiseLowersTheEffectiveBits() {
        SineTest wave = new SineTest(1 << 14, 1001);
        double[] levels = wave.levels(0.5, 0.49);
        double last = 9;
        for (double steps : new double[] {0, 0.25, 0.5, 1, 2}) {
            SarAdc design = builder(8).comparatorNoise(steps / 256).build();
            double bits = wave.spectrum(
                            Measured.transfer(design.on(DIE, 1), 1, 0).codes(levels))
                    .effectiveBits(0.98);
            assertTrue(bits < last, steps + " steps: " + bits);
            double atMost = 8 - 0.5 * Math.log(1 + 6 * steps * steps) / Math.log(2);
            double atLeast = 8 - 0.5 * Math.log(1 + 24 * steps * steps) / Math.log(2);
            assertTrue(bits > atLeast - 0.05 && bits < atMost + 0.05, steps + " steps: " + bits);
            last = bits;
        }
    }

    /** Energy, time and area of the converter of ISAAC: 1.67 pJ, 1/1.2 ns for each of 128 channels, 1200 µm². */
    @Test
    void isaacConverterTakesWhatThePaperSays() {
        SarAdc adc = SarAdc.isaac32nm(8, Activation.RELU, 1);
        Cost cost = adc.cost(new Activity(1, 128, 0, 0));
        assertEquals(1.67e-12, cost.energy() / 128, 0.03 * 1.67e-12);
        assertEquals(128 / 1.2e9, cost.time(), 1e-12);
        assertEquals(1200e-12, cost.area(), 0.01 * 1200e-12);
        assertEquals(2 * cost.area(), adc.cost(new Activity(1, 129, 0, 0)).area(), 1e-20);
    }

    /** Average over all words of the conventional array, from its own sum: 2^p (1 − …) C V², 13.6 C V² at 4 bits. */
    @Test
    void switchingEnergyIsThatOfTheConventionalArray() {
        SarAdc adc =
                builder(4).cycleCapacitance(0).unitCapacitance(1e-15).supply(2).build();
        // 8·1 + 2·3 + 0.5·7 + 0.125·15
        double expected = 1e-15 * 4 * (8 * 1 * 2 / 2.0 + 2 * 3 + 0.5 * 7 + 0.125 * 15);
        assertEquals(expected, adc.cost(new Activity(1, 1, 0, 0)).energy(), 1e-12 * expected);
    }

    @Test
    void refusesParametersOutOfRange() {
        SarAdc.Builder design = builder(4);
        assertThrows(IllegalArgumentException.class, () -> design.capacitorMismatch(0.2));
        assertThrows(IllegalArgumentException.class, () -> design.comparatorOffset(-1));
        assertThrows(IllegalArgumentException.class, () -> design.samplingNoise(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> design.shared(0));
        assertThrows(IllegalArgumentException.class, () -> design.sampledOn(0, 300));
        assertThrows(IllegalArgumentException.class, () -> design.sampledOn(1e-15, -1));
        SarAdc.Builder current = SarAdc.builder(4, Activation.RELU, Levels.Quantity.CURRENT, 1);
        String message = assertThrows(IllegalArgumentException.class, () -> current.sampledOn(1e-15, 300))
                .getMessage();
        assertTrue(message.startsWith("input = CURRENT: "), message);
        SarAdc large = builder(16).capacitorMismatch(0.01).build();
        String memory = assertThrows(
                        IllegalArgumentException.class, () -> large.on(Die.of(RandomStreams.of(0)), 100_000))
                .getMessage();
        assertTrue(memory.contains("share each among more channels"), memory);
    }
}
