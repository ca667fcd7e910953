package org.vmmlib.peripherals.neuron;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.vmmlib.core.block.Block;
import org.vmmlib.core.block.Datasheet;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.block.Imperfection;
import org.vmmlib.core.physics.Si;
import org.vmmlib.core.random.RandomStreams;
import org.vmmlib.core.signal.Edges;

/** The published neuron: what its figures show, what it describes of itself, what it refuses. */
class MultiBitNeuronTest {

    private static final Die DIE = Die.of(RandomStreams.of(1));
    private static final double PULSE = 20 * Si.ns;
    private static final double CURRENT = 2 * Si.uA;

    private static CurrentWaveform spikes(double rate, double time) {
        return CurrentWaveform.poisson(rate, PULSE, CURRENT, time, RandomStreams.of(2).stream("input", 0));
    }

    private static NeuronResponse respond(MultiBitNeuron neuron, CurrentWaveform input) {
        return neuron.on(DIE, 1).respond(0, input);
    }

    /** Fig. 6: for a lower input rate more D0 spikes are seen, and D2 is sparse. The seed is fixed. */
    @Test
    void at2MegahertzD0DominatesAndD2IsSparse() {
        NeuronResponse response = respond(MultiBitNeuron.opamp65(), spikes(2e6, 10e-3));
        assertTrue(response.count(0) > 2 * response.count(1), response.toString());
        assertTrue(response.count(1) > 10 * response.count(2), response.toString());
        assertTrue(response.count(2) > 0, response.toString());
        NeuronResponse regular = respond(MultiBitNeuron.opamp65(), CurrentWaveform.regular(2e6, PULSE, CURRENT, 1e-3));
        assertTrue(regular.count(0) > 1900, "every input pulse crosses the lowest threshold");
        assertEquals(0, regular.count(1));
    }

    /** Fig. 7: all outputs are busy. The paper's maximum output rate is 1 MHz. */
    @Test
    void at10MegahertzAllOutputsAreBusy() {
        for (CurrentWaveform input :
                List.of(spikes(10e6, 10e-3), CurrentWaveform.regular(10e6, PULSE, CURRENT, 10e-3))) {
            NeuronResponse response = respond(MultiBitNeuron.opamp65(), input);
            for (int k = 0; k < 3; k++) {
                assertTrue(response.rate(k) > 0.6e6 && response.rate(k) < 1e6, response.toString());
            }
        }
    }

    /** Why: without leak each threshold is crossed once for each reset, at any rate. */
    @Test
    void onlyTheLeakMakesD0Dominate() {
        MultiBitNeuron tight = MultiBitNeuron.opamp65().without(MultiBitNeuron.LEAK);
        for (double rate : new double[] {2e6, 10e6}) {
            NeuronResponse response = respond(tight, spikes(rate, 1e-3));
            for (int k = 0; k < 3; k++) {
                assertEquals(response.resets(), response.count(k), 1, response.toString());
            }
        }
    }

    /** 10 pulses of 40 fC from rest to the highest threshold. */
    @Test
    void withoutLeakTenPulsesMakeAReset() {
        MultiBitNeuron ideal = Block.ideal(MultiBitNeuron.opamp65());
        NeuronResponse response = respond(ideal, CurrentWaveform.regular(10e6, PULSE, CURRENT, 1e-3));
        assertEquals(1e4 * 40e-15 / (0.46e-12 * 0.875), response.resets(), 1);
        assertEquals(1e6, response.rate(2), 0.01e6);
    }

    /** 10 µA at 1.2 V, 1 MHz, fan-in 3000: 4 fJ; the paper says 5, with what is not bias. */
    @Test
    void theBiasMakes4FemtojouleOfThePublished5PerSpikeAndSynapse() {
        assertEquals(4e-15, MultiBitNeuron.opamp65().biasPower() / 1e6 / 3000, 1e-25);
    }

    @Test
    void theLadderIsThatOfEquation9() {
        assertArrayEquals(
                new double[] {0.525, 0.75, 0.975},
                MultiBitNeuron.opamp65().ladder().thresholds(),
                1e-15);
        ThresholdLadder ladder = ThresholdLadder.uniform(2, 0.3, 1.2);
        assertEquals(2, ladder.bits());
        double[] voltages = {0.3, 0.524, 0.6, 0.8, 1.1};
        int[] states = {0, 0, 1, 2, 3};
        for (int k = 0; k < states.length; k++) {
            assertEquals(states[k], ladder.state(voltages[k]));
        }
    }

