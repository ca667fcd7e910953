package org.vmmlib.peripherals.converter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.vmmlib.core.cost.Activity;
import org.vmmlib.core.random.RandomStream;
import org.vmmlib.core.random.RandomStreams;
import org.vmmlib.core.signal.Codes;

class ShiftAndAddProperties {

    private static final int ROWS = 9;
    private static final int COLUMNS = 3;
    private static final int VECTORS = 4;

    /** Products of slices, shifted and added, are the products of the whole inputs: the integer product, exactly. */
    @Property(tries = 300)
    void sumOverTheSlicesIsTheIntegerProduct(
            @ForAll @IntRange(min = 1, max = 12) int slices,
            @ForAll @IntRange(min = 1, max = 4) int sliceBits,
            @ForAll ShiftAndAdd.Order order,
            @ForAll ShiftAndAdd.Highest highest,
            @ForAll long seed) {
        int used = highest == ShiftAndAdd.Highest.SUBTRACTED ? 1 : sliceBits;
        ShiftAndAdd block = ShiftAndAdd.slices(slices, used, order, highest);
        RandomStream draw = RandomStreams.of(seed).stream("test", 0);
        int bits = slices * used;
        long[][] inputs = new long[VECTORS][ROWS];
        int[][] weights = new int[ROWS][COLUMNS];
        for (int i = 0; i < ROWS; i++) {
            for (int b = 0; b < VECTORS; b++) {
                inputs[b][i] = draw.bits(100L * b + i) >>> (64 - bits);
            }
            for (int j = 0; j < COLUMNS; j++) {
                weights[i][j] = draw.below(31, 1000L + 10L * i + j) - 15;
            }
        }
        List<Codes> words = new ArrayList<>();
        for (int slice = 0; slice < slices; slice++) {
            int place = order == ShiftAndAdd.Order.LOWEST_FIRST ? slice : slices - 1 - slice;
            int[] partial = new int[VECTORS * COLUMNS];
            for (int b = 0; b < VECTORS; b++) {
                for (int i = 0; i < ROWS; i++) {
                    int part = (int) (inputs[b][i] >> (place * used)) & ((1 << used) - 1);
                    for (int j = 0; j < COLUMNS; j++) {
                        partial[b * COLUMNS + j] += part * weights[i][j];
                    }
                }
            }
            words.add(Codes.signed(13, VECTORS, COLUMNS, partial));
        }
        long[] sums = block.sum(words);
        for (int b = 0; b < VECTORS; b++) {
            for (int j = 0; j < COLUMNS; j++) {
                long expected = 0;
                for (int i = 0; i < ROWS; i++) {
                    long value = inputs[b][i];
                    if (highest == ShiftAndAdd.Highest.SUBTRACTED && (value >> (bits - 1)) == 1) {
                        value -= 1L << bits;
                    }
                    expected += value * weights[i][j];
                }
                assertEquals(expected, sums[b * COLUMNS + j]);
                assertTrue(Math.abs(expected) < 1L << (block.sumBits(13) - 1));
            }
        }
    }

    @Example
    void costGrowsWithTheSlices() {
        Activity activity = new Activity(10, 5, 0, 0);
        double four = ShiftAndAdd.ofBits(4).cost(activity, 6).energy();
        assertTrue(four > 0 && ShiftAndAdd.ofBits(8).cost(activity, 6).energy() > 2 * four);
        assertTrue(ShiftAndAdd.ofBits(4).imperfections().isEmpty());
        assertThrows(IllegalArgumentException.class, () -> ShiftAndAdd.ofBits(4).without("adc.reference"));
    }

    @Example
    void refusesWhatCannotBeAdded() {
        assertThrows(IllegalArgumentException.class, () -> ShiftAndAdd.ofBits(0));
        assertThrows(IllegalArgumentException.class, () -> ShiftAndAdd.ofBits(25));
        assertThrows(
                IllegalArgumentException.class,
                () -> ShiftAndAdd.slices(4, 2, ShiftAndAdd.Order.LOWEST_FIRST, ShiftAndAdd.Highest.SUBTRACTED));
        assertThrows(
                IllegalArgumentException.class,
                () -> ShiftAndAdd.slices(24, 24, ShiftAndAdd.Order.LOWEST_FIRST, ShiftAndAdd.Highest.ADDED));
        ShiftAndAdd two = ShiftAndAdd.ofBits(2);
        Codes one = Codes.unsigned(4, 1, 2, new int[] {1, 2});
        Codes other = Codes.unsigned(4, 2, 1, new int[] {1, 2});
        assertThrows(IllegalArgumentException.class, () -> two.sum(List.of(one)));
        assertThrows(IllegalArgumentException.class, () -> two.sum(List.of(one, other)));
        assertThrows(IllegalArgumentException.class, () -> two.add(0, one, new long[3]));
        assertThrows(IllegalArgumentException.class, () -> two.add(2, one, new long[2]));
    }
}
