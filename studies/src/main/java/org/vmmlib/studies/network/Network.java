package org.vmmlib.studies.network;

import java.util.List;
import java.util.Locale;
import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.check.Require;
import org.vmmlib.core.kernel.Product;

/**
 * A fully connected classifier in full precision, except for its inputs, which are codes. It is the ideal that a circuit
 * is measured against. Immutable and safe to share.
 *
 * <p>An input code c stands for {@code c / (2^inputBits - 1)}, in [0, 1]. The outputs of a hidden layer are the inputs of
 * the next one.
 *
 * @param inputBits width of the input codes, 1 to 8
 * @param layers at least one; each has as many inputs as the one before has outputs
 */
public record Network(int inputBits, List<DenseLayer> layers) {

    /**
     * Checks that the layers fit each other.
     *
     * @throws IllegalArgumentException if there is no layer, two do not fit, or inputBits is not from 1 to 8
     */
    public Network {
        Require.within("inputBits", inputBits, 1, 8);
        layers = List.copyOf(layers);
        if (layers.isEmpty()) {
            throw new IllegalArgumentException("layers is empty: must have at least one");
        }
        for (int l = 1; l < layers.size(); l++) {
            if (layers.get(l).inputs() != layers.get(l - 1).outputs()) {
                throw new IllegalArgumentException(String.format(
                        Locale.ROOT,
                        "layers[%d] has %d inputs: must have %d, the outputs of the layer before",
                        l,
                        layers.get(l).inputs(),
                        layers.get(l - 1).outputs()));
            }
        }
    }

    /** Number of inputs. */
    public int inputs() {
        return layers.get(0).inputs();
    }

    /** Number of classes. */
    public int outputs() {
        return layers.get(layers.size() - 1).outputs();
    }

    /**
     * The outputs for a batch.
     *
     * @param codes B x inputs(), codes from 0 to {@code 2^inputBits - 1}. Not modified.
     * @return a new matrix, B x outputs()
     * @throws IllegalArgumentException if codes has the wrong width, or an element outside the range
     */
    public DMatrixRMaj forward(DMatrixRMaj codes) {
        int greatest = (1 << inputBits) - 1;
        Require.shape("codes", codes, codes.numRows, inputs());
        Require.within("codes", codes, 0, greatest);
        int batch = codes.numRows;
        double[] x = new double[batch * inputs()];
        for (int k = 0; k < x.length; k++) {
            x[k] = codes.data[k] / greatest;
        }
        for (DenseLayer layer : layers) {
            x = apply(layer, x, batch);
        }
        return DMatrixRMaj.wrap(batch, outputs(), x);
    }

    private static double[] apply(DenseLayer layer, double[] x, int batch) {
        int inputs = layer.inputs();
        int outputs = layer.outputs();
        double[] weights = layer.weightData();
        Product product = Product.of(weights, inputs, outputs);
        double[] y = new double[batch * outputs];
        product.multiplySparse(x, 0, batch, y, 0, product.scratch());
        boolean bounded = layer.activation() == DenseLayer.Activation.RELU;
        for (int b = 0; b < batch; b++) {
            for (int j = 0; j < outputs; j++) {
                double sum = y[b * outputs + j] + weights[inputs * outputs + j];
                y[b * outputs + j] = bounded ? Math.min(Math.max(sum, 0), layer.fullScale()) : sum;
            }
        }
        return y;
    }

    /**
     * The class of each row: the index of its greatest output. Of equal outputs the one with the lowest index wins.
     *
     * @param outputs B x classes, codes or numbers. Not modified.
     * @return B indices
     */
    public static int[] classes(DMatrixRMaj outputs) {
        int[] classes = new int[outputs.numRows];
        for (int b = 0; b < classes.length; b++) {
            int best = 0;
            for (int j = 1; j < outputs.numCols; j++) {
                if (outputs.unsafe_get(b, j) > outputs.unsafe_get(b, best)) {
                    best = j;
                }
            }
            classes[b] = best;
        }
        return classes;
    }

    /**
     * The class of each input vector, by {@link #forward} and {@link #classes}.
     *
     * @param codes B x inputs(). Not modified.
     * @throws IllegalArgumentException as {@link #forward} does
     */
    public int[] classify(DMatrixRMaj codes) {
        return classes(forward(codes));
    }

    /**
     * The fraction of images, 0 to 1, whose class is their label.
     *
     * @throws IllegalArgumentException if there is no image, or the images have another size than the network's inputs
     */
    public double accuracy(LabelledImages images) {
        return images.accuracy(classify(images.inputs(inputBits)));
    }
}
