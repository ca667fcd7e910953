package org.vmmlib.core.crossbar.settling;

import java.util.Arrays;
import java.util.Locale;
import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.check.Require;
import org.vmmlib.core.crossbar.Crossbar;
import org.vmmlib.core.crossbar.Lines;
import org.vmmlib.core.crossbar.solve.CapacitiveNetwork;
import org.vmmlib.core.crossbar.solve.ConvergenceException;
import org.vmmlib.core.crossbar.solve.CrossbarSolver;
import org.vmmlib.core.crossbar.solve.Excitation;
import org.vmmlib.core.crossbar.solve.PreparedCrossbar;
import org.vmmlib.core.crossbar.solve.SchurSolver;
import org.vmmlib.core.crossbar.solve.Solution;
import org.vmmlib.core.physics.Conditions;

/**
 * Finds how an array answers when its terminals and gates step from one set of voltages to another, at time 0 and without
 * delay of their own: the whole network of wires and cells of any law, with a capacitance at every node. Immutable and safe
 * to share.
 *
 * <p>Capacitances to ground are those of {@link Lines}: every node of a line, that is where a cell joins it, has that of one
 * segment, half of the segment on either side of it. The halves at the terminals, before source and sense resistance, are
 * not part of the array. Cells have a capacitance between row and column, all the same. Delay along the gate lines is not
 * part of the network either.
 *
 * <p>Time is stepped by the L-stable, stiffly accurate, diagonally implicit Runge–Kutta method of two stages and order 2
 * with {@code γ = 1 − 1/√2} (R. Alexander, SIAM J. Numer. Anal. 14 (1977) 1006, doi:10.1137/0714068), which damps what is
 * much faster than a step instead of ringing, and keeps charge exactly. Steps follow an error estimate of order 3 that is
 * exact for linear cells. Nodes without capacitance follow at once. Each stage is one solve, or a few Newton steps, on the
 * structure of {@link SchurSolver}; memory is linear in the array, about 40 numbers per cell. Arrays whose lines have no
 * resistance on either side are stepped by sparse direct factorisation.
 */
public final class StepAnalysis {

    private static final int MOST_STEPS = 1_000_000;

    private final CrossbarSolver solver;
    private final double cellCapacitance;
    private final double accuracy;
    private final double duration;
    private final double fixedStep;
    private final double[] times;
    private final int mostSteps;

    private StepAnalysis(Builder b) {
        solver = b.solver;
        cellCapacitance = b.cellCapacitance;
        accuracy = b.accuracy;
        duration = b.duration;
        fixedStep = b.fixedStep;
        times = b.times.clone();
        mostSteps = b.mostSteps;
    }

    /** Starts from an analysis that runs until the array has settled, with cells without capacitance. */
    public static Builder builder() {
        return new Builder();
    }

    /** Capacitance of each cell, farads. */
    public double cellCapacitance() {
        return cellCapacitance;
    }

    /** Error of the node voltages that the steps are chosen for, as a part of the farthest that any node has to move. */
    public double accuracy() {
        return accuracy;
    }

    /** Length of the response, seconds; 0 if it lasts until the array has settled. */
    double duration() {
        return duration;
    }

    /** Length of all steps, seconds; 0 if they follow the error. */
    double fixedStep() {
        return fixedStep;
    }

    /** Times to be among those of the response, seconds, rising. Not to be modified. */
    double[] times() {
        return times;
    }

    /** Number of steps after which it is given up. */
    int mostSteps() {
        return mostSteps;
    }

    /**
     * The response of an array that is at rest, every node at 0 V.
     *
     * @param crossbar the array
     * @param conditions its conditions
     * @param to terminal voltages and gates from time 0 on. Not modified.
     * @param vector which of its vectors, 0 or above
     * @throws IllegalArgumentException if no part of the array has a capacitance, the solver has no transient or cannot
     *     solve the array, or the excitation is for another array
     * @throws ConvergenceException if a stationary state is not found, or the steps become too many
     */
    public StepResponse fromRest(Crossbar crossbar, Conditions conditions, Excitation to, int vector) {
        Solution rest = new Solution(true, false);
        rest.shape(1, crossbar.rows(), crossbar.columns());
        rest.wordLines.zero();
        rest.bitLines.zero();
        return respond(crossbar, conditions, rest, single(to, vector));
    }

    /**
     * The response of an array that had settled at another excitation. Lines may be connected otherwise before and after.
     * A node that no terminal determines starts half-way between the lowest and the highest terminal voltage before.
     *
     * @param crossbar the array
     * @param conditions its conditions
     * @param from terminal voltages and gates before time 0. Not modified.
     * @param to terminal voltages and gates from time 0 on. Not modified.
     * @param vector which of the vectors of both, 0 or above
     * @throws IllegalArgumentException as {@link #fromRest}
     * @throws ConvergenceException as {@link #fromRest}
     */
    public StepResponse between(Crossbar crossbar, Conditions conditions, Excitation from, Excitation to, int vector) {
        Solution before = new Solution(true, false);
        PreparedCrossbar prepared = solver.prepare(crossbar, conditions);
        prepared.solve(single(from, vector), before, prepared.workspace());
        return respond(crossbar, conditions, before, single(to, vector));
    }

