package org.vmmlib.noise.budget;

import java.util.List;

/**
 * The errors of one circuit in one view on all chips, reduced to what statistics over chips need: of each chip the sum of
 * squares and the number of outputs compared, and of each pair of chips the product of their error vectors.
 */
final class ChipErrors {

    private final double[] squares;
    private final long[] compared;
    private final double[][] products;

    private ChipErrors(double[] squares, long[] compared, double[][] products) {
        this.squares = squares;
        this.compared = compared;
        this.products = products;
    }

    /**
     * Reduces the errors.
     *
     * @param errors of each chip, one for each output, in LSB; NaN where it is not compared, which counts as no error in
     *     the mean over chips. Not modified.
     */
    static ChipErrors of(List<double[]> errors) {
        int chips = errors.size();
        double[] squares = new double[chips];
        long[] compared = new long[chips];
        double[][] zeroed = new double[chips][];
        for (int t = 0; t < chips; t++) {
            zeroed[t] = errors.get(t).clone();
            for (int k = 0; k < zeroed[t].length; k++) {
                double error = zeroed[t][k];
                if (Double.isNaN(error)) {
                    zeroed[t][k] = 0;
                } else {
                    compared[t]++;
                    squares[t] += error * error;
                }
            }
        }
        double[][] products = new double[chips][chips];
        for (int s = 0; s < chips; s++) {
            for (int t = 0; t < s; t++) {
                double sum = 0;
                double[] a = zeroed[s];
                double[] b = zeroed[t];
                for (int k = 0; k < a.length; k++) {
                    sum += a[k] * b[k];
                }
                products[s][t] = sum;
                products[t][s] = sum;
            }
        }
        return new ChipErrors(squares, compared, products);
    }

    /** Mean square error; 0 where nothing is compared. */
    double meanSquare(int[] times) {
        double sum = 0;
        long count = 0;
        for (int t = 0; t < squares.length; t++) {
            sum += times[t] * squares[t];
            count += times[t] * compared[t];
        }
        return count == 0 ? 0 : sum / count;
    }

    /**
     * Mean square over outputs of the mean error over chips, estimated from pairs of different chips alone, so that the
     * spread does not add to it; can fall below 0. NaN where only one chip counts, which tells nothing of it.
     */
    double squaredBias(int[] times) {
        double sum = 0;
        long pairs = 0;
        long count = 0;
        long chips = 0;
        for (int s = 0; s < squares.length; s++) {
            count += times[s] * compared[s];
            chips += times[s];
            if (times[s] > 0) {
                for (int t = 0; t < s; t++) {
                    int both = times[s] * times[t];
                    sum += both * products[s][t];
                    pairs += both;
                }
            }
        }
        return count == 0 ? 0 : sum / pairs * chips / count;
    }

    long compared() {
        long sum = 0;
        for (long count : compared) {
            sum += count;
        }
        return sum;
    }

    /** Mean square error of one chip. */
    double meanSquareOfChip(int trial) {
        return compared[trial] == 0 ? 0 : squares[trial] / compared[trial];
    }
}
