package org.vmmlib.core.crossbar.settling;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/** What is recorded at each time; grows as needed. */
final class Trace {

    private static final int FIRST_ROOM = 256;

    private final int rows;
    private final int columns;
    private int count;
    private double[] times = new double[FIRST_ROOM];
    private double[] delivered = new double[FIRST_ROOM];
    private double[] dissipated = new double[FIRST_ROOM];
    private double[] stored = new double[FIRST_ROOM];
    private double[] rowCurrents;
    private double[] columnCurrents;
    private double storedBefore;

    Trace(int rows, int columns) {
        this.rows = rows;
        this.columns = columns;
        rowCurrents = new double[FIRST_ROOM * rows];
        columnCurrents = new double[FIRST_ROOM * columns];
    }

    /** Takes the energy stored before time 0. */
    void initial(double energy) {
        storedBefore = energy;
    }

    void add(
            double time,
            double[] ofRows,
            double[] ofColumns,
            double deliveredEnergy,
            double dissipatedEnergy,
            double storedEnergy) {
        if (count == times.length) {
            int room = 2 * count;
            times = Arrays.copyOf(times, room);
            delivered = Arrays.copyOf(delivered, room);
            dissipated = Arrays.copyOf(dissipated, room);
            stored = Arrays.copyOf(stored, room);
            rowCurrents = Arrays.copyOf(rowCurrents, Math.multiplyExact(room, rows));
            columnCurrents = Arrays.copyOf(columnCurrents, Math.multiplyExact(room, columns));
        }
        times[count] = time;
        delivered[count] = deliveredEnergy;
        dissipated[count] = dissipatedEnergy;
        stored[count] = storedEnergy;
        System.arraycopy(ofRows, 0, rowCurrents, count * rows, rows);
        System.arraycopy(ofColumns, 0, columnCurrents, count * columns, columns);
        count++;
    }

    double storedBefore() {
        return storedBefore;
    }

    double[] times() {
        return Arrays.copyOf(times, count);
    }

    double[] delivered() {
        return Arrays.copyOf(delivered, count);
    }

    double[] dissipated() {
        return Arrays.copyOf(dissipated, count);
    }

    double[] stored() {
        return Arrays.copyOf(stored, count);
    }

    DMatrixRMaj rowCurrents() {
        return DMatrixRMaj.wrap(count, rows, Arrays.copyOf(rowCurrents, count * rows));
    }

    DMatrixRMaj columnCurrents() {
        return DMatrixRMaj.wrap(count, columns, Arrays.copyOf(columnCurrents, count * columns));
    }
}
