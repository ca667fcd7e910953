package org.vmmlib.peripherals.converter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.vmmlib.core.cost.Activity;
import org.vmmlib.core.cost.Cost;
import org.vmmlib.core.macro.Activation;
import org.vmmlib.core.macro.Converter;
import org.vmmlib.core.macro.Saturation;
import org.vmmlib.core.metrics.Linearity;
import org.vmmlib.core.metrics.SineTest;
import org.vmmlib.core.signal.Codes;
import org.vmmlib.core.signal.Edges;
import org.vmmlib.core.signal.Levels;

class TimeCounterTest extends ConverterContract {

    @Override
    Converter ideal(int bits, Activation activation, double fullScale, double inputBias) {
        return TimeCounter.builder(bits, activation, fullScale)
                .inputBias(inputBias)
                .build();
    }

    @Override
    Converter imperfect(int bits, Activation activation, double fullScale) {
        return TimeCounter.builder(bits, activation, fullScale)
                .clockError(0.03)
                .clockSpread(0.02)
                .jitter(0.03 * fullScale)
                .latchDelay(0.03 * fullScale)
                .build();
    }

    @Override
    boolean takes(Activation activation) {
        return activation == Activation.RELU || activation == Activation.BOUNDED_RELU;
    }

    @Override
    Levels.Quantity quantity() {
        return Levels.Quantity.TIME;
    }

    /** The rising edges of the clock that come while the pulse is high, counted one by one. */
    @Test
    void wordIsTheNumberOfPeriodsThatThePulseLasts() {
        double period = 1e-9;
        Converter.Channels counter = TimeCounter.builder(6, Activation.BOUNDED_RELU, 64 * period)
                .build()
                .on(DIE, 3);
        double[] lengths = levels(300, 60e-9);
        double[][] pulses = new double[300][];
        int[] expected = new int[300];
        for (int k = 0; k < 300; k++) {
            double length = Math.abs(lengths[k]);
            // In two parts, as a gated pulse may be.
            pulses[k] = new double[] {3e-9, 3e-9 + length / 4, 100e-9, 100e-9 + 0.75 * length};
            for (int edge = 1; edge < 64 && edge * period <= length; edge++) {
                expected[k]++;
            }
        }
        Levels levels = new Edges(100, 3, pulses).durations();
        assertEquals(Levels.Quantity.TIME, levels.quantity());
        Codes codes = counter.convert(levels.values(), 0, new Saturation());
        for (int k = 0; k < 300; k++) {
            assertEquals(expected[k], codes.data()[k]);
        }
    }

    @Test
    void slowClockIsAGainErrorAndALateRegisterAnOffset() {
        TimeCounter slow =
                TimeCounter.builder(6, Activation.RELU, 64e-9).clockError(0.1).build();
        Linearity linearity = Linearity.endPoint(Measured.levels(slow, slow.on(DIE, 1), 1, 0), 1e-9, 1e-9);
        assertEquals(1 / 1.1, linearity.gain(), 1e-12);
        assertEquals(0, linearity.offset(), 1e-9);
        assertEquals(0, linearity.largestInl(), 1e-9);
        TimeCounter late = TimeCounter.builder(6, Activation.RELU, 64e-9)
                .latchDelay(0.3e-9)
                .build();
        double delay = DIE.mismatch("adc.latch-delay", 0.3e-9, 1)[0];
        assertEquals(
                delay / 1e-9,
                Linearity.endPoint(Measured.levels(late, late.on(DIE, 1), 1, 0), 1e-9, 1e-9)
                        .offset(),
                1e-9);
    }

    /** Jitter is noise of the input. The bound of 0.05 bits fails falsely with probability 4e-10. */
    @Test
    void jitterLowersTheEffectiveBitsAsItsPowerSays() {
        SineTest wave = new SineTest(1 << 15, 3001);
        TimeCounter counter =
                TimeCounter.builder(6, Activation.RELU, 64e-9).jitter(0.5e-9).build();
        int[] codes = Measured.transfer(counter.on(DIE, 1), 1, 0).codes(wave.levels(32e-9, 30e-9));
        double expected = 6 - 0.5 * Math.log(1 + 12 * 0.25) / Math.log(2);
        assertEquals(expected, wave.spectrum(codes).effectiveBits(30.0 / 32), 0.05);
    }

    @Test
    void costIsThatOfCountersAndRegisters() {
        TimeCounter counter = TimeCounter.builder(4, Activation.RELU, 16e-9)
                .supply(1)
                .bitCapacitance(1e-15)
                .bitArea(2e-12)
                .fixedArea(3e-12)
                .shared(10)
                .build();
        Cost cost = counter.cost(new Activity(5, 25, 0, 0));
        assertEquals(5 * (3 * 2 * 16 + 25 * 4) * 1e-15, cost.energy(), 1e-25);
        assertEquals(16e-9, cost.time(), 1e-20);
        assertEquals((25 + 3) * 4 * 2e-12 + 25 * 3e-12, cost.area(), 1e-22);
    }

    @Test
    void refusesParametersOutOfRange() {
        TimeCounter.Builder design = TimeCounter.builder(4, Activation.RELU, 1e-8);
        assertThrows(IllegalArgumentException.class, () -> design.clockError(-0.6));
        assertThrows(IllegalArgumentException.class, () -> design.jitter(-1));
        assertThrows(IllegalArgumentException.class, () -> design.latchDelay(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> design.shared(0));
    }
}
