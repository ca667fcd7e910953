package org.vmmlib.core.io;

import java.io.IOException;
import java.nio.file.Path;

/** A file is not what it should be. The message names the file, what is wrong, the limit and, where there is one, a way out. */
public final class MalformedFileException extends IOException {

    private static final long serialVersionUID = 1L;

    /**
     * @param file the file
     * @param problem what is wrong with it, and what it must be
     */
    public MalformedFileException(Path file, String problem) {
        super(file + ": " + problem);
    }
}
