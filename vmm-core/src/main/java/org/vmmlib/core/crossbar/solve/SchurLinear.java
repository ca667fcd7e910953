package org.vmmlib.core.crossbar.solve;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.vmmlib.core.kernel.RowVectors;

/**
 * Solves the linear network of a factored {@link SchurMatrix} for terminal voltages. The first solve counts all
 * deviations from the terminals; where rounding leaves more than the tolerance, the solution is refined: deviations
 * become sums of two numbers, and what is left over branch by branch is solved for again. Scratch of one thread.
 */
final class SchurLinear {

    /** The iteration stops at this part of the tolerance, since it follows its residual with some rounding. */
    private static final double MARGIN = 0.5;
    /** A correction need not be better than this part of what is left over. */
    private static final double CORRECTION = 1e-8;

    private static final int MOST_REFINEMENTS = 40;
    /** Part of the norm at the start below which iteration can do nothing. */
    private static final double ROUNDING = 0x1p-70;

    private final Wiring wiring;
    private final int n;
    private final int m;
    private final int middle;
    private final Crew crew;
    private final SchurIteration iteration;
    private final Side[] sides;
    private final Crew.Work drive = this::driveSide;
    private final Crew.Work adopt = this::adoptSide;
    private final Crew.Work gather = this::gatherSide;
    private final Crew.Work move = this::moveSide;

    final TerminalVoltages base;
    final CurrentBalance balance;

    private final SchurMatrix matrix;
    private @Nullable Refinement refinement;
    private final double[] residuals = new double[MOST_REFINEMENTS + 1];
    private int solves;

    private static final class Side {
        final double[] word;
        final double[] bit;
        final double[] current;
        final double[] squares;
        final double[][] rows;

        Side(int m) {
            double[][] all = RowVectors.rows(4, m);
            word = all[0];
            bit = all[1];
            current = all[2];
            squares = all[3];
            rows = RowVectors.rows(4, m);
        }
    }

    /** What is only needed where rounding stands in the way. */
    private record Refinement(Deviations point, double[][] net) {}

    SchurLinear(SchurMatrix matrix, SchurIteration iteration, Crew crew) {
        this.matrix = matrix;
        this.iteration = iteration;
        this.crew = crew;
        wiring = matrix.wiring;
        n = wiring.rows;
        m = wiring.columns;
        middle = n / 2;
        base = new TerminalVoltages(wiring);
        balance = new CurrentBalance(matrix, base, crew);
        sides = new Side[] {new Side(m), new Side(m)};
    }

    /** Relative residuals after the first solution and after each refinement. */
    double[] history() {
        return Arrays.copyOf(residuals, solves);
    }

    /**
     * Solves for the terminal voltages in {@link #base}; currents are in {@link #balance}.
     *
     * @param tolerance relative residual to reach
     * @return iterations, or −1 if the tolerance was not reached
     */
    int solve(double tolerance) {
        iteration.matrix(matrix, false);
        crew.run(drive);
        double start = Math.sqrt(RowVectors.sum(m, sides[0].squares) + RowVectors.sum(m, sides[1].squares));
        balance.start(start);
        int count = 0;
        if (start > 0) {
            count = iteration.solve(ROUNDING * start, MARGIN * tolerance);
        } else {
            clear();
        }
        balance.evaluate(matrix, iteration.solution());
        residuals[0] = balance.residual;
        solves = 1;
        if (balance.residual <= tolerance) {
            return count;
        }
        return refine(count, tolerance);
    }

    private void clear() {
        for (double[] row : iteration.solution()) {
            Arrays.fill(row, 0);
        }
    }

    private int refine(int before, double tolerance) {
        Refinement r = refinement;
        if (r == null) {
            r = new Refinement(new Deviations(wiring), RowVectors.rows(n, m));
            refinement = r;
        }
        int count = before;
        crew.run(adopt);
        double best = Double.POSITIVE_INFINITY;
        int stalled = 0;
        for (int k = 0; k < MOST_REFINEMENTS; k++) {
            balance.evaluate(matrix, r.point, r.net, iteration.right());
            if (k > 0) {
                residuals[solves++] = balance.residual;
            }
            if (balance.residual <= tolerance) {
                return count;
            }
            if (!(balance.residual <= 0.5 * best) && ++stalled > 2) {
                break;
            }
            best = Math.min(best, balance.residual);
            crew.run(gather);
            double target = Math.max(0.1 * tolerance * balance.terminals, CORRECTION * balance.norm);
            count += iteration.solve(target, 0);
            crew.run(move);
        }
        return -1;
    }

    private int from(int side) {
        return side == 0 ? 0 : middle;
    }

    private int to(int side) {
        return side == 0 ? middle : n;
    }

    private void cells(int i, Side s) {
        base.word(i, s.word);
        base.bit(i, s.bit);
        matrix.drive(i, s.word, s.bit, s.current);
    }

    /** Right-hand side at the terminal voltages. */
    private void driveSide(int side) {
        Side s = sides[side];
        Arrays.fill(s.squares, 0);
        double[][] q = iteration.right();
        double[] terminals = iteration.wordCurrent();
        int i = from(side);
        while (i < to(side)) {
            int count = matrix.words.areUniform(i, to(side)) ? 4 : 1;
            for (int r = 0; r < count; r++) {
                cells(i + r, s);
                RowVectors.gather(m, s.current, s.current, s.squares);
                System.arraycopy(s.current, 0, q[i + r], 0, m);
                RowVectors.negate(m, s.current, s.rows[r]);
            }
            matrix.solve(i, count, s.rows, 0, terminals);
            for (int r = 0; r < count; r++) {
                RowVectors.gather(m, matrix.wordSlope[i + r], s.rows[r], q[i + r]);
            }
            i += count;
        }
    }

    /** Takes the first solution over as a point. */
    private void adoptSide(int side) {
        Side s = sides[side];
        Refinement r = refinement;
        if (r == null) {
            return;
        }
        double[][] x = iteration.solution();
        for (int i = from(side); i < to(side); i++) {
            cells(i, s);
            RowVectors.lessMultiplied(m, matrix.bitSlope[i], x[i], s.current);
            matrix.words.solve(i, s.current);
            System.arraycopy(s.current, 0, r.point.wordHigh[i], 0, m);
            System.arraycopy(x[i], 0, r.point.bitHigh[i], 0, m);
            Arrays.fill(r.point.wordLow[i], 0);
            Arrays.fill(r.point.bitLow[i], 0);
        }
    }

    /** Right-hand side for what is left over at the nodes. */
    private void gatherSide(int side) {
        Refinement r = refinement;
        if (r != null) {
            matrix.gather(from(side), to(side), r.net, iteration.right(), iteration.wordCurrent(), sides[side].rows);
        }
    }

    private void moveSide(int side) {
        Refinement r = refinement;
        if (r != null) {
            matrix.wordStep(from(side), to(side), iteration.solution(), r.net, iteration.wordCurrent());
            r.point.move(from(side), to(side), 1, r.net, iteration.solution());
        }
    }
}
