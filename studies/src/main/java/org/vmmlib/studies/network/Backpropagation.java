package org.vmmlib.studies.network;

import java.util.Arrays;
import org.vmmlib.core.kernel.Product;

/**
 * Forward and backward pass of a batch of fixed size, in four stages: {@link #load} the weights, {@link #run} stretches
 * of the batch, {@link #collect}, {@link #gradient} by rows. Stretches, and rows, may run at the same time in different
 * threads. Each number is summed in a fixed order, so how the stages are cut changes no bit.
 *
 * <p>Sums of a hidden layer pass {@code q(min(max(z, 0), 1))}, where q is a converter of some bits: the code {@code
 * floor(2^bits h)}, at most {@code 2^bits - 1}, drives the next layer as {@code code / (2^bits - 1)}. The loss is the
 * cross entropy of {@code softmax(gain z)} in full precision, of {@code softmax(gain q(z))} behind converters. The
 * gradient passes a converter as if it were not there, inside its range (straight-through estimator: Y. Bengio,
 * N. Léonard, A. Courville, 2013, <a href="https://arxiv.org/abs/1308.3432">arXiv:1308.3432</a>); at the outputs also
 * from outside the range inwards.
 */
final class Backpropagation {

    /**
     * Steepness of the softmax over the range [0, 1] of the outputs. Full range against nothing is then a probability of
     * about {@code 1 - 9 exp(-10)}; one step of a 4-bit converter is a ratio of about 1.9.
     */
    static final double GAIN = 10;

    private final int batch;
    private final int layers;
    private final int[] widths;
    private final double[][] weights;
    private final Product[] products;
    /** By layer: batch x (inputs + 1); the last column is 1. */
    private final double[][] inputs;
    /** The same, transposed. */
    private final double[][] transposed;
    /** By layer: batch x outputs. */
    private final double[][] sums;
    /** By layer: batch x outputs, derivative of the loss by the sums. */
    private final double[][] deltas;

    private final Product[] deltaProducts;

    /**
     * @param widths number of inputs, of each hidden layer's neurons, of classes
     * @param batch images in a batch
     */
    Backpropagation(int[] widths, int batch) {
        this.batch = batch;
        this.widths = widths.clone();
        layers = widths.length - 1;
        weights = new double[layers][];
        products = new Product[layers];
        inputs = new double[layers][];
        transposed = new double[layers][];
        sums = new double[layers][];
        deltas = new double[layers][];
        deltaProducts = new Product[layers];
        for (int l = 0; l < layers; l++) {
            int rows = widths[l] + 1;
            weights[l] = new double[rows * widths[l + 1]];
            products[l] = new Product(rows, widths[l + 1]);
            inputs[l] = new double[batch * rows];
            transposed[l] = new double[batch * rows];
            sums[l] = new double[batch * widths[l + 1]];
            deltas[l] = new double[batch * widths[l + 1]];
            deltaProducts[l] = new Product(batch, widths[l + 1]);
            Arrays.fill(transposed[l], widths[l] * batch, rows * batch, 1);
            for (int b = 0; b < batch; b++) {
                inputs[l][b * rows + widths[l]] = 1;
            }
        }
    }

    /** Sets the weights of a layer, {@code (inputs + 1) x outputs}. Read until the next load; not modified. */
    void load(int layer, double[] values) {
        weights[layer] = values;
        products[layer].load(values);
    }

    /** Sets one input of one image of the batch. */
    void input(int slot, int index, double value) {
        set(0, slot, index, value);
    }

    private void set(int layer, int slot, int index, double value) {
        inputs[layer][slot * (widths[layer] + 1) + index] = value;
        transposed[layer][index * batch + slot] = value;
    }

    /** Scratch for {@link #run} and {@link #gradient}, one for each thread. */
    double[] scratch() {
        double[] longest = new double[0];
        for (Product product : products) {
            double[] scratch = product.scratch();
            longest = scratch.length > longest.length ? scratch : longest;
        }
        return longest;
    }