    private StepResponse respond(Crossbar crossbar, Conditions conditions, Solution before, Excitation to) {
        CapacitiveNetwork network = CapacitiveNetwork.of(solver, crossbar, conditions, to, 0, cellCapacitance);
        Solution after = new Solution(true, false);
        PreparedCrossbar prepared = solver.prepare(crossbar, conditions);
        prepared.solve(to, after, prepared.workspace());
        network.approach(after);
        return new Stepper(this, network, to).run(before, after);
    }

    /** One vector of an excitation. */
    private static Excitation single(Excitation e, int vector) {
        Require.within("vector", vector, 0, e.vectors() - 1);
        return new Excitation(
                e.direction(),
                row(e.gates(), vector),
                row(e.rowVoltages(), vector),
                row(e.columnVoltages(), vector),
                e.rows(),
                e.columns());
    }

    private static DMatrixRMaj row(DMatrixRMaj matrix, int which) {
        DMatrixRMaj out = new DMatrixRMaj(1, matrix.numCols);
        System.arraycopy(matrix.data, which * matrix.numCols, out.data, 0, matrix.numCols);
        return out;
    }

    /** Collects the parameters of an analysis. */
    public static final class Builder {
        private CrossbarSolver solver = new SchurSolver(1e-12);
        private double cellCapacitance;
        private double accuracy = 1e-4;
        private double duration;
        private double fixedStep;
        private double[] times = {};
        private int mostSteps = MOST_STEPS;

        private Builder() {}

        /**
         * What solves the stages and the stationary states: a {@link SchurSolver}, by default with the tolerance 1e-12 and
         * one thread, or a {@link org.vmmlib.core.crossbar.solve.ReferenceSolver}.
         */
        public Builder solver(CrossbarSolver method) {
            solver = method;
            return this;
        }

        /** Capacitance between row and column of each cell, farads, 0 or above; 0 unless given. */
        public Builder cellCapacitance(double farads) {
            cellCapacitance = Require.nonNegative("cellCapacitance", farads);
            return this;
        }

        /**
         * Error of the node voltages that the steps are chosen for, as a part of the farthest that any node has to move; from
         * 1e-8 to 0.01, 1e-4 unless given. A single step may err by its power 3/2, so that the sum of many stays below it,
         * if not by guarantee; the number of steps grows with its inverse square root.
         */
        public Builder accuracy(double part) {
            accuracy = Require.within("accuracy", part, 1e-8, 1e-2);
            return this;
        }

        /**
         * Length of the response, seconds, above 0. Unless given it lasts until every node that a terminal determines is as
         * near to its stationary voltage as a hundredth of the {@link #accuracy}, and until the last of the {@link #times}.
         */
        public Builder duration(double seconds) {
            duration = Require.positive("duration", seconds);
            return this;
        }

        /** Length of all steps, seconds, above 0, instead of steps that follow the error; asks for a duration. */
        public Builder fixedStep(double seconds) {
            fixedStep = Require.positive("fixedStep", seconds);
            return this;
        }

        /**
         * Times that are to be among those of the response, seconds, above 0 and rising.
         *
         * @throws IllegalArgumentException if they are not rising
         */
        public Builder times(double... seconds) {
            for (int k = 0; k < seconds.length; k++) {
                Require.positive("times", seconds[k]);
                if (k > 0 && !(seconds[k] > seconds[k - 1])) {
                    throw new IllegalArgumentException(String.format(
                            Locale.ROOT,
                            "times = %s, %s, ...: must rise; sort them and leave out doubles",
                            seconds[k - 1],
                            seconds[k]));
                }
            }
            times = seconds.clone();
            return this;
        }

        /** Number of steps after which it is given up, 1 or above; a million unless given. */
        public Builder mostSteps(int steps) {
            mostSteps = Require.within("mostSteps", steps, 1, Integer.MAX_VALUE);
            return this;
        }

        /**
         * The finished analysis.
         *
         * @throws IllegalArgumentException if a time lies after the duration, or fixed steps have no duration or are too
         *     many
         */
        public StepAnalysis build() {
            if (duration > 0 && times.length > 0 && times[times.length - 1] > duration) {
                throw new IllegalArgumentException(String.format(
                        Locale.ROOT,
                        "times = %s: lies after the duration %s; leave it out or give a longer duration",
                        Arrays.toString(times),
                        duration));
            }
            if (fixedStep > 0 && duration == 0) {
                throw new IllegalArgumentException(
                        "fixedStep = " + fixedStep + ": fixed steps need a duration; give one, or an accuracy instead");
            }
            if (fixedStep > 0 && duration / fixedStep > mostSteps) {
                throw new IllegalArgumentException(String.format(
                        Locale.ROOT,
                        "fixedStep = %s: makes more than %d steps of the duration %s; take longer ones",
                        fixedStep,
                        mostSteps,
                        duration));
            }
            return new StepAnalysis(this);
        }
    }
}
