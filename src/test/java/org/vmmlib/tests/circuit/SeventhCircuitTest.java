package org.vmmlib.tests.circuit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.vmmlib.core.block.Block;
import org.vmmlib.core.block.Datasheet;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.block.Imperfection;
import org.vmmlib.core.cost.Activity;
import org.vmmlib.core.cost.Cost;
import org.vmmlib.core.crossbar.ArrayCells;
import org.vmmlib.core.crossbar.CellLaw;
import org.vmmlib.core.crossbar.CellState;
import org.vmmlib.core.crossbar.StatePlane;
import org.vmmlib.core.crossbar.Topology;
import org.vmmlib.core.crossbar.solve.CrossbarSolver;
import org.vmmlib.core.crossbar.solve.IdealSolver;
import org.vmmlib.core.crossbar.solve.ReferenceSolver;
import org.vmmlib.core.macro.ColumnPort;
import org.vmmlib.core.macro.InputEncoder;
import org.vmmlib.core.macro.Macro;
import org.vmmlib.core.macro.MacroResult;
import org.vmmlib.core.macro.Readout;
import org.vmmlib.core.macro.Saturation;
import org.vmmlib.core.mapping.DifferentialPairs;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.random.RandomStreams;
import org.vmmlib.core.signal.Codes;
import org.vmmlib.core.signal.Connections;
import org.vmmlib.core.signal.DriveKind;
import org.vmmlib.core.signal.DriveSchedule;
import org.vmmlib.core.signal.Levels;
import org.vmmlib.core.signal.Phase;
import org.vmmlib.core.signal.Signal;

/**
 * Time-coded inputs on the gates of switched cells with an output conductance, integrated on the capacitance of the
 * column itself, whose voltage falls while it integrates. It has what the other circuits' readouts do not: many phases of
 * another length for each vector, and many pulls in a phase. Independent check: the closed-form exponential.
 */
class SeventhCircuitTest {

    private static final double GATE_ON = 1.2;
    private static final double UNIT_TIME = 1e-9;
    private static final double CAPACITANCE = 1e-13;
    private static final double PRECHARGE = 1.0;
    private static final double CURRENT = 2e-7;
    private static final double EARLY = 5;
    private static final int STEPS = 400;

    @Test
    void columnDischargesAsTheClosedFormSays() {
        discharges(new IdealSolver(), 1e-9);
        discharges(new ReferenceSolver(), 1e-9);
    }

    private static void discharges(CrossbarSolver solver, double tolerance) {
        Macro macro = Macro.builder()
                .mapping(new DifferentialPairs(false))
                .encoder(new Pulses(3))
                .law(new SwitchedSource())
                .solver(solver)
                .readout(new LineCapacitor())
                .build();
        double[][] weights = {{1, -0.5}, {0.25, 0.75}, {-0.6, 0.3}};
        int[] words = {7, 2, 5, 0, 3, 3, 1, 6, 7, 4, 4, 0};
        Codes codes = Codes.unsigned(3, 4, 3, words);

        MacroResult result = macro.program(new DMatrixRMaj(weights), Die.of(RandomStreams.of(1)))
                .multiply(codes, 0);

        double stored = 0;
        for (int b = 0; b < 4; b++) {
            for (int j = 0; j < 2; j++) {
                double plus = 0;
                double minus = 0;
                for (int i = 0; i < 3; i++) {
                    double charge = words[3 * b + i] * UNIT_TIME * CURRENT;
                    plus += Math.max(0, weights[i][j]) * charge;
                    minus += Math.max(0, -weights[i][j]) * charge;
                }
                double high = drop(plus);
                double low = drop(minus);
                assertEquals(high - low, result.outputs().get(b, j), tolerance);
                stored += energyGiven(high) + energyGiven(low);
            }
        }
        double dissipated = result.cost().items().stream()
                .filter(item -> item.block().equals("array"))
                .mapToDouble(Cost::energy)
                .sum();
        assertEquals(stored, dissipated, 1e-4 * stored);
    }

    /** C dV/dt = −I (1 + V/V_A): the column falls by (V_0 + V_A)(1 − exp(−Q/(C V_A))) for a nominal charge Q. */
    private static double drop(double charge) {
        return (PRECHARGE + EARLY) * -Math.expm1(-charge / (CAPACITANCE * EARLY));
    }

    private static double energyGiven(double drop) {
        double left = PRECHARGE - drop;
        return 0.5 * CAPACITANCE * (PRECHARGE * PRECHARGE - left * left);
    }

    /** Pulses that begin together and last for a number of units: phases between their sorted ends. */
    private record Pulses(int bits) implements InputEncoder {

        @Override
        public DriveKind kind() {
            return DriveKind.GATE_VOLTAGE;
        }

        @Override
        public Rows on(Die die, int rows) {
            return (inputs, firstCall) -> {
                Codes codes = (Codes) inputs;
                List<Phase> phases = new ArrayList<>();
                for (int k = 0; k <= codes.highest(); k++) {
                    double[] durations = new double[codes.vectors()];
                    DMatrixRMaj gates = new DMatrixRMaj(codes.vectors(), rows);
                    gates.fill(Double.NEGATIVE_INFINITY);
                    for (int b = 0; b < codes.vectors(); b++) {
                        TreeSet<Integer> edges = new TreeSet<>();
                        for (int i = 0; i < rows; i++) {
                            edges.add(codes.get(b, i));
                        }
                        List<Integer> ends = new ArrayList<>(edges);
                        if (k < ends.size()) {
                            int from = k == 0 ? 0 : ends.get(k - 1);
                            durations[b] = (ends.get(k) - from) * UNIT_TIME;
                            for (int i = 0; i < rows; i++) {
                                if (codes.get(b, i) > from) {
                                    gates.set(b, i, GATE_ON);
                                }
                            }
                        }
                    }
                    phases.add(new Phase(durations, gates, Connections.all(rows)));
                }
                return new DriveSchedule(DriveKind.GATE_VOLTAGE, phases);
            };
        }

