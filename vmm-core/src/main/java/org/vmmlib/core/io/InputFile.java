package org.vmmlib.core.io;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Refuses what cannot be read as a file, before it is opened. */
final class InputFile {

    private InputFile() {}

    /**
     * Requires a regular file that may be read.
     *
     * @throws IOException naming the file and what it is instead
     */
    static Path require(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString(), null, "no such file");
        }
        if (!Files.isRegularFile(file)) {
            throw new MalformedFileException(
                    file, Files.isDirectory(file) ? "is a folder: must be a file" : "must be a regular file");
        }
        if (!Files.isReadable(file)) {
            throw new AccessDeniedException(file.toString(), null, "permission to read is denied");
        }
        return file;
    }

    /** Text from a file as a message can show it: on one line, in plain characters, not too long. */
    static String quote(String text) {
        int most = 40;
        String start = text.length() > most ? text.substring(0, most) + "..." : text;
        StringBuilder plain = new StringBuilder("'");
        for (int k = 0; k < start.length(); k++) {
            char c = start.charAt(k);
            plain.append(c < ' ' || c > '~' ? '?' : c);
        }
        return plain.append('\'').toString();
    }
}
