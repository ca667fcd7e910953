package org.vmmlib.core.crossbar.solve;

import java.util.Locale;
import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.crossbar.Direction;
import org.vmmlib.core.signal.Connections;

/**
 * What an array is given from outside, for a batch of B vectors: the voltage of every terminal, on both sides, and the
 * gates of a gate-driven array. The direction says which side has the source resistance and which the sense resistance.
 * The matrices are not copied and must not be modified.
 *
 * @param direction which side is driven
 * @param gates B×N gate voltages; B×0 for source-driven arrays
 * @param rowVoltages B×N voltages at the row terminals
 * @param columnVoltages B×M voltages at the column terminals
 * @param rows which rows are connected to their terminal
 * @param columns which columns are connected to their terminal
 */
public record Excitation(
        Direction direction,
        DMatrixRMaj gates,
        DMatrixRMaj rowVoltages,
        DMatrixRMaj columnVoltages,
        Connections rows,
        Connections columns) {

    /** Checks that the shapes agree. */
    public Excitation {
        if (rowVoltages.numRows != columnVoltages.numRows
                || gates.numRows != rowVoltages.numRows
                || rows.lines() != rowVoltages.numCols
                || columns.lines() != columnVoltages.numCols
                || (gates.numCols != 0 && gates.numCols != rowVoltages.numCols)) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "excitation has gates %d x %d, row voltages %d x %d, column voltages %d x %d for %d rows and %d "
                            + "columns: must be B x N (or B x 0), B x N and B x M",
                    gates.numRows,
                    gates.numCols,
                    rowVoltages.numRows,
                    rowVoltages.numCols,
                    columnVoltages.numRows,
                    columnVoltages.numCols,
                    rows.lines(),
                    columns.lines()));
        }
    }

    /** Source-driven product: rows at their voltages (B×N), columns sensed at theirs (B×M). */
    public static Excitation rows(DMatrixRMaj rowVoltages, DMatrixRMaj senseVoltages) {
        return new Excitation(
                Direction.ROWS_DRIVEN,
                new DMatrixRMaj(rowVoltages.numRows, 0),
                rowVoltages,
                senseVoltages,
                Connections.all(rowVoltages.numCols),
                Connections.all(senseVoltages.numCols));
    }

    /** Gate-driven product: gates (B×N) carry the input, source lines at 0 V, columns sensed at their voltages (B×M). */
    public static Excitation gates(DMatrixRMaj gates, DMatrixRMaj senseVoltages) {
        return new Excitation(
                Direction.ROWS_DRIVEN,
                gates,
                new DMatrixRMaj(gates.numRows, gates.numCols),
                senseVoltages,
                Connections.all(gates.numCols),
                Connections.all(senseVoltages.numCols));
    }

    /** Source-driven transpose product: columns at their voltages (B×M), rows sensed at theirs (B×N). */
    public static Excitation columns(DMatrixRMaj columnVoltages, DMatrixRMaj senseVoltages) {
        return new Excitation(
                Direction.COLUMNS_DRIVEN,
                new DMatrixRMaj(columnVoltages.numRows, 0),
                senseVoltages,
                columnVoltages,
                Connections.all(senseVoltages.numCols),
                Connections.all(columnVoltages.numCols));
    }

    /** The same with other row connections. */
    public Excitation withRows(Connections connections) {
        return new Excitation(direction, gates, rowVoltages, columnVoltages, connections, columns);
    }

    /** The same with other column connections. */
    public Excitation withColumns(Connections connections) {
        return new Excitation(direction, gates, rowVoltages, columnVoltages, rows, connections);
    }

    /** Number of vectors, B. */
    public int vectors() {
        return rowVoltages.numRows;
    }
}
