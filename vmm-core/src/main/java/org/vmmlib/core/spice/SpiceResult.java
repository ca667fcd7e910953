package org.vmmlib.core.spice;

import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.crossbar.solve.Solution;

/**
 * Terminal currents and node voltages of an array for one input vector. The matrices are not copied and must not be
 * modified.
 *
 * @param rowCurrents 1×N currents out of the row terminals, amperes; 0 where a row floats
 * @param columnCurrents 1×M currents out of the column terminals, amperes; 0 where a column floats
 * @param wordLines N×M node voltages of the word lines, volts; NaN where no terminal determines them
 * @param bitLines N×M node voltages of the bit lines, volts; NaN where no terminal determines them
 */
public record SpiceResult(
        DMatrixRMaj rowCurrents, DMatrixRMaj columnCurrents, DMatrixRMaj wordLines, DMatrixRMaj bitLines) {

    /**
     * What a solver found for one vector, copied.
     *
     * @param solution with node voltages. Not modified.
     * @param vector index in the batch
     * @throws IllegalArgumentException if the solution has no node voltages, or no such vector
     */
    public static SpiceResult of(Solution solution, int vector) {
        if (!solution.keepsNodeVoltages()) {
            throw new IllegalArgumentException(
                    "solution keeps no node voltages: make it with new Solution(true, slopes)");
        }
        int rows = solution.rowCurrents.numCols;
        int columns = solution.columnCurrents.numCols;
        return new SpiceResult(
                part(solution.rowCurrents, vector, 1, rows),
                part(solution.columnCurrents, vector, 1, columns),
                part(solution.wordLines, vector, rows, columns),
                part(solution.bitLines, vector, rows, columns));
    }

    private static DMatrixRMaj part(DMatrixRMaj batch, int vector, int rows, int columns) {
        if (vector < 0 || vector >= batch.numRows) {
            throw new IllegalArgumentException("vector = " + vector + ": must be from 0 to " + (batch.numRows - 1));
        }
        DMatrixRMaj out = new DMatrixRMaj(rows, columns);
        System.arraycopy(batch.data, vector * rows * columns, out.data, 0, rows * columns);
        return out;
    }
}
