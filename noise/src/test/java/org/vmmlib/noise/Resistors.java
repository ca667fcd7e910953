package org.vmmlib.noise;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.block.Block;
import org.vmmlib.core.block.Datasheet;
import org.vmmlib.core.block.Imperfection;
import org.vmmlib.core.crossbar.CellLaw;
import org.vmmlib.core.crossbar.CellState;
import org.vmmlib.core.crossbar.LinearCells;
import org.vmmlib.core.crossbar.StatePlane;
import org.vmmlib.core.crossbar.Topology;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.physics.Constants;
import org.vmmlib.core.signal.DriveKind;

/** Linear resistors from 0 to 1 mS, for the tests of this module. */
record Resistors() implements CellLaw {

    private static final List<StatePlane> PLANES = List.of(new StatePlane("conductance", "S", 0, 1e-3));

    @Override
    public Topology topology() {
        return Topology.SOURCE_DRIVEN;
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
    public LinearCells bind(CellState state, Conditions conditions) {
        DMatrixRMaj g = state.plane("conductance");
        return new LinearCells() {
            @Override
            public DMatrixRMaj conductances() {
                return g;
            }

            @Override
            public int rows() {
                return g.numRows;
            }

            @Override
            public int columns() {
                return g.numCols;
            }

            @Override
            public void evaluate(
                    int row,
                    double gate,
                    double[] vRow,
                    double[] vColumn,
                    double[] i,
                    double[] dRow,
                    double[] dColumn) {
                for (int j = 0; j < g.numCols; j++) {
                    dRow[j] = g.get(row, j);
                    dColumn[j] = -dRow[j];
                    i[j] = dRow[j] * (vRow[j] - vColumn[j]);
                }
            }

            @Override
            public void noise(int row, double gate, double[] vRow, double[] vColumn, double[] density) {
                for (int j = 0; j < g.numCols; j++) {
                    density[j] = 4 * Constants.BOLTZMANN * conditions.temperature() * g.get(row, j);
                }
            }
        };
    }

    @Override
    public CellState store(DMatrixRMaj weights, Conditions conditions) {
        DMatrixRMaj g = weights.copy();
        for (int k = 0; k < g.data.length; k++) {
            g.data[k] *= 1e-3;
        }
        return new CellState(PLANES, g);
    }

    @Override
    public CellState deviate(CellState target, DMatrixRMaj relativeError, Conditions conditions) {
        DMatrixRMaj g = target.plane("conductance").copy();
        for (int k = 0; k < g.data.length; k++) {
            g.data[k] = Math.min(1e-3, g.data[k] * (1 + relativeError.data[k]));
        }
        return new CellState(PLANES, g);
    }

    @Override
    public double unitSignal(DriveKind kind, double drive, double columnVoltage, Conditions conditions) {
        return 1e-3 * drive;
    }

    @Override
    public double cellArea() {
        return 1e-12;
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
        return Datasheet.of("test resistors").build();
    }
}
