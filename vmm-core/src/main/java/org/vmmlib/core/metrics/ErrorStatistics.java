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
        if (actual.numRows != ideal.numRows || actual.numCols != ideal.numCols) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "actual is %d x %d: must be %d x %d like the ideal",
                    actual.numRows,
                    actual.numCols,
                    ideal.numRows,
                    ideal.numCols));
        }
        double sum = 0;
        double squares = 0;
        double largest = 0;
        int count = actual.getNumElements();
        for (int k = 0; k < count; k++) {
            double error = actual.data[k] - ideal.data[k];
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
