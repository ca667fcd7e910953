package org.vmmlib.jmh;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.random.RandomStreams;
import org.vmmlib.peripherals.neuron.CurrentWaveform;
import org.vmmlib.peripherals.neuron.FineStepNeuron;
import org.vmmlib.peripherals.neuron.MultiBitNeuron;
import org.vmmlib.peripherals.neuron.NeuronBank;
import org.vmmlib.peripherals.neuron.NeuronResponse;

/**
 * Published neurons, with leak, slow amplifier and hysteresis, for 1 ms of input pulses at 10 MHz: the time of one neuron,
 * of which a bank of 1,000 takes a thousand times as much. The baseline steps through time, 0.1 ns a step.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 3)
@Measurement(iterations = 4, time = 3)
@Fork(1)
public class NeuronBenchmark {

    private static final int NEURONS = 1000;
    private static final double TIME = 1e-3;

    /** How the pulses come. */
    @Param({"regular", "poisson"})
    String input;

    private NeuronBank bank;
    private List<CurrentWaveform> inputs;

    /** Draws offsets and pulses. */
    @Setup
    public void draw() {
        RandomStreams streams = RandomStreams.of(1);
        bank = MultiBitNeuron.opamp65().toBuilder().offset(2e-3).build().on(Die.of(streams), NEURONS);
        inputs = new ArrayList<>();
        for (int k = 0; k < NEURONS; k++) {
            inputs.add(
                    input.equals("regular")
                            ? CurrentWaveform.regular(10e6, 20e-9, 2e-6, TIME)
                            : CurrentWaveform.poisson(10e6, 20e-9, 2e-6, TIME, streams.stream("benchmark", k)));
        }
    }

    /** From event to event, on one thread. */
    @Benchmark
    @OperationsPerInvocation(NEURONS)
    public long eventDriven() throws InterruptedException {
        return bank.respond(inputs, 1).stream().mapToLong(NeuronResponse::count).sum();
    }

    /** From event to event, on two threads. */
    @Benchmark
    @OperationsPerInvocation(NEURONS)
    public long eventDrivenOnTwoThreads() throws InterruptedException {
        return bank.respond(inputs, 2).stream().mapToLong(NeuronResponse::count).sum();
    }

    /** One neuron in small steps. */
    @Baseline
    @Benchmark
    public long fineSteps() {
        return new FineStepNeuron(bank, 0, 0.1e-9).respond(inputs.get(0), 0).count();
    }
}
