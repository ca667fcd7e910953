package org.vmmlib.tests.noise;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.crossbar.CellFaults;
import org.vmmlib.core.crossbar.CellLaw;
import org.vmmlib.core.crossbar.CellState;
import org.vmmlib.core.crossbar.Crossbar;
import org.vmmlib.core.crossbar.Lines;
import org.vmmlib.core.crossbar.Topology;
import org.vmmlib.core.crossbar.solve.CrossbarSolver;
import org.vmmlib.core.crossbar.solve.Excitation;
import org.vmmlib.core.crossbar.solve.PreparedCrossbar;
import org.vmmlib.core.crossbar.solve.SchurSolver;
import org.vmmlib.core.crossbar.solve.Solution;
import org.vmmlib.core.macro.ArrayMemory;
import org.vmmlib.core.macro.Effect;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.random.RandomStream;
import org.vmmlib.core.random.RandomStreams;

/** One array, and what effects add to reads of it. */
final class NoisyReads {

    private static final double SECOND = 1;

    private final PreparedCrossbar array;
    private final Conditions conditions;
    private final double columnVoltage;
    private final ArrayMemory memory = new ArrayMemory();

    NoisyReads(Crossbar crossbar, Conditions conditions, double columnVoltage) {
        this(new SchurSolver(), crossbar, conditions, columnVoltage);
    }

    NoisyReads(CrossbarSolver solver, Crossbar crossbar, Conditions conditions, double columnVoltage) {
        array = solver.prepare(crossbar, conditions);
        this.conditions = conditions;
        this.columnVoltage = columnVoltage;
    }

    static NoisyReads of(CellLaw law, CellState state, Lines lines, double columnVoltage) {
        CellFaults none = CellFaults.none(state.rows(), state.columns());
        return new NoisyReads(new Crossbar(law, state, lines, none), Conditions.ROOM, columnVoltage);
    }

    PreparedCrossbar array() {
        return array;
    }

    Excitation excitation(DMatrixRMaj drives) {
        DMatrixRMaj held = new DMatrixRMaj(drives.numRows, array.crossbar().columns());
        held.fill(columnVoltage);
        return array.crossbar().law().topology() == Topology.GATE_DRIVEN
                ? Excitation.gates(drives, held)
                : Excitation.rows(drives, held);
    }

    Solution solved(DMatrixRMaj drives, boolean nodes, boolean slopes) {
        Solution solution = new Solution(nodes, slopes);
        array.solve(excitation(drives), solution, array.workspace());
        return solution;
    }

    static RandomStream draws(Effect effect) {
        return RandomStreams.of(11).stream(effect.id(), 0);
    }

    /** What an effect adds in phase 0, which lasts a second. */
    DMatrixRMaj added(Effect.OnRead effect, DMatrixRMaj drives, long firstCall) {
        double[] durations = new double[drives.numRows];
        Arrays.fill(durations, SECOND);
        return added(effect, drives, durations, new Effect.Moment(0, new double[drives.numRows], firstCall));
    }

    DMatrixRMaj added(Effect.OnRead effect, DMatrixRMaj drives, double[] durations, Effect.Moment at) {
        return added(effect, excitation(drives), durations, at);
    }

    DMatrixRMaj added(Effect.OnRead effect, Excitation excitation, double[] durations, Effect.Moment at) {
        Solution solution = new Solution();
        array.solve(excitation, solution, array.workspace());
        DMatrixRMaj signal = solution.columnCurrents;
        DMatrixRMaj out = new DMatrixRMaj(signal.numRows, signal.numCols);
        effect.disturb(
                new Effect.Read(
                        array, excitation, durations, columnVoltage, signal, conditions, at, draws(effect), memory),
                out);
        return out;
    }

    /** The same drives in all vectors. */
    static DMatrixRMaj repeated(int vectors, double... drives) {
        DMatrixRMaj out = new DMatrixRMaj(vectors, drives.length);
        for (int k = 0; k < out.data.length; k++) {
            out.data[k] = drives[k % drives.length];
        }
        return out;
    }

    static double[] column(DMatrixRMaj values, int column) {
        double[] out = new double[values.numRows];
        for (int b = 0; b < out.length; b++) {
            out[b] = values.get(b, column);
        }
        return out;
    }

    /** Mean of the products: covariance of what has mean 0. */
    static double covariance(double[] x, double[] y) {
        double sum = 0;
        for (int k = 0; k < x.length; k++) {
            sum += x[k] * y[k];
        }
        return sum / x.length;
    }
}
