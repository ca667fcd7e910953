package org.vmmlib.devices.programming;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.crossbar.Crossbar;
import org.vmmlib.core.crossbar.Direction;
import org.vmmlib.core.crossbar.solve.Excitation;
import org.vmmlib.core.crossbar.solve.Solution;
import org.vmmlib.core.signal.Connections;

/**
 * Cells between lines, without transistors: every pulse and every read reaches all of them, as the network divides it.
 */
final class CrosspointAccess implements ArrayAccess {

    private final SolvedArray solved;
    private final BiasScheme scheme;
    private final double readVoltage;
    private final boolean othersFloat;
    private final Solution written = new Solution(true, false);
    private final Solution read = new Solution();

    CrosspointAccess(SolvedArray solved, WriteVerify.Builder p) {
        this.solved = solved;
        scheme = p.scheme;
        readVoltage = p.readVoltage;
        othersFloat = p.othersFloat;
    }

    @Override
    public double write(Crossbar array, int row, int column, double amplitude, DMatrixRMaj voltages) {
        Excitation excitation = excitation(
                array,
                row,
                column,
                amplitude,
                scheme.row() * amplitude,
                scheme.column() * amplitude,
                scheme == BiasScheme.FLOATING);
        solved.solve(array, excitation, written);
        voltages.reshape(array.rows(), array.columns());
        for (int k = 0; k < voltages.getNumElements(); k++) {
            voltages.data[k] = written.wordLines.data[k] - written.bitLines.data[k];
        }
        return written.power.get(0, 0);
    }

    @Override
    public double read(Crossbar array, int row, int column) {
        Excitation excitation = excitation(array, row, column, readVoltage, 0, 0, othersFloat);
        solved.solve(array, excitation, read);
        return read.columnCurrents.get(0, column);
    }

    @Override
    public double readPower() {
        return read.power.get(0, 0);
    }

    private static Excitation excitation(
            Crossbar array,
            int row,
            int column,
            double voltage,
            double otherRows,
            double otherColumns,
            boolean othersFloat) {
        DMatrixRMaj rows = filled(array.rows(), otherRows);
        DMatrixRMaj columns = filled(array.columns(), otherColumns);
        rows.set(0, row, voltage);
        columns.set(0, column, 0);
        return new Excitation(
                Direction.ROWS_DRIVEN,
                new DMatrixRMaj(1, 0),
                rows,
                columns,
                only(row, array.rows(), othersFloat),
                only(column, array.columns(), othersFloat));
    }

    static DMatrixRMaj filled(int count, double value) {
        DMatrixRMaj all = new DMatrixRMaj(1, count);
        Arrays.fill(all.data, value);
        return all;
    }

    private static Connections only(int line, int lines, boolean othersFloat) {
        Connections connections = Connections.all(lines);
        for (int k = 0; othersFloat && k < lines; k++) {
            if (k != line) {
                connections = connections.floating(k);
            }
        }
        return connections;
    }
}
