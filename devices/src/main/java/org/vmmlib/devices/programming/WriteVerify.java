package org.vmmlib.devices.programming;

import java.util.Locale;
import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.check.Require;
import org.vmmlib.core.crossbar.ArrayCells;
import org.vmmlib.core.crossbar.CellLaw;
import org.vmmlib.core.crossbar.CellState;
import org.vmmlib.core.crossbar.Crossbar;
import org.vmmlib.core.crossbar.StatePlane;
import org.vmmlib.core.crossbar.Topology;
import org.vmmlib.core.crossbar.solve.CrossbarSolver;
import org.vmmlib.core.crossbar.solve.SchurSolver;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.run.Progress;

/**
 * Write-verify of an array, cell by cell: read, pulse up or down by what is missing, until the read current is within a
 * tolerance of the target's or the budget of pulses is used up; then the whole array again, because pulses disturb
 * cells that were done before.
 *
 * <p>Nothing about the array is assumed: at each pulse the network is solved for what every cell sees, with line drops
 * and sneak currents, and every cell that sees more than its threshold moves. Verifying reads are solved likewise, so
 * they miss what they miss in the real array. Voltages are those of the states before a pulse: a pulse moves little, or
 * is to be cut into shorter ones.
 *
 * <p>Three kinds of array:
 *
 * <ul>
 *   <li>source-driven laws: cells between their lines; the other lines are held as the {@link BiasScheme} says. A read
 *       drives the cell's row and senses its column at 0 V, the other lines at 0 V or floating;
 *   <li>gate-driven laws: written through their gates, which draw no current. A read has the other gates off;
 *   <li>gate-driven laws with a {@linkplain Builder#selectGate select transistor}: written between source line and bit
 *       line, in one row at a time; a positive pulse is on the source line. The threshold of the cell is that of the
 *       whole cell, resistor and transistor.
 * </ul>
 *
 * <p>Immutable and safe to share. A run works in one thread, can be interrupted, and depends on nothing but its inputs.
 */
public final class WriteVerify {

    private final Builder parameters;

    private WriteVerify(Builder parameters) {
        this.parameters = parameters;
    }

    /**
     * Starts from 5 % tolerance, 100 pulses for each visit of a cell, 5 rounds, V/2, reads at 0.2 V of 1 µs with the
     * other lines at 0 V, and {@link SchurSolver}.
     *
     * @param response how pulses move the cells
     * @param coarse pulses while a cell is far away, in both directions
     */
    public static Builder builder(PulseResponse response, PulseTrain coarse) {
        return new Builder(response, coarse);
    }

    /** These settings, to change. */
    public Builder toBuilder() {
        return new Builder(parameters);
    }

    /** Largest relative error of the read current that is accepted. */
    public double tolerance() {
        return parameters.tolerance;
    }

    /**
     * What every cell of an array sees while one is written.
     *
     * @param array its state must be within the window of the response
     * @param row selected word line
     * @param column selected bit line
     * @param amplitude of the pulse, volts; positive raises the state
     * @return N×M, volts
     * @throws IllegalArgumentException if the array cannot be written like that
     */
    public DMatrixRMaj cellVoltages(Crossbar array, int row, int column, double amplitude, Conditions conditions) {
        requireTunable(array);
        Require.within("row", row, 0, array.rows() - 1);
        Require.within("column", column, 0, array.columns() - 1);
        Require.finite("amplitude", amplitude);
        DMatrixRMaj voltages = new DMatrixRMaj(array.rows(), array.columns());
        parameters
                .access(array.law().topology(), new SolvedArray(parameters.solver, conditions))
                .write(array, row, column, amplitude, voltages);
        return voltages;
    }

    /**
     * Tunes an array that was just made.
     *
     * @param array law, initial state, lines and faults
     * @param target N×M state whose read currents are wanted
     * @param conditions when the cells are tuned
     * @param die where mismatch and cycle-to-cycle spread are drawn from
     * @param progress told after each visit of a cell; of a run that ends early, the rest at once
     * @throws InterruptedException if this thread is interrupted
     * @throws IllegalArgumentException if the law stores more than one number, a state is outside the window of the
     *     response, a target cell carries no current, or the law cannot be written like that
     */
    public ProgrammingResult program(
            Crossbar array, CellState target, Conditions conditions, Die die, Progress progress)
            throws InterruptedException {
        return run(array, target, conditions, die, 0, progress);
    }

