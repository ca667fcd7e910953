package org.vmmlib.core.macro;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;
import org.vmmlib.core.signal.Connections;
import org.vmmlib.core.signal.DriveSchedule;
import org.vmmlib.core.signal.Phase;

/**
 * A schedule as one phase of its whole time, in which each row is driven by its mean.
 *
 * @param phase the one phase
 * @param spread B×N time integral of the squared deviation of each drive from its mean, V² s: what the energy has on top
 */
record CollapsedSchedule(Phase phase, DMatrixRMaj spread) {

    /** The collapsed schedule, or null if rows are connected and disconnected, or driven with both signs. */
    static @Nullable CollapsedSchedule of(DriveSchedule schedule) {
        List<Phase> phases = schedule.phases();
        Connections rows = phases.get(0).rows();
        double lowest = 0;
        double highest = 0;
        for (Phase phase : phases) {
            if (!phase.rows().equals(rows)) {
                return null;
            }
            for (double drive : phase.drives().data) {
                lowest = Math.min(lowest, drive);
                highest = Math.max(highest, drive);
            }
        }
        return lowest < 0 && highest > 0 ? null : mean(schedule, rows);
    }

    private static CollapsedSchedule mean(DriveSchedule schedule, Connections rows) {
        int vectors = schedule.vectors();
        int n = schedule.rows();
        double[] times = new double[vectors];
        DMatrixRMaj mean = new DMatrixRMaj(vectors, n);
        for (int b = 0; b < vectors; b++) {
            times[b] = schedule.time(b);
        }
        for (Phase phase : schedule.phases()) {
            for (int b = 0; b < vectors; b++) {
                double share = times[b] == 0 ? 0 : phase.durations()[b] / times[b];
                for (int k = b * n; k < (b + 1) * n; k++) {
                    mean.data[k] += share * phase.drives().data[k];
                }
            }
        }
        DMatrixRMaj spread = new DMatrixRMaj(vectors, n);
        for (Phase phase : schedule.phases()) {
            for (int b = 0; b < vectors; b++) {
                for (int k = b * n; k < (b + 1) * n; k++) {
                    double deviation = phase.drives().data[k] - mean.data[k];
                    spread.data[k] += phase.durations()[b] * deviation * deviation;
                }
            }
        }
        return new CollapsedSchedule(new Phase(times, mean, rows), spread);
    }
}