        @Override
        public Cost cost(Activity activity) {
            return new Cost("pulses", 0, 0, 0);
        }

        @Override
        public List<Imperfection> imperfections() {
            return List.of();
        }

        @Override
        public InputEncoder without(String imperfection) {
            throw Block.unknown(this, imperfection);
        }

        @Override
        public Datasheet datasheet() {
            return Datasheet.of("gate pulses").build();
        }
    }

    /** Draws w I (1 + V_D/V_A) from its column while its gate is on; V_D from the source line. */
    private record SwitchedSource() implements CellLaw {
        private static final List<StatePlane> PLANES = List.of(new StatePlane("weight", "", 0, 1));

        @Override
        public Topology topology() {
            return Topology.GATE_DRIVEN;
        }

        @Override
        public boolean twoTerminal() {
            return true;
        }

        @Override
        public List<StatePlane> planes() {
            return PLANES;
        }

        @Override
        public ArrayCells bind(CellState state, Conditions conditions) {
            DMatrixRMaj w = state.plane("weight");
            return new ArrayCells() {
                @Override
                public Topology topology() {
                    return Topology.GATE_DRIVEN;
                }

                @Override
                public int rows() {
                    return w.numRows;
                }

                @Override
                public int columns() {
                    return w.numCols;
                }

                @Override
                public void evaluate(
                        int row,
                        double gate,
                        double[] vRow,
                        double[] vColumn,
                        double[] current,
                        double[] slopeRow,
                        double[] slopeColumn) {
                    double on = gate == GATE_ON ? CURRENT : 0;
                    for (int j = 0; j < w.numCols; j++) {
                        current[j] = -on * w.get(row, j) * (1 + (vColumn[j] - vRow[j]) / EARLY);
                        slopeRow[j] = on * w.get(row, j) / EARLY;
                        slopeColumn[j] = -slopeRow[j];
                    }
                }

                /** None. */
                @Override
                public void noise(int row, double gate, double[] vRow, double[] vColumn, double[] density) {
                    Arrays.fill(density, 0, columns(), 0);
                }
            };
        }

        @Override
        public CellState store(DMatrixRMaj weights, Conditions conditions) {
            return new CellState(PLANES, weights);
        }

        @Override
        public CellState deviate(CellState target, DMatrixRMaj relativeError, Conditions conditions) {
            return target;
        }

        @Override
        public double unitSignal(DriveKind kind, double drive, double columnVoltage, Conditions conditions) {
            return drive == GATE_ON ? CURRENT : 0;
        }

        @Override
        public double cellArea() {
            return 0;
        }

        @Override
        public List<Imperfection> imperfections() {
            return List.of();
        }

        @Override
        public CellLaw without(String imperfection) {
            throw Block.unknown(this, imperfection);
        }

        @Override
        public Datasheet datasheet() {
            return Datasheet.of("switched source").build();
        }
    }

    /** The column's own capacitance, precharged; midpoint rule. Gives how far the column has fallen, in volts. */
    private record LineCapacitor() implements Readout {

        @Override
        public double columnVoltage() {
            return PRECHARGE;
        }

        @Override
        public double inputResistance() {
            return 0;
        }

        @Override
        public Columns on(Die die, int columns, Conditions conditions) {
            return (vectors, firstCall) -> new Discharge(vectors, columns);
        }

        @Override
        public Cost cost(Activity activity) {
            return new Cost("capacitors", 0, 0, 0);
        }

        @Override
        public List<Imperfection> imperfections() {
            return List.of();
        }

        @Override
        public Readout without(String imperfection) {
            throw Block.unknown(this, imperfection);
        }

        @Override
        public Datasheet datasheet() {
            return Datasheet.of("line capacitor").build();
        }
    }

    private static final class Discharge implements Readout.Session {
        private final DMatrixRMaj voltage;
        private final DMatrixRMaj middle;
        private final DMatrixRMaj current;

        Discharge(int vectors, int columns) {
            voltage = new DMatrixRMaj(vectors, columns);
            voltage.fill(PRECHARGE);
            middle = voltage.copy();
            current = voltage.copy();
        }

        @Override
        public void phase(double[] durations, ColumnPort array) {
            double[] step = new double[durations.length];
            for (int b = 0; b < step.length; b++) {
                step[b] = durations[b] / STEPS;
            }
            for (int k = 0; k < STEPS; k++) {
                advance(array, step, 0.5, middle, null);
                advance(array, step, 1, voltage, middle);
                array.dwell(step);
            }
        }

        /** {@code to = voltage − fraction · step · I(at) / C}. */
        private void advance(
                ColumnPort array, double[] step, double fraction, DMatrixRMaj to, @Nullable DMatrixRMaj at) {
            array.currents(at == null ? voltage : at, current, null);
            for (int b = 0; b < step.length; b++) {
                for (int j = 0; j < voltage.numCols; j++) {
                    to.set(b, j, voltage.get(b, j) - fraction * step[b] * current.get(b, j) / CAPACITANCE);
                }
            }
        }

        @Override
        public Signal finish(Saturation saturation) {
            DMatrixRMaj drop = voltage.copy();
            for (int k = 0; k < drop.data.length; k++) {
                drop.data[k] = PRECHARGE - drop.data[k];
            }
            return new Levels(drop, Levels.Quantity.VOLTAGE);
        }
    }
}
