package org.vmmlib.core.io;

import java.io.Closeable;
import java.io.IOException;

/** Writes the elements of an array whose shape is known, in row-major order, piece by piece. Not safe to share. */
public interface ArrayWriter extends Closeable {

    /**
     * Writes the next elements.
     *
     * @param data holds them. Not modified.
     * @param from index of the first of them
     * @param count how many
     * @throws IllegalArgumentException if there are more elements than the shape has
     * @throws IOException if the file cannot be written
     */
    void append(double[] data, int from, int count) throws IOException;

    /**
     * Ends the file.
     *
     * @throws IOException if elements are missing, or the file cannot be written
     */
    @Override
    void close() throws IOException;
}
