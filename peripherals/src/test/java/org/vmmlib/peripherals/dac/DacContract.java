package org.vmmlib.peripherals.dac;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.vmmlib.core.block.Block;
import org.vmmlib.core.block.Datasheet;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.block.Imperfection;
import org.vmmlib.core.cost.Activity;
import org.vmmlib.core.cost.Cost;
import org.vmmlib.core.random.RandomStreams;
import org.vmmlib.core.signal.Codes;
import org.vmmlib.core.signal.Levels;

/** What every DAC keeps to. */
abstract class DacContract {

    static final Die DIE = Die.of(RandomStreams.of(20_260_101));

    /** An ideal converter. */
    abstract Dac ideal(int bits, double fullScale);

    /** A converter with every imperfection that it can have. */
    abstract Dac imperfect(int bits, double fullScale);

    @Test
    void idealLevelsAreEquallySpacedFromZeroToFullScale() {
        for (int bits = 1; bits <= 16; bits++) {
            Dac dac = ideal(bits, 0.3);
            TransferTables tables = dac.on(DIE, 2);
            int top = (1 << bits) - 1;
            for (int code = 0; code <= top; code++) {
                double expected = 0.3 * code / top;
                assertEquals(expected, dac.level(code), 1e-15);
                assertEquals(expected, tables.level(0, code), 1e-15);
                assertEquals(expected, tables.level(1, code), 1e-15);
            }
        }
    }

    @Test
    void codeZeroGivesNothingWhateverTheMismatch() {
        TransferTables tables = imperfect(6, 1).on(DIE, 20);
        for (int k = 0; k < 20; k++) {
            assertEquals(0, tables.level(k, 0));
        }
    }

    @Test
    void mismatchIsOfTheDie() {
        Dac dac = imperfect(5, 1);
        TransferTables here = dac.on(DIE, 3);
        TransferTables again = dac.on(DIE, 3);
        TransferTables more = dac.on(DIE, 7);
        TransferTables elsewhere = dac.on(DIE.part(1), 3);
        for (int k = 0; k < 3; k++) {
            for (int code = 1; code < 32; code++) {
                assertEquals(here.level(k, code), again.level(k, code));
                assertEquals(
                        here.level(k, code), more.level(k, code), "more converters on a die change none of the first");
                assertNotEquals(here.level(k, code), elsewhere.level(k, code));
            }
        }
        assertNotEquals(here.level(0, 16), here.level(1, 16));
    }

    @Test
    void batchOfWordsIsReadFromTheTables() {
        TransferTables tables = imperfect(3, 1).on(DIE, 2);
        Codes codes = Codes.unsigned(3, 3, 2, new int[] {0, 1, 2, 3, 7, 5});
        assertArrayEquals(
                new double[] {
                    tables.level(0, 0),
                    tables.level(1, 1),
                    tables.level(0, 2),
                    tables.level(1, 3),
                    tables.level(0, 7),
                    tables.level(1, 5)
                },
                tables.convert(codes).data);
    }

    @Test
    void eachImperfectionGoesAloneAndNoneIsLeft() {
        Dac dac = imperfect(4, 1);
        assertFalse(dac.imperfections().isEmpty());
        for (Imperfection one : dac.imperfections()) {
            Dac less = dac.without(one.id());
            assertEquals(dac.imperfections().size() - 1, less.imperfections().size());
            assertTrue(less.imperfections().stream().noneMatch(i -> i.id().equals(one.id())));
            String message = assertThrows(IllegalArgumentException.class, () -> less.without(one.id()))
                    .getMessage();
            assertTrue(message.contains(one.id()), message);
        }
        Dac bare = Block.ideal(dac);
        for (int code = 0; code < 16; code++) {
            assertEquals(bare.level(code), bare.on(DIE, 1).level(0, code), 1e-15);
        }
    }

    @Test
    void energyGrowsWithWhatIsDoneAndAreaWithTheNumberOfConverters() {
        Dac dac = imperfect(4, 1);
        double charge = dac.output() == Levels.Quantity.CURRENT ? 1e-15 : 0;
        Cost one = dac.cost(new Activity(10, 3, 1e-6, charge));
        Cost twice = dac.cost(new Activity(20, 3, 2e-6, 2 * charge));
        assertTrue(one.energy() > 0 && one.area() > 0 && one.time() > 0);
        assertEquals(2 * one.energy(), twice.energy(), 1e-12 * one.energy());
        assertEquals(one.time(), twice.time());
        assertEquals(2 * one.area(), dac.cost(new Activity(0, 6, 0, 0)).area(), 1e-12 * one.area());
        assertEquals(0, dac.cost(new Activity(0, 3, 0, 0)).energy());
    }

    @Test
    void largerConvertersTakeMoreAreaAndTime() {
        Activity none = new Activity(0, 1, 0, 0);
        assertTrue(ideal(8, 1).cost(none).area() > ideal(4, 1).cost(none).area());
        assertTrue(ideal(8, 1).cost(none).time() > ideal(4, 1).cost(none).time());
    }

    @Test
    void everyParameterHasItsSource() {
        for (Datasheet.Entry entry : imperfect(4, 1).datasheet().entries()) {
            assertFalse(entry.source().isBlank(), entry.parameter());
        }
    }

    @Test
    void refusesWhatItCannotBe() {
        for (int bits : new int[] {0, 17}) {
            String message = assertThrows(IllegalArgumentException.class, () -> ideal(bits, 1))
                    .getMessage();
            assertEquals("bits = " + bits + ": must be from 1 to 16", message);
        }
        for (double fullScale : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            String message = assertThrows(IllegalArgumentException.class, () -> ideal(4, fullScale))
                    .getMessage();
            assertTrue(message.startsWith("fullScale = " + fullScale), message);
        }
        TransferTables tables = ideal(4, 1).on(DIE, 2);
        assertThrows(IllegalArgumentException.class, () -> tables.convert(Codes.unsigned(5, 1, 2, new int[2])));
        assertThrows(IllegalArgumentException.class, () -> tables.convert(Codes.signed(4, 1, 2, new int[2])));
        assertThrows(IllegalArgumentException.class, () -> tables.convert(Codes.unsigned(4, 1, 3, new int[3])));
        assertThrows(IllegalArgumentException.class, () -> tables.level(2, 0));
        assertThrows(IllegalArgumentException.class, () -> tables.level(0, 16));
    }
}
