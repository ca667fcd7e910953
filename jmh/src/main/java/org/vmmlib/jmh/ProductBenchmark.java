package org.vmmlib.jmh;

import java.util.concurrent.TimeUnit;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.vmmlib.core.kernel.Product;
import org.vmmlib.core.random.RandomStream;
import org.vmmlib.core.random.RandomStreams;

/**
 * The ideal product of a batch with an N×N array: both kernels, EJML's product, and plain dot products. Each benchmark has
 * a virtual machine of its own, because a machine has one kernel.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class ProductBenchmark {

    /** Lines of the square array. */
    @Param({"64", "256", "1024"})
    int lines;

    /** Vectors in the batch. */
    @Param({"1", "64"})
    int vectors;

    private DMatrixRMaj inputs;
    private DMatrixRMaj conductances;
    private DMatrixRMaj outputs;
    private Product product;
    private double[] scratch;

    /** Draws inputs and conductances. */
    @Setup
    public void draw() {
        RandomStream stream = RandomStreams.of(1).stream("benchmark", lines);
        inputs = new DMatrixRMaj(vectors, lines);
        conductances = new DMatrixRMaj(lines, lines);
        outputs = new DMatrixRMaj(vectors, lines);
        stream.uniforms(0, inputs.data, 0, inputs.data.length);
        stream.uniforms(inputs.data.length, conductances.data, 0, conductances.data.length);
        product = Product.of(conductances.data, lines, lines);
        scratch = product.scratch();
    }

    /** The kernel of the Vector API. */
    @Benchmark
    @Fork(
            value = 1,
            jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
    public double[] vector() {
        product.multiply(inputs.data, 0, vectors, outputs.data, 0, scratch);
        return outputs.data;
    }

    /** The kernel of plain Java. */
    @Benchmark
    @Fork(value = 1, jvmArgsAppend = "-Dvmm.kernel=scalar")
    public double[] scalar() {
        product.multiply(inputs.data, 0, vectors, outputs.data, 0, scratch);
        return outputs.data;
    }

    /** EJML. */
    @Baseline
    @Benchmark
    public double[] ejml() {
        CommonOps_DDRM.mult(inputs, conductances, outputs);
        return outputs.data;
    }

    /** A dot product for each output. */
    @Baseline
    @Benchmark
    public double[] plainLoops() {
        for (int b = 0; b < vectors; b++) {
            for (int j = 0; j < lines; j++) {
                double sum = 0;
                for (int i = 0; i < lines; i++) {
                    sum += inputs.data[b * lines + i] * conductances.data[i * lines + j];
                }
                outputs.data[b * lines + j] = sum;
            }
        }
        return outputs.data;
    }
}
