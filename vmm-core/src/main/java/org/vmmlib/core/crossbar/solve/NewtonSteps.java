package org.vmmlib.core.crossbar.solve;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.vmmlib.core.crossbar.ArrayCells;
import org.vmmlib.core.kernel.RowVectors;

/**
 * Finds the operating point of nonlinear cells by inexact Newton steps: each is solved for as well as its model deserves
 * (the forcing term falls with the square of the last reduction), and halved until the l2 norm of the net currents falls.
 * Always starts without line drops. Scratch of one thread.
 */
final class NewtonSteps {

    private static final int MOST_STEPS = 200;
    private static final double FIRST_FORCING = 0.1;
    private static final double LEAST_FORCING = 1e-6;
    /** A step must reduce the norm at least by this part of what its linear model promises (Armijo's rule). */
    private static final double ARMIJO = 1e-4;

    private static final double SHORTEST = 0x1p-40;
    /** No node moves further in a step than so many times the range of the terminal voltages … */
    private static final double FARTHEST = 2;
    /** … and so many volts. */
    private static final double FARTHEST_AT_LEAST = 0.1;
    /** Iteration for a step stops below this part of the tolerance. */
    private static final double MARGIN = 0.3;

    private final ArrayCells cells;
    private final Crew crew;
    private final int n;
    private final int m;
    private final int middle;
    private final double[][] wordNet;
    private final double[][] wordStep;
    private final double[][][] scratch;
    private final double[] history = new double[MOST_STEPS + 1];
    private final Crew.Work gather = this::gatherSide;
    private final Crew.Work finish = this::finishSide;
    private final Crew.Work move = this::moveSide;

    final SchurMatrix matrix;
    final SchurIteration iteration;
    final TerminalVoltages base;
    final CurrentBalance balance;
    final Deviations point;
    private double limit;
    private double part;
    private int steps;
    /** Iterations of all steps. */
    int iterations;

    NewtonSteps(ArrayCells cells, SchurMatrix matrix, SchurIteration iteration, Crew crew) {
        this.cells = cells;
        this.matrix = matrix;
        this.iteration = iteration;
        this.crew = crew;
        n = matrix.wiring.rows;
        m = matrix.wiring.columns;
        middle = n / 2;
        wordNet = RowVectors.rows(n, m);
        wordStep = RowVectors.rows(n, m);
        scratch = new double[][][] {RowVectors.rows(4, m), RowVectors.rows(4, m)};
        base = new TerminalVoltages(matrix.wiring);
        balance = new CurrentBalance(matrix, base, crew);
        point = new Deviations(matrix.wiring);
    }

    /** Relative residual at the start and after each step of the last {@link #settle}. */
    double[] history() {
        return Arrays.copyOf(history, steps + 1);
    }

    /** Steps of the last {@link #settle}. */
    int steps() {
        return steps;
    }

    /**
     * Finds the operating point for the voltages in {@link #base}.
     *
     * @param warm whether to start with the line drops of the operating point that was found last, if that was with the
     *     same connections; where these lead nowhere, without
     * @return null, or why it was not found
     */
    @Nullable
    String settle(double tolerance, boolean warm) {
        if (warm && base.range > 0 && settleFromHere(tolerance) == null) {
            return null;
        }
        point.clear();
        return settleFromHere(tolerance);
    }

    private @Nullable String settleFromHere(double tolerance) {
        steps = 0;
        iterations = 0;
        balance.start(0);
        evaluate();
        balance.startHere();
        history[0] = balance.residual;
        if (!balance.isFinite()) {
            return "cell currents are not finite at the terminal voltages; lower the drive";
        }
        limit = FARTHEST * base.range + FARTHEST_AT_LEAST;
        double forcing = FIRST_FORCING;
        while (balance.residual > tolerance) {
            if (steps == MOST_STEPS) {
                return "too many steps";
            }
            double before = balance.norm;
            step(Math.max(forcing * before, MARGIN * tolerance * balance.terminals));
            if (!advance(before)) {
                evaluate();
                if (!balance.isDead(point)) {
                    return "no shorter step reduces the residual; a floating line may have no cell that reacts to it,"
                            + " or needs ReferenceSolver";
                }
                balance.residual = 0;
                balance.kirchhoffError = 0;
                return null;
            }
            history[++steps] = balance.residual;
            double ratio = balance.norm / before;
            forcing = Math.max(LEAST_FORCING, Math.min(FIRST_FORCING, 0.5 * ratio * ratio));
        }
        return null;
    }

    private void evaluate() {
        balance.evaluate(cells, matrix, point, wordNet, iteration.right());
    }

    /** Solves for the step, down to a norm of what is left of the linear model. */
    private void step(double target) {
        matrix.factor(crew, steps == 0);
        crew.run(gather);
        iteration.matrix(matrix, false);
        iterations += iteration.solve(target, 0);
        crew.run(finish);
    }

    private boolean advance(double before) {
        part = 1;
        double taken = 1;
        while (true) {
            crew.run(move);
            evaluate();
            if (balance.isFinite() && balance.norm <= (1 - ARMIJO * taken) * before) {
                return true;
            }
            if (taken <= SHORTEST) {
                part = -taken;
                crew.run(move);
                return false;
            }
            part = -0.5 * taken;
            taken *= 0.5;
        }
    }

    private int from(int side) {
        return side == 0 ? 0 : middle;
    }

    private int to(int side) {
        return side == 0 ? middle : n;
    }

    private void gatherSide(int side) {
        for (int i = from(side); i < to(side); i++) {
            System.arraycopy(wordNet[i], 0, wordStep[i], 0, m);
        }
        matrix.gather(from(side), to(side), wordStep, iteration.right(), iteration.wordCurrent(), scratch[side]);
    }

    private void finishSide(int side) {
        matrix.wordStep(from(side), to(side), iteration.solution(), wordStep, iteration.wordCurrent());
        for (int i = from(side); i < to(side); i++) {
            RowVectors.clamp(m, limit, wordStep[i]);
            RowVectors.clamp(m, limit, iteration.solution()[i]);
        }
    }

    private void moveSide(int side) {
        point.move(from(side), to(side), part, wordStep, iteration.solution());
    }
}
