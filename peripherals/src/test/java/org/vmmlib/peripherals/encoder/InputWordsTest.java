package org.vmmlib.peripherals.encoder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.macro.InputEncoder;
import org.vmmlib.core.random.RandomStreams;
import org.vmmlib.core.signal.Codes;
import org.vmmlib.peripherals.dac.CurrentSteeringDac;
import org.vmmlib.peripherals.dac.VoltageDac;

/** Every encoder of words refuses lengths that it has not, and words that it cannot stand for. */
class InputWordsTest {

    private static final PulseDriver ROWS = PulseDriver.rows(0.2).build();
    private static final double TIME = 1e-6;

    /** Encoders by their number of bits. */
    private static Map<String, IntFunction<InputEncoder>> encoders() {
        Map<String, IntFunction<InputEncoder>> all = new TreeMap<>();
        all.put(
                "voltages",
                bits -> new AmplitudeEncoder(VoltageDac.builder(bits, 0.2).build(), TIME));
        all.put(
                "currents",
                bits -> new AmplitudeEncoder(
                        CurrentSteeringDac.builder(bits, 1e-8).build(), TIME));
        for (WordFormat format : WordFormat.values()) {
            all.put("LIN " + format, bits -> DigitEncoder.bits(ROWS, bits, format, TIME));
            all.put("temporal " + format, bits -> DigitEncoder.temporal(ROWS, bits, format, TIME));
            all.put(
                    "slices " + format,
                    bits -> DigitEncoder.slices(VoltageDac.builder(2, 0.2).build(), bits, format, TIME));
        }
        all.put("EXP", bits -> PulseEncoder.of(ROWS, bits, WordFormat.UNSIGNED, TIME));
        all.put("signed EXP", bits -> PulseEncoder.of(ROWS, bits, WordFormat.SIGN_MAGNITUDE, TIME));
        all.put("two phases", bits -> TwoPhaseEncoder.words(ROWS, bits, TIME));
        all.put("rates", bits -> SpikeEncoder.rates(ROWS, bits, 1, 1e-12, TIME));
        all.put("random rates", bits -> SpikeEncoder.randomRates(ROWS, bits, 1, 1e-12, TIME));
        return all;
    }

    @Test
    void lengthsOutsideOneToTwentyFourBitsAreRefused() {
        encoders().forEach((name, encoder) -> {
            for (int bits : new int[] {Integer.MIN_VALUE, -1, 0, 25, 31, 32, Integer.MAX_VALUE}) {
                String message = assertThrows(
                                IllegalArgumentException.class, () -> encoder.apply(bits), name + " of " + bits)
                        .getMessage();
                assertTrue(message.contains("bits = " + bits), name + ": " + message);
            }
            assertEquals(2, encoder.apply(2).bits(), name);
        });
    }

    @Test
    void wordsOfOtherLengthsAndSignsAreRefusedEvenIfTheyWouldFit() {
        encoders().forEach((name, encoder) -> {
            InputEncoder four = encoder.apply(4);
            InputEncoder.Rows rows = four.on(Die.of(RandomStreams.of(1)), 2);
            boolean signed = four.fullScaleInput() instanceof Codes codes && codes.signed();
            int[] small = {1, 2};
            for (int bits : new int[] {3, 5, 24, 31}) {
                Codes other = signed ? Codes.signed(bits, 1, 2, small) : Codes.unsigned(bits, 1, 2, small);
                String message = assertThrows(IllegalArgumentException.class, () -> rows.encode(other, 0), name)
                        .getMessage();
                assertTrue(message.contains("words of " + bits + " bits"), message);
                assertTrue(message.contains(four.datasheet().title()), message);
            }
            Codes otherSign = signed ? Codes.unsigned(4, 1, 2, small) : Codes.signed(4, 1, 2, small);
            assertThrows(IllegalArgumentException.class, () -> rows.encode(otherSign, 0), name);
        });
    }

    @Test
    void thereAreNoWordsOutOfRange() {
        assertThrows(IllegalArgumentException.class, () -> Codes.unsigned(4, 1, 1, new int[] {16}));
        assertThrows(IllegalArgumentException.class, () -> Codes.unsigned(4, 1, 1, new int[] {-1}));
        assertThrows(IllegalArgumentException.class, () -> Codes.signed(4, 1, 1, new int[] {8}));
        assertThrows(IllegalArgumentException.class, () -> Codes.signed(4, 1, 1, new int[] {-9}));
        assertThrows(IllegalArgumentException.class, () -> Codes.unsigned(0, 1, 1, new int[] {0}));
    }

    /** The lowest two's complement word has no magnitude in as many bits. */
    @Test
    void theLowestWordHasNoMagnitude() {
        Codes lowest = Codes.signed(4, 1, 1, new int[] {-8});
        encoders().forEach((name, encoder) -> {
            if (name.contains("MAGNITUDE") || name.equals("signed EXP")) {
                InputEncoder.Rows rows = encoder.apply(4).on(Die.of(RandomStreams.of(1)), 1);
                String message = assertThrows(IllegalArgumentException.class, () -> rows.encode(lowest, 0), name)
                        .getMessage();
                assertTrue(message.contains("code = -8") && message.contains("clip the words to -7"), message);
            }
        });
    }

    @Test
    void moreSpikesThanCanBeCountedAreRefused() {
        String message = assertThrows(
                        IllegalArgumentException.class, () -> SpikeEncoder.rates(ROWS, 16, 1 << 16, 1e-30, TIME))
                .getMessage();
        assertTrue(message.contains("spikesPerStep = 65536"), message);
    }
}
