package org.vmmlib.core.crossbar.solve;

import org.vmmlib.core.check.Require;
import org.vmmlib.core.crossbar.ArrayCells;
import org.vmmlib.core.crossbar.Crossbar;
import org.vmmlib.core.crossbar.LinearCells;
import org.vmmlib.core.crossbar.Lines;
import org.vmmlib.core.physics.Conditions;

/**
 * The fast solver of arrays with line resistance, for any cell law. Word lines are eliminated exactly, by tridiagonal
 * solves; the bit lines that remain are solved by preconditioned iteration, whose preconditioner is one tridiagonal solve
 * per bit line and a small coarse part for what is smooth over the array. The number of iterations hardly depends on the
 * size of the array, and memory is linear in it: about eight numbers per cell for linear cells, fifteen for others.
 *
 * <p>Linear cells take one solve by conjugate gradients, and more of refinement where rounding asks for it. Other laws
 * take inexact Newton steps (S. C. Eisenstat and H. F. Walker, SIAM J. Sci. Comput. 17 (1996) 16,
 * doi:10.1137/0917003), solved by conjugate gradients for cells of two terminals and by GMRES for transistors, and
 * shortened until the residual falls. Every vector starts without line drops, so that it has the same bits whatever the
 * batch it is in; or, if asked for, {@link #warm warm}.
 *
 * <p>The tolerance is on the l2 norm of all net currents: a column that carries almost no current is relatively less
 * accurate than the array as a whole. Results do not depend on the number of threads, to the last bit.
 *
 * <p>Arrays whose lines have no resistance at all are an ideal product. Arrays whose segments have none on either side,
 * but which have source or sense resistance or broken segments, are passed on to the {@link ReferenceSolver}; the method
 * says so.
 *
 * @param tolerance largest relative residual that is accepted, as {@link Solution#residual} defines it; above 0. Around
 *     1e-15 rounding makes it unreachable.
 * @param threads threads that work on one vector, 1 or 2
 * @param warm whether each vector of a batch, but for every {@value #CHUNK}th, starts with the line drops of the one before.
 *     Newton steps and iterations become fewer, the more so the more alike vectors are (measured at 256×256, α V up to 6:
 *     a tenth for random vectors, a fourth of the iterations and half of the steps where a vector changes by 5 %); results
 *     then depend on the batch, within the tolerance, but not on threads that share batches cut at multiples of
 *     {@value #CHUNK}. Linear cells have no use for it
 */
public record SchurSolver(double tolerance, int threads, boolean warm) implements CrossbarSolver {

    /** Every so many vectors of a batch one starts without line drops. */
    public static final int CHUNK = 16;

    /** Checks the ranges. */
    public SchurSolver {
        Require.positive("tolerance", tolerance);
        Require.within("threads", threads, 1, 2);
    }

    /** Tolerance 1e-10, one thread, no warm starts. */
    public SchurSolver() {
        this(1e-10, 1);
    }

    /**
     * No warm starts.
     *
     * @param tolerance largest relative residual that is accepted, above 0
     * @param threads threads that work on one vector, 1 or 2
     */
    public SchurSolver(double tolerance, int threads) {
        this(tolerance, threads, false);
    }

    /**
     * One thread, no warm starts.
     *
     * @param tolerance largest relative residual that is accepted, above 0
     */
    public SchurSolver(double tolerance) {
        this(tolerance, 1);
    }

    @Override
    public String name() {
        return "Schur";
    }

    @Override
    public PreparedCrossbar prepare(Crossbar crossbar, Conditions conditions) {
        Lines lines = crossbar.lines();
        if (Double.isInfinite(1 / lines.rowResistance()) && Double.isInfinite(1 / lines.columnResistance())) {
            return lines.ideal()
                    ? new IdealUnlessFloating(crossbar, conditions, tolerance)
                    : new ReferenceSolver(tolerance).prepare(crossbar, conditions);
        }
        ArrayCells cells = crossbar.cells(conditions);
        return cells instanceof LinearCells linear
                ? new SchurResistors(this, crossbar, linear)
                : new SchurNewton(this, crossbar, cells);
    }
}