    @Test
    void theRearmRuleDecidesWhatAMembraneThatStaysHighSays() {
        MultiBitNeuron neuron = MultiBitNeuron.builder(ThresholdLadder.uniform(2, 0.3, 1.2), 0.46e-12, 0.1)
                .pulseWidth(50e-9)
                .build();
        // Above D0's threshold from 0.5 µs to 10 µs
        CurrentWaveform input =
                CurrentWaveform.of(new double[] {1e-6, 9e-6}, new double[] {0.39 * 0.46e-6 + 0.1e-6, 0});
        int once = respond(neuron, input).count(0);
        NeuronResponse often =
                respond(neuron.toBuilder().rearm(Rearm.afterTime(50e-9)).build(), input);
        assertEquals(1, once);
        double since = 10e-6 - often.spikes(0)[0];
        assertEquals((int) (since / 100e-9) + 1, often.count(0));
        assertEquals(
                1,
                respond(neuron.toBuilder().rearm(Rearm.onReset()).build(), input)
                        .count(0));
    }

    @Test
    void aCrossingWhileThePulseLastsIsAnsweredWhenItEnds() {
        MultiBitNeuron neuron = MultiBitNeuron.builder(ThresholdLadder.of(0.5), 1e-12, 0.1)
                .pulseWidth(1e-6)
                .build();
        NeuronResponse response = respond(neuron, CurrentWaveform.constant(1e-6, 5e-6));
        assertEquals(0.4e-6, response.spikes(0)[0], 1e-18);
        assertEquals(1.4e-6, response.spikes(0)[1], 1e-18);
        assertEquals(0.1 + 1.0, response.resetVoltages()[1], 1e-12, "the membrane has gone on");
        Edges edges = response.edges();
        assertEquals(response.count(0) * 1e-6, edges.high(0, 0), 1e-15);
    }

    @Test
    void theOutputIsTheThermometerCodeCountedOnceEach() {
        MultiBitNeuron neuron = MultiBitNeuron.builder(ThresholdLadder.uniform(2, 0.3, 1.2), 0.46e-12, 0.1)
                .pulseWidth(400e-9)
                .build();
        NeuronResponse response = respond(neuron, CurrentWaveform.constant(0.46e-6, 0.9e-6));
        // Crossings at 425, 650 and 875 ns
        assertEquals(0, response.output(0.42e-6));
        assertEquals(1, response.output(0.43e-6));
        assertEquals(2, response.output(0.66e-6));
        assertEquals(1, response.output(0.83e-6), "the pulse of D0 is over, that of D1 lasts");
        assertEquals(2, response.output(0.88e-6));
    }

    /** The pulses of one neuron charge the next: each has the charge of its width and the row's current. */
    @Test
    void spikesOfOneNeuronDriveTheNext() {
        NeuronResponse first = respond(MultiBitNeuron.opamp65(), spikes(10e6, 0.1e-3));
        double[] rows = {1 * Si.uA, 2 * Si.uA, 0.5 * Si.uA};
        CurrentWaveform next = CurrentWaveform.of(first.edges(), 0, rows, 0.101e-3);
        double charge = IntStream.range(0, 3)
                .mapToDouble(k -> rows[k] * first.count(k) * first.pulseWidth())
                .sum();
        assertEquals(charge, next.charge(), 1e-12 * charge);
        assertEquals(0.101e-3, next.time(), 1e-15);
        NeuronResponse second = respond(Block.ideal(MultiBitNeuron.opamp65()), next);
        assertEquals(charge / (0.46e-12 * 0.875), second.resets(), 1);
    }

    @Test
    void aBankIsItsNeuronsOneByOneOnAnyNumberOfThreads() throws InterruptedException {
        NeuronBank bank =
                MultiBitNeuron.opamp65().toBuilder().offset(0.01).build().on(DIE, 40);
        List<CurrentWaveform> inputs = IntStream.range(0, 40)
                .mapToObj(k ->
                        CurrentWaveform.poisson(5e6, PULSE, CURRENT, 0.1e-3, RandomStreams.of(2).stream("input", k)))
                .toList();
        List<NeuronResponse> one = bank.respond(inputs, 1);
        List<NeuronResponse> three = bank.respond(inputs, 3);
        for (int k = 0; k < 40; k++) {
            assertArrayEquals(one.get(k).spikes(0), three.get(k).spikes(0));
            assertArrayEquals(
                    one.get(k).spikes(0), bank.respond(k, inputs.get(k)).spikes(0));
        }
        assertThrows(IllegalArgumentException.class, () -> bank.respond(inputs.subList(1, 40), 1));
    }

