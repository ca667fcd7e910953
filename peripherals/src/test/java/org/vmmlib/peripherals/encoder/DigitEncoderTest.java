package org.vmmlib.peripherals.encoder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.vmmlib.core.cost.Activity;
import org.vmmlib.core.macro.Coding;
import org.vmmlib.core.macro.InputEncoder;
import org.vmmlib.core.physics.Si;
import org.vmmlib.core.signal.Codes;
import org.vmmlib.core.signal.DriveKind;
import org.vmmlib.core.signal.DriveSchedule;
import org.vmmlib.core.signal.Phase;
import org.vmmlib.peripherals.dac.VoltageDac;

class DigitEncoderTest extends EncoderContract {

    private static final PulseDriver ROWS = PulseDriver.rows(0.2).build();
    private static final PulseDriver GATES = PulseDriver.gates(0, 1.2).build();

    @Override
    InputEncoder imperfect() {
        return DigitEncoder.bits(PulseDriver.rows(0.2).levelSpread(0.02).build(), 4, WordFormat.UNSIGNED, 10 * Si.ns);
    }

    private static Codes allSigned(int bits) {
        int[] words = new int[(1 << bits) - 1];
        for (int k = 0; k < words.length; k++) {
            words[k] = k + 1 - (1 << (bits - 1));
        }
        return Codes.signed(bits, 1, words.length, words);
    }

    @Test
    void linHasOneEqualPhaseForEachBitLowestFirst() {
        DriveSchedule schedule = DigitEncoder.bits(GATES, 4, WordFormat.UNSIGNED, 3 * Si.ns)
                .on(DIE, 2)
                .encode(Codes.unsigned(4, 1, 2, new int[] {0b1010, 0b0001}), 0);
        assertEquals(DriveKind.GATE_VOLTAGE, schedule.kind());
        assertEquals(4, schedule.phases().size());
        double[][] expected = {{0, 1.2}, {1.2, 0}, {0, 0}, {1.2, 0}};
        for (int k = 0; k < 4; k++) {
            Phase phase = schedule.phases().get(k);
            assertEquals(3 * Si.ns, phase.durations()[0]);
            assertEquals(expected[k][0], phase.drives().data[0]);
            assertEquals(expected[k][1], phase.drives().data[1]);
        }
    }

    @Test
    void digitalTemporalHasOnePulseOfTwoToTheBitUnits() {
        DigitEncoder encoder = DigitEncoder.temporal(GATES, 5, WordFormat.UNSIGNED, 1 * Si.ns);
        DriveSchedule schedule = encoder.on(DIE, 1).encode(Codes.unsigned(5, 1, 1, new int[] {21}), 0);
        double on = 0;
        for (int k = 0; k < 5; k++) {
            assertEquals((1 << k) * Si.ns, schedule.phases().get(k).durations()[0], 1e-24);
            on += schedule.phases().get(k).drives().data[0] > 0
                    ? schedule.phases().get(k).durations()[0]
                    : 0;
        }
        assertEquals(21 * Si.ns, on, 1e-22);
        assertEquals(31 * Si.ns, schedule.time(0), 1e-22);
        assertEquals(new Coding.Time(), encoder.coding());
    }

    /** The significance of each phase times what the rows carry adds up to the word, whatever format, width and driver. */
    @Test
    void weighedDigitsAddUpToTheWord() {
        for (WordFormat format : WordFormat.values()) {
            for (int bits = 2; bits <= 9; bits++) {
                Codes codes = format.signed()
                        ? allSigned(bits)
                        : Codes.unsigned(bits, 1, 4, new int[] {0, 1, (1 << bits) - 2, (1 << bits) - 1});
                addUp(DigitEncoder.bits(GATES, bits, format, 1e-9), codes, 1.2);
                addUp(DigitEncoder.bits(ROWS, bits, format, 1e-9), codes, 0.2);
                for (int width = 1; width <= 5; width++) {
                    VoltageDac dac = VoltageDac.builder(width, 0.3).build();
                    addUp(DigitEncoder.slices(dac, bits, format, 1e-9), codes, 0.3 / ((1 << width) - 1));
                }
            }
        }
    }

