package org.vmmlib.jmh;

import java.util.Arrays;
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
import org.vmmlib.core.macro.Activation;
import org.vmmlib.core.macro.Converter;
import org.vmmlib.core.macro.Saturation;
import org.vmmlib.core.random.RandomStream;
import org.vmmlib.core.random.RandomStreams;
import org.vmmlib.core.signal.Codes;
import org.vmmlib.core.signal.Levels;
import org.vmmlib.peripherals.converter.CyclicAdc;

/** Conversions of the 1024 columns of a vector by cyclic converters with a sigmoid: time of a vector. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ConverterBenchmark {

    private static final int COLUMNS = 1024;
    private static final int VECTORS = 64;

    /** Word length. */
    @Param({"4", "6", "8"})
    int bits;

    private DMatrixRMaj levels;
    private Converter.Channels ideal;
    private Converter.Channels mismatched;
    private Converter.Channels noisy;
    private double[] thresholds;
    private long call;

    /** Draws levels over the range of the sigmoid, and mismatch. */
    @Setup
    public void draw() {
        RandomStream stream = RandomStreams.of(1).stream("benchmark", bits);
        levels = new DMatrixRMaj(VECTORS, COLUMNS);
        stream.uniforms(0, levels.data, 0, levels.data.length);
        for (int k = 0; k < levels.data.length; k++) {
            levels.data[k] = 8e-6 * levels.data[k] - 4e-6;
        }
        CyclicAdc design = CyclicAdc.builder(bits, Activation.SIGMOID, Levels.Quantity.CURRENT, 1e-6)
                .build();
        Die die = Die.of(RandomStreams.of(2));
        ideal = design.on(die, COLUMNS);
        mismatched = design.toBuilder()
                .comparatorOffset(2e-8)
                .residueGainSpread(0.003)
                .referenceError(0.003)
                .build()
                .on(die, COLUMNS);
        thresholds = design.thresholds();
        noisy = design.toBuilder().comparatorNoise(5e-9).build().on(die, COLUMNS);
    }

    private Codes convert(Converter.Channels channels) {
        call += VECTORS;
        return channels.convert(levels, call, new Saturation());
    }

    /** Without imperfections. */
    @Benchmark
    @OperationsPerInvocation(VECTORS)
    public Codes ideal() {
        return convert(ideal);
    }

    /** With offsets, gain errors and reference errors in each column. */
    @Benchmark
    @OperationsPerInvocation(VECTORS)
    public Codes mismatched() {
        return convert(mismatched);
    }

    /** With noise in each decision. */
    @Benchmark
    @OperationsPerInvocation(VECTORS)
    public Codes noisy() {
        return convert(noisy);
    }

    /** The plain way to the words of the ideal converter: binary search in its thresholds. */
    @Baseline
    @Benchmark
    @OperationsPerInvocation(VECTORS)
    public int[] binarySearch() {
        int[] words = new int[levels.data.length];
        for (int k = 0; k < words.length; k++) {
            int at = Arrays.binarySearch(thresholds, levels.data[k]);
            words[k] = at < 0 ? -at - 1 : at + 1;
        }
        return words;
    }
}
