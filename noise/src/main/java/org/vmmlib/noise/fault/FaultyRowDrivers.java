package org.vmmlib.noise.fault;

import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.check.Require;
import org.vmmlib.core.macro.Effect;

/**
 * Rows whose drivers do not give what they should: dead ones give 0; rows that are bridged to a neighbour share the mean of
 * their drives. The mean is exact for voltage drivers of equal resistance, bridged at their outputs by much less, and for
 * equal reference cells with connected gates, whose currents add and divide evenly. Drawn once for a chip.
 *
 * @param dead probability that a driver gives 0, 0 to 1
 * @param bridged probability that a row is bridged to the next one, 0 to 1
 */
public record FaultyRowDrivers(double dead, double bridged) implements Effect.OnDrive {

    private static final long DEAD = -1;
    private static final long BRIDGED = -2;

    /** Checks the ranges. */
    public FaultyRowDrivers {
        Require.within("dead", dead, 0, 1);
        Require.within("bridged", bridged, 0, 1);
    }

    @Override
    public String id() {
        return "array.faulty-row-drivers";
    }

    @Override
    public String description() {
        return "row drivers dead (" + dead + ") and rows bridged to the next (" + bridged + ")";
    }

    /** {@inheritDoc} Rows that float in a phase stay out of the bridges of it. */
    @Override
    public void disturb(Drive drive, DMatrixRMaj drives) {
        int rows = drives.numCols;
        double[] uniform = new double[rows];
        drive.draws().call(DEAD).uniforms(0, uniform, 0, rows);
        for (int i = 0; i < rows; i++) {
            if (uniform[i] < dead) {
                for (int b = 0; b < drives.numRows; b++) {
                    drives.data[b * rows + i] = 0;
                }
            }
        }
        drive.draws().call(BRIDGED).uniforms(0, uniform, 0, rows);
        int first = 0;
        for (int i = 0; i < rows; i++) {
            if (i == rows - 1 || !(uniform[i] < bridged)) {
                share(drive, drives, first, i);
                first = i + 1;
            }
        }
    }

    private static void share(Drive drive, DMatrixRMaj drives, int first, int last) {
        if (first == last) {
            return;
        }
        int rows = drives.numCols;
        for (int b = 0; b < drives.numRows; b++) {
            double sum = 0;
            int driven = 0;
            for (int i = first; i <= last; i++) {
                if (!drive.phase().rows().isFloating(i)) {
                    sum += drives.data[b * rows + i];
                    driven++;
                }
            }
            for (int i = first; i <= last; i++) {
                if (!drive.phase().rows().isFloating(i)) {
                    drives.data[b * rows + i] = sum / driven;
                }
            }
        }
    }
}
