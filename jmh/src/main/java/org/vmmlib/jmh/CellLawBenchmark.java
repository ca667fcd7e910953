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
import org.vmmlib.core.crossbar.Topology;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.random.RandomStream;
import org.vmmlib.core.random.RandomStreams;
import org.vmmlib.devices.access.DegeneratedSource;
import org.vmmlib.devices.access.SelectedResistor;
import org.vmmlib.devices.access.SwitchedResistor;
import org.vmmlib.devices.flash.FloatingGateCell;
import org.vmmlib.devices.flash.GatedCurrentSource;
import org.vmmlib.devices.reram.ConductanceWindow;
import org.vmmlib.devices.reram.SinhReram;

/** Currents and slopes of a row of 1024 cells; as a baseline, the hyperbolic sine of each cell by the language's functions. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class CellLawBenchmark {

    private static final int CELLS = 1024;
    private static final double ALPHA = 3;

    /** Which cells. */
    public enum Law {
        /** {@code i = (g/α) sinh(αv)}. */
        SINH,
        /** Gate-coupled floating-gate cell, charge-based. */
        FLOATING_GATE,
        /** The same with drain-induced barrier lowering. */
        FLOATING_GATE_DIBL,
        /** Split-gate current source of the time domain. */
        SPLIT_GATE,
        /** 1T1R, passive. */
        SWITCHED_RESISTOR,
        /** 1T1R, active. */
        DEGENERATED_SOURCE,
        /** 1S1R. */
        SELECTED_RESISTOR;

        private CellLaw law() {
            return switch (this) {
                case SINH -> new SinhReram(ConductanceWindow.aluminaTitania(), ALPHA);
                case FLOATING_GATE -> FloatingGateCell.chargeBased().build();
                case FLOATING_GATE_DIBL ->
                    FloatingGateCell.chargeBased().dibl(0.02).build();
                case SPLIT_GATE -> GatedCurrentSource.esf3Nor55();
                case SWITCHED_RESISTOR -> SwitchedResistor.hafnia();
                case DEGENERATED_SOURCE -> DegeneratedSource.timeDomain();
                case SELECTED_RESISTOR -> SelectedResistor.punchThrough();
            };
        }
    }

    /** Law of the cells. */
    @Param
    Law cells;

    private ArrayCells array;
    private DMatrixRMaj states;
    private final double[] vRow = new double[CELLS];
    private final double[] vColumn = new double[CELLS];
    private final double[] current = new double[CELLS];
    private final double[] slopeRow = new double[CELLS];
    private final double[] slopeColumn = new double[CELLS];

    /** Draws states and voltages. */
    @Setup
    public void draw() {
        RandomStream random = RandomStreams.of(1).stream("cells", 0);
        DMatrixRMaj weights = new DMatrixRMaj(1, CELLS);
        random.uniforms(0, weights.data, 0, CELLS);
        states = weights;
        CellLaw law = cells.law();
        array = law.bind(law.store(weights, Conditions.ROOM), Conditions.ROOM);
        boolean gated = law.topology() == Topology.GATE_DRIVEN;
        for (int j = 0; j < CELLS; j++) {
            double u = random.uniform(CELLS + j);
            vRow[j] = gated ? 0.01 * u : 0.5 * u;
            vColumn[j] = gated ? 0.4 + 0.1 * u : 0;
        }
    }

    /** With the Vector API. */
    @Benchmark
    @Fork(
            value = 1,
            jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
    public double[] vector() {
        array.evaluate(0, 0.9, vRow, vColumn, current, slopeRow, slopeColumn);
        return current;
    }

    /** With plain Java. */
    @Benchmark
    @Fork(value = 1, jvmArgsAppend = "-Dvmm.kernel=scalar")
    public double[] scalar() {
        array.evaluate(0, 0.9, vRow, vColumn, current, slopeRow, slopeColumn);
        return current;
    }

    /** The hyperbolic sine, cell by cell. */
    @Baseline
    @Benchmark
    public double[] plainSinh() {
        for (int j = 0; j < CELLS; j++) {
            double x = ALPHA * (vRow[j] - vColumn[j]);
            double g = states.data[j];
            current[j] = g / ALPHA * Math.sinh(x);
            slopeRow[j] = g * Math.cosh(x);
            slopeColumn[j] = -slopeRow[j];
        }
        return current;
    }
}
