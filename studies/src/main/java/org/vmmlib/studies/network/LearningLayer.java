package org.vmmlib.studies.network;

/**
 * A layer while it learns: its weights, and the weights with noise that the passes see. Different rows may be worked on
 * at the same time. Matrices are row-major, {@code rows() x columns()}; the last row is the bias.
 */
final class LearningLayer {

    private final int rows;
    private final int columns;
    private final double[] weights;
    private final double[] noisy;
    private final double[] gradient;
    private final Adam adam;

    /** @param weights start values, {@code rows * columns}. Kept and modified. */
    LearningLayer(int rows, int columns, double[] weights) {
        this.rows = rows;
        this.columns = columns;
        this.weights = weights;
        noisy = new double[weights.length];
        gradient = new double[weights.length];
        adam = new Adam(weights.length);
    }

    int rows() {
        return rows;
    }

    int columns() {
        return columns;
    }

    /** The weights. To be read only. */
    double[] weights() {
        return weights;
    }

    /** The weights as the passes see them. To be read only. */
    double[] noisy() {
        return noisy;
    }

    /** Where the gradient is to be written. */
    double[] gradient() {
        return gradient;
    }

    /** Sum of the squared weights of the rows {@code from … to - 1}. */
    double sumOfSquares(int from, int to) {
        double sum = 0;
        for (int k = from * columns; k < to * columns; k++) {
            sum += weights[k] * weights[k];
        }
        return sum;
    }

    /** Clips the weights of some rows to plus or minus the limit. */
    void clip(int from, int to, double limit) {
        for (int k = from * columns; k < to * columns; k++) {
            weights[k] = Math.min(Math.max(weights[k], -limit), limit);
        }
    }

    /**
     * Renews the noise of some rows: {@code noisy = weights (1 + sigma n)}.
     *
     * @param normals standard normal numbers, a power of two of them; weight k takes number {@code first + k}, round and
     *     round. Not modified.
     */
    void addNoise(int from, int to, double sigma, double[] normals, int first) {
        int mask = normals.length - 1;
        for (int k = from * columns; k < to * columns; k++) {
            noisy[k] = weights[k] * (1 + sigma * normals[(first + k) & mask]);
        }
    }

    /** Takes one step of some rows along their gradient. */
    void update(int from, int to, double rate, long step) {
        adam.update(weights, gradient, from * columns, to * columns, rate, step);
    }
}
