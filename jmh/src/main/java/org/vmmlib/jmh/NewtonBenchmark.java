package org.vmmlib.jmh;

import java.util.concurrent.TimeUnit;
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
import org.vmmlib.core.crossbar.solve.CrossbarSolver;
import org.vmmlib.core.crossbar.solve.Excitation;
import org.vmmlib.core.crossbar.solve.PreparedCrossbar;
import org.vmmlib.core.crossbar.solve.ReferenceSolver;
import org.vmmlib.core.crossbar.solve.SchurSolver;
import org.vmmlib.core.crossbar.solve.Solution;
import org.vmmlib.core.physics.Conditions;

/**
 * One input vector, up to 0.5 V, of an N×N array of cells with a hyperbolic-sine law (α = 3/V) and line resistance, to a
 * residual of 1e-10. Baselines: the Newton iteration of the reference solver; and a solve of the same array of resistors,
 * so that a ratio of 0.5 says that the law costs as much again.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms2g", "-Xmx2g", "-XX:+UseParallelGC"})
public class NewtonBenchmark {

    private static final double TOLERANCE = 1e-10;

    /** Arrays. */
    @State(Scope.Benchmark)
    public static class Array {
        /** Lines of the square array. */
        @Param({"64", "128", "256", "512", "1024"})
        int lines;

        /** Devices at small voltages, and wires. */
        @Param({"MID", "HARSH"})
        ArrayKind devices;

        private Crossbar cells;
        private Crossbar resistors;
        private Excitation excitation;
        private final Solution solution = new Solution();

        /** Draws an array. */
        @Setup
        public void draw() {
            cells = devices.sinh(lines);
            resistors = devices.resistors(lines);
            excitation = ArrayKind.oneVector(lines);
        }
    }

    /** Arrays that the reference solver is for. */
    @State(Scope.Benchmark)
    public static class SmallArray {
        /** Lines of the square array. */
        @Param({"64", "128"})
        int lines;

        /** Devices at small voltages, and wires. */
        @Param({"MID", "HARSH"})
        ArrayKind devices;

        private Crossbar cells;
        private Excitation excitation;
        private final Solution solution = new Solution();

        /** Draws an array. */
        @Setup
        public void draw() {
            cells = devices.sinh(lines);
            excitation = ArrayKind.oneVector(lines);
        }
    }

    private static Solution solve(CrossbarSolver solver, Crossbar crossbar, Excitation excitation, Solution solution) {
        PreparedCrossbar array = solver.prepare(crossbar, Conditions.ROOM);
        array.solve(excitation, solution, array.workspace());
        return solution;
    }

    /** Inexact Newton steps with two threads, the law with the Vector API. */
    @Benchmark
    @Fork(
            value = 1,
            jvmArgsAppend = {"-Xms2g", "-Xmx2g", "-XX:+UseParallelGC", "--add-modules", "jdk.incubator.vector"})
    public Solution vector(Array array) {
        return solve(new SchurSolver(TOLERANCE, 2), array.cells, array.excitation, array.solution);
    }

    /** Inexact Newton steps with two threads, the law in plain Java. */
    @Benchmark
    @Fork(
            value = 1,
            jvmArgsAppend = {"-Xms2g", "-Xmx2g", "-XX:+UseParallelGC", "-Dvmm.kernel=scalar"})
    public Solution scalar(Array array) {
        return solve(new SchurSolver(TOLERANCE, 2), array.cells, array.excitation, array.solution);
    }

    /** The same array of resistors. */
    @Baseline
    @Benchmark
    public Solution resistors(Array array) {
        return solve(new SchurSolver(TOLERANCE, 2), array.resistors, array.excitation, array.solution);
    }

    /** Newton steps of the reference solver. */
    @Baseline
    @Benchmark
    public Solution reference(SmallArray array) {
        return solve(new ReferenceSolver(TOLERANCE), array.cells, array.excitation, array.solution);
    }
}
