package org.vmmlib.core.signal;

import java.util.Locale;
import org.ejml.data.DMatrixRMaj;

/**
 * A stretch of time in which the row drives stand still: the unit that every encoding is made of. Vectors of a batch may
 * dwell differently; a vector that has no such phase has duration 0.
 *
 * @param durations seconds, one per vector, 0 or above; not copied, not to be modified
 * @param drives vectors × rows, in the unit of the schedule's {@link DriveKind}; not copied, not to be modified
 * @param rows which rows are connected
 */
public record Phase(double[] durations, DMatrixRMaj drives, Connections rows) {

    /** Checks shapes and durations. */
    public Phase {
        if (durations.length != drives.numRows || rows.lines() != drives.numCols) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "phase has %d durations and %d row connections: must be %d and %d, the shape of its drives",
                    durations.length,
                    rows.lines(),
                    drives.numRows,
                    drives.numCols));
        }
        for (double duration : durations) {
            if (!(duration >= 0) || Double.isInfinite(duration)) {
                throw new IllegalArgumentException("duration = " + duration + ": must be a finite number >= 0");
            }
        }
    }
}
