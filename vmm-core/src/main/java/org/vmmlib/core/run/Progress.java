package org.vmmlib.core.run;

/** Told how far a run is; called from any thread of the run, never from two at once. */
@FunctionalInterface
public interface Progress {

    /** Steps done, of all. */
    void done(long steps, long of);

    /** Nobody listens. */
    static Progress silent() {
        return (steps, of) -> {};
    }
}
