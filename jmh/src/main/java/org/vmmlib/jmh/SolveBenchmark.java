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
import org.vmmlib.core.crossbar.solve.Workspace;
import org.vmmlib.core.physics.Conditions;

/**
 * One input vector of an N×N array of resistors with line resistance, to a residual of 1e-10: a new array with all that it
 * takes to prepare it, and again on the same one; as a baseline, the reference solver on a new array.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms2g", "-Xmx2g", "-XX:+UseParallelGC"})
public class SolveBenchmark {

    private static final double TOLERANCE = 1e-10;

    /** Arrays of random devices. */
    @State(Scope.Benchmark)
    public static class RandomArray {
        /** Lines of the square array. */
        @Param({"64", "128", "256", "512", "1024", "2048"})
        int lines;

        /** Devices and wires. */
        @Param({"EASY", "MID", "HARSH"})
        ArrayKind devices;

        private Task task;

        /** Draws an array. */
        @Setup
        public void draw() {
            task = new Task(devices.resistors(lines), lines);
        }
    }

    /** Arrays with a pattern. */
    @State(Scope.Benchmark)
    public static class StructuredArray {
        /** Lines of the square array. */
        @Param({"128", "1024"})
        int lines;

        /** Devices and wires. */
        @Param({"RANDOM_HALF", "ROW_STRIPES", "COLUMN_STRIPES", "CHECKERBOARD", "SPARSE", "DEAD_ROWS", "DEAD_COLUMNS"})
        ArrayKind devices;

        private Task task;

        /** Draws an array. */
        @Setup
        public void draw() {
            task = new Task(devices.resistors(lines), lines);
        }
    }

    /** Arrays that the reference solver is for. */
    @State(Scope.Benchmark)
    public static class SmallArray {
        /** Lines of the square array. */
        @Param({"64", "128", "256"})
        int lines;

        /** Devices and wires. */
        @Param({"EASY", "MID", "HARSH"})
        ArrayKind devices;

        private Task task;

        /** Draws an array. */
        @Setup
        public void draw() {
            task = new Task(devices.resistors(lines), lines);
        }
    }

    /** Small arrays with a pattern. */
    @State(Scope.Benchmark)
    public static class SmallStructuredArray {
        /** Lines of the square array. */
        @Param("128")
        int lines;

        /** Devices and wires. */
        @Param({"RANDOM_HALF", "ROW_STRIPES", "COLUMN_STRIPES", "CHECKERBOARD", "SPARSE", "DEAD_ROWS", "DEAD_COLUMNS"})
        ArrayKind devices;

        private Task task;

        /** Draws an array. */
        @Setup
        public void draw() {
            task = new Task(devices.resistors(lines), lines);
        }
    }

    /** An array and a vector. */
    static final class Task {
        private final Crossbar crossbar;
        private final Excitation excitation;
        private final PreparedCrossbar prepared;
        private final Workspace workspace;
        private final Solution solution = new Solution();

        Task(Crossbar crossbar, int lines) {
            this.crossbar = crossbar;
            excitation = ArrayKind.oneVector(lines);
            prepared = new SchurSolver(TOLERANCE, 2).prepare(crossbar, Conditions.ROOM);
            workspace = prepared.workspace();
        }

        Solution anew(CrossbarSolver solver) {
            PreparedCrossbar array = solver.prepare(crossbar, Conditions.ROOM);
            array.solve(excitation, solution, array.workspace());
            return solution;
        }

        Solution again() {
            prepared.solve(excitation, solution, workspace);
            return solution;
        }
    }

    /** A new array, by the Schur-complement solver with two threads. */
    @Benchmark
    public Solution twoThreads(RandomArray array) {
        return array.task.anew(new SchurSolver(TOLERANCE, 2));
    }

    /** A new array, by the Schur-complement solver with one thread. */
    @Benchmark
    public Solution oneThread(RandomArray array) {
        return array.task.anew(new SchurSolver(TOLERANCE, 1));
    }

    /** The same array again, with two threads. */
    @Benchmark
    public Solution again(RandomArray array) {
        return array.task.again();
    }

    /** A new array with a pattern, with two threads. */
    @Benchmark
    public Solution structured(StructuredArray array) {
        return array.task.anew(new SchurSolver(TOLERANCE, 2));
    }

    /** The reference solver. */
    @Baseline
    @Benchmark
    public Solution reference(SmallArray array) {
        return array.task.anew(new ReferenceSolver(TOLERANCE));
    }

    /** The reference solver on an array with a pattern. */
    @Baseline
    @Benchmark
    public Solution referenceStructured(SmallStructuredArray array) {
        return array.task.anew(new ReferenceSolver(TOLERANCE));
    }
}
