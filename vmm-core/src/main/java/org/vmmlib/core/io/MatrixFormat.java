package org.vmmlib.core.io;

import java.nio.file.Path;
import java.util.Locale;

/** How a matrix is stored; the extension of the file's name says it. */
public enum MatrixFormat {
    /** NumPy's array file, {@code .npy}; see {@link NpyFile}. */
    NPY,
    /** Numbers as text, {@code .csv}; see {@link CsvMatrix}. */
    CSV;

    /**
     * The format of a file, by its extension, in upper or lower case.
     *
     * @throws IllegalArgumentException if the name ends neither in {@code .npy} nor in {@code .csv}
     */
    public static MatrixFormat of(Path file) {
        Path last = file.getFileName();
        String name = last == null ? "" : last.toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".npy")) {
            return NPY;
        }
        if (name.endsWith(".csv")) {
            return CSV;
        }
        throw new IllegalArgumentException(file + ": the name of a matrix file must end in .npy or .csv");
    }
}
