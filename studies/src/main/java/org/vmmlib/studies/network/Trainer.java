package org.vmmlib.studies.network;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.check.Require;
import org.vmmlib.core.random.RandomStream;
import org.vmmlib.core.random.RandomStreams;

/**
 * Trains a fully connected classifier ex situ, for weights that will be programmed into a circuit.
 *
 * <p>Softmax cross entropy, {@link Adam}, a learning rate that warms up over the first twentieth and falls as half a
 * cosine. Each showing of an image has its own {@link Distortion}. The passes see the weights with fresh multiplicative
 * normal noise, the inputs as codes, and in every second step the sums of all layers through converters, so that one
 * network serves converters of any width. All sums are trained to the range [0, 1] (full scale 1): the range is part of
 * the weights, and needs no calibration afterwards.
 *
 * <p>The weights depend on images and options alone, to the last bit, not on the number of threads or the machine.
 */
public final class Trainer {

    private static final int CHUNK_IMAGES = 8;
    private static final int BLOCK_ROWS = 56;
    private static final int NORMALS = 1 << 18;
    private static final double WARM_UP = 0.05;

    /** Standard deviation that the sums of each layer start with. */
    private static final double START_DEVIATION = 0.25;

    /** About the mean square of a hidden layer's outputs that fill their range [0, 1]. */
    private static final double HIDDEN_MEAN_SQUARE = 0.25;

    private final TrainingOptions options;
    private final LabelledImages images;
    private final RandomStreams random;
    private final int batch;
    private final Backpropagation passes;
    private final List<LearningLayer> layers = new ArrayList<>();
    private final double[] normals = new double[NORMALS];
    private final int[] order;
    private final int[] labels;

    private final List<Callable<Double>> disturb = new ArrayList<>();
    private final List<Callable<Double>> run = new ArrayList<>();
    private final List<Callable<Double>> learn = new ArrayList<>();

    // What the tasks of a step read.
    private final double[] limits;
    private final int[] firstNormals;
    private int epoch;
    private int firstImage;
    private int bits;
    private double rate;
    private long step;

    private Trainer(LabelledImages images, TrainingOptions options) {
        this.images = images;
        this.options = options;
        random = RandomStreams.of(options.seed());
        batch = Math.min(options.batchSize(), images.count());
        order = new int[images.count()];
        labels = new int[batch];
        int[] widths = new int[options.hiddenLayers().size() + 2];
        widths[0] = images.size();
        for (int l = 1; l < widths.length - 1; l++) {
            widths[l] = options.hiddenLayers().get(l - 1);
        }
        widths[widths.length - 1] = LabelledImages.CLASSES;
        passes = new Backpropagation(widths, batch);
        limits = new double[widths.length - 1];
        firstNormals = new int[widths.length - 1];
        random.stream("training.weight-noise", 0).gaussians(0, normals, 0, NORMALS);
        for (int l = 0; l < widths.length - 1; l++) {
            layers.add(start(l, widths[l], widths[l + 1]));
            addLayerTasks(l);
        }
        for (int from = 0; from < batch; from += CHUNK_IMAGES) {
            addImageTask(from, Math.min(batch, from + CHUNK_IMAGES));
        }
    }

