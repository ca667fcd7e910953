package org.vmmlib.devices.custom;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;
import org.vmmlib.core.block.Block;
import org.vmmlib.core.block.Datasheet;
import org.vmmlib.core.block.Imperfection;
import org.vmmlib.core.check.Require;
import org.vmmlib.core.crossbar.ArrayCells;
import org.vmmlib.core.crossbar.CellState;
import org.vmmlib.core.crossbar.SpiceCells;
import org.vmmlib.core.crossbar.SpiceLaw;
import org.vmmlib.core.crossbar.SpreadLaw;
import org.vmmlib.core.crossbar.StatePlane;
import org.vmmlib.core.crossbar.Topology;
import org.vmmlib.core.io.DecimalText;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.random.RandomStream;
import org.vmmlib.core.signal.DriveKind;

/**
 * A full cell law from the current of a user's two-terminal device. A weight w is stored as the state whose current at
 * the read voltage is {@code I_low + w (I_high − I_low)} between those of the ends of the window.
 *
 * <p>The current is asked for within a range of voltages only. Beyond it the cell goes on as its tangent, so that it is
 * finite and monotone wherever an iteration tries it; drives beyond it are refused when a macro is built
 * ({@link #unitSignal}). When the law is made, the current is tried at 41 voltages and 17 states of the window, at 25
 * °C: it must be finite, 0 at 0 V, never fall with the voltage, rise or fall with the state throughout, and have the
 * slope that it claims, which a difference quotient tells to 1e-4.
 *
 * <p>One imperfection, {@code cell.nonlinearity}: without it, a cell is the resistor {@code I/V} of the read voltage.
 * Noise is that of a barrier, {@code 2qI coth(qV/2kT)} of each cell, 4kTg at 0 V.
 */
public final class TwoTerminalLaw implements SpreadLaw, SpiceLaw {

    private static final String NONLINEARITY = "cell.nonlinearity";
    private static final int VOLTAGES = 41;
    private static final int STATES = 17;

    private final Builder parameters;
    private final List<StatePlane> planes;

    private TwoTerminalLaw(Builder parameters) {
        this.parameters = parameters;
        planes = List.of(parameters.state);
        if (!parameters.linear) {
            check();
        }
    }

    /**
     * A device that is read at 0.1 V and used from −1 to 1 V.
     *
     * @param name what it is, for datasheets and messages
     * @param state what a cell stores, and between which bounds
     * @param current its law
     * @throws IllegalArgumentException naming voltage and state where the current breaks a rule
     */
    public static TwoTerminalLaw of(String name, StatePlane state, TwoTerminalCurrent current) {
        return builder(name, state, current).build();
    }

    /** Starts from the same device, to be given more. */
    public static Builder builder(String name, StatePlane state, TwoTerminalCurrent current) {
        return new Builder(name, state, current);
    }

    /** This law, to change. */
    public Builder toBuilder() {
        return new Builder(parameters);
    }

    /** Voltage at which weights are tuned, volts. */
    public double readVoltage() {
        return parameters.readVoltage;
    }

    private void check() {
        Builder p = parameters;
        double[] states = new double[STATES];
        double[] voltages = new double[STATES];
        double[] current = new double[STATES];
        double[] slope = new double[STATES];
        double[] above = new double[STATES];
        double[] below = new double[STATES];
        double[] unused = new double[STATES];
        for (int s = 0; s < STATES; s++) {
            states[s] = p.state.low() + (p.state.high() - p.state.low()) * s / (STATES - 1);
        }
        states[STATES - 1] = p.state.high();
        double range = p.highVoltage - p.lowVoltage;
        double step = 1e-6 * range;
        Conditions room = Conditions.ROOM;
        p.current.evaluate(STATES, voltages, states, room, current, slope);
        for (int s = 0; s < STATES; s++) {
            if (!(current[s] == 0)) {
                throw refused(0, states[s], "current", current[s], "must be 0 without voltage; subtract the offset");
            }
        }
        for (int k = 0; k < VOLTAGES; k++) {
            double v = p.lowVoltage + range * k / (VOLTAGES - 1);
            double inside = Math.max(p.lowVoltage + step, Math.min(p.highVoltage - step, v));
            Arrays.fill(voltages, inside - step);
            p.current.evaluate(STATES, voltages, states, room, below, unused);
            Arrays.fill(voltages, inside + step);
            p.current.evaluate(STATES, voltages, states, room, above, unused);
            Arrays.fill(voltages, inside);
            p.current.evaluate(STATES, voltages, states, room, current, slope);
            for (int s = 0; s < STATES; s++) {
                if (!Double.isFinite(current[s])) {
                    throw refused(inside, states[s], "current", current[s], "must be finite; choose voltageRange");
                }
                if (!(slope[s] >= 0) || Double.isInfinite(slope[s])) {
                    throw refused(inside, states[s], "slope", slope[s], "must be finite and 0 or above");
                }
                double quotient = (above[s] - below[s]) / (2 * step);
                double tolerance = 1e-4 * Math.max(Math.abs(quotient), slope[s]) + 1e-8 * Math.abs(current[s]) / range;
                if (!(Math.abs(quotient - slope[s]) <= tolerance)) {
                    throw refused(
                            inside,
                            states[s],
                            "slope",
                            slope[s],
                            "must be the derivative of the current, " + quotient + " by a difference quotient");
                }
            }
        }
        readCurrents(states, room, current);
        double sign = Math.signum(current[STATES - 1] - current[0]);
        for (int s = 1; s < STATES; s++) {
            if (!(sign * (current[s] - current[s - 1]) > 0)) {
                throw refused(
                        p.readVoltage,
                        states[s],
                        "current",
                        current[s],
                        "must be on one side of that of state = " + states[s - 1] + ", " + current[s - 1]
                                + ", throughout the window");
            }
        }
    }