    private static void addUp(DigitEncoder encoder, Codes codes, double unit) {
        List<Double> significance = ((Coding.Digits) encoder.coding()).significance();
        DriveSchedule schedule = encoder.on(DIE, codes.channels()).encode(codes, 0);
        assertEquals(significance.size(), schedule.phases().size());
        for (int i = 0; i < codes.channels(); i++) {
            double word = 0;
            for (int k = 0; k < significance.size(); k++) {
                word += significance.get(k) * schedule.phases().get(k).drives().data[i] / unit;
            }
            assertEquals(codes.data()[i], word, 1e-9, encoder.datasheet().title());
        }
    }

    @Test
    void significancesAreThoseOfTheFormats() {
        assertEquals(
                new Coding.Digits(List.of(1.0, 2.0, 4.0, -8.0)),
                DigitEncoder.bits(ROWS, 4, WordFormat.TWOS_COMPLEMENT, 1e-9).coding());
        assertEquals(
                new Coding.Digits(List.of(1.0, 2.0, 4.0, 8.0, -8.0)),
                DigitEncoder.bits(ROWS, 4, WordFormat.OFFSET_BINARY, 1e-9).coding());
        assertEquals(
                new Coding.Digits(List.of(1.0, 2.0, 4.0)),
                DigitEncoder.bits(ROWS, 4, WordFormat.SIGN_MAGNITUDE, 1e-9).coding());
        assertEquals(
                new Coding.Digits(List.of(1.0, -1.0, 2.0, -2.0, 4.0, -4.0)),
                DigitEncoder.bits(GATES, 4, WordFormat.SIGN_MAGNITUDE, 1e-9).coding());
    }

    @Test
    void signedTemporalCodingNeedsRowsOfBothSigns() {
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> DigitEncoder.temporal(GATES, 4, WordFormat.TWOS_COMPLEMENT, 1e-9))
                .getMessage();
        assertTrue(message.contains("gate pulse driver") && message.contains("unsigned"), message);
        DriveSchedule schedule = DigitEncoder.temporal(ROWS, 4, WordFormat.TWOS_COMPLEMENT, 1e-9)
                .on(DIE, 15)
                .encode(allSigned(4), 0);
        for (int i = 0; i < 15; i++) {
            double charge = 0;
            for (Phase phase : schedule.phases()) {
                charge += phase.durations()[0] * phase.drives().data[i] / (1e-9 * 0.2);
            }
            assertEquals(i - 7, charge, 1e-12);
        }
    }

    @Test
    void theLowestWordHasNoMagnitude() {
        InputEncoder.Rows rows =
                DigitEncoder.bits(ROWS, 4, WordFormat.SIGN_MAGNITUDE, 1e-9).on(DIE, 1);
        String message = assertThrows(
                        IllegalArgumentException.class, () -> rows.encode(Codes.signed(4, 1, 1, new int[] {-8}), 0))
                .getMessage();
        assertTrue(message.contains("code = -8") && message.contains("clip the words to -7"), message);
    }

    @Test
    void refusesJitterAndWordLengthsOutOfRange() {
        PulseDriver shaky = PulseDriver.rows(0.2).jitter(1e-12).build();
        assertThrows(IllegalArgumentException.class, () -> DigitEncoder.bits(shaky, 4, WordFormat.UNSIGNED, 1e-9));
        assertThrows(IllegalArgumentException.class, () -> DigitEncoder.bits(ROWS, 0, WordFormat.UNSIGNED, 1e-9));
        assertThrows(IllegalArgumentException.class, () -> DigitEncoder.bits(ROWS, 25, WordFormat.UNSIGNED, 1e-9));
        assertThrows(
                IllegalArgumentException.class, () -> DigitEncoder.bits(ROWS, 1, WordFormat.TWOS_COMPLEMENT, 1e-9));
        assertThrows(IllegalArgumentException.class, () -> PulseDriver.gates(1.2, 1.2));
        assertThrows(IllegalArgumentException.class, () -> PulseDriver.rows(0));
    }

    @Test
    void aGateLineCostsItsChargeForEachRise() {
        PulseDriver driver = PulseDriver.gates(0, 1)
                .lineCapacitance(10 * Si.fF)
                .logicEnergy(0)
                .build();
        // Four random bits rise once on the first of two, and in a quarter of the other three: 1.25 times.
        assertEquals(
                6 * 1.25 * 10 * Si.fF,
                DigitEncoder.bits(driver, 4, WordFormat.UNSIGNED, 1e-9)
                        .cost(new Activity(2, 3, 1e-8, 0))
                        .energy(),
                1e-25);
    }
}
