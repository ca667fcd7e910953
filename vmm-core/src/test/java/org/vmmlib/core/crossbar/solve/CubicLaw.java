package org.vmmlib.core.crossbar.solve;

import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.block.Datasheet;
import org.vmmlib.core.block.Imperfection;
import org.vmmlib.core.crossbar.ArrayCells;
import org.vmmlib.core.crossbar.CellLaw;
import org.vmmlib.core.crossbar.CellState;
import org.vmmlib.core.crossbar.StatePlane;
import org.vmmlib.core.crossbar.Topology;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.signal.DriveKind;

/**
 * {@code i = s (d + d³)} with d the drop across the cell in volts; evaluated without allocation.
 *
 * @param twoTerminal what the law tells of itself; if it does not, a solver must take it for one with two slopes
 */
record CubicLaw(boolean twoTerminal) implements CellLaw {

    private static final CellLaw OTHER = new TestLaw.Sinh(1);

    @Override
    public Topology topology() {
        return Topology.SOURCE_DRIVEN;
    }

    @Override
    public ArrayCells bind(CellState state, Conditions conditions) {
        return new Cells(state.plane("s"));
    }

    private record Cells(DMatrixRMaj s) implements ArrayCells {

        @Override
        public Topology topology() {
            return Topology.SOURCE_DRIVEN;
        }

        @Override
        public int rows() {
            return s.numRows;
        }

        @Override
        public int columns() {
            return s.numCols;
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
            for (int j = 0; j < s.numCols; j++) {
                double drop = vRow[j] - vColumn[j];
                double g = s.data[row * s.numCols + j];
                current[j] = g * drop * (1 + drop * drop);
                slopeRow[j] = g * (1 + 3 * drop * drop);
                slopeColumn[j] = -slopeRow[j];
            }
        }

        /** None. */
        @Override
        public void noise(int row, double gate, double[] vRow, double[] vColumn, double[] density) {
            Arrays.fill(density, 0, columns(), 0);
        }
    }

    @Override
    public List<StatePlane> planes() {
        return OTHER.planes();
    }

    @Override
    public CellState store(DMatrixRMaj weights, Conditions conditions) {
        return OTHER.store(weights, conditions);
    }

    @Override
    public CellState deviate(CellState target, DMatrixRMaj relativeError, Conditions conditions) {
        return OTHER.deviate(target, relativeError, conditions);
    }

    @Override
    public double unitSignal(DriveKind kind, double drive, double columnVoltage, Conditions conditions) {
        return OTHER.unitSignal(kind, drive, columnVoltage, conditions);
    }

    @Override
    public double cellArea() {
        return OTHER.cellArea();
    }

    @Override
    public List<Imperfection> imperfections() {
        return OTHER.imperfections();
    }

    @Override
    public CellLaw without(String imperfection) {
        return OTHER.without(imperfection);
    }

    @Override
    public Datasheet datasheet() {
        return OTHER.datasheet();
    }
}