    private IllegalArgumentException refused(double voltage, double state, String what, double value, String limit) {
        return new IllegalArgumentException(String.format(
                Locale.ROOT,
                "%s: %s = %s A%s at voltage = %s, state = %s: %s",
                parameters.name,
                what,
                value,
                what.equals("slope") ? "/V" : "",
                voltage,
                state,
                limit));
    }

    private void readCurrents(double[] states, Conditions conditions, double[] currents) {
        double[] voltages = new double[states.length];
        Arrays.fill(voltages, parameters.readVoltage);
        parameters.current.evaluate(states.length, voltages, states, conditions, currents, new double[states.length]);
    }

    /**
     * States at which the cells read given currents: false position kept from stalling (Illinois; Dowell and Jarratt,
     * BIT 11, 168 (1971), doi:10.1007/BF01934364), all cells at once. Out of reach: the end of the window.
     */
    private DMatrixRMaj statesAt(double[] wanted, int rows, int columns, Conditions conditions) {
        int count = wanted.length;
        double[] ends = new double[] {parameters.state.low(), parameters.state.high()};
        double[] endCurrents = new double[2];
        readCurrents(ends, conditions, endCurrents);
        double sign = Math.signum(endCurrents[1] - endCurrents[0]);
        double[] a = new double[count];
        double[] b = new double[count];
        double[] fa = new double[count];
        double[] fb = new double[count];
        double[] tried = new double[count];
        double[] current = new double[count];
        for (int c = 0; c < count; c++) {
            a[c] = ends[0];
            b[c] = ends[1];
            fa[c] = sign * (endCurrents[0] - wanted[c]);
            fb[c] = sign * (endCurrents[1] - wanted[c]);
            if (fa[c] >= 0) {
                b[c] = a[c];
            } else if (fb[c] <= 0) {
                a[c] = b[c];
            }
        }
        boolean open = true;
        for (int k = 0; k < 200 && open; k++) {
            for (int c = 0; c < count; c++) {
                double guess = a[c] - fa[c] * ((b[c] - a[c]) / (fb[c] - fa[c]));
                // Every fourth step halves, whatever the shape of the law.
                tried[c] = k % 4 != 3 && guess > a[c] && guess < b[c] ? guess : a[c] + 0.5 * (b[c] - a[c]);
            }
            readCurrents(tried, conditions, current);
            open = false;
            for (int c = 0; c < count; c++) {
                double f = sign * (current[c] - wanted[c]);
                if (a[c] == b[c] || tried[c] <= a[c] || tried[c] >= b[c]) {
                    continue;
                }
                if (f == 0) {
                    a[c] = tried[c];
                    b[c] = tried[c];
                } else if (f < 0) {
                    a[c] = tried[c];
                    fa[c] = f;
                    fb[c] *= 0.5;
                } else {
                    b[c] = tried[c];
                    fb[c] = f;
                    fa[c] *= 0.5;
                }
                open |= b[c] - a[c] > 2 * Math.max(Math.ulp(a[c]), Math.ulp(b[c]));
            }
        }
        return DMatrixRMaj.wrap(rows, columns, b);
    }

    private DMatrixRMaj states(CellState state) {
        if (!state.planes().equals(planes)) {
            throw new IllegalArgumentException("state has planes " + state.planes() + ": must have " + planes
                    + "; make it with store(weights, conditions) of this cell");
        }
        return state.plane(parameters.state.name());
    }

