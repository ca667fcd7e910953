package org.vmmlib.peripherals.encoder;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.random.RandomStream;
import org.vmmlib.core.signal.Connections;
import org.vmmlib.core.signal.DriveSchedule;
import org.vmmlib.core.signal.Edges;
import org.vmmlib.core.signal.Phase;

/**
 * Pulse trains as a schedule: the phases of a vector are the stretches between its sorted edges, up to a common end; a
 * vector with fewer edges than another has phases without duration at its end.
 */
final class EdgeTimeline {

    /** Draws that are set aside for the edges of one row. */
    private static final long EDGES_OF_A_ROW = 1L << 20;

    private EdgeTimeline() {}

    /**
     * The schedule of trains.
     *
     * @param driver what drives the rows
     * @param edges trains that end by {@code end}
     * @param levels on level of each vector and row, B×N, or of each row, N
     * @param end seconds that the schedule lasts, above 0
     */
    static DriveSchedule schedule(PulseDriver driver, Edges edges, double[] levels, double end) {
        int vectors = edges.vectors();
        int rows = edges.channels();
        double[][] breaks = new double[vectors][];
        int most = 1;
        for (int b = 0; b < vectors; b++) {
            breaks[b] = breaks(edges, b, end);
            most = Math.max(most, breaks[b].length);
        }
        List<DMatrixRMaj> drives = new ArrayList<>();
        List<double[]> durations = new ArrayList<>();
        for (int k = 0; k < most; k++) {
            DMatrixRMaj off = new DMatrixRMaj(vectors, rows);
            off.fill(driver.off());
            drives.add(off);
            durations.add(new double[vectors]);
        }
        for (int b = 0; b < vectors; b++) {
            for (int k = 0; k < breaks[b].length; k++) {
                durations.get(k)[b] = breaks[b][k] - (k == 0 ? 0 : breaks[b][k - 1]);
            }
            for (int i = 0; i < rows; i++) {
                double[] train = edges.times(b, i);
                double level = levels[levels.length == rows ? i : b * rows + i];
                for (int e = 0; e < train.length; e += 2) {
                    int from = train[e] == 0 ? 0 : Arrays.binarySearch(breaks[b], train[e]) + 1;
                    int to = Arrays.binarySearch(breaks[b], train[e + 1]) + 1;
                    for (int k = from; k < to; k++) {
                        drives.get(k).data[b * rows + i] = level;
                    }
                }
            }
        }
        Connections connected = Connections.all(rows);
        List<Phase> phases = new ArrayList<>();
        for (int k = 0; k < most; k++) {
            phases.add(new Phase(durations.get(k), drives.get(k), connected));
        }
        return new DriveSchedule(driver.kind(), phases);
    }

    /** Distinct edges above 0 in order, and the end. */
    private static double[] breaks(Edges edges, int vector, double end) {
        int count = 1;
        double[][] trains = new double[edges.channels()][];
        for (int i = 0; i < trains.length; i++) {
            trains[i] = edges.times(vector, i);
            count += trains[i].length;
        }
        double[] all = new double[count];
        all[0] = end;
        int at = 1;
        for (double[] train : trains) {
            System.arraycopy(train, 0, all, at, train.length);
            at += train.length;
        }
        Arrays.sort(all);
        int kept = 0;
        for (double time : all) {
            if (time > 0 && (kept == 0 || time > all[kept - 1])) {
                all[kept++] = time;
            }
        }
        return Arrays.copyOf(all, kept);
    }

    /**
     * The same trains, each edge moved by a draw of its own; edges that would change order, or leave {@code 0 … end}, meet.
     *
     * @param sigma seconds
     * @param firstCall global index of the first vector
     */
    static Edges jittered(Edges edges, double sigma, double end, RandomStream draws, long firstCall) {
        if (sigma == 0) {
            return edges;
        }
        double[][] times = new double[edges.vectors() * edges.channels()][];
        for (int b = 0; b < edges.vectors(); b++) {
            RandomStream call = draws.call(firstCall + b);
            for (int i = 0; i < edges.channels(); i++) {
                double[] train = edges.times(b, i);
                double[] normal = new double[train.length];
                call.gaussians(i * EDGES_OF_A_ROW, normal, 0, train.length);
                double last = 0;
                for (int e = 0; e < train.length; e++) {
                    last = Math.min(end, Math.max(last, train[e] + sigma * normal[e]));
                    train[e] = last;
                }
                times[b * edges.channels() + i] = train;
            }
        }
        return new Edges(edges.vectors(), edges.channels(), times);
    }
}
