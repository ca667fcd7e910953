package org.vmmlib.core.macro;

/**
 * What the solves of a result say of themselves; the worst over all of them.
 *
 * @param method name of the method, as the solver gives it
 * @param iterations most iterations
 * @param residual largest relative residual
 * @param kirchhoffError largest net nodal current over the largest branch current
 */
public record Evidence(String method, int iterations, double residual, double kirchhoffError) {

    /** The worst of both. */
    public Evidence worst(Evidence other) {
        return new Evidence(
                method,
                Math.max(iterations, other.iterations),
                Math.max(residual, other.residual),
                Math.max(kirchhoffError, other.kirchhoffError));
    }
}