    /**
     * Tunes the same array again, after its state has drifted or the target has changed.
     *
     * @param array as it is now
     * @param earlier the last time it was tuned, on the same die
     * @see #program
     */
    public ProgrammingResult retune(
            Crossbar array,
            CellState target,
            Conditions conditions,
            Die die,
            ProgrammingResult earlier,
            Progress progress)
            throws InterruptedException {
        return run(array, target, conditions, die, earlier.nextPulse(), progress);
    }

    private ProgrammingResult run(
            Crossbar array, CellState target, Conditions conditions, Die die, long firstPulse, Progress progress)
            throws InterruptedException {
        requireTunable(array);
        StatePlane plane = parameters.response.plane();
        DMatrixRMaj wanted = target.plane(plane.name());
        Require.shape("target", wanted, array.rows(), array.columns());
        Require.within("target " + plane.name(), wanted, plane.low(), plane.high());
        double[] targets = currents(array.law(), target, conditions).data;
        for (int k = 0; k < targets.length; k++) {
            if (!(targets[k] > 0)) {
                throw new IllegalArgumentException(String.format(
                        Locale.ROOT,
                        "target[%d,%d] has a read current of %s A: must be above 0 for a relative tolerance; raise the"
                                + " read voltage, or choose another target",
                        k / target.columns(),
                        k % target.columns(),
                        targets[k]));
            }
        }
        TuningRun run = new TuningRun(
                parameters,
                array,
                parameters.response.on(die, array.rows(), array.columns()),
                targets,
                rising(array.law(), conditions),
                new SolvedArray(parameters.solver, conditions),
                firstPulse);
        run.run(progress);
        DMatrixRMaj verifyError = run.verify();
        DMatrixRMaj readError = currents(array.law(), run.array.state(), conditions);
        for (int k = 0; k < targets.length; k++) {
            readError.data[k] = readError.data[k] / targets[k] - 1;
        }
        return new ProgrammingResult(run, verifyError, readError, parameters.tolerance);
    }

    private void requireTunable(Crossbar array) {
        CellLaw law = array.law();
        StatePlane plane = parameters.response.plane();
        if (law.planes().size() != 1) {
            throw new IllegalArgumentException("law = " + law.datasheet().title() + ": stores "
                    + law.planes().stream().map(StatePlane::name).toList()
                    + "; must store one number, tune the planes of such a cell one by one");
        }
        StatePlane own = law.planes().get(0);
        if (!own.name().equals(plane.name()) || plane.low() < own.low() || plane.high() > own.high()) {
            throw new IllegalArgumentException("response moves " + plane + ": the cell stores " + own
                    + "; give the response a plane of that name, within its window");
        }
        Require.within(plane.name(), array.state().plane(plane.name()), plane.low(), plane.high());
        boolean gates = law.topology() == Topology.GATE_DRIVEN;
        if (gates == Double.isNaN(parameters.readGate)) {
            throw new IllegalArgumentException(
                    gates
                            ? "readGate is not given: the cells are gate-driven; give the gate voltage of a read"
                            : "readGate = " + parameters.readGate
                                    + ": the cells have no gates; leave it out, and selectGate too");
        }
        if (gates && parameters.scheme == BiasScheme.FLOATING) {
            throw new IllegalArgumentException("scheme = FLOATING: gates cannot float; use HALF or THIRD");
        }
        if (gates && parameters.othersFloat) {
            throw new IllegalArgumentException(
                    "othersFloat: the other rows of gate-driven cells are off; leave it" + " out");
        }
    }

    /** N×M read currents of the cells by themselves, without lines, amperes. */
    private DMatrixRMaj currents(CellLaw law, CellState state, Conditions conditions) {
        boolean gates = law.topology() == Topology.GATE_DRIVEN;
        ArrayCells cells = law.bind(state, conditions);
        int columns = cells.columns();
        DMatrixRMaj all = new DMatrixRMaj(cells.rows(), columns);
        DMatrixRMaj read = CrosspointAccess.filled(columns, parameters.readVoltage);
        DMatrixRMaj zero = new DMatrixRMaj(1, columns);
        double[] current = new double[columns];
        double[] slopes = new double[columns];
        double[] otherSlopes = new double[columns];
        for (int i = 0; i < cells.rows(); i++) {
            cells.evaluate(
                    i,
                    gates ? parameters.readGate : 0,
                    gates ? zero.data : read.data,
                    gates ? read.data : zero.data,
                    current,
                    slopes,
                    otherSlopes);
            for (int j = 0; j < columns; j++) {
                all.set(i, j, gates ? -current[j] : current[j]);
            }
        }
        return all;
    }

