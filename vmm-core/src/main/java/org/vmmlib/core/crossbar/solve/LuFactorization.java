package org.vmmlib.core.crossbar.solve;

import java.util.Arrays;

/**
 * {@code A = L U} without pivoting, for matrices with a symmetric pattern; up-looking, row k of L together with column
 * k of U.
 *
 * <p>The nodal matrix of cells with {@code ∂i/∂v_row ≥ 0 ≥ ∂i/∂v_column} is column diagonally dominant with negative
 * off-diagonal entries. Elimination keeps it so, hence no multiplier exceeds 1 and pivots need no exchange (Higham,
 * Accuracy and Stability of Numerical Algorithms, 2nd ed., sec. 9.5). Partial pivoting would leave the order that keeps
 * the factors sparse wherever a tie occurs, as at every open end of a line. Other matrices may fail, which is told.
 */
final class LuFactorization implements Factorization {

    private final SparsePattern pattern;
    private final Factors factors;
    private final int[] end;
    private final int[] mark;
    private final int[] stack;
    private final double[] above;
    private final double[] before;

    /**
     * @param pattern where the matrix has entries
     * @param counts entries of each column of L, its diagonal included
     */
    LuFactorization(SparsePattern pattern, int[] counts) {
        this.pattern = pattern;
        int size = pattern.size;
        int[] start = new int[size + 1];
        for (int k = 0; k < size; k++) {
            start[k + 1] = start[k] + counts[k];
        }
        int entries = start[size];
        factors = new Factors(size, start, new int[entries], new double[entries], new double[entries]);
        end = new int[size];
        mark = new int[size];
        stack = new int[size];
        above = new double[size];
        before = new double[size];
    }

    @Override
    public boolean factor(Jacobian matrix) {
        int[] start = factors.start();
        int[] index = factors.index();
        double[] lower = factors.left();
        double[] upper = factors.right();
        Arrays.fill(mark, -1);
        Arrays.fill(above, 0);
        Arrays.fill(before, 0);
        for (int k = 0; k < pattern.size; k++) {
            int top = pattern.reach(k, mark, stack);
            for (int p = pattern.columnStart[k]; p < pattern.columnStart[k + 1]; p++) {
                above[pattern.rowIndex[p]] = matrix.upper[p];
                before[pattern.rowIndex[p]] = matrix.lower[p];
            }
            double pivot = matrix.diagonal[k];
            for (int s = top; s < pattern.size; s++) {
                int i = stack[s];
                double u = above[i];
                double l = before[i] / upper[start[i]];
                above[i] = 0;
                before[i] = 0;
                int stop = end[i];
                for (int p = start[i] + 1; p < stop; p++) {
                    int row = index[p];
                    above[row] -= lower[p] * u;
                    before[row] -= upper[p] * l;
                }
                pivot -= l * u;
                index[stop] = k;
                lower[stop] = l;
                upper[stop] = u;
                end[i] = stop + 1;
            }
            if (pivot == 0 || !Double.isFinite(pivot)) {
                return false;
            }
            index[start[k]] = k;
            lower[start[k]] = 1;
            upper[start[k]] = pivot;
            end[k] = start[k] + 1;
        }
        return true;
    }

    @Override
    public Factors factors() {
        return factors;
    }
}
