package org.vmmlib.peripherals.converter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.vmmlib.core.cost.Activity;
import org.vmmlib.core.cost.Cost;
import org.vmmlib.core.macro.Activation;
import org.vmmlib.core.macro.Converter;
import org.vmmlib.core.metrics.Linearity;
import org.vmmlib.core.metrics.SineTest;
import org.vmmlib.core.metrics.TransitionLevels;
import org.vmmlib.core.signal.Levels;

class RampAdcTest extends ConverterContract {

    @Override
    Converter ideal(int bits, Activation activation, double fullScale, double inputBias) {
        return RampAdc.builder(bits, activation, Levels.Quantity.CURRENT, fullScale)
                .inputBias(inputBias)
                .build();
    }

    @Override
    Converter imperfect(int bits, Activation activation, double fullScale) {
        return RampAdc.builder(bits, activation, Levels.Quantity.CURRENT, fullScale)
                .rampSlopeError(0.02)
                .rampSlopeSpread(0.02)
                .rampCurvature(0.03)
                .rampStepMismatch(0.3)
                .comparatorOffset(0.03 * fullScale)
                .comparatorNoise(0.03 * fullScale)
                .comparatorDelay(0.6e-9)
                .shared(3)
                .build();
    }

    private static RampAdc.Builder builder(int bits) {
        return RampAdc.builder(bits, Activation.RELU, Levels.Quantity.VOLTAGE, 1);
    }

    private static Linearity measured(RampAdc design) {
        TransitionLevels levels = Measured.levels(design, design.on(DIE, 1), 1, 0);
        double step = Math.scalb(1.0, -design.bits());
        return Linearity.endPoint(levels, step, step);
    }

    /** A ramp counted for itself: the count at which a rising staircase first is above the input. */
    @Test
    void wordIsTheCountAtWhichTheRampPassesTheInput() {
        int[] codes = codes(builder(8).build().on(DIE, 1), 0, 1, levels(5000, 1));
        double[] levels = levels(5000, 1);
        for (int k = 0; k < levels.length; k++) {
            int count = 0;
            while (count < 255 && (count + 1) / 256.0 <= levels[k]) {
                count++;
            }
            assertEquals(count, codes[k]);
        }
    }

    @Test
    void slopeErrorIsAGainError() {
        Linearity linearity = measured(builder(8).rampSlopeError(0.04).build());
        assertEquals(1 / 1.04, linearity.gain(), 1e-12);
        assertEquals(0, linearity.offset(), 1e-10);
        assertEquals(0, linearity.largestInl(), 1e-9);
    }

    /** A bow of c of the span in the ramp's middle is −c 2^p steps of INL there, but for the ends, which are taken out. */
    @Test
    void curvatureIsABowOfTheInl() {
        double bow = 0.02;
        double[] inl = measured(builder(8).rampCurvature(bow).build()).inl();
        double most = 0;
        for (double value : inl) {
            assertTrue(value <= 1e-9);
            most = Math.max(most, -value);
        }
        assertEquals(bow * 256, most, 0.02 * bow * 256);
        assertEquals(-most, inl[127], 1e-9);
    }

    /** A delay of d periods moves every threshold d steps down. */
    @Test
    void delayIsAnOffset() {
        Linearity linearity =
                measured(builder(8).clockPeriod(2e-9).comparatorDelay(0.5e-9).build());
        assertEquals(1, linearity.gain(), 1e-10);
        assertEquals(0.25, linearity.offset(), 1e-9);
        assertEquals(0, linearity.largestInl(), 1e-9);
    }

    /**
     * Step mismatch σ: the sum of k steps less its part of all n has standard deviation σ sqrt(k (n − k)/n). Over 1,500 ramps
     * the estimate has a relative standard error of 1.8 %; 6 of them fail falsely with probability 2e-9.
     */
    @Test
    void stepMismatchAddsUpToABrownianBridge() {
        int ramps = 1500;
        double sigma = 0.02;
        RampAdc design = builder(4).rampStepMismatch(sigma).build();
        double square = 0;
        for (int ramp = 0; ramp < ramps; ramp++) {
            TransitionLevels levels = Measured.levels(design, design.on(DIE.part(ramp), 1), 1, 0);
            double inl = Linearity.endPoint(levels, 1.0 / 16, 1.0 / 16).inl()[7];
            square += inl * inl / ramps;
        }
        // T_8 lies 7 of the 14 steps between T_1 and T_15.
        double expected = sigma * Math.sqrt(7 * 7 / 14.0);
        assertEquals(expected, Math.sqrt(square), 6 * 0.0183 * expected);
    }

