package org.vmmlib.core.crossbar.solve;

import java.util.Locale;
import org.vmmlib.core.check.Require;
import org.vmmlib.core.crossbar.ArrayCells;
import org.vmmlib.core.crossbar.Crossbar;
import org.vmmlib.core.crossbar.LinearCells;
import org.vmmlib.core.physics.Conditions;

/**
 * The plain and slow solver that faster ones are tested against: the whole nodal network by sparse direct
 * factorisation, with damped Newton for nonlinear cells. It takes every array: any law, source- or gate-driven, both
 * directions, all kinds of lines, floating and broken lines, faults, any size down to 1×1.
 *
 * <p>The unknowns are deviations from the voltage of each line's terminal, and terminal currents are sums of cell
 * currents, so that picoamperes through ohms keep their digits. The network is ordered by nested dissection. Two-terminal
 * laws use sparse Cholesky (EJML), others LU without pivoting; both keep their structure from one factorisation to the
 * next. A linear array is factored once; each vector is then two triangular solves, and more of iterative refinement
 * until rounding stops it. A nonlinear array is solved by Newton's method from the state without any line drop, which
 * does not depend on other vectors; steps are halved until the l2 norm of the nodal residual falls, and a factorisation
 * is kept as long as steps with it reduce the residual tenfold.
 *
 * <p>By Kirchhoff's current law every terminal current is exact to the l1 norm of the nodal residual where cells are
 * passive resistors, since no more than the injected current can reach a terminal.
 *
 * @param tolerance largest relative residual that is accepted, as {@link Solution#residual} defines it; above 0. Around
 *     1e-15 rounding makes it unreachable.
 * @param memory bytes that the factors and vectors of one thread may take; above 0
 */
public record ReferenceSolver(double tolerance, long memory) implements CrossbarSolver {

    /** Rough memory of one thread for each node: network, operating points, right-hand sides. */
    private static final long BYTES_PER_NODE = 450;

    /** Checks the ranges. */
    public ReferenceSolver {
        Require.positive("tolerance", tolerance);
        if (memory <= 0) {
            throw new IllegalArgumentException("memory = " + memory + ": must be above 0 bytes");
        }
    }

    /** Tolerance 1e-10, and up to half of the Java heap for one thread. */
    public ReferenceSolver() {
        this(1e-10);
    }

    /**
     * Up to half of the Java heap for one thread.
     *
     * @param tolerance largest relative residual that is accepted, above 0
     */
    public ReferenceSolver(double tolerance) {
        this(tolerance, Runtime.getRuntime().maxMemory() / 2);
    }

    @Override
    public String name() {
        return "reference";
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if the factors would not fit in the memory allowed
     */
    @Override
    public PreparedCrossbar prepare(Crossbar crossbar, Conditions conditions) {
        requireRoom(crossbar, 0);
        ArrayCells cells = crossbar.cells(conditions);
        return cells instanceof LinearCells linear
                ? new LinearReference(this, crossbar, linear)
                : new NewtonReference(this, crossbar, cells);
    }

    /**
     * Entries of each column of the factors.
     *
     * @param bytesPerEntry memory of one entry
     * @throws IllegalArgumentException if they do not fit
     */
    int[] factorCounts(Crossbar crossbar, Network network, int bytesPerEntry) {
        long room = memory - BYTES_PER_NODE * nodes(crossbar);
        int[] counts = network.pattern.factorCounts(Math.min(Integer.MAX_VALUE - 16, room / bytesPerEntry));
        if (counts.length < network.unknowns) {
            requireRoom(crossbar, Long.MAX_VALUE / 2);
        }
        return counts;
    }

    private void requireRoom(Crossbar crossbar, long entries) {
        long needed = BYTES_PER_NODE * nodes(crossbar) + entries;
        if (needed > memory) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "crossbar is %d x %d: its factors need more than the %d MB that the reference solver may take; "
                            + "allow more (its argument memory, the JVM's -Xmx) or cut the array into tiles",
                    crossbar.rows(),
                    crossbar.columns(),
                    memory >> 20));
        }
    }

    private static long nodes(Crossbar crossbar) {
        return 2L * crossbar.rows() * crossbar.columns();
    }
}
