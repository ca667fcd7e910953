package org.vmmlib.devices.custom;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;
import org.vmmlib.core.check.Require;
import org.vmmlib.core.crossbar.SpiceCells;
import org.vmmlib.core.crossbar.StatePlane;
import org.vmmlib.core.io.CsvMatrix;
import org.vmmlib.core.io.MalformedFileException;
import org.vmmlib.core.physics.Conditions;

/**
 * A measured table of currents over voltages and states, as a law: it goes through every point, rises strictly with the
 * voltage, is monotone in the state, and has continuous first derivatives in both.
 *
 * <p>Between four neighbouring points the current is a bicubic polynomial, from the currents, both slopes and the mixed
 * derivative at its corners. Slopes are those of the polynomial through five neighbours, and no more than 1.5 times the
 * secants on both sides. A bicubic polynomial is monotone in a direction if its 16 Bézier points are, the bivariate
 * form of de Boor and Swartz, J. Approx. Theory 21, 411 (1977), doi:10.1016/0021-9045(77)90011-9; where they are not,
 * the derivatives at the corners are halved until they are (as Carlson and Fritsch, SIAM J. Numer. Anal. 22, 386
 * (1985), doi:10.1137/0722023, project them). On a smooth law the error falls as the fourth power of the distance of
 * the points.
 */
public final class CurrentTable implements TwoTerminalCurrent {

    private static final int FEWEST_VOLTAGES = 3;
    private static final int FEWEST_STATES = 2;

    private final double[] voltages;

    /** Rising; those of the table, negated if its current falls with the state. */
    private final double[] states;

    private final boolean falling;
    private final Locator voltageAt;
    private final Locator stateAt;

    /** Of each patch, 16: coefficient of the k-th power of the voltage and the l-th of the state at 4k + l. */
    private final double[] coefficients;

    private CurrentTable(double[] voltages, double[] states, boolean falling, DMatrixRMaj currents) {
        this.voltages = voltages;
        this.states = states;
        this.falling = falling;
        voltageAt = new Locator(voltages);
        stateAt = new Locator(states);
        coefficients = new MonotonePatches(voltages, states, currents).coefficients();
    }

    /**
     * A table.
     *
     * @param voltages volts, rising, 3 or more, one of them 0 and the last above 0. Not modified.
     * @param states in any unit, rising, 2 or more. Not modified.
     * @param currents amperes, voltages × states: rising with the voltage, 0 at 0 V, in size rising with the state
     *     throughout or falling throughout. Not modified.
     * @throws IllegalArgumentException naming the element that is wrong
     */
    public static CurrentTable of(double[] voltages, double[] states, DMatrixRMaj currents) {
        Require.shape("currents", currents, voltages.length, states.length);
        DMatrixRMaj table = new DMatrixRMaj(voltages.length + 1, states.length + 1);
        for (int j = 0; j < states.length; j++) {
            table.set(0, j + 1, states[j]);
        }
        for (int i = 0; i < voltages.length; i++) {
            table.set(i + 1, 0, voltages[i]);
            for (int j = 0; j < states.length; j++) {
                table.set(i + 1, j + 1, currents.get(i, j));
            }
        }
        Flaw flaw = flaw(table);
        if (flaw != null) {
            String place = flaw.row == 0 && flaw.column == 0
                    ? "currents"
                    : flaw.row == 0
                            ? "states[" + (flaw.column - 1) + "]"
                            : flaw.column == 0
                                    ? "voltages[" + (flaw.row - 1) + "]"
                                    : "currents[" + (flaw.row - 1) + "," + (flaw.column - 1) + "]";
            throw new IllegalArgumentException(place + " " + flaw.problem);
        }
        return of(table);
    }

    /**
     * Reads a table from a CSV file without words: first a line with 0 and the states, then a line for each voltage
     * with the voltage in volts and the currents in amperes.
     *
     * @throws MalformedFileException naming file, line and column of what is wrong
     * @throws IOException if the file cannot be read
     */
    public static CurrentTable read(Path file) throws IOException {
        DMatrixRMaj table = CsvMatrix.read(file).values();
        Flaw flaw = flaw(table);
        if (flaw != null) {
            throw new MalformedFileException(
                    file,
                    flaw.row == 0 && flaw.column == 0
                            ? flaw.problem
                            : String.format(
                                    Locale.ROOT, "line %d, column %d %s", flaw.row + 1, flaw.column + 1, flaw.problem));
        }
        return of(table);
    }

