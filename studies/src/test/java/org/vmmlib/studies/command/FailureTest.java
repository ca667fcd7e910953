package org.vmmlib.studies.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.vmmlib.core.crossbar.solve.ConvergenceException;

class FailureTest {

    @Test
    void badInputIsTwoAndOtherFailuresAreOne() {
        assertEquals(
                2, Failure.of(new IllegalArgumentException("x = 1: must be 2")).exitCode());
        assertEquals(2, Failure.of(new IOException("disk")).exitCode());
        assertEquals(
                1, Failure.of(new ConvergenceException("far", new double[0])).exitCode());
        assertEquals(1, Failure.of(new IllegalStateException("odd")).exitCode());
        assertEquals(1, Failure.of(new OutOfMemoryError()).exitCode());
        assertEquals(130, Failure.of(new InterruptedException()).exitCode());
        assertEquals(130, Failure.of(new ClosedByInterruptException()).exitCode());
    }

    @Test
    void whatWasWrappedOnItsWayIsLookedInto() {
        assertEquals(
                new Failure(2, "disk"),
                Failure.of(new ExecutionException(new UncheckedIOException(new IOException("disk")))));
    }

    @Test
    void fileProblemsAreSpelledOut() {
        assertEquals(
                "G.npy: no such file or folder",
                Failure.of(new NoSuchFileException("G.npy")).message());
        assertEquals(
                "G.npy: permission is denied",
                Failure.of(new AccessDeniedException("G.npy")).message());
        assertEquals(
                "G.npy: gone",
                Failure.of(new NoSuchFileException("G.npy", null, "gone")).message());
        assertEquals("a file ends too early", Failure.of(new EOFException()).message());
        assertTrue(Failure.of(new OutOfMemoryError()).message().contains("-Xmx"));
        assertTrue(Failure.of(new NullPointerException()).message().contains("-Dvmm.debug"));
    }

    @Test
    void aMessageIsOneLineWithoutControlCharacters() {
        assertEquals(
                "a b [31mc",
                Failure.of(new IOException("a\r\n\tb\u001b[31mc\n")).message());
    }
}
