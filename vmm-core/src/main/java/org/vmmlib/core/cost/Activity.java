package org.vmmlib.core.cost;

/**
 * What a block did, from which it tells its energy.
 *
 * @param vectors input vectors that went through
 * @param channels rows, columns or outputs that the block has
 * @param time seconds that it was on, summed over the vectors
 * @param charge time integral of the absolute signal current, summed over vectors and channels, in coulombs (0 where
 *     the signal is no current)
 * @param delivered part of the supply's energy that the block handed on and that the next one counts, in joules; for a
 *     driver of row lines, what it gave to the array
 */
public record Activity(long vectors, int channels, double time, double charge, double delivered) {

    /** A block that hands no counted energy on. */
    public Activity(long vectors, int channels, double time, double charge) {
        this(vectors, channels, time, charge, 0);
    }
}
