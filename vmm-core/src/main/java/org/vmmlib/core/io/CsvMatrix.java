package org.vmmlib.core.io;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Numbers as text: one line for each row of the matrix, fields separated by commas, blanks around them allowed, a
 * decimal point, no header line. Lines end in LF or CRLF; empty lines at the end do not count. A vector is written as
 * one line; one line or one column is read as a vector where one is asked for.
 *
 * <p>Numbers are written so that they read back as the same double, in every locale; see {@link DecimalText}.
 */
public final class CsvMatrix {

    private CsvMatrix() {}

    /**
     * Reads a matrix, or a vector that is one line or one column.
     *
     * @throws java.nio.file.NoSuchFileException if there is no such file
     * @throws MalformedFileException naming line and column if a field is empty, not a decimal number or not finite; or
     *     naming the line if it is empty or has another number of fields than the first; or if there is no line
     * @throws IOException if the file cannot be read
     */
    public static StoredMatrix read(Path file) throws IOException {
        try (CsvReader reader = new CsvReader(file)) {
            return StoredMatrix.table(reader.read());
        }
    }

    /**
     * Writes a matrix, or a vector as one line; the file appears whole or not at all, and replaces one that is there.
     *
     * @throws IllegalArgumentException if an element is not finite
     * @throws IOException if the file cannot be written
     */
    public static void write(Path file, StoredMatrix matrix) throws IOException {
        try (AtomicFiles files = AtomicFiles.begin()) {
            try (CsvWriter writer = new CsvWriter(files.stage(file), matrix.shape())) {
                writer.append(matrix.values().data, 0, matrix.values().getNumElements());
            }
            files.commit();
        }
    }
}
