package org.vmmlib.peripherals.neuron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.random.RandomStreams;

/** The closed form against small steps by Runge and Kutta, and against what can be said by hand. */
class NeuronReferenceTest {

    private static final Die DIE = Die.of(RandomStreams.of(3));
    private static final ThresholdLadder LADDER = ThresholdLadder.uniform(2, 0.3, 1.2);

    private static MultiBitNeuron.Builder plain() {
        return MultiBitNeuron.builder(LADDER, 0.46e-12, 0.1);
    }

    static Stream<Arguments> neurons() {
        MultiBitNeuron published = MultiBitNeuron.opamp65();
        return Stream.of(
                // Another capacitance, for which no pulse ends just where the membrane reaches a threshold
                Arguments.of("ideal", plain().capacitance(0.4613e-12).build(), 0.0),
                Arguments.of("leaky", plain().membraneTime(2.5e-6).build(), 0.0),
                Arguments.of("slow amplifier", plain().gainBandwidth(10e6).build(), 0.0),
                Arguments.of("published", published, 0.0),
                Arguments.of(
                        "published, loaded",
                        published.toBuilder().inputCapacitance(0.3e-12).build(),
                        3e-6),
                Arguments.of(
                        "every imperfection",
                        published.toBuilder()
                                .delay(7e-9)
                                .offset(0.02)
                                .autoZeroGain(3)
                                .lowest(0)
                                .inputCapacitance(0.2e-12)
                                .build(),
                        2e-6),
                Arguments.of(
                        "re-armed by time",
                        published.toBuilder().rearm(Rearm.afterTime(150e-9)).build(),
                        0.0),
                Arguments.of(
                        "re-armed at once",
                        plain().membraneTime(2.5e-6)
                                .rearm(Rearm.afterTime(0))
                                .pulseWidth(90e-9)
                                .build(),
                        0.0),
                Arguments.of(
                        "re-armed by reset",
                        published.toBuilder().rearm(Rearm.onReset()).delay(7e-9).build(),
                        0.0),
                Arguments.of(
                        "in frames",
                        published.toBuilder().frame(6, 100e-9).delay(3e-9).build(),
                        0.0),
                Arguments.of(
                        "noise",
                        published.toBuilder().noise(5e-3).resetNoise(3e4).build(),
                        0.0),
                Arguments.of(
                        "noise beyond the hysteresis",
                        plain().hysteresis(1e-3)
                                .membraneTime(2.5e-6)
                                .delay(2e-9)
                                .noise(20e-3)
                                .resetNoise(300)
                                .build(),
                        0.0),
                Arguments.of(
                        "noise, re-armed by reset",
                        published.toBuilder()
                                .rearm(Rearm.onReset())
                                .lowest(0.099)
                                .noise(10e-3)
                                .resetNoise(3e4)
                                .build(),
                        0.0),
                Arguments.of(
                        "four bits",
                        MultiBitNeuron.builder(ThresholdLadder.uniform(4, 0.3, 1.2), 0.46e-12, 0.1)
                                .membraneTime(2.5e-6)
                                .gainBandwidth(10e6)
                                .hysteresis(5e-3)
                                .pulseWidth(5e-9)
                                .build(),
                        0.0));
    }

