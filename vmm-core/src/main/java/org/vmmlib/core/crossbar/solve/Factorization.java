package org.vmmlib.core.crossbar.solve;

/** Turns the values of a matrix into triangular factors; the structure is found once. One per thread. */
interface Factorization {

    /**
     * Factors.
     *
     * @return whether the matrix could be factored
     */
    boolean factor(Jacobian matrix);

    /** The factors; they change with the next call of {@link #factor}. */
    Factors factors();
}
