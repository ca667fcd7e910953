package org.vmmlib.studies.network;

import java.util.List;
import org.vmmlib.core.check.Require;

/**
 * What decides a training, its images apart. Immutable; {@link #builder()} has the defaults, which suit digits of
 * 28 x 28 pixels and one hidden layer of 64 neurons.
 *
 * @param seed of every random number
 * @param hiddenLayers neurons of each hidden layer, each from 1 to 65536; none for a single layer
 * @param inputBits width of the input codes, 1 to 8
 * @param activationBits width of the converters that training imitates in every second step, 1 to 16; 0 for none
 * @param epochs how often each image is shown, 1 or above
 * @param batchSize images in a step, 1 to 65536
 * @param learningRate greatest step of a weight (Adam's alpha), above 0
 * @param weightNoise relative standard deviation of the weights in each step, 0 to 1
 * @param weightRange clip of the weights of a layer, in units of their RMS value, 1 or above: the greatest weight fills
 *     the range of the cells, so the smaller this is, the more of that range the others use
 * @param distortion of the images
 */
public record TrainingOptions(
        long seed,
        List<Integer> hiddenLayers,
        int inputBits,
        int activationBits,
        int epochs,
        int batchSize,
        double learningRate,
        double weightNoise,
        double weightRange,
        Distortion distortion) {

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a value is out of its range
     */
    public TrainingOptions {
        hiddenLayers = List.copyOf(hiddenLayers);
        for (int neurons : hiddenLayers) {
            Require.within("hiddenLayers", neurons, 1, 65536);
        }
        Require.within("inputBits", inputBits, 1, 8);
        Require.within("activationBits", activationBits, 0, 16);
        Require.within("epochs", epochs, 1, 1_000_000);
        Require.within("batchSize", batchSize, 1, 65536);
        Require.positive("learningRate", learningRate);
        Require.within("weightNoise", weightNoise, 0, 1);
        Require.within("weightRange", weightRange, 1, Double.MAX_VALUE);
    }

    /** The default options. */
    public static TrainingOptions standard() {
        return builder().build();
    }

    /** A builder that holds the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** A builder that holds these options. */
    public Builder toBuilder() {
        return new Builder()
                .seed(seed)
                .hiddenLayers(hiddenLayers)
                .inputBits(inputBits)
                .activationBits(activationBits)
                .epochs(epochs)
                .batchSize(batchSize)
                .learningRate(learningRate)
                .weightNoise(weightNoise)
                .weightRange(weightRange)
                .distortion(distortion);
    }

    /** Collects options; each is described at {@link TrainingOptions}, where its range is checked too. */
    public static final class Builder {

        private long seed = 1;
        private List<Integer> hiddenLayers = List.of(64);
        private int inputBits = 4;
        private int activationBits = 4;
        private int epochs = 50;
        private int batchSize = 64;
        private double learningRate = 1.5e-3;
        private double weightNoise = 0.05;
        private double weightRange = 3;
        private Distortion distortion = Distortion.ofDigits();

        private Builder() {}

        /** Seed of every random number; 1 unless set. */
        public Builder seed(long value) {
            seed = value;
            return this;
        }

        /** Neurons of each hidden layer; one layer of 64 unless set. */
        public Builder hiddenLayers(List<Integer> value) {
            hiddenLayers = List.copyOf(value);
            return this;
        }

        /** Width of the input codes; 4 unless set. */
        public Builder inputBits(int value) {
            inputBits = value;
            return this;
        }

        /** Width of the converters that training imitates in every second step, 0 for none; 4 unless set. */
        public Builder activationBits(int value) {
            activationBits = value;
            return this;
        }

        /** How often each image is shown; 50 unless set. */
        public Builder epochs(int value) {
            epochs = value;
            return this;
        }

        /** Images in a step; 64 unless set. */
        public Builder batchSize(int value) {
            batchSize = value;
            return this;
        }

        /** Greatest step of a weight; 0.0015 unless set. */
        public Builder learningRate(double value) {
            learningRate = value;
            return this;
        }

        /** Relative standard deviation of the weights in each step; 0.05 unless set. */
        public Builder weightNoise(double value) {
            weightNoise = value;
            return this;
        }

        /** Clip of the weights of a layer, in units of their RMS value; 3 unless set. */
        public Builder weightRange(double value) {
            weightRange = value;
            return this;
        }

        /** Distortion of the images; {@link Distortion#ofDigits()} unless set. */
        public Builder distortion(Distortion value) {
            distortion = value;
            return this;
        }

        /**
         * The options.
         *
         * @throws IllegalArgumentException if a value is out of its range
         */
        public TrainingOptions build() {
            return new TrainingOptions(
                    seed,
                    hiddenLayers,
                    inputBits,
                    activationBits,
                    epochs,
                    batchSize,
                    learningRate,
                    weightNoise,
                    weightRange,
                    distortion);
        }
    }
}