    private static CurrentTable of(DMatrixRMaj table) {
        int n = table.numRows - 1;
        int m = table.numCols - 1;
        double last = Math.abs(table.get(n, m));
        boolean falling = last < Math.abs(table.get(n, 1));
        double[] voltages = new double[n];
        double[] states = new double[m];
        DMatrixRMaj currents = new DMatrixRMaj(n, m);
        for (int j = 0; j < m; j++) {
            states[j] = falling ? -table.get(0, m - j) : table.get(0, j + 1);
        }
        for (int i = 0; i < n; i++) {
            voltages[i] = table.get(i + 1, 0);
            for (int j = 0; j < m; j++) {
                currents.set(i, j, table.get(i + 1, falling ? m - j : j + 1));
            }
        }
        return new CurrentTable(voltages, states, falling, currents);
    }

    /** What is wrong with a table that has the states in its first line and the voltages in its first column. */
    private record Flaw(int row, int column, String problem) {}

    private static @Nullable Flaw flaw(DMatrixRMaj table) {
        int n = table.numRows;
        int m = table.numCols;
        if (n < FEWEST_VOLTAGES + 1 || m < FEWEST_STATES + 1) {
            return new Flaw(
                    0,
                    0,
                    String.format(
                            Locale.ROOT,
                            "has %d voltages and %d states: must have %d voltages and %d states or more",
                            n - 1,
                            m - 1,
                            FEWEST_VOLTAGES,
                            FEWEST_STATES));
        }
        if (table.get(0, 0) != 0) {
            return new Flaw(0, 0, "begins with " + table.get(0, 0) + ": must begin with 0, then the states");
        }
        for (int k = 0; k < table.getNumElements(); k++) {
            if (!Double.isFinite(table.data[k])) {
                return new Flaw(k / m, k % m, "is " + table.data[k] + ": must be a finite number");
            }
        }
        for (int j = 2; j < m; j++) {
            if (table.get(0, j) <= table.get(0, j - 1)) {
                return rising(table, 0, j, "states", table.get(0, j - 1));
            }
        }
        int zero = 0;
        for (int i = 1; i < n; i++) {
            if (i > 1 && table.get(i, 0) <= table.get(i - 1, 0)) {
                return rising(table, i, 0, "voltages", table.get(i - 1, 0));
            }
            zero = table.get(i, 0) == 0 ? i : zero;
        }
        if (zero == 0 || zero == n - 1) {
            return new Flaw(
                    n - 1,
                    0,
                    "ends voltages from " + table.get(1, 0) + " to " + table.get(n - 1, 0)
                            + ": must be some above 0, and one of them 0");
        }
        for (int j = 1; j < m; j++) {
            if (table.get(zero, j) != 0) {
                return new Flaw(
                        zero,
                        j,
                        "is " + table.get(zero, j) + " at 0 V: must be 0; subtract the offset of the instrument");
            }
        }
        for (int i = 2; i < n; i++) {
            for (int j = 1; j < m; j++) {
                if (table.get(i, j) <= table.get(i - 1, j)) {
                    return rising(table, i, j, "currents with the voltage", table.get(i - 1, j));
                }
            }
        }
        int other = zero == 1 ? 2 : 1;
        double direction = Math.signum(Math.abs(table.get(other, 2)) - Math.abs(table.get(other, 1)));
        for (int i = 1; i < n; i++) {
            for (int j = 2; j < m && i != zero; j++) {
                double change = Math.abs(table.get(i, j)) - Math.abs(table.get(i, j - 1));
                if (direction * change <= 0 || direction == 0) {
                    return new Flaw(
                            i,
                            j,
                            "is " + table.get(i, j) + " after " + table.get(i, j - 1)
                                    + ": currents must grow with the state throughout the table, or fall throughout");
                }
            }
        }
        return null;
    }

    private static Flaw rising(DMatrixRMaj table, int row, int column, String what, double before) {
        return new Flaw(row, column, "is " + table.get(row, column) + " after " + before + ": " + what + " must rise");
    }

    /** Lowest and highest state. */
    public StatePlane window(String name, String unit) {
        double first = states[0];
        double last = states[states.length - 1];
        return falling ? new StatePlane(name, unit, -last, -first) : new StatePlane(name, unit, first, last);
    }

    /**
     * The cell law of this table, over its voltages and states, read at the middle of its positive voltages.
     *
     * @param name what the device is
     * @param state name of the state, such as {@code conductance}
     * @param unit SI unit of the state
     */
    public TwoTerminalLaw.Builder law(String name, String state, String unit) {
        double high = voltages[voltages.length - 1];
        return TwoTerminalLaw.builder(name, window(state, unit), this)
                .voltageRange(Math.min(0, voltages[0]), high)
                .readVoltage(high / 2)
                .source("measured table");
    }

