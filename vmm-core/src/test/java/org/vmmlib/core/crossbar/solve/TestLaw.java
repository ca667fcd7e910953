package org.vmmlib.core.crossbar.solve;

import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.block.Block;
import org.vmmlib.core.block.Datasheet;
import org.vmmlib.core.block.Imperfection;
import org.vmmlib.core.crossbar.ArrayCells;
import org.vmmlib.core.crossbar.CellLaw;
import org.vmmlib.core.crossbar.CellState;
import org.vmmlib.core.crossbar.LinearCells;
import org.vmmlib.core.crossbar.SeparableCells;
import org.vmmlib.core.crossbar.StatePlane;
import org.vmmlib.core.crossbar.Topology;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.signal.DriveKind;

/** Small laws to test solvers with: a cell stores one number s ≥ 0. */
public sealed interface TestLaw extends CellLaw {

    /** What every cell stores. */
    StatePlane PLANE = new StatePlane("s", "", 0, 1e6);

    /** The state with the given numbers. */
    static CellState state(DMatrixRMaj values) {
        return new CellState(List.of(PLANE), values);
    }

    /** A resistor of s siemens. */
    record Linear() implements TestLaw {
        @Override
        public Topology topology() {
            return Topology.SOURCE_DRIVEN;
        }

        @Override
        public boolean twoTerminal() {
            return true;
        }

        @Override
        public ArrayCells bind(CellState state, Conditions conditions) {
            return new Resistors(state.plane("s"));
        }
    }

    /** {@code i = (s/a) sinh(a (v_row − v_column))}. */
    record Sinh(double a) implements TestLaw {
        @Override
        public Topology topology() {
            return Topology.SOURCE_DRIVEN;
        }

        @Override
        public boolean twoTerminal() {
            return true;
        }

        @Override
        public ArrayCells bind(CellState state, Conditions conditions) {
            return new Cells(state.plane("s")) {
                @Override
                void one(double s, double gate, double vr, double vc, double[] out) {
                    out[0] = s / a * Math.sinh(a * (vr - vc));
                    out[1] = s * Math.cosh(a * (vr - vc));
                    out[2] = -out[1];
                }
            };
        }
    }

    /**
     * A transistor from row to column that saturates: {@code i = s I₀ (f(gate − v_column) − f(gate − v_row))} with
     * {@code f(v) = ln²(1 + exp(v / 2U))}, I₀ = 1 µA, U = 25 mV.
     */
    record Transistor() implements TestLaw {
        private static final double I0 = 1e-6;
        private static final double U = 0.025;

        @Override
        public Topology topology() {
            return Topology.GATE_DRIVEN;
        }

        @Override
        public boolean twoTerminal() {
            return false;
        }

        @Override
        public ArrayCells bind(CellState state, Conditions conditions) {
            return new Cells(state.plane("s")) {
                @Override
                public Topology topology() {
                    return Topology.GATE_DRIVEN;
                }

                @Override
                void one(double s, double gate, double vr, double vc, double[] out) {
                    double atRow = softplus((gate - vr) / (2 * U));
                    double atColumn = softplus((gate - vc) / (2 * U));
                    out[0] = s * I0 * (atColumn - atRow) * (atColumn + atRow);
                    out[1] = s * I0 / U * atRow * sigmoid((gate - vr) / (2 * U));
                    out[2] = -s * I0 / U * atColumn * sigmoid((gate - vc) / (2 * U));
                }
            };
        }

        private static double softplus(double x) {
            return x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x));
        }

        private static double sigmoid(double x) {
            return 1 / (1 + Math.exp(-x));
        }
    }

    /** {@code i = −s I₀ exp((gate − v_row)/U)}, whatever the column voltage; I₀ = 1 nA, U = 25 mV. */
    record Saturated() implements TestLaw {
        private static final double I0 = 1e-9;
        private static final double U = 0.025;

        @Override
        public Topology topology() {
            return Topology.GATE_DRIVEN;
        }

        @Override
        public boolean twoTerminal() {
            return false;
        }

        @Override
        public ArrayCells bind(CellState state, Conditions conditions) {
            return new Products(state.plane("s"));
        }

        private static final class Products extends Cells implements SeparableCells {
            private final DMatrixRMaj stored;

            Products(DMatrixRMaj stored) {
                super(stored);
                this.stored = stored;
            }

            @Override
            void one(double s, double gate, double vr, double vc, double[] out) {
                out[0] = -s * I0 * Math.exp((gate - vr) / U);
                out[1] = -out[0] / U;
                out[2] = 0;
            }

            @Override
            public Topology topology() {
                return Topology.GATE_DRIVEN;
            }

            @Override
            public double drive(double gate) {
                return I0 * Math.exp(gate / U);
            }

            @Override
            public void factors(double[] vColumn, DMatrixRMaj factors) {
                factors.setTo(stored);
            }
        }
    }

    /** Resistors. */
    final class Resistors extends Cells implements LinearCells {
        private final DMatrixRMaj conductances;

        Resistors(DMatrixRMaj conductances) {
            super(conductances);
            this.conductances = conductances;
        }

        @Override
        void one(double s, double gate, double vr, double vc, double[] out) {
            out[0] = s * (vr - vc);
            out[1] = s;
            out[2] = -s;
        }

        @Override
        public DMatrixRMaj conductances() {
            return conductances;
        }
    }

    /** Cells that are evaluated one by one. */
    abstract class Cells implements ArrayCells {
        private final DMatrixRMaj values;

        Cells(DMatrixRMaj values) {
            this.values = values;
        }

        @Override
        public Topology topology() {
            return Topology.SOURCE_DRIVEN;
        }

        /** Current and the two slopes of a cell. */
        abstract void one(double s, double gate, double vr, double vc, double[] out);

        @Override
        public int rows() {
            return values.numRows;
        }

        @Override
        public int columns() {
            return values.numCols;
        }

        @Override
        public void evaluate(
                int row, double gate, double[] vRow, double[] vColumn, double[] i, double[] gRow, double[] gColumn) {
            double[] out = new double[3];
            for (int j = 0; j < values.numCols; j++) {
                one(values.get(row, j), gate, vRow[j], vColumn[j], out);
                i[j] = out[0];
                gRow[j] = out[1];
                gColumn[j] = out[2];
            }
        }

        /** None. */
        @Override
        public void noise(int row, double gate, double[] vRow, double[] vColumn, double[] density) {
            Arrays.fill(density, 0, columns(), 0);
        }
    }

    @Override
    default List<StatePlane> planes() {
        return List.of(PLANE);
    }

    @Override
    default CellState store(DMatrixRMaj weights, Conditions conditions) {
        return state(weights);
    }

    @Override
    default CellState deviate(CellState target, DMatrixRMaj relativeError, Conditions conditions) {
        DMatrixRMaj values = target.plane("s").copy();
        for (int k = 0; k < values.getNumElements(); k++) {
            values.data[k] *= 1 + relativeError.data[k];
        }
        return state(values);
    }

    @Override
    default double unitSignal(DriveKind kind, double drive, double columnVoltage, Conditions conditions) {
        return drive;
    }

    @Override
    default double cellArea() {
        return 1e-12;
    }

    @Override
    default List<Imperfection> imperfections() {
        return List.of();
    }

    @Override
    default CellLaw without(String imperfection) {
        throw Block.unknown(this, imperfection);
    }

    @Override
    default Datasheet datasheet() {
        return Datasheet.of(getClass().getSimpleName()).build();
    }
}
