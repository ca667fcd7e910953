package org.vmmlib.core.crossbar.solve;

import org.ejml.data.DMatrixSparseCSC;
import org.ejml.sparse.csc.decomposition.chol.CholeskyUpLooking_DSCC;

/** {@code A = L Lᵀ} of a symmetric positive definite matrix, by EJML with its structure locked. */
final class CholeskyFactorization implements Factorization {

    /** A pivot that is a smaller part of its diagonal entry has lost too many digits by subtraction. */
    private static final double CANCELLED = 0x1p-24;

    private final DMatrixSparseCSC matrix;
    private final CholeskyUpLooking_DSCC cholesky = new CholeskyUpLooking_DSCC();

    CholeskyFactorization(SparsePattern pattern) {
        int size = pattern.size;
        int entries = pattern.rowIndex.length + size;
        matrix = new DMatrixSparseCSC(size, size, entries);
        matrix.nz_length = entries;
        for (int k = 0; k < size; k++) {
            matrix.col_idx[k] = pattern.columnStart[k] + k;
            for (int p = pattern.columnStart[k]; p < pattern.columnStart[k + 1]; p++) {
                matrix.nz_rows[p + k] = pattern.rowIndex[p];
            }
            matrix.nz_rows[pattern.columnStart[k + 1] + k] = k;
        }
        matrix.col_idx[size] = entries;
        cholesky.setStructureLocked(true);
    }

    /** False also where the matrix is too close to a singular one for this method: {@link LuFactorization} is not. */
    @Override
    public boolean factor(Jacobian values) {
        SparsePattern pattern = values.pattern;
        for (int k = 0; k < pattern.size; k++) {
            for (int p = pattern.columnStart[k]; p < pattern.columnStart[k + 1]; p++) {
                matrix.nz_values[p + k] = values.upper[p];
            }
            matrix.nz_values[pattern.columnStart[k + 1] + k] = values.diagonal[k];
        }
        return cholesky.decompose(matrix) && accurate(values.diagonal);
    }

    private boolean accurate(double[] diagonal) {
        DMatrixSparseCSC factor = cholesky.getL();
        for (int k = 0; k < factor.numCols; k++) {
            double root = factor.nz_values[factor.col_idx[k]];
            if (!(root * root >= CANCELLED * diagonal[k])) {
                return false;
            }
        }
        return true;
    }

    @Override
    public Factors factors() {
        DMatrixSparseCSC factor = cholesky.getL();
        return new Factors(factor.numCols, factor.col_idx, factor.nz_rows, factor.nz_values, factor.nz_values);
    }
}
