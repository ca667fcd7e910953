package org.vmmlib.jmh;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.ejml.data.DMatrixRMaj;
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
import org.vmmlib.core.macro.MacroResult;
import org.vmmlib.core.macro.ProgrammedMacro;
import org.vmmlib.core.random.RandomStream;
import org.vmmlib.core.random.RandomStreams;
import org.vmmlib.core.signal.Codes;
import org.vmmlib.noise.ReadNoise;

/** Products of a 1024×1024 array with ideal 8-bit converters, batches of 64, with and without noise of the cells. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class NoiseBenchmark {

    private static final int SIZE = 1024;
    private static final int VECTORS = 64;

    /** Kind of noise. */
    @Param
    NoiseKind kind;

    private Codes inputs;
    private ProgrammedMacro quiet;
    private ProgrammedMacro noisy;
    private long call;

    /** Draws weights and inputs. */
    @Setup
    public void draw() {
        RandomStream stream = RandomStreams.of(1).stream("benchmark", 0);
        DMatrixRMaj weights = new DMatrixRMaj(SIZE, SIZE / 2);
        stream.uniforms(0, weights.data, 0, weights.data.length);
        int[] words = new int[VECTORS * SIZE];
        for (int k = 0; k < words.length; k++) {
            words[k] = stream.below(256, (long) SIZE * SIZE + k);
        }
        inputs = Codes.unsigned(8, VECTORS, SIZE, words);
        double largest = SIZE / 4.0;
        Die die = Die.of(RandomStreams.of(2));
        quiet = kind.macro(SIZE, largest).build().program(weights, die);
        noisy = kind.macro(SIZE, largest)
                .effects(List.of(new ReadNoise(1e6)))
                .build()
                .program(weights, die);
    }

    /** Without noise. */
    @Baseline
    @Benchmark
    @OperationsPerInvocation(VECTORS)
    public MacroResult noiseless() {
        return quiet.multiply(inputs, call += VECTORS);
    }

    /** With noise of all cells. */
    @Benchmark
    @OperationsPerInvocation(VECTORS)
    public MacroResult noisy() {
        return noisy.multiply(inputs, call += VECTORS);
    }
}
