package org.vmmlib.noise;

import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.crossbar.CellLaw;
import org.vmmlib.core.crossbar.CellState;
import org.vmmlib.core.crossbar.Crossbar;
import org.vmmlib.core.crossbar.Direction;
import org.vmmlib.core.crossbar.Lines;
import org.vmmlib.core.crossbar.Topology;
import org.vmmlib.core.crossbar.solve.Excitation;
import org.vmmlib.core.crossbar.solve.PreparedCrossbar;
import org.vmmlib.core.crossbar.solve.SchurSolver;
import org.vmmlib.core.macro.ArrayMemory;
import org.vmmlib.core.macro.Effect;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.random.RandomStreams;
import org.vmmlib.core.signal.Connections;

/** Reads of small arrays on wires without resistance, all in the same state of 0 A. */
final class Reads {

    private final PreparedCrossbar array;
    private final Conditions conditions;
    private final ArrayMemory memory = new ArrayMemory();

    private Reads(PreparedCrossbar array, Conditions conditions) {
        this.array = array;
        this.conditions = conditions;
    }

    static Reads of(CellLaw law, CellState state, Conditions conditions) {
        Lines wires = Lines.ideal(state.rows(), state.columns());
        return of(new Crossbar(law, state, wires), conditions);
    }

    static Reads of(Crossbar crossbar, Conditions conditions) {
        return new Reads(new SchurSolver().prepare(crossbar, conditions), conditions);
    }

    /** What an effect adds to the currents of a phase. */
    DMatrixRMaj disturbed(Effect.OnRead effect, DMatrixRMaj drives, double columnVoltage, int phase, long firstCall) {
        int vectors = drives.numRows;
        int columns = array.crossbar().columns();
        boolean gated = array.crossbar().law().topology() == Topology.GATE_DRIVEN;
        DMatrixRMaj currents = new DMatrixRMaj(vectors, columns);
        DMatrixRMaj columnVoltages = new DMatrixRMaj(vectors, columns);
        columnVoltages.fill(columnVoltage);
        effect.disturb(
                new Effect.Read(
                        array,
                        new Excitation(
                                Direction.ROWS_DRIVEN,
                                gated ? drives : new DMatrixRMaj(vectors, 0),
                                gated ? new DMatrixRMaj(vectors, drives.numCols) : drives,
                                columnVoltages,
                                Connections.all(drives.numCols),
                                Connections.all(columns)),
                        new double[vectors],
                        columnVoltage,
                        new DMatrixRMaj(vectors, columns),
                        conditions,
                        new Effect.Moment(phase, new double[vectors], firstCall),
                        RandomStreams.of(4).stream(effect.id(), 0),
                        memory),
                currents);
        return currents;
    }
}