    /**
     * Runs the images {@code from … to - 1} of the batch forwards and backwards.
     *
     * @param labels class of each image of the batch. Not modified.
     * @param bits width of the converters, 0 for none
     * @return the sum of their losses, in nats
     */
    double run(int from, int to, int[] labels, int bits, double[] scratch) {
        for (int l = 0; l < layers; l++) {
            int at = from * widths[l + 1];
            products[l].multiplySparse(inputs[l], from * (widths[l] + 1), to - from, sums[l], at, scratch);
            if (l + 1 < layers) {
                activate(l, from, to, bits);
            }
        }
        double loss = 0;
        for (int b = from; b < to; b++) {
            loss += crossEntropy(b, labels[b], bits);
        }
        for (int l = layers - 1; l > 0; l--) {
            propagate(l, from, to);
        }
        return loss;
    }

    private void activate(int layer, int from, int to, int bits) {
        int width = widths[layer + 1];
        for (int b = from; b < to; b++) {
            for (int j = 0; j < width; j++) {
                double bounded = Math.min(Math.max(sums[layer][b * width + j], 0), 1);
                set(layer + 1, b, j, convert(bounded, bits));
            }
        }
    }

    /** What the next layer gets for a value after a converter over [0, 1]. */
    private static double convert(double value, int bits) {
        if (bits == 0) {
            return value;
        }
        int greatest = (1 << bits) - 1;
        return Math.min(Math.max(Math.floor(value * (greatest + 1)), 0), greatest) / greatest;
    }

    /** Fills the deltas of the last layer: those of the mean loss over the batch. */
    private double crossEntropy(int b, int label, int bits) {
        int classes = widths[layers];
        int at = b * classes;
        double[] z = sums[layers - 1];
        double[] delta = deltas[layers - 1];
        double greatest = Double.NEGATIVE_INFINITY;
        for (int j = 0; j < classes; j++) {
            greatest = Math.max(greatest, convert(z[at + j], bits));
        }
        double total = 0;
        for (int j = 0; j < classes; j++) {
            delta[at + j] = StrictMath.exp(GAIN * (convert(z[at + j], bits) - greatest));
            total += delta[at + j];
        }
        for (int j = 0; j < classes; j++) {
            double probability = delta[at + j] / total;
            double gradient = GAIN * (j == label ? probability - 1 : probability) / batch;
            boolean outwards = gradient > 0 ? z[at + j] < 0 : z[at + j] > 1;
            delta[at + j] = bits > 0 && outwards ? 0 : gradient;
        }
        return StrictMath.log(total) - GAIN * (convert(z[at + label], bits) - greatest);
    }

    /** Fills the deltas of the layer before. */
    private void propagate(int layer, int from, int to) {
        int width = widths[layer + 1];
        int before = widths[layer];
        double[] delta = deltas[layer];
        for (int b = from; b < to; b++) {
            for (int i = 0; i < before; i++) {
                double sum = sums[layer - 1][b * before + i];
                double gradient = 0;
                if (sum > 0 && sum < 1) {
                    for (int j = 0; j < width; j++) {
                        gradient += weights[layer][i * width + j] * delta[b * width + j];
                    }
                }
                deltas[layer - 1][b * before + i] = gradient;
            }
        }
    }

    /** Ends the runs of the batch, before the first gradient. */
    void collect() {
        for (int l = 0; l < layers; l++) {
            deltaProducts[l].load(deltas[l]);
        }
    }

    /**
     * The gradient of the mean loss of the batch by the rows {@code from … to - 1} of a layer's weights.
     *
     * @param out those rows of {@code (inputs + 1) x outputs}. Modified.
     */
    void gradient(int layer, int from, int to, double[] out, double[] scratch) {
        deltaProducts[layer].multiplySparse(
                transposed[layer], from * batch, to - from, out, from * widths[layer + 1], scratch);
    }
}
