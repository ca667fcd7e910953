package org.vmmlib.studies.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vmmlib.core.run.Progress;

class ConsoleProgressTest {

    private static final ErrorTerminal WIDE = new ErrorTerminal(true, 60);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final AtomicLong nanoTime = new AtomicLong();

    private ConsoleProgress start(ErrorTerminal terminal) {
        return ConsoleProgress.of(
                "nor-ins", terminal, new PrintStream(out, true, StandardCharsets.UTF_8), nanoTime::get);
    }

    private String text() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aLongTaskInAPipeHasALineForEachTenth() {
        try (ConsoleProgress progress = start(ErrorTerminal.none())) {
            for (int step = 1; step <= 1000; step++) {
                nanoTime.addAndGet(TimeUnit.SECONDS.toNanos(1));
                progress.done(step, 1000);
            }
        }
        String[] lines = text().split("\n");
        assertEquals(10, lines.length);
        assertEquals("nor-ins: 10 % (100 of 1000), 100.0 s", lines[0]);
        assertEquals("nor-ins: 100 % (1000 of 1000), 1000.0 s", lines[9]);
    }

    @Test
    void aShortTaskInAPipeHasOneLine() {
        try (ConsoleProgress progress = start(ErrorTerminal.none())) {
            for (int step = 1; step <= 7; step++) {
                nanoTime.addAndGet(TimeUnit.MILLISECONDS.toNanos(100));
                progress.done(step, 7);
            }
            progress.done(7, 7);
        }
        assertEquals("nor-ins: 100 % (7 of 7), 0.7 s\n", text());
    }

    @Test
    void anUnfinishedTaskInAPipeEndsWithoutAWord() {
        try (ConsoleProgress progress = start(ErrorTerminal.none())) {
            progress.done(1, 100);
            progress.done(0, 0);
        }
        assertEquals("", text());
    }

    @Test
    void aTerminalIsLeftAtTheStartOfALine() {
        try (ConsoleProgress progress = start(WIDE)) {
            progress.done(3, 10);
            progress.done(10, 10);
        }
        assertTrue(text().contains("\rnor-ins 100% ["), text());
        assertTrue(text().endsWith("\n"), text());
        for (String bar : text().strip().split("\r")) {
            assertTrue(bar.length() < 60, bar);
            assertTrue(bar.chars().allMatch(c -> c >= ' ' && c < 0x7F), bar);
        }
    }

    @Test
    void anInterruptedThreadStillClosesAndStaysInterrupted() {
        try (ConsoleProgress progress = start(WIDE)) {
            progress.done(3, 10);
            Thread.currentThread().interrupt();
        }
        assertTrue(Thread.interrupted());
        assertTrue(text().endsWith("\n"), text());
    }

    @Test
    void nothingIsShownAfterTheEnd() {
        ConsoleProgress progress = start(ErrorTerminal.none());
        progress.close();
        progress.close();
        progress.done(10, 10);
        assertEquals("", text());
    }

    @Test
    void moreStepsThanThereAreIsRefused() {
        try (ConsoleProgress progress = start(ErrorTerminal.none())) {
            assertThrows(IllegalArgumentException.class, () -> progress.done(11, 10));
            assertThrows(IllegalArgumentException.class, () -> progress.done(-1, 10));
        }
    }

    @Test
    void theWidthIsTheSecondNumberOfStty() {
        assertEquals(132, ErrorTerminal.width("24 132\n"));
        assertEquals(80, ErrorTerminal.width("0 0\n"));
        assertEquals(80, ErrorTerminal.width(""));
        assertEquals(80, ErrorTerminal.width("speed 9600 baud"));
        assertEquals(20, ErrorTerminal.width("24 5"));
    }

    /** A program with progress. */
    static final class Program {
        public static void main(String[] args) {
            try (ConsoleProgress progress = ConsoleProgress.of("task µ")) {
                for (int step = 1; step <= 100; step++) {
                    progress.done(step, 100);
                }
            }
            System.out.println("result");
        }
    }

    private static String placeOf(Class<?> type) {
        return Path.of(URI.create(
                        type.getProtectionDomain().getCodeSource().getLocation().toString()))
                .toString();
    }

    @Test
    void aProgramInAPipeWritesPlainLines(@TempDir Path folder) throws IOException, InterruptedException {
        Path errors = folder.resolve("stderr");
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xshare:auto",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        String.join(
                                File.pathSeparator,
                                placeOf(Program.class),
                                placeOf(ConsoleProgress.class),
                                placeOf(Progress.class)),
                        Program.class.getName()))
                .redirectError(errors.toFile())
                .start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        String written = Files.readString(errors);
        assertEquals(0, process.exitValue(), written);
        assertEquals("result", output.strip());
        assertTrue(written.matches("task u: 100 % \\(100 of 100\\), \\d\\.\\d s\n"), written);
        assertFalse(written.chars().anyMatch(c -> (c < ' ' && c != '\n') || c > 0x7E), written);
    }
}
