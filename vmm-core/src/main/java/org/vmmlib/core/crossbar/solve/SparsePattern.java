package org.vmmlib.core.crossbar.solve;

import java.util.Arrays;

/**
 * Where a sparse matrix with a symmetric pattern has entries: strict upper triangle by columns, the diagonal implied.
 * With its elimination tree (Liu, SIAM J. Matrix Anal. Appl. 11 (1990) 134, doi:10.1137/0611010). Immutable.
 */
final class SparsePattern {

    final int size;
    /** First entry of each column, and the end of the last. */
    final int[] columnStart;
    /** Row of each entry, below the number of its column. */
    final int[] rowIndex;
    /** Parent in the elimination tree, −1 at a root. */
    private final int[] parent;

    SparsePattern(int size, int[] columnStart, int[] rowIndex) {
        this.size = size;
        this.columnStart = columnStart;
        this.rowIndex = rowIndex;
        parent = eliminationTree();
    }

    private int[] eliminationTree() {
        int[] tree = new int[size];
        int[] ancestor = new int[size];
        for (int k = 0; k < size; k++) {
            tree[k] = -1;
            ancestor[k] = -1;
            for (int p = columnStart[k]; p < columnStart[k + 1]; p++) {
                int i = rowIndex[p];
                while (i != -1 && i < k) {
                    int next = ancestor[i];
                    ancestor[i] = k;
                    if (next == -1) {
                        tree[i] = k;
                    }
                    i = next;
                }
            }
        }
        return tree;
    }

    /**
     * Entries of each column of the triangular factor, its diagonal included.
     *
     * @param limit stops counting beyond so many entries in all
     * @return the counts, or an empty array beyond the limit
     */
    int[] factorCounts(long limit) {
        int[] counts = new int[size];
        Arrays.fill(counts, 1);
        int[] mark = new int[size];
        Arrays.fill(mark, -1);
        long total = size;
        for (int k = 0; k < size; k++) {
            mark[k] = k;
            for (int p = columnStart[k]; p < columnStart[k + 1]; p++) {
                for (int i = rowIndex[p]; mark[i] != k; i = parent[i]) {
                    mark[i] = k;
                    counts[i]++;
                    total++;
                }
            }
            if (total > limit) {
                return new int[0];
            }
        }
        return counts;
    }

    /**
     * Columns where row k of the triangular factor has entries, left of the diagonal, each after those it depends on.
     *
     * @param mark size elements, none equal to k. Modified.
     * @param stack size elements; the columns fill its end. Modified.
     * @return where in the stack they begin
     */
    int reach(int k, int[] mark, int[] stack) {
        int top = size;
        mark[k] = k;
        for (int p = columnStart[k]; p < columnStart[k + 1]; p++) {
            int length = 0;
            for (int i = rowIndex[p]; mark[i] != k; i = parent[i]) {
                mark[i] = k;
                stack[length++] = i;
            }
            while (length > 0) {
                stack[--top] = stack[--length];
            }
        }
        return top;
    }
}
