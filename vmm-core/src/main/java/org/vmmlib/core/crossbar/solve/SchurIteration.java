package org.vmmlib.core.crossbar.solve;

/** Solves with a {@link SchurMatrix} by iteration, always from 0. Vectors of one thread and its second. */
interface SchurIteration {

    /** Takes a matrix of the size it was made for, or its transpose. */
    void matrix(SchurMatrix next, boolean transposed);

    /** N×M right-hand side, to be written before each solve, which destroys it. */
    double[][] right();

    /** N×M solution. */
    double[][] solution();

    /**
     * Currents that leave through the terminals of the word lines at the solution 0: to be written before a solve that
     * follows the terminal currents.
     */
    double[] wordCurrent();

    /** Norm of the residual at the start and after each iteration of the last solve. */
    double[] history();

    /**
     * Solves until the l2 norm of the residual, as it is updated, is at the target, nothing moves any more, or the history
     * is full.
     *
     * @param target norm of the residual
     * @param relative stop also at this part of the l2 norm of all terminal currents, or, where these cannot be
     *     followed, of a tenth of that of the right-hand side; 0 if only the target counts
     * @return number of iterations
     */
    int solve(double target, double relative);
}
