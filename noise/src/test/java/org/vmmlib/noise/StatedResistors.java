package org.vmmlib.noise;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.block.Block;
import org.vmmlib.core.block.Datasheet;
import org.vmmlib.core.block.Imperfection;
import org.vmmlib.core.crossbar.AgingLaw;
import org.vmmlib.core.crossbar.CellLaw;
import org.vmmlib.core.crossbar.CellState;
import org.vmmlib.core.crossbar.FluctuatingCells;
import org.vmmlib.core.crossbar.LinearCells;
import org.vmmlib.core.crossbar.SpreadLaw;
import org.vmmlib.core.crossbar.StatePlane;
import org.vmmlib.core.crossbar.Topology;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.random.RandomStream;
import org.vmmlib.core.signal.DriveKind;

/**
 * Linear resistors that state a programming error of 1 µS, a fall by a millionth of a siemens in a second, and a
 * fluctuation by 1 % of the current.
 */
record StatedResistors() implements SpreadLaw, AgingLaw {

    private static final Resistors RESISTORS = new Resistors();

    @Override
    public CellState program(CellState target, Conditions conditions, RandomStream draws) {
        DMatrixRMaj g = target.plane("conductance").copy();
        for (int k = 0; k < g.data.length; k++) {
            g.data[k] += 1e-6 * draws.gaussian(k);
        }
        return new CellState(planes(), g);
    }

    @Override
    public CellState age(CellState programmed, Conditions conditions, RandomStream draws) {
        DMatrixRMaj g = programmed.plane("conductance").copy();
        for (int k = 0; k < g.data.length; k++) {
            g.data[k] -= 1e-6 * conditions.age();
        }
        return new CellState(planes(), g);
    }

    @Override
    public Fluctuating bind(CellState state, Conditions conditions) {
        return new Fluctuating(RESISTORS.bind(state, conditions));
    }

    record Fluctuating(LinearCells cells) implements FluctuatingCells {

        @Override
        public Topology topology() {
            return Topology.SOURCE_DRIVEN;
        }

        @Override
        public int rows() {
            return cells.rows();
        }

        @Override
        public int columns() {
            return cells.columns();
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
            cells.evaluate(row, gate, vRow, vColumn, current, slopeRow, slopeColumn);
        }

        @Override
        public void noise(int row, double gate, double[] vRow, double[] vColumn, double[] density) {
            cells.noise(row, gate, vRow, vColumn, density);
        }

        @Override
        public void fluctuation(int row, double gate, double[] vRow, double[] vColumn, double[] deviation) {
            for (int j = 0; j < columns(); j++) {
                deviation[j] = 0.01
                        * Math.abs(vRow[j] - vColumn[j])
                        * cells.conductances().get(row, j);
            }
        }
    }

    @Override
    public Topology topology() {
        return RESISTORS.topology();
    }

    @Override
    public boolean twoTerminal() {
        return true;
    }

    @Override
    public List<StatePlane> planes() {
        return RESISTORS.planes();
    }

    @Override
    public CellState store(DMatrixRMaj weights, Conditions conditions) {
        return RESISTORS.store(weights, conditions);
    }

    @Override
    public CellState deviate(CellState target, DMatrixRMaj relativeError, Conditions conditions) {
        return RESISTORS.deviate(target, relativeError, conditions);
    }

    @Override
    public double unitSignal(DriveKind kind, double drive, double columnVoltage, Conditions conditions) {
        return RESISTORS.unitSignal(kind, drive, columnVoltage, conditions);
    }

    @Override
    public double cellArea() {
        return RESISTORS.cellArea();
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
        return Datasheet.of("stated resistors").build();
    }
}
