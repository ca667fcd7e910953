package org.vmmlib.peripherals.neuron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.physics.Si;
import org.vmmlib.core.random.RandomStreams;

/** Charge is neither made nor lost, whatever the neuron and its input. */
class NeuronChargeProperties {

    private static final Die DIE = Die.of(RandomStreams.of(1));

    private static CurrentWaveform input(long seed, double rate, double time) {
        return CurrentWaveform.poisson(rate, 20 * Si.ns, 2 * Si.uA, time, RandomStreams.of(seed).stream("pulses", 0));
    }

    @Property(tries = 60)
    void withoutLeakEveryCoulombIsRemovedByAResetOrShuntedOrOnTheMembrane(
            @ForAll @LongRange(min = 0, max = 1_000_000) long seed,
            @ForAll @DoubleRange(min = 0.5e6, max = 40e6) double rate,
            @ForAll @IntRange(min = 1, max = 4) int bits,
            @ForAll @DoubleRange(min = 0, max = 60) double refractory,
            @ForAll @DoubleRange(min = 0, max = 15) double delay) {
        MultiBitNeuron neuron = MultiBitNeuron.builder(ThresholdLadder.uniform(bits, 0.3, 1.2), 0.46e-12, 0.1)
                .refractory(refractory * Si.ns)
                .delay(delay * Si.ns)
                .build();
        CurrentWaveform input = input(seed, rate, 50e-6);
        NeuronResponse response = neuron.on(DIE, 1).respond(0, input);
        ChargeBalance charge = response.charge();
        double removed = 0;
        for (double atReset : response.resetVoltages()) {
            assertTrue(atReset >= neuron.ladder().top() - 1e-12, "a reset comes from the highest threshold only");
            removed += neuron.capacitance() * (atReset - 0.1);
        }
        assertEquals(removed, charge.removed(), 1e-12 * removed);
        assertEquals(input.charge(), removed + charge.shunted() + charge.held(), 1e-12 * input.charge());
        assertEquals(response.resets(), response.count(neuron.ladder().levels() - 1));
    }

    @Property(tries = 60)
    void withoutLeakEveryThresholdIsCrossedOnceForEachReset(
            @ForAll @LongRange(min = 0, max = 1_000_000) long seed,
            @ForAll @DoubleRange(min = 0.5e6, max = 20e6) double rate,
            @ForAll @IntRange(min = 1, max = 4) int bits,
            @ForAll @DoubleRange(min = 0, max = 0.1) double hysteresis,
            @ForAll boolean slowAmplifier) {
        MultiBitNeuron neuron = MultiBitNeuron.builder(ThresholdLadder.uniform(bits, 0.3, 1.2), 0.46e-12, 0.1)
                .hysteresis(hysteresis)
                .refractory(20 * Si.ns)
                .gainBandwidth(slowAmplifier ? 10e6 : Double.POSITIVE_INFINITY)
                .build();
        NeuronResponse response = neuron.on(DIE, 1).respond(0, input(seed, rate, 50e-6));
        int resets = response.resets();
        int last = neuron.ladder().state(response.charge().held() / neuron.capacitance() + 0.1);
        for (int k = 0; k < neuron.ladder().levels(); k++) {
            boolean again = response.count(k) == resets + 1 && (k < last || slowAmplifier);
            assertTrue(response.count(k) == resets || again, "D" + k + ": " + response + ", resets " + resets);
            if (k > 0) {
                assertTrue(response.count(k) <= response.count(k - 1));
            }
        }
    }

    @Property(tries = 60)
    void aSlowAmplifierWithALoadedInputConservesChargeToo(
            @ForAll @LongRange(min = 0, max = 1_000_000) long seed,
            @ForAll @DoubleRange(min = 0.5e6, max = 20e6) double rate,
            @ForAll @DoubleRange(min = 2e6, max = 1e9) double gainBandwidth,
            @ForAll @DoubleRange(min = 0, max = 1000) double femtofarads,
            @ForAll @DoubleRange(min = 0, max = 100) double microsiemens) {
        MultiBitNeuron neuron = MultiBitNeuron.builder(ThresholdLadder.uniform(2, 0.3, 1.2), 0.46e-12, 0.1)
                .gainBandwidth(gainBandwidth)
                .inputCapacitance(femtofarads * Si.fF)
                .refractory(20 * Si.ns)
                .lowest(0)
                .build();
        CurrentWaveform input = input(seed, rate, 20e-6);
        ChargeBalance charge =
                neuron.on(DIE, 1).respond(0, input, microsiemens * Si.uS).charge();
        double given = input.charge();
        assertEquals(charge.received(), charge.removed() + charge.shunted() + charge.held(), 1e-12 * given);
        assertTrue(charge.received() <= given * (1 + 1e-12), "a load can only take current from the neuron");
    }
}
