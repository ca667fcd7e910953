package org.vmmlib.studies.network;

/**
 * A network and what it came from: the same options and images give it again, bit by bit.
 *
 * @param network the network
 * @param options how it was trained
 * @param dataHash {@link LabelledImages#contentHash()} of the images it was trained on
 */
public record TrainedNetwork(Network network, TrainingOptions options, String dataHash) {

    /** Whether training with these options on these images would give this network again. */
    public boolean cameFrom(TrainingOptions otherOptions, LabelledImages images) {
        return options.equals(otherOptions) && dataHash.equals(images.contentHash());
    }
}