    /**
     * Trains a network.
     *
     * @param images what it learns from; at least one
     * @param options how; the images' number of pixels makes the inputs, the ten digits the outputs
     * @param threads threads to use, 1 to 1024
     * @param progress told after every epoch, in the calling thread
     * @return the network, with full scale 1 in every layer; the last is {@link DenseLayer.Activation#LINEAR}, the others
     *     are {@link DenseLayer.Activation#RELU}
     * @throws IllegalArgumentException if there is no image, or threads is out of its range
     * @throws InterruptedException if this thread is interrupted; training stops within a step
     */
    public static TrainedNetwork train(
            LabelledImages images, TrainingOptions options, int threads, TrainingProgress progress)
            throws InterruptedException {
        Require.within("images", images.count(), 1, Integer.MAX_VALUE);
        Require.within("threads", threads, 1, 1024);
        ExecutorService pool = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "vmm-trainer");
            thread.setDaemon(true);
            return thread;
        });
        try {
            Network network = new Trainer(images, options).train(pool, progress);
            return new TrainedNetwork(network, options, images.contentHash());
        } finally {
            pool.shutdownNow();
        }
    }

    private Network train(ExecutorService pool, TrainingProgress progress) throws InterruptedException {
        int steps = images.count() / batch;
        long last = (long) steps * options.epochs();
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        for (epoch = 0; epoch < options.epochs(); epoch++) {
            shuffle(random.stream("training.order", 0).call(epoch));
            double loss = 0;
            for (int s = 0; s < steps; s++) {
                firstImage = s * batch;
                bits = step % 2 == 0 ? options.activationBits() : 0;
                rate = options.learningRate() * schedule((double) step / last);
                loss += step(pool);
            }
            progress.epoch(epoch + 1, options.epochs(), loss / ((double) steps * batch));
        }
        findLimits();
        return result();
    }

    /** One step; returns the summed loss. */
    private double step(ExecutorService pool) throws InterruptedException {
        findLimits();
        RandomStream windows = random.stream("training.noise-window", 0).call(step);
        for (int l = 0; l < firstNormals.length; l++) {
            firstNormals[l] = windows.below(NORMALS, l);
        }
        sum(pool, disturb);
        for (int l = 0; l < layers.size(); l++) {
            passes.load(l, layers.get(l).noisy());
        }
        double loss = sum(pool, run);
        passes.collect();
        step++;
        sum(pool, learn);
        return loss;
    }

    private void findLimits() {
        for (int l = 0; l < limits.length; l++) {
            LearningLayer layer = layers.get(l);
            double meanSquare = layer.sumOfSquares(0, layer.rows()) / layer.weights().length;
            limits[l] = options.weightRange() * Math.sqrt(meanSquare);
        }
    }

    private static double schedule(double part) {
        return Math.min(1, part / WARM_UP) * 0.5 * (1 + StrictMath.cos(Math.PI * part));
    }

    private void shuffle(RandomStream stream) {
        for (int i = order.length - 1; i > 0; i--) {
            int j = stream.below(i + 1, i);
            int kept = order[i];
            order[i] = order[j];
            order[j] = kept;
        }
    }

    private LearningLayer start(int index, int inputs, int outputs) {
        double[] weights = new double[(inputs + 1) * outputs];
        random.stream("training.start", index).gaussians(0, weights, 0, inputs * outputs);
        double deviation = START_DEVIATION / Math.sqrt(index == 0 ? inputPower() : inputs * HIDDEN_MEAN_SQUARE);
        for (int k = 0; k < weights.length; k++) {
            weights[k] *= deviation;
        }
        return new LearningLayer(inputs + 1, outputs, weights);
    }

    /** Mean over the images of the sum of the squared inputs, the bias included. */
    private double inputPower() {
        int greatest = (1 << options.inputBits()) - 1;
        double sum = 0;
        for (double code : images.inputs(options.inputBits()).data) {
            sum += code * code;
        }
        return 1 + sum / ((double) greatest * greatest * images.count());
    }

    private void addLayerTasks(int index) {
        LearningLayer layer = layers.get(index);
        for (int first = 0; first < layer.rows(); first += BLOCK_ROWS) {
            int from = first;
            int to = Math.min(layer.rows(), first + BLOCK_ROWS);
            double[] scratch = passes.scratch();
            disturb.add(() -> {
                layer.clip(from, to, limits[index]);
                layer.addNoise(from, to, options.weightNoise(), normals, firstNormals[index]);
                return 0.0;
            });
            learn.add(() -> {
                passes.gradient(index, from, to, layer.gradient(), scratch);
                layer.update(from, to, rate, step);
                return 0.0;
            });
        }
    }

    private void addImageTask(int from, int to) {
        Warp warp = new Warp(options.distortion(), images.rows(), images.columns());
        double[] pixels = new double[images.size()];
        double[] scratch = passes.scratch();
        RandomStream distortions = random.stream("training.distortion", 0);
        double greatest = (1 << options.inputBits()) - 1;
        run.add(() -> {
            for (int slot = from; slot < to; slot++) {
                int image = order[firstImage + slot];
                labels[slot] = images.label(image);
                images.read(image, pixels);
                warp.apply(pixels, distortions.call((long) epoch * images.count() + image));
                for (int k = 0; k < pixels.length; k++) {
                    passes.input(slot, k, LabelledImages.code(pixels[k], options.inputBits()) / greatest);
                }
            }
            return passes.run(from, to, labels, bits, scratch);
        });
    }

    /** Runs the tasks and adds up what they return, in their order. */
    private static double sum(ExecutorService pool, List<Callable<Double>> tasks) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("training was interrupted");
        }
        double sum = 0;
        try {
            for (Future<Double> task : pool.invokeAll(tasks)) {
                sum += task.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a training task failed", e.getCause());
        }
        return sum;
    }

    private Network result() {
        List<DenseLayer> dense = new ArrayList<>();
        for (int l = 0; l < layers.size(); l++) {
            LearningLayer layer = layers.get(l);
            layer.clip(0, layer.rows(), limits[l]);
            DMatrixRMaj weights = DMatrixRMaj.wrap(layer.rows(), layer.columns(), layer.weights());
            boolean hidden = l + 1 < layers.size();
            dense.add(DenseLayer.of(weights, hidden ? DenseLayer.Activation.RELU : DenseLayer.Activation.LINEAR, 1));
        }
        return new Network(options.inputBits(), dense);
    }
}