    @Override
    public void evaluate(
            int count, double[] v, double[] stored, Conditions conditions, double[] currents, double[] slopes) {
        double[] a = coefficients;
        int across = states.length - 1;
        for (int j = 0; j < count; j++) {
            double state = falling ? -stored[j] : stored[j];
            int i = voltageAt.interval(v[j]);
            int s = stateAt.interval(state);
            double width = voltages[i + 1] - voltages[i];
            double x = (v[j] - voltages[i]) / width;
            double y = (state - states[s]) / (states[s + 1] - states[s]);
            int at = 16 * (i * across + s);
            double c0 = a[at] + y * (a[at + 1] + y * (a[at + 2] + y * a[at + 3]));
            double c1 = a[at + 4] + y * (a[at + 5] + y * (a[at + 6] + y * a[at + 7]));
            double c2 = a[at + 8] + y * (a[at + 9] + y * (a[at + 10] + y * a[at + 11]));
            double c3 = a[at + 12] + y * (a[at + 13] + y * (a[at + 14] + y * a[at + 15]));
            currents[j] = c0 + x * (c1 + x * (c2 + x * c3));
            slopes[j] = (c1 + x * (2 * c2 + x * (3 * c3))) / width;
        }
    }

    /** The pieces of the cubic of one state, chosen by comparisons, with straight lines beyond both ends. */
    @Override
    public Optional<String> spice(double state, Conditions conditions, String voltage) {
        return Optional.of(pieces(0, voltages.length, state, voltage));
    }

    /** Pieces from to − 1: piece 0 is the line below the table, piece n the line above it. */
    private String pieces(int from, int to, double state, String voltage) {
        if (from == to) {
            return piece(from, state, voltage);
        }
        int middle = (from + to) / 2;
        return "(" + voltage + "<" + SpiceCells.constant(voltages[middle]) + " ? "
                + pieces(from, middle, state, voltage) + " : " + pieces(middle + 1, to, state, voltage) + ")";
    }

    private String piece(int index, double state, String voltage) {
        int n = voltages.length;
        if (index == 0 || index == n) {
            double end = voltages[index == 0 ? 0 : n - 1];
            double[] current = new double[1];
            double[] slope = new double[1];
            evaluate(1, new double[] {end}, new double[] {state}, Conditions.ROOM, current, slope);
            return "(" + SpiceCells.constant(current[0]) + "+" + SpiceCells.constant(slope[0]) + "*(" + voltage + "-"
                    + SpiceCells.constant(end) + "))";
        }
        int i = index - 1;
        double stored = falling ? -state : state;
        int s = stateAt.interval(stored);
        double width = voltages[i + 1] - voltages[i];
        double y = (stored - states[s]) / (states[s + 1] - states[s]);
        int at = 16 * (i * (states.length - 1) + s);
        String x = "(" + voltage + "-" + SpiceCells.constant(voltages[i]) + ")";
        StringBuilder text = new StringBuilder();
        for (int k = 3; k >= 0; k--) {
            double c = coefficients[at + 4 * k]
                    + y
                            * (coefficients[at + 4 * k + 1]
                                    + y * (coefficients[at + 4 * k + 2] + y * coefficients[at + 4 * k + 3]));
            String constant = SpiceCells.constant(c / Math.pow(width, k));
            text.insert(0, k == 3 ? constant : constant + "+" + x + "*(");
            text.append(k == 3 ? "" : ")");
        }
        return "(" + text + ")";
    }

    /** Finds intervals of a rising axis: by a table of equal steps, then a few comparisons. */
    private static final class Locator {
        private final double[] axis;
        private final int[] start;
        private final double perUnit;

        Locator(double[] axis) {
            this.axis = axis;
            start = new int[4 * axis.length];
            double span = axis[axis.length - 1] - axis[0];
            perUnit = (start.length - 1) / span;
            for (int k = 0; k < start.length; k++) {
                double at = axis[0] + span * k / (start.length - 1);
                int found = Arrays.binarySearch(axis, at);
                start[k] = Math.max(0, Math.min(axis.length - 2, found >= 0 ? found : -found - 2));
            }
        }

        /** The k for which {@code axis[k] <= x < axis[k + 1]}; beyond the axis, the first or last. */
        int interval(double x) {
            int k = start[(int) Math.max(0, Math.min(start.length - 1, (x - axis[0]) * perUnit))];
            while (k < axis.length - 2 && x >= axis[k + 1]) {
                k++;
            }
            while (k > 0 && x < axis[k]) {
                k--;
            }
            return k;
        }
    }
}
