package org.vmmlib.peripherals.converter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.vmmlib.core.macro.Activation;
import org.vmmlib.core.macro.Converter;
import org.vmmlib.core.metrics.Linearity;
import org.vmmlib.core.metrics.TransitionLevels;
import org.vmmlib.core.random.NormalStream;
import org.vmmlib.core.signal.Levels;

class FlashAdcTest extends ConverterContract {

    @Override
    Converter ideal(int bits, Activation activation, double fullScale, double inputBias) {
        return FlashAdc.builder(bits, activation, Levels.Quantity.CURRENT, fullScale)
                .inputBias(inputBias)
                .build();
    }

    @Override
    Converter imperfect(int bits, Activation activation, double fullScale) {
        return FlashAdc.builder(bits, activation, Levels.Quantity.CURRENT, fullScale)
                .comparatorOffset(0.03 * fullScale)
                .comparatorNoise(0.03 * fullScale)
                .resistorMismatch(0.1)
                .build();
    }

    @Override
    int mostBits() {
        return 10;
    }

    private static FlashAdc.Builder builder(int bits) {
        return FlashAdc.builder(bits, Activation.RELU, Levels.Quantity.VOLTAGE, 1);
    }

    /** Every comparator for itself, with its own offset and its own noise in each conversion. */
    @Test
    void wordIsTheNumberOfComparatorsThatSayOne() {
        int bits = 5;
        int channels = 4;
        double sigma = 0.05;
        double noise = 0.04;
        double[] offsets = DIE.mismatch("adc.comparator-offset", sigma, channels * 31);
        double[] levels = levels(2000, 1);
        int[] quiet = codes(builder(bits).comparatorOffset(sigma).build().on(DIE, channels), 0, channels, levels);
        int[] noisy = codes(
                builder(bits)
                        .comparatorOffset(sigma)
                        .comparatorNoise(noise)
                        .build()
                        .on(DIE, channels),
                70,
                channels,
                levels);
        int turned = 0;
        for (int k = 0; k < levels.length; k++) {
            int channel = k % channels;
            NormalStream normals =
                    DIE.stream("adc.comparator-noise").call(70 + k / channels).normals();
            int ones = 0;
            int noisyOnes = 0;
            for (int n = 0; n < 31; n++) {
                double over = levels[k] + offsets[channel * 31 + n] - (n + 1) / 32.0;
                ones += over >= 0 ? 1 : 0;
                noisyOnes += over + noise * normals.at(channel * 31L + n) >= 0 ? 1 : 0;
            }
            assertEquals(ones, quiet[k]);
            assertEquals(noisyOnes, noisy[k]);
            turned += ones == noisyOnes ? 0 : 1;
        }
        assertTrue(turned > 300, "the noise shows");
    }

    /** Offsets smaller than half a step stay in order: INL is the offset, DNL the difference of two. */
    @Test
    void offsetsAreTheInl() {
        FlashAdc design = builder(5).comparatorOffset(0.1 / 32).build();
        double[] offsets = DIE.mismatch("adc.comparator-offset", 0.1 / 32, 31);
        double[] levels = Measured.levels(design, design.on(DIE, 1), 1, 0).levels();
        for (int n = 0; n < 31; n++) {
            assertEquals((n + 1) / 32.0 - offsets[n], levels[n], 1e-12);
        }
    }

    @Test
    void trimmedOffsetsAreWithinHalfAStepOfTheTrim() {
        double trim = 0.02 / 32;
        FlashAdc design =
                builder(5).comparatorOffset(0.1 / 32).offsetTrimStep(trim).build();
        double[] levels = Measured.levels(design, design.on(DIE, 1), 1, 0).levels();
        for (int n = 0; n < 31; n++) {
            assertEquals((n + 1) / 32.0, levels[n], trim / 2 + 1e-12);
        }
    }

    /**
     * A ladder between two fixed ends: the tap after k of n resistors spreads by σ sqrt(k (n − k)/n) steps. Over 2,000 ladders
     * the estimate has a relative standard error of 1.6 %; 6 of them fail falsely with probability 2e-9.
     */
    @Test
    void resistorMismatchAddsUpToABrownianBridge() {
        int ladders = 2000;
        double sigma = 0.01;
        FlashAdc design = builder(4).resistorMismatch(sigma).build();
        double square = 0;
        for (int k = 0; k < ladders; k++) {
            double[] levels =
                    Measured.levels(design, design.on(DIE.part(k), 1), 1, 0).levels();
            assertEquals(1.0 / 16, levels[0], 1e-12);
            assertEquals(15.0 / 16, levels[14], 1e-12);
            double inl = Linearity.endPoint(TransitionLevels.of(levels), 1.0 / 16, 1.0 / 16)
                    .inl()[7];
            square += inl * inl / ladders;
        }
        double expected = sigma * Math.sqrt(7 * 7 / 14.0);
        assertEquals(expected, Math.sqrt(square), 6 * 0.0158 * expected);
    }

    @Test
    void outOfOrderThresholdsAreCountedAllTheSame() {
        FlashAdc design = builder(6).comparatorOffset(0.05).build();
        double[] levels = Measured.levels(design, design.on(DIE, 1), 1, 0).levels();
        double[] offsets = DIE.mismatch("adc.comparator-offset", 0.05, 63);
        double[] expected = new double[63];
        for (int n = 0; n < 63; n++) {
            expected[n] = (n + 1) / 64.0 - offsets[n];
        }
        Arrays.sort(expected);
        assertArrayEquals(expected, levels, 1e-12);
    }

    @Test
    void refusesParametersOutOfRange() {
        FlashAdc.Builder design = builder(4);
        assertThrows(IllegalArgumentException.class, () -> design.resistorMismatch(0.2));
        assertThrows(IllegalArgumentException.class, () -> design.comparatorOffset(-1));
        assertThrows(IllegalArgumentException.class, () -> design.supply(0));
    }
}
