package org.vmmlib.core.crossbar.solve;

/** A solve did not reach its tolerance. */
public final class ConvergenceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final double[] history;

    /**
     * @param message what was solved, the tolerance, the residual reached, and what to try
     * @param history relative residual after each iteration
     */
    public ConvergenceException(String message, double[] history) {
        super(message);
        this.history = history.clone();
    }

    /** Relative residual after each iteration; a copy. */
    public double[] history() {
        return history.clone();
    }
}
