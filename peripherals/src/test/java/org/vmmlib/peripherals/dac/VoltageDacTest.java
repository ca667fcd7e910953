package org.vmmlib.peripherals.dac;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.cost.Activity;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.random.RandomStreams;

class VoltageDacTest extends DacContract {

    @Override
    Dac ideal(int bits, double fullScale) {
        return VoltageDac.builder(bits, fullScale).build();
    }

    @Override
    Dac imperfect(int bits, double fullScale) {
        return VoltageDac.builder(bits, fullScale)
                .unitMismatch(0.02)
                .referenceError(0.01)
                .build();
    }

    /**
     * Standard deviation over 10,000 strings has a relative standard error of 0.71 %; the bound of 4.8 % is 6 of those and
     * 0.5 % for terms of second order. 14 comparisons: fails by chance with probability below 3e-8.
     */
    @Test
    void inlOfTheStringFollowsTheBrownianBridge() {
        double sigma = 0.01;
        int drawn = 10_000;
        TransferTables tables =
                VoltageDac.builder(4, 1).unitMismatch(sigma).build().on(Die.of(RandomStreams.of(9)), drawn);
        for (int code = 1; code < 15; code++) {
            double sum = 0;
            for (int k = 0; k < drawn; k++) {
                double inl = tables.level(k, code) * 15 - code;
                sum += inl * inl;
            }
            double expected = sigma * Math.sqrt(code * (15.0 - code) / 15);
            assertEquals(expected, Math.sqrt(sum / drawn), 0.048 * expected);
        }
    }

    @Test
    void stringIsMonotoneAndKeepsBothEnds() {
        TransferTables tables =
                VoltageDac.builder(8, 0.2).unitMismatch(0.1).build().on(DIE, 50);
        for (int k = 0; k < 50; k++) {
            assertEquals(0.2, tables.level(k, 255), 1e-15);
            for (int code = 1; code < 256; code++) {
                assertTrue(tables.level(k, code) > tables.level(k, code - 1));
            }
        }
    }

    @Test
    void referenceErrorIsCommonToTheDieAndScalesEveryLevel() {
        TransferTables tables =
                VoltageDac.builder(4, 0.2).referenceError(0.05).build().on(DIE, 3);
        double scale = tables.level(0, 15) / 0.2;
        assertTrue(Math.abs(scale - 1) > 1e-6);
        for (int k = 0; k < 3; k++) {
            for (int code = 0; code < 16; code++) {
                assertEquals(scale * 0.2 * code / 15, tables.level(k, code), 1e-15);
            }
        }
    }

    /** Mean charge from the supply over every two words. */
    @Test
    void loadDrawsChargeFromTheSupplyOnlyWhenItRises() {
        double charge = 0;
        for (int from = 0; from < 16; from++) {
            for (int to = 0; to < 16; to++) {
                charge += Math.max(0, to - from) * 0.2 / 15 * 1e-13;
            }
        }
        double energy = VoltageDac.builder(4, 0.2)
                .supply(1.5)
                .loadCapacitance(1e-13)
                .build()
                .cost(new Activity(1, 1, 0, 0))
                .energy();
        assertEquals(charge / 256 * 1.5, energy, 1e-12 * energy);
    }

    @Test
    void refusesParametersOutOfRange() {
        VoltageDac.Builder builder = VoltageDac.builder(4, 1);
        assertThrows(IllegalArgumentException.class, () -> builder.unitMismatch(0.2));
        assertThrows(IllegalArgumentException.class, () -> builder.referenceError(-0.01));
        assertThrows(IllegalArgumentException.class, () -> builder.stringResistance(0));
    }

    /** Middle of a string of 1 MΩ: 250 kΩ, 64.35 nV/√Hz at 300 K; its ends are held. The buffer's power adds. */
    @Test
    void theTapHasTheThermalNoiseOfTheStringsTwoParts() {
        Conditions at = Conditions.ROOM.atTemperature(300);
        VoltageDac.Builder dac = VoltageDac.builder(4, 0.3).stringResistance(1e6);
        assertEquals(64.35e-9, Math.sqrt(dac.build().noise(0.15, at)), 0.01e-9);
        assertEquals(dac.build().noise(0.1, at), dac.build().noise(0.2, at), 1e-30);
        assertEquals(0, dac.build().noise(0, at));
        assertEquals(0, dac.build().noise(0.3, at));
        assertEquals(
                Math.hypot(64.35e-9, 100e-9),
                Math.sqrt(dac.bufferNoise(100e-9).build().noise(-0.15, at)),
                0.01e-9);
        assertThrows(IllegalArgumentException.class, () -> dac.bufferNoise(-1));
    }
}
