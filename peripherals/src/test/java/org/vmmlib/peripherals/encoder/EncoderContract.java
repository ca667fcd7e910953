package org.vmmlib.peripherals.encoder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.vmmlib.core.block.Block;
import org.vmmlib.core.block.Datasheet;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.block.Imperfection;
import org.vmmlib.core.macro.InputEncoder;
import org.vmmlib.core.random.RandomStream;
import org.vmmlib.core.random.RandomStreams;
import org.vmmlib.core.signal.Codes;
import org.vmmlib.core.signal.DriveSchedule;
import org.vmmlib.core.signal.Phase;

/** What every encoder of unsigned words keeps to. */
abstract class EncoderContract {

    static final Die DIE = Die.of(RandomStreams.of(7));

    /** A 4-bit encoder with every imperfection that it can have. */
    abstract InputEncoder imperfect();

    static Codes words(int bits, int vectors, int rows) {
        RandomStream draw = RandomStreams.of(1).stream("test", 0);
        int[] data = new int[vectors * rows];
        for (int k = 0; k < data.length; k++) {
            data[k] = draw.below(1 << bits, k);
        }
        return Codes.unsigned(bits, vectors, rows, data);
    }

    @Test
    void scheduleHasTheShapeOfTheBatch() {
        InputEncoder encoder = imperfect();
        DriveSchedule schedule = encoder.on(DIE, 5).encode(words(encoder.bits(), 3, 5), 0);
        assertEquals(encoder.kind(), schedule.kind());
        assertEquals(3, schedule.vectors());
        assertEquals(5, schedule.rows());
        for (int b = 0; b < 3; b++) {
            assertTrue(schedule.time(b) > 0);
        }
    }

    @Test
    void aBatchIsItsVectorsOneByOne() {
        InputEncoder.Rows rows = imperfect().on(DIE, 6);
        Codes codes = words(4, 5, 6);
        DriveSchedule whole = rows.encode(codes, 100);
        for (int b = 0; b < 5; b++) {
            DriveSchedule one = rows.encode(codes.slice(b, b + 1), 100 + b);
            for (int k = one.phases().size(); k < whole.phases().size(); k++) {
                assertEquals(0, whole.phases().get(k).durations()[b], "phases that only other vectors have");
            }
            for (int k = 0; k < one.phases().size(); k++) {
                Phase of = whole.phases().get(k);
                assertEquals(of.durations()[b], one.phases().get(k).durations()[0]);
                assertArrayEquals(
                        Arrays.copyOfRange(of.drives().data, 6 * b, 6 * b + 6),
                        one.phases().get(k).drives().data);
            }
        }
    }

    @Test
    void sameDieGivesTheSameDrives() {
        Codes codes = words(4, 2, 6);
        DriveSchedule first = imperfect().on(DIE, 6).encode(codes, 0);
        DriveSchedule second = imperfect().on(DIE, 6).encode(codes, 0);
        DriveSchedule other = imperfect().on(DIE.part(3), 6).encode(codes, 0);
        assertArrayEquals(everything(first), everything(second));
        assertFalse(Arrays.equals(everything(first), everything(other)));
    }

    private static double[] everything(DriveSchedule schedule) {
        return schedule.phases().stream()
                .flatMapToDouble(phase ->
                        DoubleStream.concat(Arrays.stream(phase.durations()), Arrays.stream(phase.drives().data)))
                .toArray();
    }

    @Test
    void anEmptyBatchIsABatch() {
        assertEquals(0, imperfect().on(DIE, 2).encode(words(4, 0, 2), 0).vectors());
    }

    @Test
    void eachImperfectionGoesAloneAndNoneIsLeft() {
        InputEncoder encoder = imperfect();
        for (Imperfection one : encoder.imperfections()) {
            InputEncoder less = encoder.without(one.id());
            assertEquals(
                    encoder.imperfections().size() - 1, less.imperfections().size());
        }
        assertTrue(Block.ideal(encoder).imperfections().isEmpty());
        assertThrows(IllegalArgumentException.class, () -> encoder.without("none.such"));
    }

    @Test
    void refusesOtherWordsAndNamesBoth() {
        InputEncoder encoder = imperfect();
        InputEncoder.Rows rows = encoder.on(DIE, 2);
        String length = assertThrows(
                        IllegalArgumentException.class, () -> rows.encode(words(encoder.bits() + 1, 1, 2), 0))
                .getMessage();
        assertTrue(length.contains("words of 5 bits") && length.contains("words of 4 bits"), length);
        assertTrue(length.contains(encoder.datasheet().title()), length);
        String signed = assertThrows(
                        IllegalArgumentException.class,
                        () -> rows.encode(Codes.signed(encoder.bits(), 1, 2, new int[2]), 0))
                .getMessage();
        assertTrue(signed.contains("signed words of 4 bits") && signed.contains("takes unsigned"), signed);
        String count = assertThrows(IllegalArgumentException.class, () -> rows.encode(words(encoder.bits(), 1, 3), 0))
                .getMessage();
        assertTrue(count.contains("3 words") && count.contains("must be 2"), count);
    }

    @Test
    void everyParameterHasItsSource() {
        for (Datasheet.Entry entry : imperfect().datasheet().entries()) {
            assertFalse(entry.source().isBlank(), entry.parameter());
        }
    }
}
