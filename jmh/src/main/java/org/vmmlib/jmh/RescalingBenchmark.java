package org.vmmlib.jmh;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.macro.Coding;
import org.vmmlib.core.macro.ColumnPort;
import org.vmmlib.core.macro.Readout;
import org.vmmlib.core.macro.Saturation;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.random.RandomStreams;
import org.vmmlib.core.signal.Signal;
import org.vmmlib.peripherals.integrator.Integrator;
import org.vmmlib.peripherals.integrator.SuccessiveRescaling;
import org.vmmlib.peripherals.sensing.Polarity;

/**
 * Successive integration and rescaling of the currents of 1024 columns over the four phases of a 4-bit word, the array's
 * solves apart: time of a vector. The baseline sums {@code Q_b r^(4−b)/C}, a column at a time.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class RescalingBenchmark {

    private static final int COLUMNS = 1024;
    private static final int VECTORS = 64;
    private static final int PHASES = 4;
    private static final double CAPACITANCE = 100e-15;
    private static final double TIME = 1e-9;

    private Solved array;
    private double[] durations;
    private Readout.Columns ideal;
    private Readout.Columns mismatched;
    private Readout.Columns noisy;
    private long call;

    /** An array that is solved already. */
    private static final class Solved implements ColumnPort {
        private final DMatrixRMaj[] phases = new DMatrixRMaj[PHASES];
        private int now;

        @Override
        public int vectors() {
            return VECTORS;
        }

        @Override
        public int columns() {
            return COLUMNS;
        }

        @Override
        public void currents(DMatrixRMaj vSense, DMatrixRMaj currents, @Nullable DMatrixRMaj slopes) {
            currents.setTo(phases[now]);
        }
    }

    /** Draws currents and mismatch. */
    @Setup
    public void draw() {
        array = new Solved();
        for (int b = 0; b < PHASES; b++) {
            array.phases[b] = new DMatrixRMaj(VECTORS, COLUMNS);
            double[] data = array.phases[b].data;
            RandomStreams.of(1).stream("benchmark", b).uniforms(0, data, 0, data.length);
            for (int k = 0; k < data.length; k++) {
                data[k] *= 1e-6;
            }
        }
        durations = new double[VECTORS];
        Arrays.fill(durations, TIME);
        SuccessiveRescaling design = SuccessiveRescaling.builder(
                        Integrator.virtualGround(0, Polarity.SINK, CAPACITANCE).build(),
                        new Coding.Digits(List.of(1.0, 2.0, 4.0, 8.0)))
                .build();
        Die die = Die.of(RandomStreams.of(2));
        ideal = design.on(die, COLUMNS, Conditions.ROOM);
        mismatched = design.toBuilder()
                .ratioMismatch(0.005)
                .chargeInjection(1e-3)
                .build()
                .on(die, COLUMNS, Conditions.ROOM);
        noisy = design.toBuilder().shareNoise(300).build().on(die, COLUMNS, Conditions.ROOM);
    }

    private Signal rescale(Readout.Columns columns) {
        call += VECTORS;
        Readout.Session session = columns.begin(VECTORS, call);
        for (array.now = 0; array.now < PHASES; array.now++) {
            session.phase(durations, array);
        }
        return session.finish(new Saturation());
    }

    /** Without imperfections. */
    @Benchmark
    @OperationsPerInvocation(VECTORS)
    public Signal ideal() {
        return rescale(ideal);
    }

    /** With ratios of their own, and charge injection. */
    @Benchmark
    @OperationsPerInvocation(VECTORS)
    public Signal mismatched() {
        return rescale(mismatched);
    }

    /** With thermal noise in each share. */
    @Benchmark
    @OperationsPerInvocation(VECTORS)
    public Signal noisy() {
        return rescale(noisy);
    }

    /** The closed form. */
    @Baseline
    @Benchmark
    @OperationsPerInvocation(VECTORS)
    public double[] closedForm() {
        double[] out = new double[VECTORS * COLUMNS];
        for (int k = 0; k < out.length; k++) {
            for (int b = 0; b < PHASES; b++) {
                double charge = array.phases[b].data[k] * durations[k / COLUMNS];
                out[k] += charge / CAPACITANCE * Math.pow(0.5, PHASES - b);
            }
        }
        return out;
    }
}
