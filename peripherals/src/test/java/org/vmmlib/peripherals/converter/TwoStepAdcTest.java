package org.vmmlib.peripherals.converter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.vmmlib.core.macro.Activation;
import org.vmmlib.core.macro.Converter;
import org.vmmlib.core.signal.Levels;

class TwoStepAdcTest extends ConverterContract {

    @Override
    Converter ideal(int bits, Activation activation, double fullScale, double inputBias) {
        return TwoStepAdc.builder(bits / 2, bits - bits / 2, activation, Levels.Quantity.CURRENT, fullScale)
                .inputBias(inputBias)
                .build();
    }

    @Override
    Converter imperfect(int bits, Activation activation, double fullScale) {
        return TwoStepAdc.builder(bits / 2, bits - bits / 2, activation, Levels.Quantity.CURRENT, fullScale)
                .coarseOffset(0.03 * fullScale)
                .fineOffset(0.03 * fullScale)
                .comparatorNoise(0.02 * fullScale)
                .referenceError(0.1)
                .fineRangeError(0.1)
                .fineRangeSpread(0.05)
                .build();
    }

    @Override
    boolean exact(Activation activation) {
        return activation.uniform();
    }

    @Override
    int fewestBits() {
        return 2;
    }

    private static TwoStepAdc.Builder builder(int coarse, int fine, Activation activation) {
        return TwoStepAdc.builder(coarse, fine, activation, Levels.Quantity.VOLTAGE, 1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Activation.class,
            names = {"SIGMOID", "TANH"})
    void coarseThresholdsAreOnTheFunctionAndFineOnesBetweenThemEquallySpaced(Activation activation) {
        double[] thresholds = builder(4, 3, activation).build().thresholds();
        for (int k = 1; k < 16; k++) {
            assertEquals(activation.inverse(k / 16.0), thresholds[8 * k - 1], 1e-14);
            for (int j = 1; k < 15 && j < 8; j++) {
                double part = (1 - j / 8.0) * thresholds[8 * k - 1] + j / 8.0 * thresholds[8 * k + 7];
                assertEquals(part, thresholds[8 * k - 1 + j], 1e-14);
            }
        }
        assertEquals(activation.inverse(1 / 128.0), thresholds[0], 1e-14);
        assertEquals(activation.inverse(127 / 128.0), thresholds[126], 1e-14);
    }

    /**
     * Between two points h apart a line is off f by at most h²/8 |f''|, where |f''| ≤ 0.0963 for the sigmoid. It is most at the
     * ends, where the sigmoid is an exponential that doubles between two points: at most the 0.0861 of a coarse step by which
     * the chord of e^x is off between 1 and 2.
     */
    @Test
    void piecewiseLinearSigmoidIsCloseToTheSigmoidBetweenItsPoints() {
        for (int coarse = 3; coarse <= 6; coarse++) {
            int bits = coarse + 2;
            int words = 1 << bits;
            double[] thresholds = builder(coarse, 2, Activation.SIGMOID).build().thresholds();
            double worst = 0;
            for (int n = 4; n <= words - 4; n++) {
                int low = n / 4 * 4;
                int high = Math.min(words - 4, low + 4);
                double h = thresholds[high - 1] - thresholds[low - 1];
                double off = Math.abs(Activation.SIGMOID.apply(thresholds[n - 1]) - (double) n / words);
                assertTrue(off <= h * h / 8 * 0.0963 + 1e-15, "threshold " + n);
                worst = Math.max(worst, off);
            }
            assertTrue(worst < 0.0861 / (1 << coarse), "coarse bits " + coarse + ": " + worst);
            assertTrue(worst > 0.5 * 0.0861 / (1 << coarse), "coarse bits " + coarse + ": " + worst);
        }
    }

    /** The two steps for themselves: choose an interval by the coarse comparator, then count fine steps inside it. */
    @Test
    void imperfectStepsFollowTheCircuit() {
        int channels = 5;
        int coarse = 3;
        int fine = 4;
        TwoStepAdc design = builder(coarse, fine, Activation.LINEAR)
                .coarseOffset(0.02)
                .fineOffset(0.01)
                .referenceError(0.1)
                .fineRangeError(-0.05)
                .fineRangeSpread(0.05)
                .build();
        double[] coarseOffsets = DIE.mismatch("adc.coarse-offset", 0.02, channels);
        double[] fineOffsets = DIE.mismatch("adc.comparator-offset", 0.01, channels);
        double[] references = DIE.mismatch("adc.reference", 0.1 * 0.25, channels * 9);
        double[] ranges = DIE.mismatch("adc.fine-range", 0.05, channels);
        double[] levels = levels(5000, 1);
        int[] codes = codes(design.on(DIE, channels), 0, channels, levels);
        int differs = 0;
        for (int k = 0; k < levels.length; k++) {
            int c = k % channels;
            double[] ends = new double[9];
            for (int n = 0; n < 9; n++) {
                ends[n] = -1 + 0.25 * n + references[9 * c + n];
            }
            int interval = 0;
            for (int bit = 4; bit > 0; bit /= 2) {
                interval += levels[k] + coarseOffsets[c] >= ends[interval + bit] ? bit : 0;
            }
            double range = (ends[interval + 1] - ends[interval]) * (0.95 + ranges[c]);
            int within = 0;
            for (int bit = 8; bit > 0; bit /= 2) {
                double reference = ends[interval] + range * (within + bit) / 16;
                within += levels[k] + fineOffsets[c] >= reference ? bit : 0;
            }
            assertEquals(16 * interval + within, codes[k]);
            differs += codes[k] == Math.max(0, Math.min(127, (int) Math.floor((levels[k] + 1) * 64))) ? 0 : 1;
        }
        assertTrue(differs > 1000, "the imperfections show");
    }

    /** Fig. 13: where the sigmoid is steep a table behind a linear converter skips words, the two steps do not. */
    @Test
    void twoStepsSkipNoWordWhereATableDoes() {
        TwoStepAdc two = builder(4, 4, Activation.SIGMOID).build();
        Converter linear =
                SarAdc.builder(8, Activation.LINEAR, Levels.Quantity.VOLTAGE, 6).build();
        ActivationTable table = ActivationTable.of(linear, 8, Activation.SIGMOID, 1);
        assertEquals(256, words(two));
        assertTrue(words(table) < 200, "words of the table: " + words(table));
    }

    private static long words(Converter adc) {
        double[] ramp = new double[40_001];
        for (int k = 0; k < ramp.length; k++) {
            ramp[k] = -7 + 14 * k / 40_000.0;
        }
        return Arrays.stream(codes(adc.on(DIE, 1), 0, 1, ramp)).distinct().count();
    }

    @Test
    void refusesParametersOutOfRange() {
        assertThrows(IllegalArgumentException.class, () -> builder(0, 4, Activation.LINEAR));
        assertThrows(IllegalArgumentException.class, () -> builder(4, 0, Activation.LINEAR));
        assertThrows(IllegalArgumentException.class, () -> builder(10, 7, Activation.LINEAR));
        TwoStepAdc.Builder design = builder(2, 2, Activation.LINEAR);
        assertThrows(IllegalArgumentException.class, () -> design.referenceError(0.5));
        assertThrows(IllegalArgumentException.class, () -> design.fineRangeError(0.6));
        assertThrows(IllegalArgumentException.class, () -> design.coarseOffset(-1));
    }
}