    /**
     * The state of an array given in the unit of the device's state.
     *
     * @param states N×M, within the window. Not modified.
     */
    public CellState state(DMatrixRMaj states) {
        return new CellState(planes, states);
    }

    @Override
    public Topology topology() {
        return Topology.SOURCE_DRIVEN;
    }

    /** True. */
    @Override
    public boolean twoTerminal() {
        return true;
    }

    /** One plane, the device's state. */
    @Override
    public List<StatePlane> planes() {
        return planes;
    }

    /** {@link org.vmmlib.core.crossbar.LinearCells} without {@code cell.nonlinearity}. */
    @Override
    public ArrayCells bind(CellState state, Conditions conditions) {
        DMatrixRMaj states = states(state);
        return parameters.linear
                ? new ChordCells(chords(states, conditions), conditions.temperature())
                : new TwoTerminalCells(
                        parameters.current, parameters.lowVoltage, parameters.highVoltage, states, conditions);
    }

    private DMatrixRMaj chords(DMatrixRMaj states, Conditions conditions) {
        DMatrixRMaj chords = new DMatrixRMaj(states.numRows, states.numCols);
        readCurrents(states.data, conditions, chords.data);
        for (int c = 0; c < chords.data.length; c++) {
            chords.data[c] /= parameters.readVoltage;
        }
        return chords;
    }

    /**
     * Behavioural sources of the device's own expression.
     *
     * @throws IllegalArgumentException if it has none
     */
    @Override
    public SpiceCells spice(CellState state, Conditions conditions) {
        DMatrixRMaj states = states(state);
        if (parameters.linear) {
            DMatrixRMaj chords = chords(states, conditions);
            return (row, column, at) -> "Rc" + at.name() + " " + at.row() + " " + at.column() + " "
                    + DecimalText.of(1 / chords.get(row, column)) + "\n";
        }
        if (parameters.current.spice(states.data[0], conditions, "v(1)").isEmpty()) {
            throw new IllegalArgumentException("law = " + parameters.name
                    + ": cannot be written as a netlist; implement TwoTerminalCurrent.spice");
        }
        return (row, column, at) -> "Bc" + at.name() + " " + at.row() + " " + at.column() + " I="
                + parameters
                        .current
                        .spice(states.get(row, column), conditions, "v(" + at.row() + "," + at.column() + ")")
                        .orElse("0")
                + "\n";
    }

    @Override
    public CellState store(DMatrixRMaj weights, Conditions conditions) {
        Require.within("weights", weights, 0, 1);
        double[] ends = new double[2];
        readCurrents(new double[] {parameters.state.low(), parameters.state.high()}, conditions, ends);
        boolean rising = Math.abs(ends[1]) > Math.abs(ends[0]);
        double from = rising ? ends[0] : ends[1];
        double to = rising ? ends[1] : ends[0];
        double[] wanted = new double[weights.getNumElements()];
        for (int c = 0; c < wanted.length; c++) {
            double w = weights.data[c];
            // Exact at both ends.
            wanted[c] = w == 1 ? to : from + w * (to - from);
        }
        return state(statesAt(wanted, weights.numRows, weights.numCols, conditions));
    }

