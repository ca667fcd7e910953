package org.vmmlib.studies.network;

import java.util.List;
import java.util.Locale;

/**
 * A network and what it came from: the same options and images give it again, bit by bit.
 *
 * @param network the network
 * @param options how it was trained
 * @param dataHash {@link LabelledImages#contentHash()} of the images it was trained on
 */
public record TrainedNetwork(Network network, TrainingOptions options, String dataHash) {

    /**
     * Checks that the network is one that such options make.
     *
     * @throws IllegalArgumentException if its input bits or hidden layers are not those of the options
     */
    public TrainedNetwork {
        if (network.inputBits() != options.inputBits()) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "inputBits = %d: must be %d, as in the options",
                    network.inputBits(),
                    options.inputBits()));
        }
        List<Integer> hidden = network.layers().subList(0, network.layers().size() - 1).stream()
                .map(DenseLayer::outputs)
                .toList();
        if (!hidden.equals(options.hiddenLayers())) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "hidden layers of the network are %s: must be %s, as in the options",
                    hidden,
                    options.hiddenLayers()));
        }
    }

    /** Whether training with these options on these images would give this network again. */
    public boolean cameFrom(TrainingOptions otherOptions, LabelledImages images) {
        return options.equals(otherOptions) && dataHash.equals(images.contentHash());
    }
}
