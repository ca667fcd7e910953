package org.vmmlib.core.spice;

/** ngspice ran, but did not find the operating point: it failed, did not converge, or took too long. */
public final class SpiceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * @param message what failed, what ngspice said, and what to try
     */
    public SpiceException(String message) {
        super(message);
    }
}
