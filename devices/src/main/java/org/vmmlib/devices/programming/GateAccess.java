package org.vmmlib.devices.programming;

import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.crossbar.Crossbar;
import org.vmmlib.core.crossbar.solve.Excitation;
import org.vmmlib.core.crossbar.solve.Solution;

/**
 * Cells whose gate is a word line. They are either written through the gate, which draws no current, so that cells see
 * exactly what the lines are held at; or, with a select transistor, between their source and bit line, while the gates
 * of the other rows are off.
 */
final class GateAccess implements ArrayAccess {

    private final SolvedArray solved;
    private final WriteVerify.Builder p;
    private final Solution written = new Solution(true, false);
    private final Solution read = new Solution();

    GateAccess(SolvedArray solved, WriteVerify.Builder p) {
        this.solved = solved;
        this.p = p;
    }

    @Override
    public double write(Crossbar array, int row, int column, double amplitude, DMatrixRMaj voltages) {
        voltages.reshape(array.rows(), array.columns());
        return Double.isNaN(p.selectGate)
                ? throughGate(array, row, column, amplitude, voltages)
                : throughTransistor(array, row, column, amplitude, voltages);
    }

    private double throughGate(Crossbar array, int row, int column, double amplitude, DMatrixRMaj voltages) {
        for (int i = 0; i < array.rows(); i++) {
            double gate = i == row ? amplitude : p.scheme.row() * amplitude;
            for (int j = 0; j < array.columns(); j++) {
                voltages.set(i, j, gate - (j == column ? 0 : p.scheme.column() * amplitude));
            }
        }
        return 0;
    }

    /** All source lines, and all bit lines but the selected one, are at the same voltage. */
    private double throughTransistor(Crossbar array, int row, int column, double amplitude, DMatrixRMaj voltages) {
        double source = Math.max(0, amplitude);
        DMatrixRMaj columns = CrosspointAccess.filled(array.columns(), source);
        columns.set(0, column, Math.max(0, -amplitude));
        Excitation excitation = Excitation.gates(gates(array, row, p.selectGate), columns);
        DMatrixRMaj rows = excitation.rowVoltages();
        for (int i = 0; i < array.rows(); i++) {
            rows.set(0, i, source);
        }
        solved.solve(array, excitation, written);
        voltages.zero();
        for (int j = 0; j < array.columns(); j++) {
            int k = row * array.columns() + j;
            voltages.set(row, j, written.wordLines.data[k] - written.bitLines.data[k]);
        }
        return written.power.get(0, 0);
    }

    @Override
    public double read(Crossbar array, int row, int column) {
        Excitation excitation = Excitation.gates(
                gates(array, row, p.readGate), CrosspointAccess.filled(array.columns(), p.readVoltage));
        solved.solve(array, excitation, read);
        return -read.columnCurrents.get(0, column);
    }

    @Override
    public double readPower() {
        return read.power.get(0, 0);
    }

    private static DMatrixRMaj gates(Crossbar array, int row, double on) {
        DMatrixRMaj gates = CrosspointAccess.filled(array.rows(), Double.NEGATIVE_INFINITY);
        gates.set(0, row, on);
        return gates;
    }
}
