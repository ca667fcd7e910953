package org.vmmlib.peripherals.converter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.cost.Activity;
import org.vmmlib.core.cost.Cost;
import org.vmmlib.core.macro.Activation;
import org.vmmlib.core.macro.Converter;
import org.vmmlib.core.macro.Saturation;
import org.vmmlib.core.physics.Si;
import org.vmmlib.core.random.RandomStreams;
import org.vmmlib.core.signal.Codes;
import org.vmmlib.core.signal.Levels;

class CyclicAdcTest extends ConverterContract {

    @Override
    Converter ideal(int bits, Activation activation, double fullScale, double inputBias) {
        return CyclicAdc.builder(bits, activation, Levels.Quantity.CURRENT, fullScale)
                .inputBias(inputBias)
                .build();
    }

    @Override
    Converter imperfect(int bits, Activation activation, double fullScale) {
        return CyclicAdc.builder(bits, activation, Levels.Quantity.CURRENT, fullScale)
                .comparatorOffset(0.03 * fullScale)
                .comparatorNoise(0.03 * fullScale)
                .residueGainError(-0.02)
                .residueGainSpread(0.01)
                .referenceError(0.03)
                .residueAmplifier(100, 0.5)
                .capacitorRatioSpread(0.01)
                .residueReferenceSpread(0.01)
                .build();
    }

    private static CyclicAdc.Builder builder(int bits, Activation activation) {
        return CyclicAdc.builder(bits, activation, Levels.Quantity.VOLTAGE, 1);
    }

    /** Bit j (1 first) of a word of the given length. */
    private static int bit(int word, int length, int j) {
        return (word >> (length - j)) & 1;
    }

    /** T_n as the definition has it, with the decided bits of every node written out. */
    private static double reference(CyclicAdc adc, int cycle, int prefix) {
        int n = (2 * prefix + 1) << (adc.bits() - 1 - cycle);
        double t = Math.scalb(adc.thresholds()[n - 1] + adc.residueBias(), cycle);
        for (int j = 1; j <= cycle; j++) {
            t -= Math.scalb(bit(prefix, cycle, j) * adc.reference(), cycle - j);
        }
        return t;
    }

