package org.vmmlib.studies.command;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.vmmlib.core.crossbar.solve.ConvergenceException;
import org.vmmlib.core.spice.SpiceException;
import picocli.CommandLine.ParameterException;

/**
 * What an exception means to whoever gave the command.
 *
 * @param exitCode 1, 2 or 130, see the package
 * @param message on one line
 */
record Failure(int exitCode, String message) {

    static final int FAILED = 1;
    static final int BAD_INPUT = 2;
    static final int INTERRUPTED = 130;

    Failure {
        message = onOneLine(message);
    }

    /** Tells bad input from other failures by the type of the exception. */
    static Failure of(Throwable thrown) {
        Throwable cause = thrown.getCause();
        if (cause != null
                && (thrown instanceof UncheckedIOException
                        || thrown instanceof ExecutionException
                        || thrown instanceof CompletionException)) {
            return of(cause);
        }
        if (thrown instanceof InterruptedException
                || thrown instanceof ClosedByInterruptException
                || thrown instanceof CancellationException) {
            return new Failure(INTERRUPTED, "interrupted");
        }
        if (thrown instanceof IOException e) {
            return new Failure(BAD_INPUT, describe(e));
        }
        if (thrown instanceof IllegalArgumentException || thrown instanceof ParameterException) {
            return new Failure(BAD_INPUT, messageOf(thrown));
        }
        if (thrown instanceof ConvergenceException || thrown instanceof SpiceException) {
            return new Failure(FAILED, messageOf(thrown));
        }
        if (thrown instanceof OutOfMemoryError) {
            return new Failure(
                    FAILED, "out of memory: use a smaller array, fewer inputs, or a larger Java heap (-Xmx)");
        }
        return new Failure(
                FAILED,
                "internal failure (-Dvmm.debug shows more): "
                        + thrown.getClass().getName() + ": " + messageOf(thrown));
    }

    /** The platform's own file exceptions often say no more than the path. */
    private static String describe(IOException e) {
        if (e instanceof FileSystemException f && f.getReason() == null) {
            String problem = f instanceof NoSuchFileException
                    ? "no such file or folder"
                    : f instanceof AccessDeniedException
                            ? "permission is denied"
                            : f instanceof NotDirectoryException
                                    ? "is not a folder"
                                    : f instanceof FileAlreadyExistsException ? "exists already" : "cannot be used";
            return f.getFile() + ": " + problem;
        }
        if (e instanceof EOFException && e.getMessage() == null) {
            return "a file ends too early";
        }
        return messageOf(e);
    }

    private static String messageOf(Throwable thrown) {
        String message = thrown.getMessage();
        return message == null ? thrown.getClass().getSimpleName() : message;
    }

    private static String onOneLine(String message) {
        StringBuilder line = new StringBuilder();
        message.strip().codePoints().forEach(c -> {
            if (!Character.isISOControl(c)) {
                line.appendCodePoint(c);
            } else if (line.length() > 0 && line.charAt(line.length() - 1) != ' ') {
                line.append(' ');
            }
        });
        return line.toString();
    }
}
