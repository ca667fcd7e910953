package org.vmmlib.studies.network;

/**
 * Adam: steps along the mean gradient over the root of its mean square, both bias-corrected.
 *
 * <p>Source: D. P. Kingma, J. Ba, "Adam: a method for stochastic optimization", ICLR 2015, Algorithm 1,
 * <a href="https://arxiv.org/abs/1412.6980">arXiv:1412.6980</a>. The second decay rate is 0.99 here, as trainings are
 * short.
 */
final class Adam {

    private static final double FIRST_DECAY = 0.9;
    private static final double SECOND_DECAY = 0.99;
    private static final double EPSILON = 1e-8;

    private final double[] mean;
    private final double[] meanSquare;

    /** @param size number of weights */
    Adam(int size) {
        mean = new double[size];
        meanSquare = new double[size];
    }

    /**
     * Takes one step of the weights {@code from … to - 1}.
     *
     * @param weights Modified.
     * @param gradient Not modified.
     * @param rate greatest change of a weight that has a steady gradient
     * @param step 1 for the first step, then 2, 3, …
     */
    void update(double[] weights, double[] gradient, int from, int to, double rate, long step) {
        double meanScale = rate / (1 - StrictMath.pow(FIRST_DECAY, (double) step));
        double squareScale = 1 / (1 - StrictMath.pow(SECOND_DECAY, (double) step));
        for (int k = from; k < to; k++) {
            double g = gradient[k];
            double m = FIRST_DECAY * mean[k] + (1 - FIRST_DECAY) * g;
            double v = SECOND_DECAY * meanSquare[k] + (1 - SECOND_DECAY) * (g * g);
            mean[k] = m;
            meanSquare[k] = v;
            weights[k] -= meanScale * m / (Math.sqrt(squareScale * v) + EPSILON);
        }
    }
}
