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
import org.vmmlib.core.crossbar.ArrayCells;
import org.vmmlib.core.crossbar.CellLaw;
import org.vmmlib.core.crossbar.CellState;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.random.RandomStream;
import org.vmmlib.core.random.RandomStreams;

/**
 * Currents and slopes of a row of 1024 cells, each with a weight and line voltages of its own, by both kernels; and the same
 * law cell by cell with {@link Math}, which the setup checks to be the same.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CellLawBenchmark {

    private static final int COLUMNS = 1024;

    /** The law. */
    @Param
    CellKind cell;

    private ArrayCells cells;
    private double[] first;
    private double[] second;
    private double[] vRow;
    private double[] vColumn;
    private double[] current;
    private double[] slopeRow;
    private double[] slopeColumn;
    private double[] scratch;
    private double[] out;

    /** Draws weights and voltages. */
    @Setup
    public void draw() {
        RandomStream random = RandomStreams.of(1).stream("cells", 0);
        DMatrixRMaj weights = new DMatrixRMaj(1, COLUMNS);
        vRow = new double[COLUMNS];
        vColumn = new double[COLUMNS];
        current = new double[COLUMNS];
        slopeRow = new double[COLUMNS];
        slopeColumn = new double[COLUMNS];
        scratch = new double[3];
        out = new double[3];
        for (int j = 0; j < COLUMNS; j++) {
            weights.data[j] = random.uniform(3L * j);
            vRow[j] = cell.row() * (1 - 0.03 * j / COLUMNS) + 0.002 * random.uniform(3L * j + 1);
            vColumn[j] = cell.column() + 0.005 * random.uniform(3L * j + 2);
        }
        CellLaw law = cell.law();
        CellState state = law.store(weights, Conditions.ROOM);
        cells = law.bind(state, Conditions.ROOM);
        first = state.plane(state.planes().get(0).name()).data;
        second = state.planes().size() < 2
                ? first
                : state.plane(state.planes().get(1).name()).data;
        row();
        for (int j = 0; j < COLUMNS; j++) {
            cell.plain(first[j], second[j], vRow[j], vColumn[j], scratch, out);
            check(current[j], out[0]);
            check(slopeRow[j], out[1]);
            check(slopeColumn[j], out[2]);
        }
    }

    private void check(double value, double expected) {
        if (!(Math.abs(value - expected) <= 1e-7 * Math.abs(expected))) {
            throw new IllegalStateException(cell + ": " + value + " is not " + expected);
        }
    }

    private double[] row() {
        cells.evaluate(0, cell.gate(), vRow, vColumn, current, slopeRow, slopeColumn);
        return current;
    }

    /** The kernel of the Vector API. */
    @Benchmark
    @Fork(
            value = 1,
            jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
    public double[] vector() {
        return row();
    }

    /** The kernel of plain Java. */
    @Benchmark
    @Fork(value = 1, jvmArgsAppend = "-Dvmm.kernel=scalar")
    public double[] scalar() {
        return row();
    }

    /** Cell by cell. */
    @Baseline
    @Benchmark
    public double[] plainLoop() {
        for (int j = 0; j < COLUMNS; j++) {
            cell.plain(first[j], second[j], vRow[j], vColumn[j], scratch, out);
            current[j] = out[0];
            slopeRow[j] = out[1];
            slopeColumn[j] = out[2];
        }
        return current;
    }
}
