package org.vmmlib.studies.command;

import java.io.IOException;
import java.util.Locale;
import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.crossbar.Crossbar;
import org.vmmlib.core.crossbar.solve.ConvergenceException;
import org.vmmlib.core.crossbar.solve.CrossbarSolver;
import org.vmmlib.core.crossbar.solve.Excitation;
import org.vmmlib.core.crossbar.solve.PreparedCrossbar;
import org.vmmlib.core.crossbar.solve.Solution;
import org.vmmlib.core.crossbar.solve.Workspace;
import org.vmmlib.core.physics.Conditions;

/**
 * A solve of many vectors in pieces, so that memory stays bounded however many there are.
 *
 * @param solver the method
 * @param array what is solved: rows driven, columns held at 0 V
 */
record BatchSolve(CrossbarSolver solver, Crossbar array) {

    /** Doubles in the results of one piece: 16 MB. */
    private static final int PIECE = 1 << 21;

    private static final int MOST_VECTORS = 1024;

    /** Takes the results, one piece after the other. */
    @FunctionalInterface
    interface Sink {

        /** Takes the results of the next vectors; they are overwritten afterwards. */
        void accept(Solution piece) throws IOException;
    }

    /**
     * Solves.
     *
     * @param voltages B×N, volts. Not modified.
     * @param nodeVoltages whether to find the node voltages too
     * @param sink takes the results
     * @return the worst of the evidence, and the time without that of the sink
     * @throws IllegalArgumentException if a current is beyond the range of a double
     * @throws ConvergenceException if a vector does not converge
     */
    SolveSummary run(DMatrixRMaj voltages, boolean nodeVoltages, Sink sink) throws IOException {
        int vectors = voltages.numRows;
        int rows = array.rows();
        int columns = array.columns();
        long begin = System.nanoTime();
        PreparedCrossbar prepared = solver.prepare(array, Conditions.ROOM);
        Workspace workspace = prepared.workspace();
        Solution solution = new Solution(nodeVoltages, false);
        long nanoseconds = System.nanoTime() - begin;

        int iterations = 0;
        double residual = 0;
        double kirchhoffError = 0;
        long perVector = rows + columns + (nodeVoltages ? 2L * rows * columns : 0);
        int most = (int) Math.max(1, Math.min(MOST_VECTORS, PIECE / perVector));
        DMatrixRMaj driven = new DMatrixRMaj(0, 0);
        DMatrixRMaj sensed = new DMatrixRMaj(0, 0);
        int count;
        for (int from = 0; from < vectors; from += count) {
            count = Math.min(most, vectors - from);
            driven.reshape(count, rows);
            sensed.reshape(count, columns);
            System.arraycopy(voltages.data, from * rows, driven.data, 0, count * rows);
            begin = System.nanoTime();
            try {
                prepared.solve(Excitation.rows(driven, sensed), solution, workspace);
            } catch (ConvergenceException e) {
                throw from == 0 ? e : counted(from, e);
            }
            nanoseconds += System.nanoTime() - begin;
            requireFinite(solution.columnCurrents, from);
            iterations = Math.max(iterations, solution.iterations);
            residual = Math.max(residual, solution.residual);
            kirchhoffError = Math.max(kirchhoffError, solution.kirchhoffError);
            sink.accept(solution);
        }
        if (!Double.isFinite(residual) || !Double.isFinite(kirchhoffError)) {
            throw new IllegalStateException(String.format(
                    Locale.ROOT,
                    "method %s left residual %s, Kirchhoff error %s",
                    prepared.method(),
                    residual,
                    kirchhoffError));
        }
        return new SolveSummary(
                prepared.method(),
                rows,
                columns,
                vectors,
                iterations,
                residual,
                kirchhoffError,
                nanoseconds / 1e9,
                null);
    }

    private static ConvergenceException counted(int from, ConvergenceException e) {
        ConvergenceException counted = new ConvergenceException(
                String.format(Locale.ROOT, "counting from input %d: %s", from, e.getMessage()), e.history());
        counted.initCause(e);
        return counted;
    }

    private static void requireFinite(DMatrixRMaj currents, int firstVector) {
        for (int k = 0; k < currents.getNumElements(); k++) {
            if (!Double.isFinite(currents.data[k])) {
                throw new IllegalArgumentException(String.format(
                        Locale.ROOT,
                        "the current of bit line %d for input %d is beyond 1.8e308 A: must be less; lower the voltages"
                                + " or conductances",
                        k % currents.numCols,
                        firstVector + k / currents.numCols));
            }
        }
    }
}
