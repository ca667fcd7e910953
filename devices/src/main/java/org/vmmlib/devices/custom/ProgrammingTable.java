package org.vmmlib.devices.custom;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.crossbar.StatePlane;
import org.vmmlib.core.io.CsvMatrix;
import org.vmmlib.core.io.MalformedFileException;
import org.vmmlib.core.random.RandomStream;

/**
 * A measured table of what programming leaves: for each target the mean and the standard deviation of the state, which
 * is normally distributed and kept within the window. Either the error of a device that can take any state,
 * interpolated linearly between the measured ones, or the levels of a device that can take only those: a target then
 * goes to the nearest level.
 */
public final class ProgrammingTable {

    private final double[] targets;
    private final double[] means;
    private final double[] sigmas;
    private final boolean levels;

    private ProgrammingTable(double[] targets, double[] means, double[] sigmas, boolean levels) {
        this.targets = targets;
        this.means = means;
        this.sigmas = sigmas;
        this.levels = levels;
    }

    /**
     * Errors: the mean is the target.
     *
     * @param states rising, two or more. Not modified.
     * @param sigmas standard deviations in the unit of the state, 0 or above, one for each. Not modified.
     * @throws IllegalArgumentException naming the element that is wrong
     */
    public static ProgrammingTable errors(double[] states, double[] sigmas) {
        if (states.length != sigmas.length) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "sigmas has %d elements: must have one for each of %d states",
                    sigmas.length,
                    states.length));
        }
        DMatrixRMaj table = new DMatrixRMaj(states.length, 2);
        for (int k = 0; k < states.length; k++) {
            table.set(k, 0, states[k]);
            table.set(k, 1, sigmas[k]);
        }
        return of(table, false, (row, column) -> (column == 0 ? "states[" : "sigmas[") + row + "]");
    }

    /**
     * Levels.
     *
     * @param targets rising, two or more. Not modified.
     * @param means state that a cell then has, one for each. Not modified.
     * @param sigmas standard deviations, 0 or above, one for each. Not modified.
     * @throws IllegalArgumentException naming the element that is wrong
     */
    public static ProgrammingTable levels(double[] targets, double[] means, double[] sigmas) {
        if (means.length != targets.length || sigmas.length != targets.length) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "means and sigmas have %d and %d elements: must have one for each of %d targets",
                    means.length,
                    sigmas.length,
                    targets.length));
        }
        DMatrixRMaj table = new DMatrixRMaj(targets.length, 3);
        for (int k = 0; k < targets.length; k++) {
            table.set(k, 0, targets[k]);
            table.set(k, 1, means[k]);
            table.set(k, 2, sigmas[k]);
        }
        String[] names = {"targets", "means", "sigmas"};
        return of(table, true, (row, column) -> names[column] + "[" + row + "]");
    }

    /**
     * Errors from a CSV file without header, a line for each state: {@code state, sigma}.
     *
     * @throws MalformedFileException naming file, line and column of what is wrong
     * @throws IOException if the file cannot be read
     */
    public static ProgrammingTable readErrors(Path file) throws IOException {
        return read(file, false, 2, 2, "state, sigma");
    }

    /**
     * Levels from a CSV file without header, a line for each: {@code target, state} or {@code target, state, sigma}.
     *
     * @throws MalformedFileException naming file, line and column of what is wrong
     * @throws IOException if the file cannot be read
     */
    public static ProgrammingTable readLevels(Path file) throws IOException {
        return read(file, true, 2, 3, "target, state or target, state, sigma");
    }

    private static ProgrammingTable read(Path file, boolean levels, int fewest, int most, String fields)
            throws IOException {
        DMatrixRMaj table = CsvMatrix.read(file).values();
        if (table.numCols < fewest || table.numCols > most) {
            throw new MalformedFileException(
                    file, String.format(Locale.ROOT, "line 1 has %d fields: must have %s", table.numCols, fields));
        }
        try {
            return of(
                    table,
                    levels,
                    (row, column) -> String.format(Locale.ROOT, "line %d, column %d", row + 1, column + 1));
        } catch (IllegalArgumentException e) {
            throw new MalformedFileException(file, String.valueOf(e.getMessage()));
        }
    }

    /** What to call an element in a refusal. */
    private interface Place {
        String of(int row, int column);
    }

    private static ProgrammingTable of(DMatrixRMaj table, boolean levels, Place place) {
        int count = table.numRows;
        if (count < 2) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "%s is the only one: must have 2 states or more", place.of(0, 0)));
        }
        double[][] columns = new double[3][count];
        for (int k = 0; k < count; k++) {
            for (int c = 0; c < table.numCols; c++) {
                double value = table.get(k, c);
                boolean isSigma = c == 2 || (c == 1 && !levels);
                if (!Double.isFinite(value) || (isSigma && value < 0)) {
                    throw refused(place.of(k, c), value, isSigma ? "a finite number >= 0" : "a finite number");
                }
                columns[isSigma ? 2 : c][k] = value;
            }
            if (k > 0 && !(table.get(k, 0) > table.get(k - 1, 0))) {
                throw refused(place.of(k, 0), table.get(k, 0), "above the one before, " + table.get(k - 1, 0));
            }
        }
        return new ProgrammingTable(columns[0], levels ? columns[1] : columns[0], columns[2], levels);
    }

    private static IllegalArgumentException refused(String place, double value, String limit) {
        return new IllegalArgumentException(String.format(Locale.ROOT, "%s is %s: must be %s", place, value, limit));
    }

    /** This, if errors were measured over the whole window, or all levels are within it. */
    ProgrammingTable covering(StatePlane state) {
        int last = targets.length - 1;
        if (!levels && (targets[0] > state.low() || targets[last] < state.high())) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "table has errors from %s to %s: must have them over the window of %s, from %s to %s",
                    targets[0],
                    targets[last],
                    state.name(),
                    state.low(),
                    state.high()));
        }
        for (int k = 0; k <= last && levels; k++) {
            if (means[k] < state.low() || means[k] > state.high()) {
                throw new IllegalArgumentException(String.format(
                        Locale.ROOT,
                        "table has level %s: must be within the window of %s, from %s to %s",
                        means[k],
                        state.name(),
                        state.low(),
                        state.high()));
            }
        }
        return this;
    }

    /**
     * Standard deviation that a target ends up with, in the unit of the state.
     *
     * @param target any; beyond the table it counts as its nearest end
     */
    public double sigma(double target) {
        return levels ? sigmas[nearest(target)] : interpolated(target, sigmas);
    }

    /**
     * Mean state that a target ends up at.
     *
     * @param target any; beyond the table it counts as its nearest end
     */
    public double mean(double target) {
        return levels ? means[nearest(target)] : interpolated(target, targets);
    }

    private int nearest(double target) {
        int at = Arrays.binarySearch(targets, target);
        if (at >= 0) {
            return at;
        }
        int above = -at - 1;
        if (above == 0 || above == targets.length) {
            return Math.min(above, targets.length - 1);
        }
        return target - targets[above - 1] <= targets[above] - target ? above - 1 : above;
    }

    private double interpolated(double target, double[] values) {
        int at = Arrays.binarySearch(targets, target);
        if (at >= 0) {
            return values[at];
        }
        int above = -at - 1;
        if (above == 0 || above == targets.length) {
            return values[Math.min(above, targets.length - 1)];
        }
        double t = (target - targets[above - 1]) / (targets[above] - targets[above - 1]);
        return values[above - 1] + t * (values[above] - values[above - 1]);
    }

    DMatrixRMaj programmed(DMatrixRMaj states, StatePlane state, RandomStream draws) {
        int count = states.getNumElements();
        DMatrixRMaj out = new DMatrixRMaj(states.numRows, states.numCols);
        draws.gaussians(0, out.data, 0, count);
        for (int c = 0; c < count; c++) {
            double target = states.data[c];
            double value = mean(target) + sigma(target) * out.data[c];
            out.data[c] = Math.max(state.low(), Math.min(state.high(), value));
        }
        return out;
    }
}