    /** The state whose current at the read voltage is off by the error. */
    @Override
    public CellState deviate(CellState target, DMatrixRMaj relativeError, Conditions conditions) {
        DMatrixRMaj states = states(target);
        Require.shape("relativeError", relativeError, states.numRows, states.numCols);
        Require.within("relativeError", relativeError, Math.nextUp(-1.0), Double.MAX_VALUE);
        double[] wanted = new double[states.getNumElements()];
        readCurrents(states.data, conditions, wanted);
        for (int c = 0; c < wanted.length; c++) {
            wanted[c] *= 1 + relativeError.data[c];
            wanted[c] = Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, wanted[c]));
        }
        return state(statesAt(wanted, states.numRows, states.numCols, conditions));
    }

    /**
     * What the {@link ProgrammingTable} says of each cell.
     *
     * @throws IllegalArgumentException if the law was given none
     */
    @Override
    public CellState program(CellState target, Conditions conditions, RandomStream draws) {
        DMatrixRMaj states = states(target);
        ProgrammingTable table = parameters.programming;
        if (table == null) {
            throw new IllegalArgumentException(parameters.name
                    + ": has no programming table; give the law one with programming(table), or use a relative"
                    + " tuning error");
        }
        return state(table.programmed(states, parameters.state, draws));
    }

    /**
     * Difference of the chord conductances of the window's ends at the read voltage, times the voltage.
     *
     * @throws IllegalArgumentException if the voltage across the cells is beyond the range
     */
    @Override
    public double unitSignal(DriveKind kind, double drive, double columnVoltage, Conditions conditions) {
        if (kind != DriveKind.ROW_VOLTAGE) {
            throw new IllegalArgumentException(
                    "kind = " + kind + ": two-terminal cells are driven by a " + DriveKind.ROW_VOLTAGE);
        }
        double across = drive - columnVoltage;
        if (!(across >= parameters.lowVoltage && across <= parameters.highVoltage)) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "drive = %s: is %s across the cells of %s, must be from %s to %s; drive them less, or measure"
                            + " further",
                    drive,
                    across,
                    parameters.name,
                    parameters.lowVoltage,
                    parameters.highVoltage));
        }
        double[] ends = new double[2];
        readCurrents(new double[] {parameters.state.low(), parameters.state.high()}, conditions, ends);
        return Math.abs((ends[1] - ends[0]) / parameters.readVoltage) * across;
    }

    @Override
    public double cellArea() {
        return parameters.cellArea;
    }

    @Override
    public List<Imperfection> imperfections() {
        return parameters.linear
                ? List.of()
                : List.of(new Imperfection(NONLINEARITY, "the current is not proportional to the voltage"));
    }

    @Override
    public TwoTerminalLaw without(String imperfection) {
        if (parameters.linear || !imperfection.equals(NONLINEARITY)) {
            throw Block.unknown(this, imperfection);
        }
        Builder copy = toBuilder();
        copy.linear = true;
        return copy.build();
    }

    @Override
    public Datasheet datasheet() {
        Builder p = parameters;
        return Datasheet.of(p.name)
                .add("lowest " + p.state.name(), p.state.low(), p.state.unit(), p.source)
                .add("highest " + p.state.name(), p.state.high(), p.state.unit(), p.source)
                .add("lowest voltage", p.lowVoltage, "V", p.source)
                .add("highest voltage", p.highVoltage, "V", p.source)
                .add("read voltage", p.readVoltage, "V", p.source)
                .add("cell area", p.cellArea, "m²", p.cellArea == 0 ? "default: none" : p.source)
                .build();
    }

    /** Collects what a device has. */
    public static final class Builder {
        private final String name;
        private final StatePlane state;
        private final TwoTerminalCurrent current;
        private double lowVoltage = -1;
        private double highVoltage = 1;
        private double readVoltage = 0.1;
        private double cellArea;
        private String source = "user";
        private boolean linear;
        private @Nullable ProgrammingTable programming;

        private Builder(String name, StatePlane state, TwoTerminalCurrent current) {
            this.name = name;
            this.state = state;
            this.current = current;
            Require.finite("state.low", state.low());
            Require.within("state.high", state.high(), Math.nextUp(state.low()), Double.MAX_VALUE);
        }

        private Builder(Builder other) {
            this(other.name, other.state, other.current);
            lowVoltage = other.lowVoltage;
            highVoltage = other.highVoltage;
            readVoltage = other.readVoltage;
            cellArea = other.cellArea;
            source = other.source;
            linear = other.linear;
            programming = other.programming;
        }

        /**
         * The voltages that the current is asked for.
         *
         * @param low lowest, volts, 0 or below
         * @param high highest, volts, above 0
         */
        public Builder voltageRange(double low, double high) {
            lowVoltage = Require.within("low", low, -Double.MAX_VALUE, 0);
            highVoltage = Require.positive("high", high);
            return this;
        }

        /** Voltage at which weights are tuned, volts, not 0, within the range. */
        public Builder readVoltage(double volts) {
            readVoltage = volts;
            return this;
        }

        /** Area of a cell, square metres, 0 or above. */
        public Builder cellArea(double squareMetres) {
            cellArea = Require.nonNegative("cellArea", squareMetres);
            return this;
        }

        /** Where the device comes from, for the datasheet. */
        public Builder source(String text) {
            source = text;
            return this;
        }

        /** How far from their targets programming leaves the cells. */
        public Builder programming(ProgrammingTable table) {
            programming = table.covering(state);
            return this;
        }

        /**
         * The finished law.
         *
         * @throws IllegalArgumentException naming voltage and state where the current breaks a rule, or the read
         *     voltage if it is 0 or out of range
         */
        public TwoTerminalLaw build() {
            Require.within("readVoltage", readVoltage, lowVoltage, highVoltage);
            if (readVoltage == 0) {
                throw new IllegalArgumentException("readVoltage = 0.0: must not be 0, no current flows there");
            }
            return new TwoTerminalLaw(new Builder(this));
        }
    }
}
