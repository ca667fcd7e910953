package org.vmmlib.core.crossbar.solve;

import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.crossbar.Direction;

/** Responses of an array without line resistance: a current injected beside a cell reaches its two terminals, whole. */
final class IdealAdjoint {

    private IdealAdjoint() {}

    static void write(Excitation at, DMatrixRMaj weights, DMatrixRMaj response) {
        Inputs.requireWeights(weights, at);
        int n = at.rowVoltages().numCols;
        int m = at.columnVoltages().numCols;
        boolean columnsSensed = at.direction() == Direction.ROWS_DRIVEN;
        response.reshape(at.vectors(), n * m);
        for (int b = 0; b < at.vectors(); b++) {
            int from = weights.numRows == 1 ? 0 : b * weights.numCols;
            int out = b * n * m;
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < m; j++, out++) {
                    response.data[out] = columnsSensed ? weights.data[from + j] : -weights.data[from + i];
                }
            }
        }
    }
}
