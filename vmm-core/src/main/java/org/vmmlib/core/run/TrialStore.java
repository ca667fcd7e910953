package org.vmmlib.core.run;

import java.util.Optional;

/** Keeps what finished trials gave, so that a run that was interrupted goes on from there. Safe to share. */
public interface TrialStore {

    /** What a trial gave, if it is finished; a copy. */
    Optional<float[]> find(int trial);

    /**
     * Keeps a finished trial.
     *
     * @param values what it gave. Not modified.
     * @throws java.io.UncheckedIOException if it cannot be kept
     */
    void keep(int trial, float[] values);

    /** Keeps nothing. */
    static TrialStore none() {
        return new TrialStore() {
            @Override
            public Optional<float[]> find(int trial) {
                return Optional.empty();
            }

            @Override
            public void keep(int trial, float[] values) {}
        };
    }
}
