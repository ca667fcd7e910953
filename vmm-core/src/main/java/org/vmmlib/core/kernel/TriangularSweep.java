package org.vmmlib.core.kernel;

/**
 * Solves with a sparse lower triangular matrix T and with its transpose, in place. T is stored by columns; the first
 * entry of a column is its diagonal, the others lie below it.
 *
 * <p>The forms with four right-hand sides read T once for all of them; each of the four gets the same operations in the
 * same order as alone, so the results are equal to the last bit (but for the sign of a zero).
 */
public final class TriangularSweep {

    private TriangularSweep() {}

    /**
     * Solves {@code T y = b}.
     *
     * @param n size
     * @param start first entry of each column, and the end of the last; n + 1 elements. Not modified.
     * @param index row of each entry. Not modified.
     * @param value value of each entry. Not modified.
     * @param b right-hand side, n elements; becomes the solution. Modified.
     */
    public static void forward(int n, int[] start, int[] index, double[] value, double[] b) {
        for (int i = 0; i < n; i++) {
            if (b[i] == 0) {
                continue;
            }
            double y = b[i] / value[start[i]];
            b[i] = y;
            for (int p = start[i] + 1; p < start[i + 1]; p++) {
                b[index[p]] -= value[p] * y;
            }
        }
    }

    /**
     * Solves {@code Tᵀ y = b}; parameters as in {@link #forward}.
     */
    public static void backward(int n, int[] start, int[] index, double[] value, double[] b) {
        for (int i = n - 1; i >= 0; i--) {
            double sum = b[i];
            for (int p = start[i] + 1; p < start[i + 1]; p++) {
                sum -= value[p] * b[index[p]];
            }
            b[i] = sum / value[start[i]];
        }
    }

    /**
     * Solves {@code T y = b} for four right-hand sides; parameters as in {@link #forward} but for b.
     *
     * @param b element i of right-hand side r at {@code 4 i + r}. Modified.
     */
    public static void forward4(int n, int[] start, int[] index, double[] value, double[] b) {
        for (int i = 0; i < n; i++) {
            int at = 4 * i;
            if (b[at] == 0 && b[at + 1] == 0 && b[at + 2] == 0 && b[at + 3] == 0) {
                continue;
            }
            double pivot = value[start[i]];
            double y0 = b[at] / pivot;
            double y1 = b[at + 1] / pivot;
            double y2 = b[at + 2] / pivot;
            double y3 = b[at + 3] / pivot;
            b[at] = y0;
            b[at + 1] = y1;
            b[at + 2] = y2;
            b[at + 3] = y3;
            for (int p = start[i] + 1; p < start[i + 1]; p++) {
                double v = value[p];
                int to = 4 * index[p];
                b[to] -= v * y0;
                b[to + 1] -= v * y1;
                b[to + 2] -= v * y2;
                b[to + 3] -= v * y3;
            }
        }
    }

    /**
     * Solves {@code Tᵀ y = b} for four right-hand sides; parameters as in {@link #forward4}.
     */
    public static void backward4(int n, int[] start, int[] index, double[] value, double[] b) {
        for (int i = n - 1; i >= 0; i--) {
            int at = 4 * i;
            double s0 = b[at];
            double s1 = b[at + 1];
            double s2 = b[at + 2];
            double s3 = b[at + 3];
            for (int p = start[i] + 1; p < start[i + 1]; p++) {
                double v = value[p];
                int from = 4 * index[p];
                s0 -= v * b[from];
                s1 -= v * b[from + 1];
                s2 -= v * b[from + 2];
                s3 -= v * b[from + 3];
            }
            double pivot = value[start[i]];
            b[at] = s0 / pivot;
            b[at + 1] = s1 / pivot;
            b[at + 2] = s2 / pivot;
            b[at + 3] = s3 / pivot;
        }
    }
}
