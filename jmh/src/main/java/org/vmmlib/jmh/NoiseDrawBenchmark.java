package org.vmmlib.jmh;

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
import org.vmmlib.core.crossbar.CellLaw;
import org.vmmlib.core.crossbar.Crossbar;
import org.vmmlib.core.crossbar.Lines;
import org.vmmlib.core.crossbar.Topology;
import org.vmmlib.core.crossbar.solve.Excitation;
import org.vmmlib.core.crossbar.solve.IdealSolver;
import org.vmmlib.core.crossbar.solve.PreparedCrossbar;
import org.vmmlib.core.crossbar.solve.Solution;
import org.vmmlib.core.macro.ArrayMemory;
import org.vmmlib.core.macro.Effect;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.random.RandomStream;
import org.vmmlib.core.random.RandomStreams;
import org.vmmlib.noise.ReadNoise;
import org.vmmlib.noise.ReadNoiseOfCells;

/** Noise of the columns of a 1024×1024 array: of the sums, and cell by cell. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class NoiseDrawBenchmark {

    private static final int SIZE = 1024;
    private static final int VECTORS = 8;

    /** Kind of noise. */
    @Param
    NoiseKind kind;

    private Effect.Read read;
    private DMatrixRMaj currents;
    private final ReadNoise ofColumns = new ReadNoise(1e6);
    private final ReadNoiseOfCells ofCells = new ReadNoiseOfCells(1e6);

    /** Draws weights and drives. */
    @Setup
    public void draw() {
        RandomStream stream = RandomStreams.of(1).stream("benchmark", 0);
        CellLaw law = kind.law();
        DMatrixRMaj weights = new DMatrixRMaj(SIZE, SIZE);
        stream.uniforms(0, weights.data, 0, weights.data.length);
        PreparedCrossbar array = new IdealSolver()
                .prepare(
                        new Crossbar(law, law.store(weights, Conditions.ROOM), Lines.ideal(SIZE, SIZE)),
                        Conditions.ROOM);
        DMatrixRMaj drives = new DMatrixRMaj(VECTORS, SIZE);
        for (int k = 0; k < drives.data.length; k++) {
            drives.data[k] = kind.drive(stream.below(256, (long) SIZE * SIZE + k));
        }
        DMatrixRMaj held = new DMatrixRMaj(VECTORS, SIZE);
        held.fill(kind.columnVoltage());
        Excitation excitation =
                law.topology() == Topology.GATE_DRIVEN ? Excitation.gates(drives, held) : Excitation.rows(drives, held);
        Solution solution = new Solution();
        array.solve(excitation, solution, array.workspace());
        currents = solution.columnCurrents.copy();
        read = new Effect.Read(
                array,
                excitation,
                new double[VECTORS],
                kind.columnVoltage(),
                solution.columnCurrents,
                Conditions.ROOM,
                new Effect.Moment(0, new double[VECTORS], 0),
                stream,
                new ArrayMemory());
    }

    /** Cell by cell. */
    @Baseline
    @Benchmark
    @OperationsPerInvocation(VECTORS)
    public DMatrixRMaj ofCells() {
        ofCells.disturb(read, currents);
        return currents;
    }

    /** Of the sums. */
    @Benchmark
    @OperationsPerInvocation(VECTORS)
    public DMatrixRMaj ofColumns() {
        ofColumns.disturb(read, currents);
        return currents;
    }
}