    private boolean rising(CellLaw law, Conditions conditions) {
        StatePlane plane = parameters.response.plane();
        DMatrixRMaj ends = new DMatrixRMaj(1, 2);
        ends.set(0, 0, plane.low());
        ends.set(0, 1, plane.high());
        DMatrixRMaj currents = currents(law, new CellState(law.planes(), ends), conditions);
        if (currents.get(0, 0) == currents.get(0, 1)) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "readVoltage = %s: the read current is the same, %s A, at both ends of the window; read at another"
                            + " voltage",
                    parameters.readVoltage,
                    currents.get(0, 0)));
        }
        return currents.get(0, 1) > currents.get(0, 0);
    }

    /** Collects the settings. */
    public static final class Builder {
        final PulseResponse response;
        PulseTrain coarseUp;
        PulseTrain coarseDown;
        PulseTrain fineUp;
        PulseTrain fineDown;
        double fineBand;
        double tolerance = 0.05;
        int budget = 100;
        int rounds = 5;
        BiasScheme scheme = BiasScheme.HALF;
        double readVoltage = 0.2;
        double readTime = 1e-6;
        boolean othersFloat;
        double readGate = Double.NaN;
        double selectGate = Double.NaN;
        CrossbarSolver solver = new SchurSolver();

        private Builder(PulseResponse response, PulseTrain coarse) {
            this.response = response;
            coarseUp = coarse;
            coarseDown = coarse;
            fineUp = coarse;
            fineDown = coarse;
        }

        private Builder(Builder other) {
            response = other.response;
            coarseUp = other.coarseUp;
            coarseDown = other.coarseDown;
            fineUp = other.fineUp;
            fineDown = other.fineDown;
            fineBand = other.fineBand;
            tolerance = other.tolerance;
            budget = other.budget;
            rounds = other.rounds;
            scheme = other.scheme;
            readVoltage = other.readVoltage;
            readTime = other.readTime;
            othersFloat = other.othersFloat;
            readGate = other.readGate;
            selectGate = other.selectGate;
            solver = other.solver;
        }

        ArrayAccess access(Topology topology, SolvedArray solved) {
            return topology == Topology.GATE_DRIVEN ? new GateAccess(solved, this) : new CrosspointAccess(solved, this);
        }

        /** Coarse pulses that are not the same in both directions. */
        public Builder coarse(PulseTrain up, PulseTrain down) {
            coarseUp = up;
            coarseDown = down;
            return this;
        }

        /**
         * Fine pulses near the target; without them, coarse ones are used to the end.
         *
         * @param band relative error of the read current below which they are used, above 0
         */
        public Builder fine(PulseTrain up, PulseTrain down, double band) {
            fineBand = Require.positive("band", band);
            fineUp = up;
            fineDown = down;
            return this;
        }

        /** Largest relative error of the read current that is accepted, above 0, below 1. */
        public Builder tolerance(double relative) {
            tolerance = Require.within("tolerance", Require.positive("tolerance", relative), 0, Math.nextDown(1.0));
            return this;
        }

        /** Pulses that a visit of a cell may take, 1 or above. */
        public Builder budget(int pulses) {
            budget = Require.within("budget", pulses, 1, Integer.MAX_VALUE);
            return this;
        }

        /** Times that the array is gone through at most, 1 or above. */
        public Builder rounds(int count) {
            rounds = Require.within("rounds", count, 1, 10_000);
            return this;
        }

        /** What the other lines are held at during a pulse. */
        public Builder scheme(BiasScheme others) {
            scheme = others;
            return this;
        }

        /** Voltage of a read: of the row, or of the columns of gate-driven cells, volts, above 0. */
        public Builder readVoltage(double volts) {
            readVoltage = Require.positive("readVoltage", volts);
            return this;
        }

        /** Duration of a read, seconds, 0 or above. */
        public Builder readTime(double seconds) {
            readTime = Require.nonNegative("readTime", seconds);
            return this;
        }

        /** Whether the other lines float during a read, so that sneak currents add to it; otherwise they are at 0 V. */
        public Builder othersFloat(boolean on) {
            othersFloat = on;
            return this;
        }

        /** Gate voltage of a read, volts; for gate-driven cells. */
        public Builder readGate(double volts) {
            readGate = Require.finite("readGate", volts);
            return this;
        }

        /** Gate voltage of the selected row during a pulse, volts; for cells with a select transistor. */
        public Builder selectGate(double volts) {
            selectGate = Require.finite("selectGate", volts);
            return this;
        }

        /** How the network is solved. */
        public Builder solver(CrossbarSolver how) {
            solver = how;
            return this;
        }

        /** The finished settings. */
        public WriteVerify build() {
            return new WriteVerify(new Builder(this));
        }
    }
}
