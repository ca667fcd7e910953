package org.vmmlib.jmh;

import java.util.concurrent.TimeUnit;
import org.ejml.data.DMatrixRMaj;
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
import org.vmmlib.core.crossbar.Crossbar;
import org.vmmlib.core.crossbar.solve.Excitation;
import org.vmmlib.core.crossbar.solve.PreparedCrossbar;
import org.vmmlib.core.crossbar.solve.ReferenceSolver;
import org.vmmlib.core.crossbar.solve.Solution;
import org.vmmlib.core.crossbar.solve.TransferMatrixSolver;
import org.vmmlib.core.physics.Conditions;

/**
 * The transfer matrix of an N×N array with line resistance, by both kernels on all threads of the machine; as a baseline,
 * one solve of the reference solver for each row.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class TransferMatrixBenchmark {

    /** Arrays for the transfer matrix. */
    @State(Scope.Benchmark)
    public static class Array {
        /** Lines of the square array. */
        @Param({"64", "128", "256", "512", "1024"})
        int lines;

        /** Devices and wires. */
        @Param({"MID", "HARSH"})
        ArrayKind devices;

        private Crossbar crossbar;

        /** Draws an array. */
        @Setup
        public void draw() {
            crossbar = devices.resistors(lines);
        }

        private PreparedCrossbar prepare() {
            return new TransferMatrixSolver(new ReferenceSolver()).prepare(crossbar, Conditions.ROOM);
        }
    }

    /** Arrays for the baseline. */
    @State(Scope.Benchmark)
    public static class SmallArray {
        /** Lines of the square array. */
        @Param({"64", "128"})
        int lines;

        /** Devices and wires. */
        @Param({"MID", "HARSH"})
        ArrayKind devices;

        private Crossbar crossbar;
        private Excitation unitDrives;

        /** Draws an array. */
        @Setup
        public void draw() {
            crossbar = devices.resistors(lines);
            DMatrixRMaj volts = new DMatrixRMaj(lines, lines);
            for (int k = 0; k < lines; k++) {
                volts.set(k, k, 1);
            }
            unitDrives = Excitation.rows(volts, new DMatrixRMaj(lines, lines));
        }
    }

    /** With the Vector API. */
    @Benchmark
    @Fork(
            value = 1,
            jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
    public PreparedCrossbar vector(Array array) {
        return array.prepare();
    }

    /** With plain Java. */
    @Benchmark
    @Fork(value = 1, jvmArgsAppend = "-Dvmm.kernel=scalar")
    public PreparedCrossbar scalar(Array array) {
        return array.prepare();
    }

    /** Superposition. */
    @Baseline
    @Benchmark
    public DMatrixRMaj reference(SmallArray array) {
        PreparedCrossbar prepared = new ReferenceSolver().prepare(array.crossbar, Conditions.ROOM);
        Solution solution = new Solution();
        prepared.solve(array.unitDrives, solution, prepared.workspace());
        return solution.columnCurrents;
    }
}
