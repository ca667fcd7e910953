package org.vmmlib.core.io;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.vmmlib.core.check.Require;

/** Counts the elements that are still to be written to an array of a given shape. */
final class Countdown {

    private final Path file;
    private final int[] shape;
    private long left;

    /**
     * @throws IllegalArgumentException if the shape has not from 1 to {@code dimensions} lengths, or one is below 1, or
     *     the count of elements overflows
     */
    Countdown(Path file, int[] shape, int dimensions) {
        this.file = file;
        this.shape = shape.clone();
        if (shape.length < 1 || shape.length > dimensions) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT, "shape has %d lengths: must have from 1 to %d", shape.length, dimensions));
        }
        left = Double.BYTES;
        for (int length : shape) {
            Require.within("length", length, 1, Integer.MAX_VALUE);
            if (left > Long.MAX_VALUE / length) {
                throw new IllegalArgumentException(
                        "shape = " + Arrays.toString(shape) + ": must have less than 2^60 elements");
            }
            left *= length;
        }
        left /= Double.BYTES;
    }

    /** Takes some off. */
    void take(int count) {
        if (count > left) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "count = %d: only %d elements of shape %s are left to write",
                    count,
                    left,
                    Arrays.toString(shape)));
        }
        left -= count;
    }

    /** Requires that none is left. */
    void requireNoneLeft() throws IOException {
        if (left > 0) {
            throw new IOException(String.format(
                    Locale.ROOT, "%s: %d elements of shape %s were not written", file, left, Arrays.toString(shape)));
        }
    }
}
