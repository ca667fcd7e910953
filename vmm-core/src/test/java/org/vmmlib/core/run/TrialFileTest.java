package org.vmmlib.core.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrialFileTest {

    private static final float[] FIRST = {1.5f, -0f, Float.NaN};
    private static final float[] SECOND = {Float.MIN_VALUE, 3e38f, 7};

    @TempDir
    Path folder;

    private Path file;
    private final Map<String, String> settings = new LinkedHashMap<>();

    @BeforeEach
    void name() {
        file = folder.resolve("trials");
        settings.put("design", "µ-design");
        settings.put("seed", "7");
    }

    private TrialFile open() throws IOException {
        return TrialFile.open(file, settings, 3, false);
    }

    private void writeTwo() throws IOException {
        try (TrialFile trials = open()) {
            trials.keep(4, FIRST);
            trials.keep(0, SECOND);
        }
    }

    @Test
    void trialsComeBackBitByBit() throws IOException {
        writeTwo();
        try (TrialFile trials = open()) {
            assertEquals(2, trials.finished());
            assertArrayEquals(FIRST, trials.find(4).orElseThrow());
            assertArrayEquals(SECOND, trials.find(0).orElseThrow());
            assertEquals(Optional.empty(), trials.find(1));
            trials.keep(1, FIRST);
            assertArrayEquals(FIRST, trials.find(1).orElseThrow());
        }
    }

    @Test
    void aRecordThatWasCutOffIsDroppedAndWrittenAgain() throws IOException {
        writeTwo();
        try (RandomAccessFile cut = new RandomAccessFile(file.toFile(), "rw")) {
            cut.setLength(cut.length() - 1);
        }
        try (TrialFile trials = open()) {
            assertEquals(1, trials.finished());
            assertTrue(trials.find(0).isEmpty());
            trials.keep(0, SECOND);
        }
        try (TrialFile trials = open()) {
            assertArrayEquals(FIRST, trials.find(4).orElseThrow());
            assertArrayEquals(SECOND, trials.find(0).orElseThrow());
        }
    }

    @Test
    void aRecordWithAWrongBitIsDropped() throws IOException {
        writeTwo();
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 12] ^= 1;
        Files.write(file, bytes);
        try (TrialFile trials = open()) {
            assertEquals(1, trials.finished());
            assertTrue(trials.find(0).isEmpty());
        }
    }

    @Test
    void trialsOfOtherSettingsAreRefusedByName() throws IOException {
        writeTwo();
        byte[] before = Files.readAllBytes(file);
        settings.put("seed", "8");
        assertRefused(file + " holds trials of an unfinished run with seed = 7, not 8");
        settings.put("seed", "7");
        settings.put("more", "x");
        assertRefused(file + " holds trials of an unfinished run with more = null, not x");
        settings.remove("more");
        settings.remove("design");
        assertRefused(file + " holds trials of an unfinished run with other settings");
        settings.clear();
        settings.put("design", "µ-design");
        settings.put("seed", "7");
        IllegalArgumentException shorter =
                assertThrows(IllegalArgumentException.class, () -> TrialFile.open(file, settings, 2, false));
        assertTrue(String.valueOf(shorter.getMessage()).contains("values = 3, not 2"), shorter::getMessage);
        assertArrayEquals(before, Files.readAllBytes(file), "a refusal changes nothing");
    }

    private void assertRefused(String message) {
        String refusal = String.valueOf(
                assertThrows(IllegalArgumentException.class, this::open).getMessage());
        assertTrue(refusal.startsWith(message), refusal);
    }

    @Test
    void anotherFileIsRefusedAndLeftAlone() throws IOException {
        for (String content : new String[] {"x", "vmm trials 1\n", "vmm trials 1\n\377\377\377\377 and so on"}) {
            Files.write(file, content.getBytes(StandardCharsets.ISO_8859_1));
            assertRefused(file + " is no file of trials");
            assertEquals(content, Files.readString(file, StandardCharsets.ISO_8859_1));
        }
    }

    @Test
    void aFolderIsRefused() throws IOException {
        Files.createDirectory(file);
        assertRefused(file + ": is a folder");
    }

    @Test
    void twoRunsCannotHaveIt() throws IOException {
        try (TrialFile trials = open()) {
            assertRefused(file + ": another run is writing to it");
            assertEquals(0, trials.finished());
        }
        open().close();
    }

    @Test
    void startedAfreshItForgets() throws IOException {
        writeTwo();
        settings.put("seed", "8");
        try (TrialFile trials = TrialFile.open(file, settings, 3, true)) {
            assertEquals(0, trials.finished());
        }
        try (TrialFile trials = open()) {
            assertEquals(0, trials.finished());
            trials.delete();
        }
        assertFalse(Files.exists(file));
    }

    @Test
    void whatDoesNotFitIsRefused() throws IOException {
        try (TrialFile trials = open()) {
            assertThrows(IllegalArgumentException.class, () -> trials.keep(0, new float[2]));
            assertThrows(IllegalArgumentException.class, () -> trials.keep(-1, FIRST));
        }
        settings.put("a=b", "c");
        assertThrows(IllegalArgumentException.class, this::open);
    }

    @Test
    void aFileThatIsClosedFailsAsAFile() throws IOException {
        TrialFile trials = open();
        trials.close();
        UncheckedIOException failure = assertThrows(UncheckedIOException.class, () -> trials.keep(0, FIRST));
        assertTrue(String.valueOf(failure.getCause()).contains(file + ": "), failure::toString);
    }
}
