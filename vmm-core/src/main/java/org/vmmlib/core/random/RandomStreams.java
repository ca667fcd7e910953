package org.vmmlib.core.random;

import java.nio.charset.StandardCharsets;

/**
 * The root of all random numbers of a run. Each number is a pure function of (seed, effect, trial, scope, call,
 * element), so neither the order of drawing, nor the number of threads, nor another effect changes it.
 *
 * @param seed any 64-bit number
 * @param trial index of the Monte Carlo trial (one trial is one fabricated and programmed chip), 0 or above
 */
public record RandomStreams(long seed, long trial) {

    /** The streams of trial 0. */
    public static RandomStreams of(long seed) {
        return new RandomStreams(seed, 0);
    }

    /** The same seed, another trial. */
    public RandomStreams forTrial(long index) {
        return new RandomStreams(seed, index);
    }

    /**
     * The stream of one effect, for call 0.
     *
     * @param effect id of the effect, such as {@code adc.comparator-offset}
     * @param scope which part of the circuit draws (layer, array), so that equal parts get independent numbers
     */
    public RandomStream stream(String effect, long scope) {
        return new RandomStream(seed, hash(effect), trial, scope, 0);
    }

    /** FNV-1a, 64 bits, over the UTF-8 bytes: fixed for ever, unlike {@link String#hashCode()} of other types. */
    private static long hash(String text) {
        long hash = 0xCBF29CE484222325L;
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xFF)) * 0x100000001B3L;
        }
        return hash;
    }
}