    @ParameterizedTest
    @EnumSource(Activation.class)
    void referencesAreThoseOfTheDefinition(Activation activation) {
        for (int bits = 1; bits <= 10; bits++) {
            CyclicAdc adc = builder(bits, activation).inputBias(0.013).build();
            double[] references = adc.comparatorReferences();
            assertEquals((1 << bits) - 1, references.length);
            for (int cycle = 0; cycle < bits; cycle++) {
                for (int prefix = 0; prefix < 1 << cycle; prefix++) {
                    int n = (2 * prefix + 1) << (bits - 1 - cycle);
                    double scale = Math.scalb(10.0, cycle);
                    assertEquals(reference(adc, cycle, prefix), references[n - 1], 1e-15 * scale);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Activation.class,
            names = {"LINEAR", "RELU", "BOUNDED_RELU"})
    void everyReferenceOfAUniformConverterIsHalfTheSpan(Activation activation) {
        for (int bits = 1; bits <= 12; bits++) {
            CyclicAdc adc = builder(bits, activation).inputBias(0.07).build();
            double span = activation == Activation.LINEAR ? 2 : 1;
            assertEquals(span, adc.reference());
            for (double reference : adc.comparatorReferences()) {
                assertEquals(span / 2, reference, 1e-15 * (1 << bits));
            }
        }
    }

    @Test
    void sigmoidThresholdsAreTheLogitsOfTheCodes() {
        double[] published = {-2.708, -1.946, -1.466, -1.099, -.788, -.511, -.251, 0};
        CyclicAdc adc = CyclicAdc.builder(4, Activation.SIGMOID, Levels.Quantity.CURRENT, 2e-6)
                .build();
        double[] thresholds = adc.thresholds();
        for (int k = 1; k < 16; k++) {
            assertEquals(2e-6 * Math.log(k / (16.0 - k)), thresholds[k - 1], 1e-20);
        }
        for (int k = 0; k < 8; k++) {
            assertEquals(published[k], thresholds[k] / 2e-6, 5.1e-4);
            assertEquals(-published[k], thresholds[14 - k] / 2e-6, 5.1e-4);
        }
    }

    @Test
    void referenceAndResidueBiasChangeNoCodeOfAnIdealConverter() {
        double[] levels = levels(3000, 3);
        int[] expected = codes(builder(6, Activation.TANH).build().on(DIE, 1), 0, 1, levels);
        for (double reference : new double[] {0.5, 2, 3.7, 20}) {
            for (double bias : new double[] {-1, 0, 2.2}) {
                CyclicAdc adc = builder(6, Activation.TANH)
                        .reference(reference)
                        .residueBias(bias)
                        .build();
                assertArrayEquals(expected, codes(adc.on(DIE, 1), 0, 1, levels));
            }
        }
    }

    @Test
    void reluOfANegativeInputIsZero() {
        Converter.Channels adc = builder(6, Activation.RELU).build().on(DIE, 1);
        assertArrayEquals(new int[5], codes(adc, 0, 1, -1e-9, -0.1, -1, -1e6, Math.nextDown(1.0 / 64)));
        assertEquals(1, codes(adc, 0, 1, 1.0 / 64)[0]);
    }

    /** A converter of 16 bits against the floor of its input. */
    @Test
    void sixteenBitsCount() {
        Converter.Channels adc = builder(16, Activation.RELU).build().on(DIE, 1);
        double[] levels = levels(20_000, 0.9);
        int[] codes = codes(adc, 0, 1, levels);
        for (int k = 0; k < levels.length; k++) {
            int floor = (int) Math.floor(levels[k] * 65_536);
            assertEquals(Math.min(65_535, Math.max(0, floor)), codes[k]);
        }
    }

    // ---- swing -----------------------------------------------------------------------------------------------

    /** The recursion with a residue that saturates, written down once more from the definition. */
    private static int saturatingRecursion(CyclicAdc adc, double level, double low, double high) {
        double x = Math.min(high, Math.max(low, level + adc.residueBias()));
        int word = 0;
        for (int cycle = 0; cycle < adc.bits(); cycle++) {
            int b = x >= reference(adc, cycle, word) ? 1 : 0;
            word = 2 * word + b;
            x = Math.min(high, Math.max(low, 2 * x - b * adc.reference()));
        }
        return word;
    }

    private static int thresholdsBelow(double[] thresholds, double level) {
        return (int) Arrays.stream(thresholds).filter(t -> t <= level).count();
    }

    @Test
    void naturalSwingHoldsASigmoidOfFourBitsWithoutLosingACode() {
        for (int bits = 1; bits <= 4; bits++) {
            for (Activation activation : new Activation[] {Activation.SIGMOID, Activation.TANH}) {
                CyclicAdc adc = builder(bits, activation).naturalSwing().build();
                assertEquals(0, adc.lowestResidue());
                assertEquals(adc.reference(), adc.highestResidue());
                for (double level : levels(2000, 5)) {
                    int expected = thresholdsBelow(adc.thresholds(), level);
                    assertEquals(expected, codes(adc.on(DIE, 1), 0, 1, level)[0]);
                    assertEquals(expected, saturatingRecursion(adc, level, 0, adc.reference()));
                }
            }
        }
    }

    @Test
    void naturalSwingIsTooSmallForASigmoidOfFiveBitsAndTheNodeIsNamed() {
        for (Activation activation : new Activation[] {Activation.SIGMOID, Activation.TANH}) {
            CyclicAdc.Builder design = builder(5, activation).naturalSwing();
            String message =
                    assertThrows(IllegalArgumentException.class, design::build).getMessage();
            assertTrue(message.startsWith("swing = (0.0, "), message);
            assertTrue(message.contains("the node after bits 0"), message);
            assertTrue(message.matches(".*cycle \\d of 5, threshold \\d+ of 31 at -?\\d.*"), message);
            assertTrue(message.contains("use a wider swing"), message);
        }
    }

    /**
     * With L = ln 31 and m = ln(29/3), threshold 1 needs bias > L, threshold 3 needs bias ≤ ref/8 + m and threshold 29
     * needs bias > 7 ref/8 − m. The last two give ref < 8 m/3 = 6.05, the first two ref > 8 (L − m) = 9.32.
     */
    @Test
    void noReferenceAndNoBiasMakeASigmoidOfFiveBitsFitTheNaturalSwing() {
        int[] accepted = new int[6];
        for (int bits = 4; bits <= 5; bits++) {
            for (double reference = 5; reference < 10; reference += 0.05) {
                for (double off = -0.5; off <= 0.5; off += 0.05) {
                    CyclicAdc.Builder design = builder(bits, Activation.SIGMOID)
                            .reference(reference)
                            .residueBias(reference / 2 + off)
                            .naturalSwing();
                    try {
                        design.build();
                        accepted[bits]++;
                    } catch (IllegalArgumentException refused) {
                        assertTrue(refused.getMessage().startsWith("swing = "), refused.getMessage());
                    }
                }
            }
        }
        assertTrue(accepted[4] > 0, "the scan is fine enough to find designs of 4 bits");
        assertEquals(0, accepted[5]);
    }

    /** What refusing protects from: the same tree with a residue that saturates never gives some codes. */
    @Test
    void aRefusedDesignWouldLoseCodes() {
        CyclicAdc unbounded = builder(5, Activation.SIGMOID).build();
        boolean[] seen = new boolean[32];
        int wrong = 0;
        for (int k = 0; k <= 20_000; k++) {
            double level = -5 + k / 2000.0;
            int code = saturatingRecursion(unbounded, level, 0, unbounded.reference());
            seen[code] = true;
            wrong += code == thresholdsBelow(unbounded.thresholds(), level) ? 0 : 1;
        }
        int missing = 0;
        for (boolean code : seen) {
            missing += code ? 0 : 1;
        }
        assertTrue(missing > 0 && wrong > 0, missing + " codes missing, " + wrong + " wrong");
    }

    /** The criterion in closed form, with the bias that centres the tree. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5, 6, 8})
    void aNodeFitsIfItsThresholdIsWithinHalfANodeOfItsUniformPlace(int bits) {
        int accepted = 0;
        int refused = 0;
        for (double reference = 2; reference < 9; reference += 0.0371) {
            CyclicAdc.Builder design =
                    builder(bits, Activation.SIGMOID).reference(reference).naturalSwing();
            boolean fits = true;
            for (int n = 1; n < 1 << bits; n++) {
                int cycle = bits - 1 - Integer.numberOfTrailingZeros(n);
                double place = Math.log(n / (double) ((1 << bits) - n)) / reference + 0.5;
                fits &= Math.abs(place - n / (double) (1 << bits)) < Math.scalb(1.0, -cycle - 1);
            }
            if (fits) {
                design.build();
                accepted++;
            } else {
                assertThrows(IllegalArgumentException.class, design::build);
                refused++;
            }
        }
        assertEquals(bits <= 4, accepted > 0);
        assertTrue(refused > 0);
    }

    @ParameterizedTest
    @EnumSource(
            value = Activation.class,
            names = {"LINEAR", "RELU", "BOUNDED_RELU"})
    void uniformConvertersFitTheNaturalSwingAtAnyWordLength(Activation activation) {
        for (int bits = 1; bits <= 12; bits++) {
            CyclicAdc adc = builder(bits, activation).naturalSwing().build();
            double[] levels = levels(500, 2);
            int[] codes = codes(adc.on(DIE, 1), 0, 1, levels);
            for (int k = 0; k < levels.length; k++) {
                assertEquals(thresholdsBelow(adc.thresholds(), levels[k]), codes[k]);
            }
        }
    }

    @Test
    void aSwingBelowTheReferenceLosesTheTopOfAUniformConverter() {
        CyclicAdc.Builder design = builder(6, Activation.RELU).swing(0, 0.9);
        assertThrows(IllegalArgumentException.class, design::build);
        assertEquals(1, builder(6, Activation.RELU).swing(0, 1).build().highestResidue());
    }

    @Test
    void aWiderSwingHoldsMoreBits() {
        // 5 bits need references 1.26 ref off the middle, 6 bits 3.35, 8 bits 19.05.
        CyclicAdc.Builder five = builder(5, Activation.SIGMOID);
        double reference = five.build().reference();
        assertThrows(
                IllegalArgumentException.class,
                () -> five.swing(-0.74 * reference, 1.74 * reference).build());
        five.swing(-0.77 * reference, 1.77 * reference).build();
    }

    @Test
    void derivedReferenceKeepsTheReferencesCentred() {
        // Minimum over ref of the largest |T/ref − 1/2|, from a scan of the closed form.
        assertEquals(4.394449, builder(2, Activation.SIGMOID).build().reference(), 1e-5);
        assertEquals(4.913472, builder(3, Activation.SIGMOID).build().reference(), 1e-5);
        assertEquals(5.565850, builder(4, Activation.SIGMOID).build().reference(), 1e-5);
        assertEquals(5.565850 / 2, builder(4, Activation.TANH).build().reference(), 1e-5);
        // Of 4 bits: the span between the outermost thresholds and 2.8 %.
        double span = 2 * Math.log(15);
        assertEquals(1.0276, builder(4, Activation.SIGMOID).build().reference() / span, 1e-4);
    }

    // ---- imperfections ---------------------------------------------------------------------------------------

    /** The recursion with offset and gain error, written down once more from the definition. */
    @ParameterizedTest
    @EnumSource(Activation.class)
    void gainErrorAndOffsetFollowTheReferenceRecursion(Activation activation) {
        int channels = 8;
        double offsetSigma = 0.05;
        for (double gainError : new double[] {-0.05, 0.03}) {
            CyclicAdc adc = builder(6, activation)
                    .inputBias(0.02)
                    .comparatorOffset(offsetSigma)
                    .residueGainError(gainError)
                    .build();
            double[] offsets = DIE.mismatch("adc.comparator-offset", offsetSigma, channels);
            double[] levels = levels(4000, 2);
            int[] codes = codes(adc.on(DIE, channels), 0, channels, levels);
            int differs = 0;
            for (int k = 0; k < levels.length; k++) {
                double x = levels[k] + adc.residueBias();
                int word = 0;
                for (int cycle = 0; cycle < 6; cycle++) {
                    int b = x + offsets[k % channels] >= reference(adc, cycle, word) ? 1 : 0;
                    word = 2 * word + b;
                    x = 2 * (1 + gainError) * x - b * adc.reference();
                }
                assertEquals(word, codes[k]);
                differs += word == thresholdsBelow(adc.thresholds(), levels[k]) ? 0 : 1;
            }
            assertTrue(differs > 50, "the imperfections show");
        }
    }

    /**
     * A switched-capacitor stage solved for itself: C1 samples the residue and becomes the feedback capacitor, C2 goes to the
     * subtracted reference; charge is kept on the amplifier's input, which stands at −out/A.
     */
    @ParameterizedTest
    @EnumSource(Activation.class)
    void switchedCapacitorStageKeepsItsCharge(Activation activation) {
        double gain = 60;
        double parasitic = 0.4;
        double sigma = 0.03;
        double feedback = 1 / (1 + 1 + parasitic);
        CyclicAdc adc = builder(6, activation)
                .residueAmplifier(gain, feedback)
                .capacitorRatioSpread(sigma)
                .build();
        int channels = 4;
        double[] ratio = DIE.mismatch("adc.capacitor-ratio", sigma, channels);
        double[] levels = levels(2000, 2);
        int[] codes = codes(adc.on(DIE, channels), 0, channels, levels);
        int differs = 0;
        for (int k = 0; k < levels.length; k++) {
            double c1 = 1;
            double c2 = 1 + ratio[k % channels];
            // With C2 off by δ the true feedback is 1/(2 + δ + C_par); keep the stated one by the parasitic part.
            double cp = c1 / feedback - c1 - c2;
            double x = levels[k] + adc.residueBias();
            int word = 0;
            for (int cycle = 0; cycle < 6; cycle++) {
                int b = x >= reference(adc, cycle, word) ? 1 : 0;
                word = 2 * word + b;
                // Sampled: both capacitors at x, node at 0. Then C2 is driven to b·ref, C1 to the output v:
                // −(c1 + c2) x = c1 (n − v) + c2 (n − b ref) + cp n with n = −v/A.
                x = ((c1 + c2) * x - c2 * b * adc.reference()) / (c1 + (c1 + c2 + cp) / gain);
            }
            assertEquals(word, codes[k]);
            differs += word == thresholdsBelow(adc.thresholds(), levels[k]) ? 0 : 1;
        }
        assertTrue(differs > 20, "the imperfections show");
    }

    /** The search in trees against the recursion of the circuit, which keeps no tree. */
    @ParameterizedTest
    @EnumSource(Activation.class)
    void treesGiveTheWordsOfTheRecursion(Activation activation) {
        for (boolean swing : new boolean[] {false, true}) {
            for (boolean noise : new boolean[] {false, true}) {
                CyclicAdc.Builder design = ((CyclicAdc) imperfect(4, activation, 1)).toBuilder();
                design.comparatorNoise(noise ? 0.02 : 0);
                if (swing) {
                    design.naturalSwing();
                }
                CyclicAdc adc = design.build();
                double[] levels = levels(20_000, 2);
                assertArrayEquals(codes(adc.recursion(DIE, 5), 3, 5, levels), codes(adc.on(DIE, 5), 3, 5, levels));
            }
        }
    }

    @Test
    void reshufflingTheChannelsReshufflesTheWords() {
        for (int channels = 1; channels <= 11; channels++) {
            Converter adc = builder(7, Activation.TANH).comparatorOffset(0.02).build();
            double[] levels = levels(channels * 20, 2);
            int[] together = codes(adc.on(DIE, channels), 0, channels, levels);
            for (int k = 0; k < channels; k++) {
                for (int b = 0; b < 20; b++) {
                    double[] single = new double[channels];
                    single[k] = levels[b * channels + k];
                    assertEquals(together[b * channels + k], codes(adc.on(DIE, channels), 0, channels, single)[k]);
                }
            }
        }
    }

    /** An offset acts on a residue that was doubled s times, so it moves a threshold of cycle s by offset / 2^s. */
    @Test
    void offsetMovesTheThresholdsOfLateCyclesLess() {
        CyclicAdc adc = builder(4, Activation.RELU).comparatorOffset(0.004).build();
        Converter.Channels channel = adc.on(DIE, 1);
        double offset = DIE.mismatch("adc.comparator-offset", 0.004, 1)[0];
        assertTrue(Math.abs(offset) > 1e-4);
        for (int n = 1; n < 16; n++) {
            int cycle = 3 - Integer.numberOfTrailingZeros(n);
            assertEquals(n / 16.0 - Math.scalb(offset, -cycle), transition(channel, n, 0, 1), 1e-9);
        }
    }

    /** The level at which the code first reaches n, by bisection. */
    private static double transition(Converter.Channels channel, int n, double from, double to) {
        double low = from;
        double high = to;
        for (int step = 0; step < 60; step++) {
            double middle = (low + high) / 2;
            if (codes(channel, 0, 1, middle)[0] >= n) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return high;
    }

    @Test
    void tooLittleResidueGainLeavesOutCodesAndTooMuchMakesThemWide() {
        Converter.Channels low =
                builder(6, Activation.RELU).residueGainError(-0.05).build().on(DIE, 1);
        boolean[] seen = new boolean[64];
        for (int k = 0; k <= 40_000; k++) {
            seen[codes(low, 0, 1, k / 40_000.0)[0]] = true;
        }
        int missing = 0;
        for (boolean code : seen) {
            missing += code ? 0 : 1;
        }
        assertTrue(missing > 0);
        // From just below ref/2 the residue of gain 1.9 ends short of the full word.
        assertFalse(codes(low, 0, 1, 0.5 - 1e-9)[0] == 31);
    }

    @Test
    void trimmingLeavesOfAnOffsetLessThanHalfAStep() {
        double step = 0.01;
        CyclicAdc.Builder design = builder(1, Activation.RELU).comparatorOffset(0.05);
        double[] offsets = DIE.mismatch("adc.comparator-offset", 0.05, 30);
        for (int k = 0; k < 30; k++) {
            int channel = k;
            double raw = 0.5 - transitionOf(design.offsetTrimStep(0).build(), channel);
            double trimmed = 0.5 - transitionOf(design.offsetTrimStep(step).build(), channel);
            assertEquals(offsets[k], raw, 1e-12);
            assertTrue(Math.abs(trimmed) <= step / 2 + 1e-12);
            assertEquals(Math.rint((raw - trimmed) / step), (raw - trimmed) / step, 1e-9);
        }
    }

    private static double transitionOf(CyclicAdc adc, int channel) {
        Converter.Channels all = adc.on(DIE, channel + 1);
        Converter.Channels one = (levels, firstCall, saturation) -> {
            DMatrixRMaj wide = new DMatrixRMaj(levels.numRows, channel + 1);
            for (int b = 0; b < levels.numRows; b++) {
                wide.set(b, channel, levels.get(b, 0));
            }
            int[] words = all.convert(wide, firstCall, saturation).data();
            int[] mine = new int[levels.numRows];
            for (int b = 0; b < mine.length; b++) {
                mine[b] = words[b * (channel + 1) + channel];
            }
            return Codes.unsigned(1, mine.length, 1, mine);
        };
        return transition(one, 1, 0, 1);
    }

    /**
     * A comparator at distance d below its threshold says 1 with probability Q(d/σ) = 0.158655 at d = σ. Of 40,000
     * decisions 6346 ± 73; the bound is 6 sigma: fails by chance with probability 2e-9.
     */
    @Test
    void comparatorNoiseIsNormalAndAnewInEachDecision() {
        Converter.Channels adc =
                builder(1, Activation.RELU).comparatorNoise(0.01).build().on(DIE, 4);
        double[] levels = new double[40_000];
        Arrays.fill(levels, 0.49);
        int ones = Arrays.stream(codes(adc, 0, 4, levels)).sum();
        assertEquals(40_000 * 0.158655, ones, 6 * 73.1);
    }

    /**
     * The only reference of a 1-bit converter is ref/2, with a relative error of 2 %: over 4,000 channels the standard
     * deviation has a relative standard error of 1.12 %; the bound is 6 of those: fails by chance with probability 2e-9.
     */
    @Test
    void referenceErrorIsRelativeToEachReference() {
        int channels = 4000;
        Converter.Channels adc =
                builder(1, Activation.RELU).referenceError(0.02).build().on(DIE, channels);
        double[] low = new double[channels];
        double[] high = new double[channels];
        Arrays.fill(high, 1);
        for (int step = 0; step < 50; step++) {
            double[] middle = new double[channels];
            for (int k = 0; k < channels; k++) {
                middle[k] = (low[k] + high[k]) / 2;
            }
            int[] codes = codes(adc, 0, channels, middle);
            for (int k = 0; k < channels; k++) {
                if (codes[k] == 1) {
                    high[k] = middle[k];
                } else {
                    low[k] = middle[k];
                }
            }
        }
        double sum = 0;
        for (double t : high) {
            sum += (t / 0.5 - 1) * (t / 0.5 - 1);
        }
        assertEquals(0.02, Math.sqrt(sum / channels), 0.02 * 6 * 0.0112);
    }

    @Test
    void noiseOfOneChannelIsIndependentOfHowManyThereAre() {
        Converter design = builder(6, Activation.RELU).comparatorNoise(0.05).build();
        double[] levels = levels(50, 1);
        int[] alone = codes(design.on(DIE, 1), 0, 1, levels);
        double[] wide = new double[150];
        for (int b = 0; b < 50; b++) {
            wide[3 * b] = levels[b];
        }
        int[] among = codes(design.on(DIE, 3), 0, 3, wide);
        for (int b = 0; b < 50; b++) {
            assertEquals(alone[b], among[3 * b]);
        }
    }

    // ---- cost ------------------------------------------------------------------------------------------------

    /** Area and energy per output as the area and energy tables of aCortex give them. */
    @Test
    void acortexConverterTakesWhatThePaperSays() {
        CyclicAdc adc = CyclicAdc.acortex55nm(4, Activation.SIGMOID, 1 * Si.uA);
        Cost cost = adc.cost(new Activity(1, 1, 0, 0));
        assertEquals(10.2 * Si.um2, cost.area(), 0.03 * 10.2 * Si.um2);
        assertEquals(103e-15, cost.energy(), 0.1 * 103e-15);
        assertEquals(4 * 3.8 * Si.ns, cost.time(), 1e-15);
        assertTrue(adc.imperfections().isEmpty());
        assertEquals(Levels.Quantity.CURRENT, adc.input());
        adc.toBuilder().naturalSwing().build();
    }

    @Test
    void costIsCountedByCyclesAndReferences() {
        CyclicAdc.Builder design = builder(6, Activation.RELU)
                .supply(2)
                .comparatorCapacitance(1e-15)
                .stageCurrent(1e-6)
                .cycleTime(1e-9)
                .referenceArea(1e-12)
                .fixedArea(5e-12);
        Cost cost = design.build().cost(new Activity(3, 2, 0, 0));
        assertEquals(3 * 2 * 6 * (1e-15 * 4 + 2 * 1e-6 * 1e-9), cost.energy(), 1e-26);
        assertEquals(6e-9, cost.time(), 1e-20);
        assertEquals(2 * (63e-12 + 5e-12), cost.area(), 1e-22);
    }

    @Test
    void refusesParametersOutOfRange() {
        CyclicAdc.Builder design = builder(4, Activation.RELU);
        assertThrows(IllegalArgumentException.class, () -> design.reference(0));
        assertThrows(IllegalArgumentException.class, () -> design.residueBias(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> design.swing(1, 0));
        assertThrows(IllegalArgumentException.class, () -> design.comparatorOffset(-1));
        assertThrows(IllegalArgumentException.class, () -> design.comparatorNoise(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> design.residueGainError(0.6));
        assertThrows(IllegalArgumentException.class, () -> design.residueGainSpread(0.2));
        assertThrows(IllegalArgumentException.class, () -> design.referenceError(-0.1));
        assertThrows(IllegalArgumentException.class, () -> design.offsetTrimStep(-0.1));
        assertThrows(IllegalArgumentException.class, () -> design.cycleTime(-1e-9));
        assertThrows(IllegalArgumentException.class, () -> design.residueAmplifier(0, 0.5));
        assertThrows(IllegalArgumentException.class, () -> design.residueAmplifier(100, 0));
        assertThrows(IllegalArgumentException.class, () -> design.residueAmplifier(100, 1.1));
        assertThrows(IllegalArgumentException.class, () -> design.capacitorRatioSpread(0.2));
        assertThrows(IllegalArgumentException.class, () -> design.residueReferenceSpread(-0.1));
        assertThrows(
                IllegalArgumentException.class,
                () -> design.build()
                        .on(Die.of(RandomStreams.of(0)), 0)
                        .convert(new DMatrixRMaj(0, 0), 0, new Saturation()));
    }
}