    /** Spikes of random height and sign: the sum of an excitatory and an inhibitory train. */
    private static CurrentWaveform mixed(long seed) {
        CurrentWaveform up = CurrentWaveform.poisson(8e6, 20e-9, 2e-6, 20e-6, RandomStreams.of(seed).stream("up", 0));
        double[] durations = new double[up.pieces()];
        double[] currents = new double[up.pieces()];
        for (int k = 0; k < durations.length; k++) {
            durations[k] = up.duration(k);
            boolean negative = RandomStreams.of(seed).stream("sign", 0).uniform(k) < 0.25;
            currents[k] = negative ? -0.6 * up.current(k) : up.current(k);
        }
        return CurrentWaveform.of(durations, currents);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("neurons")
    void eventsAreWhereSmallStepsFindThem(String name, MultiBitNeuron neuron, double conductance) {
        NeuronBank bank = neuron.on(DIE, 2);
        List<CurrentWaveform> inputs = List.of(
                CurrentWaveform.regular(2e6, 20e-9, 2e-6, 20e-6),
                CurrentWaveform.regular(10e6, 20e-9, 2e-6, 20e-6),
                CurrentWaveform.poisson(5e6, 20e-9, 2e-6, 20e-6, RandomStreams.of(5).stream("in", 0)),
                mixed(8),
                CurrentWaveform.constant(0.7e-6, 20e-6));
        int spikes = 0;
        for (CurrentWaveform input : inputs) {
            NeuronResponse exact = bank.respond(1, input, conductance);
            NeuronResponse stepped = new FineStepNeuron(bank, 1, 0.05e-9).respond(input, conductance);
            assertEquals(stepped.toString(), exact.toString(), name);
            for (int k = 0; k < neuron.ladder().levels(); k++) {
                double[] expected = stepped.spikes(k);
                double[] times = exact.spikes(k);
                spikes += times.length;
                for (int s = 0; s < times.length; s++) {
                    // 1e-6 of the microsecond in which a neuron goes once through its ladder
                    assertEquals(expected[s], times[s], 1e-12, name + ", D" + k + ", spike " + s);
                }
            }
            assertEquals(stepped.resets(), exact.resets());
            for (int r = 0; r < exact.resets(); r++) {
                assertEquals(stepped.resetVoltages()[r], exact.resetVoltages()[r], 1e-6);
            }
            double given = Math.abs(exact.charge().received());
            assertEquals(stepped.charge().received(), exact.charge().received(), 1e-6 * given);
            assertEquals(stepped.charge().removed(), exact.charge().removed(), 1e-6 * given);
            assertEquals(stepped.charge().shunted(), exact.charge().shunted(), 1e-6 * given);
            assertEquals(stepped.charge().held(), exact.charge().held(), 1e-6 * given);
        }
        assertTrue(spikes > 20, "nothing was compared");
    }

    /** C dv/dt = I without leak; v = I τ/C (1 − exp(−t/τ)) with it. */
    @Test
    void aConstantCurrentChargesTheMembraneAsTheClosedFormSays() {
        double current = 0.4e-6;
        NeuronResponse ideal = plain().build().on(DIE, 1).respond(0, CurrentWaveform.constant(current, 3e-6));
        double tau = 2.5e-6;
        NeuronResponse leaky =
                plain().membraneTime(tau).build().on(DIE, 1).respond(0, CurrentWaveform.constant(current, 3e-6));
        for (int k = 0; k < 3; k++) {
            double rise = LADDER.threshold(k) - 0.1;
            assertEquals(rise * 0.46e-12 / current, ideal.spikes(k)[0], 1e-18);
            double asymptote = current * tau / 0.46e-12;
            assertEquals(-tau * Math.log(1 - rise / asymptote), leaky.spikes(k)[0], 1e-18);
        }
        assertEquals(2, ideal.resets());
        assertEquals(0.975, ideal.resetVoltages()[1], 1e-15);
    }

    /** A loop of one pole: the virtual ground rises to I/(C ω_u) with the time constant 1/ω_u, 15.9 ns at 10 MHz. */
    @Test
    void anInputPulseMovesTheVirtualGroundAndTheLoopFollowsWithItsTimeConstant() {
        MultiBitNeuron neuron = plain().gainBandwidth(10e6).build();
        assertEquals(15.9e-9, neuron.loopTime(), 0.05e-9);
        MembraneTrace trace = neuron.on(DIE, 1)
                .trace(0, CurrentWaveform.of(new double[] {20e-9, 180e-9}, new double[] {2e-6, 0}), 201);
        double omega = 2 * Math.PI * 10e6;
        double peak = 2e-6 / (0.46e-12 * omega);
        for (int k = 0; k < 201; k++) {
            double t = trace.times()[k];
            double expected = t <= 20e-9
                    ? peak * -Math.expm1(-omega * t)
                    : peak * -Math.expm1(-omega * 20e-9) * Math.exp(-omega * (t - 20e-9));
            assertEquals(expected, trace.glitches()[k], 1e-12);
        }
        assertEquals(0.1 + 40e-15 / 0.46e-12, trace.voltages()[200], 1e-6, "in the end all charge is on C_m");
        assertTrue(trace.voltages()[20] < 0.1 + 0.5 * 40e-15 / 0.46e-12, "at the end of the pulse it has barely begun");
    }

    @Test
    void aConductanceAtTheVirtualGroundTakesTheShareThatTheLoopLeavesIt() {
        MultiBitNeuron neuron = plain().gainBandwidth(10e6).build();
        double load = 2e-6;
        NeuronResponse response = neuron.on(DIE, 1)
                .respond(0, CurrentWaveform.of(new double[] {20e-9, 2e-6}, new double[] {2e-6, 0}), load);
        double share = 1 / (1 + load / (0.46e-12 * 2 * Math.PI * 10e6));
        assertEquals(40e-15 * share, response.charge().received(), 1e-12 * 40e-15);
    }

    @Test
    void aComparatorAnswersItsDelayLaterAndTheMembraneOvershoots() {
        double current = 0.4e-6;
        double delay = 30e-9;
        NeuronResponse response =
                plain().delay(delay).build().on(DIE, 1).respond(0, CurrentWaveform.constant(current, 3e-6));
        assertEquals(0.875 * 0.46e-12 / current + delay, response.spikes(2)[0], 1e-18);
        assertEquals(0.975 + current * delay / 0.46e-12, response.resetVoltages()[0], 1e-12);
    }

    @Test
    void hysteresisKeepsASmallRippleFromFiringTwice() {
        double[] durations = new double[40];
        double[] currents = new double[40];
        for (int k = 0; k < 40; k++) {
            durations[k] = 100e-9;
            currents[k] = k == 0 ? 0.43 * 0.46e-12 / 100e-9 : (k % 2 == 1 ? -1 : 1) * 0.02 * 0.46e-12 / 100e-9;
        }
        CurrentWaveform ripple = CurrentWaveform.of(durations, currents);
        assertEquals(20, plain().build().on(DIE, 1).respond(0, ripple).count(0));
        assertEquals(
                1,
                plain().hysteresis(0.02).build().on(DIE, 1).respond(0, ripple).count(0));
    }

    @Test
    void inputInTheRefractoryTimeIsLost() {
        CurrentWaveform input = CurrentWaveform.constant(0.4e-6, 10e-6);
        NeuronResponse response = plain().refractory(100e-9).build().on(DIE, 1).respond(0, input);
        double period = 0.875 * 0.46e-12 / 0.4e-6 + 100e-9;
        assertEquals((int) (10e-6 / period), response.resets());
        assertEquals(response.resets() * 100e-9 * 0.4e-6, response.charge().shunted(), 1e-12 * input.charge());
    }

    @Test
    void autoZeroingLeavesTheOffsetOverOnePlusTheGain() {
        NeuronBank bare = plain().offset(0.01).build().on(DIE, 50);
        NeuronBank zeroed = plain().offset(0.01).autoZeroGain(19).build().on(DIE, 50);
        double sum = 0;
        for (int j = 0; j < 50; j++) {
            for (int k = 0; k < 3; k++) {
                double offset = bare.threshold(j, k) - LADDER.threshold(k);
                assertEquals(offset / 20, zeroed.threshold(j, k) - LADDER.threshold(k), 1e-15);
                sum += offset * offset;
            }
        }
        // 150 draws: the seed is fixed; another fails with a probability of 1e-8
        assertEquals(0.01, Math.sqrt(sum / 150), 0.0033);
    }

    /** 2^(6 − 2) = 16 slots of 100 ns. */
    @Test
    void aFrameEndsWithTheMembraneAtRest() {
        MultiBitNeuron neuron = plain().frame(6, 100e-9).build();
        assertEquals(1.6e-6, neuron.frameTime(), 1e-18);
        NeuronResponse response = neuron.on(DIE, 1).respond(0, CurrentWaveform.constant(0.1e-6, 5e-6));
        assertEquals(3, response.resets());
        for (int r = 0; r < 3; r++) {
            assertEquals((r + 1) * 1.6e-6, response.resetTimes()[r], 1e-18);
            assertEquals(0.1 + 0.1e-6 * 1.6e-6 / 0.46e-12, response.resetVoltages()[r], 1e-12);
        }
        assertEquals(0, response.count());
    }

    @Test
    void aClampHoldsTheMembraneAgainstInhibition() {
        CurrentWaveform input = CurrentWaveform.of(new double[] {1e-6, 1e-6}, new double[] {-1e-6, 0.4e-6});
        NeuronResponse clamped = plain().lowest(0).build().on(DIE, 1).respond(0, input);
        assertEquals(-1e-12 + 0.1 * 0.46e-12, clamped.charge().shunted(), 1e-24);
        assertEquals(0.525 * 0.46e-12 / 0.4e-6 + 1e-6, clamped.spikes(0)[0], 1e-18);
        assertEquals(0, plain().build().on(DIE, 1).respond(0, input).count(), "without it, it is far below rest");
    }

    @Test
    void aStretchMayBeCutAnywhere() {
        NeuronBank bank = MultiBitNeuron.opamp65().on(DIE, 1);
        CurrentWaveform whole = mixed(4);
        double[] durations = new double[2 * whole.pieces()];
        double[] currents = new double[2 * whole.pieces()];
        for (int k = 0; k < whole.pieces(); k++) {
            durations[2 * k] = 0.3 * whole.duration(k);
            durations[2 * k + 1] = whole.duration(k) - durations[2 * k];
            currents[2 * k] = whole.current(k);
            currents[2 * k + 1] = whole.current(k);
        }
        NeuronResponse one = bank.respond(0, whole);
        NeuronResponse cut = bank.respond(0, CurrentWaveform.of(durations, currents));
        assertEquals(one.toString(), cut.toString());
        assertTrue(one.count() > 10);
        for (int k = 0; k < 3; k++) {
            for (int s = 0; s < one.count(k); s++) {
                assertEquals(one.spikes(k)[s], cut.spikes(k)[s], 1e-18);
            }
        }
    }
}
