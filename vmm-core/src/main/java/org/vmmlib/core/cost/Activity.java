package org.vmmlib.core.cost;

/**
 * What a block did, from which it tells its energy.
 *
 * @param vectors input vectors that went through
 * @param channels rows, columns or outputs that the block has
 * @param time seconds that it was on, summed over the vectors
 * @param charge time integral of the absolute signal current, summed over vectors and channels, in coulombs (0 where
 *     the signal is no current)
 */
public record Activity(long vectors, int channels, double time, double charge) {}
