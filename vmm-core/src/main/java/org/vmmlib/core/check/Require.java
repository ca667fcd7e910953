package org.vmmlib.core.check;

import java.util.Locale;
import org.ejml.data.DMatrixRMaj;

/**
 * Argument checks. Each method returns the value it was given, or throws an {@link IllegalArgumentException} whose
 * message names the argument, its value and the limit.
 */
public final class Require {

    private Require() {}

    /** Requires a finite number. */
    public static double finite(String name, double value) {
        if (!Double.isFinite(value)) {
            throw refuse(name, value, "a finite number");
        }
        return value;
    }

    /** Requires a finite number above zero. */
    public static double positive(String name, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw refuse(name, value, "a finite number > 0");
        }
        return value;
    }

    /** Requires a finite number, zero or above. */
    public static double nonNegative(String name, double value) {
        if (!(value >= 0) || Double.isInfinite(value)) {
            throw refuse(name, value, "a finite number >= 0");
        }
        return value;
    }

    /** Requires {@code low <= value <= high}. */
    public static double within(String name, double value, double low, double high) {
        if (!(value >= low && value <= high)) {
            throw refuse(name, value, String.format(Locale.ROOT, "from %s to %s", low, high));
        }
        return value;
    }

    /** Requires {@code low <= value <= high}. */
    public static int within(String name, int value, int low, int high) {
        if (value < low || value > high) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "%s = %d: must be from %d to %d", name, value, low, high));
        }
        return value;
    }

    /** Requires a matrix of the given shape. */
    public static DMatrixRMaj shape(String name, DMatrixRMaj matrix, int rows, int columns) {
        if (matrix.numRows != rows || matrix.numCols != columns) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "%s is %d x %d: must be %d x %d",
                    name,
                    matrix.numRows,
                    matrix.numCols,
                    rows,
                    columns));
        }
        return matrix;
    }

    /** Requires every element of the matrix to be finite. */
    public static DMatrixRMaj finite(String name, DMatrixRMaj matrix) {
        return within(name, matrix, -Double.MAX_VALUE, Double.MAX_VALUE);
    }

    /** Requires every element of the matrix to be within {@code [low, high]}; names the first that is not. */
    public static DMatrixRMaj within(String name, DMatrixRMaj matrix, double low, double high) {
        double[] data = matrix.data;
        int count = matrix.getNumElements();
        for (int k = 0; k < count; k++) {
            if (!(data[k] >= low && data[k] <= high)) {
                throw refuse(
                        String.format(Locale.ROOT, "%s[%d,%d]", name, k / matrix.numCols, k % matrix.numCols),
                        data[k],
                        low == -Double.MAX_VALUE && high == Double.MAX_VALUE
                                ? "a finite number"
                                : high == Double.MAX_VALUE
                                        ? String.format(Locale.ROOT, "a finite number >= %s", low)
                                        : String.format(Locale.ROOT, "from %s to %s", low, high));
            }
        }
        return matrix;
    }

    private static IllegalArgumentException refuse(String name, double value, String limit) {
        return new IllegalArgumentException(String.format(Locale.ROOT, "%s = %s: must be %s", name, value, limit));
    }
}
