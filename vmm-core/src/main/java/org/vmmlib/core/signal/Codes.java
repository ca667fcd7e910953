package org.vmmlib.core.signal;

import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import org.vmmlib.core.check.Require;

/**
 * A batch of digital words, vectors × channels, row-major. Unsigned words are 0 … 2^bits − 1, signed ones −2^(bits−1) …
 * 2^(bits−1) − 1. Immutable: the data is copied in and must not be written to when read with {@link #data()}.
 */
public final class Codes implements Signal {

    private final int bits;
    private final boolean signed;
    private final int vectors;
    private final int channels;
    private final int[] data;

    private Codes(int bits, boolean signed, int vectors, int channels, int[] data) {
        this.bits = bits;
        this.signed = signed;
        this.vectors = vectors;
        this.channels = channels;
        this.data = data;
    }

    /**
     * Unsigned words.
     *
     * @param bits 1 to 31
     * @param data vectors × channels words, row-major; copied
     * @throws IllegalArgumentException if a word is out of range, or the count is wrong
     */
    public static Codes unsigned(int bits, int vectors, int channels, int[] data) {
        return checked(bits, false, vectors, channels, data);
    }

    /** Two's complement words; see {@link #unsigned}. */
    public static Codes signed(int bits, int vectors, int channels, int[] data) {
        return checked(bits, true, vectors, channels, data);
    }

    private static Codes checked(int bits, boolean signed, int vectors, int channels, int[] data) {
        Require.within("bits", bits, 1, 31);
        Require.within("vectors", vectors, 0, Integer.MAX_VALUE);
        Require.within("channels", channels, 0, Integer.MAX_VALUE);
        if (data.length != (long) vectors * channels) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "data has %d words: must be %d x %d", data.length, vectors, channels));
        }
        Codes codes = new Codes(bits, signed, vectors, channels, Arrays.copyOf(data, data.length));
        codes.refuseOutOfRange();
        return codes;
    }

    private void refuseOutOfRange() {
        int lowest = lowest();
        int highest = highest();
        // One of the differences is negative where a word is out of range. Without branches the loop is vectorised.
        int signs = 0;
        for (int word : data) {
            signs |= (word - lowest) | (highest - word);
        }
        for (int k = 0; k < data.length && signs < 0; k++) {
            if (data[k] < lowest || data[k] > highest) {
                throw new IllegalArgumentException(String.format(
                        Locale.ROOT,
                        "code[%d,%d] = %d: must be from %d to %d (%d bits)",
                        k / channels,
                        k % channels,
                        data[k],
                        lowest,
                        highest,
                        bits));
            }
        }
    }

    /** Word length. */
    public int bits() {
        return bits;
    }

    /** Whether the words are two's complement. */
    public boolean signed() {
        return signed;
    }

    @Override
    public int vectors() {
        return vectors;
    }

    @Override
    public int channels() {
        return channels;
    }

    /** The lowest word there can be. */
    public int lowest() {
        return signed ? -(1 << (bits - 1)) : 0;
    }

    /** The highest word there can be. */
    public int highest() {
        return signed ? (1 << (bits - 1)) - 1 : (1 << bits) - 1;
    }

    /**
     * One word.
     *
     * @throws IndexOutOfBoundsException if there is no such word
     */
    public int get(int vector, int channel) {
        return data[Objects.checkIndex(vector, vectors) * channels + Objects.checkIndex(channel, channels)];
    }

    /** The words, row-major. Not to be modified. */
    public int[] data() {
        return data;
    }

    /** Vectors {@code from … to − 1}. */
    public Codes slice(int from, int to) {
        Objects.checkFromToIndex(from, to, vectors);
        return new Codes(bits, signed, to - from, channels, Arrays.copyOfRange(data, from * channels, to * channels));
    }
}
