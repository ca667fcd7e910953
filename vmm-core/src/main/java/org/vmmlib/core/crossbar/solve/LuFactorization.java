package org.vmmlib.core.crossbar.solve;

import java.util.Arrays;

/**
 * {@code A = L U} of a nodal matrix without pivoting and, for cells with {@code ∂i/∂v_row ≥ 0 ≥ ∂i/∂v_column}, without
 * any subtraction; column by column (left-looking).
 *
 * <p>Such a matrix has negative off-diagonal entries, and its columns add up to what leaves towards the terminals, the
 * excess. Elimination keeps both properties; so pivots need no exchange, no multiplier exceeds 1, and each pivot is
 * found as the excess of its column less the other entries of the column, which adds numbers of one sign (the GTH
 * algorithm of Grassmann, Taksar and Heyman, Oper. Res. 33 (1985) 1107, doi:10.1287/opre.33.5.1107; O'Cinneide, Numer.
 * Math. 65 (1993) 109, doi:10.1007/BF01385743). The factors are accurate entry by entry however much the conductances
 * differ, even where a line hangs on cells that conduct 1e-20 of its wires. For other cells the same formulas hold, with
 * rounding.
 *
 * <p>Partial pivoting would leave the order that keeps the factors sparse wherever two entries tie, as at every open end
 * of a line.
 */
final class LuFactorization implements Factorization {

    private final SparsePattern pattern;
    private final Factors factors;
    /** Entries of the pattern by row, which are those of the lower triangle by column. */
    private final int[] below;

    private final int[] belowStart;
    private final int[] belowRow;

    private final int[] next;
    private final int[] mark;
    private final int[] stack;
    private final double[] column;
    private final double[] excess;

    /**
     * @param pattern where the matrix has entries
     * @param counts entries of each column of L, its diagonal included
     */
    LuFactorization(SparsePattern pattern, int[] counts) {
        this.pattern = pattern;
        int size = pattern.size;
        next = new int[size];
        mark = new int[size];
        stack = new int[size];
        column = new double[size];
        excess = new double[size];

        int[] start = new int[size + 1];
        for (int k = 0; k < size; k++) {
            start[k + 1] = start[k] + counts[k];
        }
        int[] index = new int[start[size]];
        Arrays.fill(mark, -1);
        for (int k = 0; k < size; k++) {
            index[start[k]] = k;
            next[k] = start[k] + 1;
            for (int s = pattern.reach(k, mark, stack); s < size; s++) {
                index[next[stack[s]]++] = k;
            }
        }
        factors = new Factors(size, start, index, new double[index.length], new double[index.length]);

        int entries = pattern.rowIndex.length;
        belowStart = new int[size + 1];
        for (int row : pattern.rowIndex) {
            belowStart[row + 1]++;
        }
        for (int k = 0; k < size; k++) {
            belowStart[k + 1] += belowStart[k];
        }
        below = new int[entries];
        belowRow = new int[entries];
        System.arraycopy(belowStart, 0, next, 0, size);
        for (int k = 0; k < size; k++) {
            for (int p = pattern.columnStart[k]; p < pattern.columnStart[k + 1]; p++) {
                int at = next[pattern.rowIndex[p]]++;
                below[at] = p;
                belowRow[at] = k;
            }
        }
    }

    @Override
    public boolean factor(Jacobian matrix) {
        int size = pattern.size;
        int[] start = factors.start;
        int[] index = factors.index;
        double[] left = factors.left;
        double[] right = factors.right;
        Arrays.fill(mark, -1);
        Arrays.fill(column, 0);
        for (int k = 0; k < size; k++) {
            next[k] = start[k] + 1;
        }
        for (int k = 0; k < size; k++) {
            scatter(matrix, k);
            double leaves = matrix.excess[k];
            for (int s = pattern.reach(k, mark, stack); s < size; s++) {
                int j = stack[s];
                double u = column[j];
                column[j] = 0;
                right[next[j]++] = u;
                if (u != 0) {
                    leaves -= excess[j] * (u / right[start[j]]);
                    for (int p = start[j] + 1; p < start[j + 1]; p++) {
                        column[index[p]] -= left[p] * u;
                    }
                }
            }
            double pivot = leaves;
            for (int p = start[k] + 1; p < start[k + 1]; p++) {
                pivot -= column[index[p]];
            }
            if (pivot == 0 || !Double.isFinite(pivot)) {
                return false;
            }
            for (int p = start[k] + 1; p < start[k + 1]; p++) {
                left[p] = column[index[p]] / pivot;
                column[index[p]] = 0;
            }
            column[k] = 0;
            excess[k] = leaves;
            left[start[k]] = 1;
            right[start[k]] = pivot;
        }
        return true;
    }

    private void scatter(Jacobian matrix, int k) {
        for (int p = pattern.columnStart[k]; p < pattern.columnStart[k + 1]; p++) {
            column[pattern.rowIndex[p]] = matrix.upper[p];
        }
        for (int q = belowStart[k]; q < belowStart[k + 1]; q++) {
            column[belowRow[q]] = matrix.lower[below[q]];
        }
    }

    @Override
    public Factors factors() {
        return factors;
    }
}
