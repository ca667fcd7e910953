package org.vmmlib.peripherals.converter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.vmmlib.core.check.Require;
import org.vmmlib.core.cost.Activity;
import org.vmmlib.core.macro.Activation;
import org.vmmlib.core.macro.Converter;
import org.vmmlib.core.signal.Levels;

class SingleComparatorTest extends ConverterContract {

    @Override
    Converter ideal(int bits, Activation activation, double fullScale, double inputBias) {
        Require.within("bits", bits, 1, 1);
        return SingleComparator.builder(activation, Levels.Quantity.CURRENT, fullScale)
                .inputBias(inputBias)
                .build();
    }

    @Override
    Converter imperfect(int bits, Activation activation, double fullScale) {
        return SingleComparator.builder(activation, Levels.Quantity.CURRENT, fullScale)
                .comparatorOffset(0.2 * fullScale)
                .comparatorNoise(0.2 * fullScale)
                .build();
    }

    @Override
    int mostBits() {
        return 1;
    }

    private static SingleComparator.Builder builder(Activation activation) {
        return SingleComparator.builder(activation, Levels.Quantity.VOLTAGE, 1);
    }

    @Test
    void wordIsTheSignOfTheInput() {
        int[] codes = codes(builder(Activation.LINEAR).build().on(DIE, 5), 0, 5, -1, -1e-300, 0, 1e-300, 1);
        assertArrayEquals(new int[] {0, 0, 1, 1, 1}, codes);
        assertArrayEquals(
                new int[] {0, 1}, codes(builder(Activation.RELU).build().on(DIE, 2), 0, 2, Math.nextDown(0.5), 0.5));
        assertArrayEquals(new int[] {1}, codes(builder(Activation.TANH).build().on(DIE, 1), 0, 1, -0.0));
    }

    /** At distance σ below the threshold 1 comes with probability 0.158655: of 40,000, 6346 ± 73; 6 sigma, 2e-9. */
    @Test
    void noiseTurnsDecisionsByTheNormalDistribution() {
        double[] levels = new double[40_000];
        Arrays.fill(levels, -0.01);
        int ones = Arrays.stream(codes(
                        builder(Activation.LINEAR).comparatorNoise(0.01).build().on(DIE, 8), 0, 8, levels))
                .sum();
        assertEquals(40_000 * 0.158655, ones, 6 * 73.1);
    }

    @Test
    void trimmingLeavesOfAnOffsetLessThanHalfAStep() {
        Converter.Channels trimmed = builder(Activation.LINEAR)
                .comparatorOffset(0.1)
                .offsetTrimStep(0.02)
                .build()
                .on(DIE, 50);
        double[] low = new double[50];
        double[] high = new double[50];
        Arrays.fill(low, -0.0101);
        Arrays.fill(high, 0.0101);
        assertEquals(0, Arrays.stream(codes(trimmed, 0, 50, low)).sum());
        assertEquals(50, Arrays.stream(codes(trimmed, 0, 50, high)).sum());
        double[] raw = new double[50];
        int ones = Arrays.stream(codes(
                        builder(Activation.LINEAR).comparatorOffset(0.1).build().on(DIE, 50), 0, 50, low))
                .sum();
        assertTrue(ones > 5 && raw.length - ones > 5);
    }

    @Test
    void energyIsOneChargeOfItsCapacitanceForEachDecision() {
        SingleComparator design = builder(Activation.LINEAR)
                .supply(2)
                .comparatorCapacitance(3e-15)
                .build();
        assertEquals(10 * 7 * 12e-15, design.cost(new Activity(10, 7, 0, 0)).energy(), 1e-25);
    }
}
