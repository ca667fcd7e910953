package org.vmmlib.core.crossbar.solve;

import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.crossbar.ArrayCells;
import org.vmmlib.core.crossbar.Crossbar;

/**
 * An array made ready by a solver. Safe to share between threads; each thread brings its own {@link Workspace}.
 */
public interface PreparedCrossbar {

    /** The array. */
    Crossbar crossbar();

    /** Its cells, bound to state and conditions. */
    ArrayCells cells();

    /** Name of the method that solves it. */
    String method();

    /** Scratch memory for one thread. */
    Workspace workspace();

    /**
     * Solves a batch.
     *
     * @param excitation terminal voltages and gates, B vectors. Not modified.
     * @param solution results; reshaped as needed, reused without allocation when the shapes repeat. Modified.
     * @param workspace from {@link #workspace()}, of this thread. Modified.
     * @throws ConvergenceException if the stated tolerance is not reached; never a wrong answer
     */
    void solve(Excitation excitation, Solution solution, Workspace workspace);

    /**
     * How the sensed currents react to the cells, by one adjoint solve per vector: for the weighted sum
     * {@code Y = Σ_j w_j I_j} of the sensed terminal currents, the response {@code ∂Y/∂δi_ij} to a small current δi
     * injected in parallel with each cell (from row to column). The sensitivity to a parameter p of the cell's law is
     * that times ∂i/∂p; a noise current of the cell reaches the output by the same factor.
     *
     * @param at the operating point. Not modified.
     * @param weights B×(sensed lines), or 1×(sensed lines) for all vectors. Not modified.
     * @param response B×(N·M), row-major by word line. Modified.
     * @param workspace of this thread. Modified.
     * @throws ConvergenceException if the operating point is not found
     */
    void adjoint(Excitation at, DMatrixRMaj weights, DMatrixRMaj response, Workspace workspace);
}
