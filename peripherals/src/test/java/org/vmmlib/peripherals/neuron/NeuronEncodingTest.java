package org.vmmlib.peripherals.neuron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vmmlib.core.block.Block;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.random.RandomStreams;

/** A neuron as an encoder: without leak it is a uniform quantiser of charge. */
class NeuronEncodingTest {

    private static final Die DIE = Die.of(RandomStreams.of(1));
    private static final double STEP = 0.25e-12;

    private static MultiBitNeuron neuron(double... thresholds) {
        return MultiBitNeuron.builder(ThresholdLadder.of(thresholds), 1e-12, 0).build();
    }

    private static NeuronEncoding encode(MultiBitNeuron neuron, double fullScaleCharge) {
        return NeuronEncoding.of(neuron.on(DIE, 1), 0, fullScaleCharge / 16e-6, 16e-6, 20_000);
    }

    /** Thresholds at equal distances from rest: one spike for each step of charge, n steps in the range, log2(n) bits. */
    @ParameterizedTest
    @CsvSource({"48, 5.585", "64, 6", "16, 4"})
    void evenThresholdsMakeAnIdealQuantiser(int steps, double bits) {
        NeuronEncoding encoding = encode(neuron(0.25, 0.5, 0.75), steps * STEP);
        assertEquals(bits, encoding.effectiveBits(), 0.001);
        double lsb = steps * STEP / 16e-6 / steps;
        assertTrue(encoding.error().largest() < 0.52 * lsb);
    }

    /** The same reset with one comparator in place of three has a third of the steps: log2(3) = 1.58 bits less. */
    @Test
    void threeComparatorsAreWorthLog2Of3Bits() {
        double multi = encode(neuron(0.25, 0.5, 0.75), 48 * STEP).effectiveBits();
        double single = encode(neuron(0.75), 48 * STEP).effectiveBits();
        assertEquals(Math.log(3) / Math.log(2), multi - single, 0.001);
    }

    @Test
    void aLongerFrameTellsMore() {
        NeuronBank ideal = Block.ideal(MultiBitNeuron.opamp65()).on(DIE, 1);
        double once = NeuronEncoding.of(ideal, 0, 0.4e-6, 8e-6, 2000).effectiveBits();
        double twice = NeuronEncoding.of(ideal, 0, 0.4e-6, 16e-6, 2000).effectiveBits();
        assertEquals(1, twice - once, 0.1);
    }

    @Test
    void theLeakCostsBitsBecauseSmallInputsDoNotFire() {
        NeuronBank published = MultiBitNeuron.opamp65().on(DIE, 1);
        NeuronBank tight = MultiBitNeuron.opamp65().without(MultiBitNeuron.LEAK).on(DIE, 1);
        double leaky = NeuronEncoding.of(published, 0, 0.4e-6, 32e-6, 500).effectiveBits();
        double ideal = NeuronEncoding.of(tight, 0, 0.4e-6, 32e-6, 500).effectiveBits();
        assertTrue(leaky < ideal - 1, leaky + " of " + ideal);
    }

    @Test
    void aNeuronThatDoesNotFireTellsNothing() {
        NeuronBank bank = MultiBitNeuron.opamp65().on(DIE, 1);
        assertEquals(0, NeuronEncoding.of(bank, 0, 1e-9, 1e-6, 10_000).effectiveBits(), 1e-8);
    }

    @Test
    void refusesRangesThatAreNone() {
        NeuronBank bank = MultiBitNeuron.opamp65().on(DIE, 1);
        assertThrows(IllegalArgumentException.class, () -> NeuronEncoding.of(bank, 0, 1e-6, 1e-6, 7));
        assertThrows(IllegalArgumentException.class, () -> NeuronEncoding.of(bank, 0, 0, 1e-6, 100));
        assertThrows(IllegalArgumentException.class, () -> NeuronEncoding.of(bank, 0, 1e-6, Double.NaN, 100));
    }
}