    @Test
    void channelsThatShareARampHaveTheSameSteps() {
        RampAdc design = builder(4).rampStepMismatch(0.1).shared(2).build();
        Converter.Channels adc = design.on(DIE, 5);
        double[][] found = new double[5][];
        for (int k = 0; k < 5; k++) {
            found[k] = Measured.levels(design, adc, 5, k).levels();
        }
        assertArrayEquals(found[0], found[1]);
        assertArrayEquals(found[2], found[3]);
        assertTrue(Math.abs(found[0][9] - found[2][9]) > 1e-4);
        assertTrue(Math.abs(found[2][9] - found[4][9]) > 1e-4);
    }

    /** One comparison a conversion: the noise is that of the input. The bound fails falsely with probability 4e-10. */
    @Test
    void comparatorNoiseLowersTheEffectiveBitsAsItsPowerSays() {
        SineTest wave = new SineTest(1 << 15, 3001);
        for (double steps : new double[] {0.2, 0.5, 1.5}) {
            RampAdc design = builder(8).comparatorNoise(steps / 256).build();
            int[] codes = Measured.transfer(design.on(DIE, 2), 2, 1).codes(wave.levels(0.5, 0.48));
            double expected = 8 - 0.5 * Math.log(1 + 12 * steps * steps) / Math.log(2);
            assertEquals(expected, wave.spectrum(codes).effectiveBits(0.96), 0.05);
        }
    }

    @Test
    void latencyDoublesWithEachBitAndDoesNotGrowWithTheChannels() {
        Activity few = new Activity(1, 4, 0, 0);
        Activity many = new Activity(1, 512, 0, 0);
        Cost six = builder(6).clockPeriod(1e-9).build().cost(few);
        assertEquals(64e-9, six.time(), 1e-18);
        assertEquals(64e-9, builder(6).clockPeriod(1e-9).build().cost(many).time(), 1e-18);
        assertEquals(128e-9, builder(7).clockPeriod(1e-9).build().cost(few).time(), 1e-18);
    }

    @Test
    void costIsThatOfComparatorsGeneratorCounterAndRegisters() {
        RampAdc design = builder(5)
                .supply(1.1)
                .clockPeriod(2e-9)
                .comparatorCurrent(1e-6)
                .generatorCurrent(20e-6)
                .bitCapacitance(3e-15)
                .comparatorArea(10e-12)
                .bitArea(4e-12)
                .generatorArea(500e-12)
                .shared(64)
                .build();
        Cost cost = design.cost(new Activity(7, 100, 0, 0));
        double perVector = 1.1 * (100 * 1e-6 + 2 * 20e-6) * 64e-9 + (2 * 2 * 32 + 100 * 5) * 3e-15 * 1.21;
        assertEquals(7 * perVector, cost.energy(), 1e-10 * perVector);
        assertEquals(100 * (10e-12 + 5 * 4e-12) + 2 * (500e-12 + 5 * 4e-12), cost.area(), 1e-20);
    }

    @Test
    void refusesParametersOutOfRange() {
        RampAdc.Builder design = builder(4);
        assertThrows(IllegalArgumentException.class, () -> design.rampSlopeError(0.6));
        assertThrows(IllegalArgumentException.class, () -> design.rampCurvature(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> design.rampStepMismatch(-0.1));
        assertThrows(IllegalArgumentException.class, () -> design.clockPeriod(0));
        assertThrows(IllegalArgumentException.class, () -> design.comparatorDelay(-1));
        assertThrows(IllegalArgumentException.class, () -> design.shared(0));
    }
}
