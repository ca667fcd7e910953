package org.vmmlib.core.metrics;

import java.util.Locale;
import org.ejml.data.DMatrixRMaj;

/**
 * The error of results against the ideal, accumulated. Immutable; sums are kept in the order of {@link #plus}, so equal
 * orders give equal bits.
 *
 * @param count values compared
 * @param sum sum of errors
 * @param sumOfSquares sum of squared errors
 * @param largest largest absolute error
 */
public record ErrorStatistics(long count, double sum, double sumOfSquares, double largest) {

    /** Nothing compared yet. */
    public static ErrorStatistics none() {
        return new ErrorStatistics(0, 0, 0, 0);
    }

    /**
     * Compares two batches of one shape.
     *
     * @throws IllegalArgumentException if the shapes differ
     */
    public static ErrorStatistics of(DMatrixRMaj actual, DMatrixRMaj ideal) {
        return within(actual, ideal, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    }

    /**
     * Compares two batches of one shape whose values are clipped to a range. Where both stand at the same end of it they
     * tell nothing of the error, and would hide it if they were many; such pairs are left out.
     *
     * @param low lower end of the range, which clipped values are at or below
     * @param high upper end of the range, which clipped values are at or above
     * @throws IllegalArgumentException if the shapes differ
     */
    public static ErrorStatistics within(DMatrixRMaj actual, DMatrixRMaj ideal, double low, double high) {
        if (actual.numRows != ideal.numRows || actual.numCols != ideal.numCols) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "actual is %d x %d: must be %d x %d like the ideal",
                    actual.numRows,
                    actual.numCols,
                    ideal.numRows,
                    ideal.numCols));
        }
        long count = 0;
        double sum = 0;
        double squares = 0;
        double largest = 0;
        for (int k = 0; k < actual.getNumElements(); k++) {
            double a = actual.data[k];
            double b = ideal.data[k];
            if ((a <= low && b <= low) || (a >= high && b >= high)) {
                continue;
            }
            double error = a - b;
            count++;
            sum += error;
            squares += error * error;
            largest = Math.max(largest, Math.abs(error));
        }
        return new ErrorStatistics(count, sum, squares, largest);
    }

    /** Both together. */
    public ErrorStatistics plus(ErrorStatistics other) {
        return new ErrorStatistics(
                count + other.count,
                sum + other.sum,
                sumOfSquares + other.sumOfSquares,
                Math.max(largest, other.largest));
    }

    /** Root mean square error, 0 where nothing was compared. */
    public double rms() {
        return count == 0 ? 0 : Math.sqrt(sumOfSquares / count);
    }

    /** Mean error. */
    public double mean() {
        return count == 0 ? 0 : sum / count;
    }

    /**
     * Effective bits: {@code log2(fullScale / (sqrt(12) · rms))}, by which an ideal p-bit quantiser has p. Infinite
     * where there is no error.
     *
     * @param fullScale range of the ideal output
     */
    public double effectiveBits(double fullScale) {
        return Math.log(fullScale / (Math.sqrt(12) * rms())) / Math.log(2);
    }
}
