package org.vmmlib.core.io;

import java.io.IOException;
import java.nio.file.Path;

/** Vectors and matrices in files; the extension, {@code .npy} or {@code .csv}, decides on the format. */
public final class MatrixFile {

    private MatrixFile() {}

    /**
     * Reads a vector or matrix. A {@code .npy} file says which of the two it is; a {@code .csv} file of a single line or
     * of a single column leaves that open, see {@link StoredMatrix}.
     *
     * @throws IllegalArgumentException if the extension is neither
     * @throws java.nio.file.NoSuchFileException if there is no such file
     * @throws MalformedFileException if the content is not a vector or matrix of doubles
     * @throws IOException if the file cannot be read
     */
    public static StoredMatrix read(Path file) throws IOException {
        return switch (MatrixFormat.of(file)) {
            case NPY -> NpyFile.read(file);
            case CSV -> CsvMatrix.read(file);
        };
    }

    /**
     * Writes a vector or matrix; the file appears whole or not at all, and replaces one that is there.
     *
     * @throws IllegalArgumentException if the extension is neither, or an element that goes to a {@code .csv} file is not
     *     finite
     * @throws IOException if the file cannot be written
     */
    public static void write(Path file, StoredMatrix matrix) throws IOException {
        MatrixFormat format = MatrixFormat.of(file);
        try (AtomicFiles files = AtomicFiles.begin()) {
            try (ArrayWriter writer = writer(format, files.stage(file), matrix.shape())) {
                writer.append(matrix.values().data, 0, matrix.values().getNumElements());
            }
            files.commit();
        }
    }

    /**
     * Opens a file to be written piece by piece, for arrays that need not be in memory at once. Meant for a path from
     * {@link AtomicFiles#stage}: the file is there from the first piece on.
     *
     * @param format of the file, whatever its name
     * @param file to create or overwrite
     * @param shape one or two lengths (three in {@link MatrixFormat#NPY}), each 1 or above
     * @throws IllegalArgumentException if the format cannot hold the shape
     * @throws IOException if the file cannot be written
     */
    public static ArrayWriter writer(MatrixFormat format, Path file, int... shape) throws IOException {
        return switch (format) {
            case NPY -> new NpyWriter(file, shape);
            case CSV -> new CsvWriter(file, shape);
        };
    }
}
