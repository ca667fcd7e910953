package org.vmmlib.core.signal;

import java.util.List;
import java.util.Locale;

/**
 * What an encoder does to the rows for a batch of vectors: phases, one after the other.
 *
 * <p>INS is one phase, LIN is p equal phases, digital temporal coding is p phases of 2^b units, EXP is the stretches
 * between the sorted edges of the pulses, spikes are the stretches between theirs.
 *
 * @param kind what the drives are
 * @param phases at least one, all of one shape
 */
public record DriveSchedule(DriveKind kind, List<Phase> phases) {

    /** Copies the list and checks that the shapes agree. */
    public DriveSchedule {
        phases = List.copyOf(phases);
        if (phases.isEmpty()) {
            throw new IllegalArgumentException("phases is empty: a schedule has at least one");
        }
        for (Phase phase : phases) {
            if (phase.drives().numRows != phases.get(0).drives().numRows
                    || phase.drives().numCols != phases.get(0).drives().numCols) {
                throw new IllegalArgumentException(String.format(
                        Locale.ROOT,
                        "a phase drives %d x %d: must be %d x %d like the first",
                        phase.drives().numRows,
                        phase.drives().numCols,
                        phases.get(0).drives().numRows,
                        phases.get(0).drives().numCols));
            }
        }
    }

    /** Number of vectors, B. */
    public int vectors() {
        return phases.get(0).drives().numRows;
    }

    /** Number of rows, N. */
    public int rows() {
        return phases.get(0).drives().numCols;
    }

    /** Time that a vector takes, in seconds. */
    public double time(int vector) {
        double sum = 0;
        for (Phase phase : phases) {
            sum += phase.durations()[vector];
        }
        return sum;
    }
}
