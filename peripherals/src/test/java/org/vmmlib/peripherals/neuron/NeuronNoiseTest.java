package org.vmmlib.peripherals.neuron;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.block.Imperfection;
import org.vmmlib.core.random.RandomStreams;

/** Comparator noise and reset noise against what a ramp makes of them. */
class NeuronNoiseTest {

    private static final Die DIE = Die.of(RandomStreams.of(11));
    private static final double C = 0.2e-12;
    private static final double CURRENT = 0.2e-6;
    private static final ThresholdLadder LADDER = ThresholdLadder.of(0.5, 0.8);

    /** Five standard errors of a mean or, for normal numbers, of a standard deviation: one failure in 1.7 million. */
    private static final double SIGMAS = 5;

    private static MultiBitNeuron.Builder plain() {
        return MultiBitNeuron.builder(LADDER, C, 0.1);
    }

    /** The resets' intervals on a ramp of C dv/dt = I; the first is left out, which has no pulse before it. */
    private static double[] intervals(MultiBitNeuron neuron, int count) {
        double time = 1.1 * (count + 2) * C * 0.7 / CURRENT;
        double[] at = neuron.on(DIE, 1)
                .respond(0, CurrentWaveform.constant(CURRENT, time))
                .resetTimes();
        double[] out = new double[count];
        for (int k = 0; k < count; k++) {
            out[k] = at[k + 1] - at[k];
        }
        return out;
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    private static double deviation(double[] values) {
        double mean = mean(values);
        return Math.sqrt(Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / (values.length - 1));
    }

    private static void normal(double[] values, double mean, double sigma) {
        int n = values.length;
        assertEquals(mean, mean(values), SIGMAS * sigma / Math.sqrt(n));
        assertEquals(sigma, deviation(values), SIGMAS * sigma / Math.sqrt(2.0 * n));
    }

    @Test
    void eachFiringThresholdIsDrawnAnewWithTheSpreadOfTheComparator() {
        double sigma = 8e-3;
        double[] times = intervals(plain().noise(sigma).build(), 20_000);
        normal(times, C * 0.7 / CURRENT, C * sigma / CURRENT);
        // White: the correlation of neighbours of n normal numbers spreads by 1/√n
        double mean = mean(times);
        double together = 0;
        for (int k = 1; k < times.length; k++) {
            together += (times[k] - mean) * (times[k - 1] - mean);
        }
        double variance = deviation(times) * deviation(times);
        assertEquals(0, together / variance / times.length, SIGMAS / Math.sqrt(times.length));
    }

    /** Each comparator's own spikes on a ramp: the distance between D1 and D0 is C/I times the two noises' difference. */
    @Test
    void comparatorsOfANeuronHaveNoiseOfTheirOwn() {
        double sigma = 5e-3;
        NeuronResponse response = plain().noise(sigma)
                .rearm(Rearm.onReset())
                .build()
                .on(DIE, 1)
                .respond(0, CurrentWaveform.constant(CURRENT, 8e-3));
        int n = response.count(1);
        double[] apart = new double[n];
        for (int k = 0; k < n; k++) {
            apart[k] = response.spikes(1)[k] - response.spikes(0)[k];
        }
        assertTrue(n > 10_000);
        normal(apart, C * 0.3 / CURRENT, C * sigma * Math.sqrt(2) / CURRENT);
    }

    /** √(kT/C), 1.38e-23 · 300/0.2e-12: 0.144 mV. */
    @Test
    void eachResetLeavesTheThermalNoiseOfTheCapacitor() {
        double spread = Math.sqrt(1.380649e-23 * 300 / C);
        assertEquals(0.1439e-3, spread, 0.0001e-3);
        normal(intervals(plain().resetNoise(300).build(), 20_000), C * 0.7 / CURRENT, C * spread / CURRENT);
    }

    @Test
    void theTwoNoisesAddInSquares() {
        double threshold = 1e-3;
        double reset = Math.sqrt(1.380649e-23 * 3e4 / C);
        double both = Math.hypot(threshold, reset);
        MultiBitNeuron neuron = plain().noise(threshold).resetNoise(3e4).build();
        normal(intervals(neuron, 20_000), C * 0.7 / CURRENT, C * both / CURRENT);
    }

    /** Without leak all charge is accounted for, whatever noise the resets add or take. */
    @Test
    void chargeIsConservedUnderNoise() {
        MultiBitNeuron neuron = plain().noise(10e-3)
                .resetNoise(3e5)
                .refractory(30e-9)
                .hysteresis(5e-3)
                .build();
        NeuronResponse response = neuron.on(DIE, 1).respond(0, CurrentWaveform.regular(5e6, 20e-9, 2e-6, 1e-3));
        assertTrue(response.resets() > 100);
        assertEquals(0, response.charge().leaked(), 1e-11 * response.charge().received());
    }

    @Test
    void theFirstFiringOfManyNeuronsSpreadsAsThoseOfOne() {
        double sigma = 8e-3;
        int neurons = 20_000;
        NeuronBank bank = plain().noise(sigma).build().on(DIE, neurons);
        double[] first = new double[neurons];
        for (int k = 0; k < neurons; k++) {
            first[k] =
                    bank.respond(k, CurrentWaveform.constant(CURRENT, 0.8e-6)).resetTimes()[0];
        }
        normal(first, C * 0.7 / CURRENT, C * sigma / CURRENT);
    }

    @Test
    void aDrawDependsOnSeedTrialScopeNeuronCallAndEventAlone() {
        MultiBitNeuron neuron = plain().noise(8e-3).build();
        CurrentWaveform input = CurrentWaveform.constant(CURRENT, 5e-6);
        double[] times = neuron.on(DIE, 3).respond(1, input).resetTimes();
        assertTrue(times.length > 5);
        // Neither how many neurons there are, nor who else was asked, nor the other noise's strength changes it
        NeuronBank larger = neuron.on(DIE, 50);
        larger.respond(7, input);
        assertArrayEquals(times, larger.respond(1, input).resetTimes());
        assertArrayEquals(times, larger.call(5).call(0).respond(1, input).resetTimes());
        double[] colder = neuron.toBuilder()
                .resetNoise(1e-6)
                .build()
                .on(DIE, 3)
                .respond(1, input)
                .resetTimes();
        assertArrayEquals(times, colder, 1e-12);
        for (double[] other : List.of(
                larger.respond(2, input).resetTimes(),
                larger.call(1).respond(1, input).resetTimes(),
                neuron.on(DIE.part(0), 3).respond(1, input).resetTimes(),
                neuron.on(Die.of(RandomStreams.of(12)), 3).respond(1, input).resetTimes(),
                neuron.on(Die.of(RandomStreams.of(11).forTrial(1)), 3)
                        .respond(1, input)
                        .resetTimes())) {
            for (int k = 0; k < 5; k++) {
                assertNotEquals(times[k], other[k]);
            }
        }
    }

    /** An event's noise stays with it: a slower second half of the input moves no draw of the first half or after. */
    @Test
    void noiseBelongsToTheEventAndNotToTheTime() {
        MultiBitNeuron neuron = plain().noise(8e-3).build();
        NeuronBank bank = neuron.on(DIE, 1);
        double[] fast =
                bank.respond(0, CurrentWaveform.constant(CURRENT, 10e-6)).resetTimes();
        double[] slow =
                bank.respond(0, CurrentWaveform.constant(CURRENT / 2, 20e-6)).resetTimes();
        assertEquals(fast.length, slow.length);
        for (int k = 0; k < fast.length; k++) {
            assertEquals(2 * fast[k], slow[k], 1e-9 * slow[k]);
        }
    }

    @Test
    void theResultDoesNotDependOnTheNumberOfThreads() throws InterruptedException {
        NeuronBank bank = MultiBitNeuron.opamp65().toBuilder()
                .noise(5e-3)
                .resetNoise(300)
                .build()
                .on(DIE, 40);
        List<CurrentWaveform> inputs = IntStream.range(0, 40)
                .mapToObj(k -> CurrentWaveform.poisson(10e6, 20e-9, 2e-6, 20e-6, RandomStreams.of(4).stream("in", k)))
                .toList();
        List<NeuronResponse> one = bank.respond(inputs, 1);
        List<NeuronResponse> three = bank.respond(inputs, 3);
        for (int k = 0; k < inputs.size(); k++) {
            assertArrayEquals(one.get(k).resetTimes(), three.get(k).resetTimes());
        }
    }

    @Test
    void eachNoiseIsAnImperfectionOfItsOwn() {
        MultiBitNeuron noisy = plain().noise(1e-3).resetNoise(300).build();
        assertEquals(
                List.of(MultiBitNeuron.NOISE, MultiBitNeuron.RESET_NOISE),
                noisy.imperfections().stream().map(Imperfection::id).toList());
        assertEquals(0, noisy.without(MultiBitNeuron.NOISE).noise());
        assertEquals(300, noisy.without(MultiBitNeuron.NOISE).resetTemperature());
        assertEquals(0, noisy.without(MultiBitNeuron.RESET_NOISE).resetTemperature());
        assertEquals(List.of(), plain().build().imperfections());
    }
}