    @Test
    void eachImperfectionGoesAloneAndNoneIsLeft() {
        MultiBitNeuron neuron = MultiBitNeuron.opamp65().toBuilder()
                .offset(0.01)
                .delay(1e-9)
                .lowest(0)
                .build();
        assertEquals(7, neuron.imperfections().size());
        for (Imperfection one : neuron.imperfections()) {
            MultiBitNeuron less = neuron.without(one.id());
            assertEquals(6, less.imperfections().size());
            assertTrue(less.imperfections().stream().noneMatch(i -> i.id().equals(one.id())));
        }
        assertTrue(Block.ideal(neuron).imperfections().isEmpty());
        assertThrows(IllegalArgumentException.class, () -> neuron.without("neuron.none"));
        for (Datasheet.Entry entry : neuron.datasheet().entries()) {
            assertFalse(entry.source().isBlank(), entry.parameter());
            assertTrue(Double.isFinite(entry.value()), entry.parameter());
        }
    }

    private static void refuses(Executable act, String... words) {
        String message = assertThrows(IllegalArgumentException.class, act).getMessage();
        for (String word : words) {
            assertTrue(message.contains(word), message);
        }
    }

    @Test
    void refusesLaddersThatAreNone() {
        refuses(() -> ThresholdLadder.uniform(0, 0.3, 1.2), "bits = 0", "from 1 to 8");
        refuses(() -> ThresholdLadder.uniform(9, 0.3, 1.2), "bits = 9", "from 1 to 8");
        refuses(() -> ThresholdLadder.uniform(2, 1.2, 0.3), "top = 0.3", "bottom = 1.2");
        refuses(() -> ThresholdLadder.of(0.5, 0.9, 0.8), "thresholds[2] = 0.8", "thresholds[1] = 0.9", "rising");
        refuses(() -> ThresholdLadder.of(0.5, 0.5), "thresholds[1]");
        refuses(() -> ThresholdLadder.of(0.5, Double.NaN), "thresholds[1]");
        refuses(ThresholdLadder::of, "thresholds.length = 0");
    }

    @Test
    void refusesNeuronsThatCannotBe() {
        ThresholdLadder ladder = ThresholdLadder.uniform(2, 0.3, 1.2);
        MultiBitNeuron.Builder builder = MultiBitNeuron.builder(ladder, 1e-12, 0.1);
        refuses(() -> MultiBitNeuron.builder(ladder, 0, 0.1), "capacitance");
        refuses(
                () -> MultiBitNeuron.builder(ladder, 1e-12, 0.6).build(),
                "thresholds[0] = 0.52",
                "rest voltage, 0.6 V");
        refuses(() -> builder.hysteresis(0.5).build(), "hysteresis of 0.5", "rest voltage");
        refuses(
                () -> MultiBitNeuron.builder(ladder, 1e-12, 0.1)
                        .membraneTime(50e-9)
                        .gainBandwidth(10e6)
                        .build(),
                "gainBandwidth = 1.0E7",
                "membrane time constant");
        refuses(() -> builder.membraneTime(0), "membraneTime = 0");
        refuses(() -> builder.gainBandwidth(Double.NaN), "gainBandwidth = NaN");
        refuses(() -> builder.delay(-1), "delay = -1");
        refuses(() -> builder.pulseWidth(0), "pulseWidth = 0");
        refuses(() -> builder.refractory(Double.POSITIVE_INFINITY), "refractory");
        refuses(() -> builder.lowest(0.1), "lowest = 0.1", "rest voltage");
        refuses(() -> builder.frame(1, 1e-7), "totalBits = 1", "from 2 to 24");
        refuses(() -> builder.frame(25, 1e-7), "totalBits = 25");
        refuses(() -> Rearm.afterTime(-1), "delay = -1");
        NeuronBank bank = MultiBitNeuron.opamp65().on(DIE, 2);
        CurrentWaveform input = CurrentWaveform.constant(1e-6, 1e-6);
        assertThrows(IndexOutOfBoundsException.class, () -> bank.respond(2, input));
        refuses(() -> bank.respond(0, input, -1e-6), "conductance");
        refuses(() -> bank.trace(0, input, 1), "samples = 1");
        refuses(() -> new FineStepNeuron(bank, 0, 0), "step");
        refuses(() -> MultiBitNeuron.opamp65().on(DIE, 0), "neurons = 0");
    }
}
