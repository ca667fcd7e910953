package org.vmmlib.studies.network;

/** Told how far a training is, by the thread that asked for it. */
@FunctionalInterface
public interface TrainingProgress {

    /**
     * An epoch has ended.
     *
     * @param epochs how many have ended
     * @param of how many there are
     * @param loss mean cross entropy of the last one, in nats, on the distorted images
     */
    void epoch(int epochs, int of, double loss);

    /** Nobody listens. */
    static TrainingProgress silent() {
        return (epochs, of, loss) -> {};
    }
}
