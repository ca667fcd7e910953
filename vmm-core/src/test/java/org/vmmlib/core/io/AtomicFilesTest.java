package org.vmmlib.core.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFilesTest {

    @TempDir
    Path folder;

    private List<String> names() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void filesAppearTogetherAtCommit() throws IOException {
        Path a = folder.resolve("a.txt");
        Path b = folder.resolve("b.txt");
        Files.writeString(b, "old");
        try (AtomicFiles files = AtomicFiles.begin()) {
            Files.writeString(files.stage(a), "A");
            Files.writeString(files.stage(b), "B");
            assertFalse(Files.exists(a));
            assertEquals("old", Files.readString(b));
            files.commit();
        }
        assertEquals("A", Files.readString(a));
        assertEquals("B", Files.readString(b));
        assertEquals(List.of("a.txt", "b.txt"), names());
    }

    @Test
    void nothingIsLeftWithoutCommit() throws IOException {
        Path a = folder.resolve("a.txt");
        Files.writeString(a, "old");
        try (AtomicFiles files = AtomicFiles.begin()) {
            files.folder(folder.resolve("x").resolve("y"));
            Files.writeString(files.stage(a), "new");
            Files.writeString(files.stage(folder.resolve("x").resolve("y").resolve("b.txt")), "new");
        }
        assertEquals("old", Files.readString(a));
        assertEquals(List.of("a.txt"), names());
    }

    @Test
    void aMoveThatFailsPutsTheOthersBack() throws IOException {
        Path a = folder.resolve("a.txt");
        Path b = folder.resolve("b.txt");
        Path c = folder.resolve("c.txt");
        Path inNew = folder.resolve("new").resolve("n.txt");
        Files.writeString(a, "old");
        try (AtomicFiles files = AtomicFiles.begin()) {
            files.folder(folder.resolve("new"));
            Files.writeString(files.stage(a), "A");
            Files.writeString(files.stage(b), "B");
            Files.writeString(files.stage(inNew), "N");
            Files.writeString(files.stage(c), "C");
            // Since then somebody made a folder of that name.
            Files.createDirectory(c);
            Files.writeString(c.resolve("full"), "");
            assertThrows(IOException.class, files::commit);
        }
        assertEquals("old", Files.readString(a));
        assertEquals(List.of("a.txt", "c.txt"), names());
    }

    @Test
    void aTargetThatCannotBeReplacedKeepsItsContent() throws IOException {
        Path a = folder.resolve("a.txt");
        Path b = folder.resolve("b.txt");
        Files.writeString(a, "old a");
        Files.writeString(b, "old b");
        try (AtomicFiles files = AtomicFiles.begin()) {
            Path first = files.stage(a);
            Files.writeString(first, "A");
            Files.delete(files.stage(b));
            assertThrows(NoSuchFileException.class, files::commit);
        }
        assertEquals("old a", Files.readString(a));
        assertEquals("old b", Files.readString(b));
        assertEquals(List.of("a.txt", "b.txt"), names());
    }

    @Test
    void newFoldersAppearAtCommit() throws IOException {
        Path below = folder.resolve("x").resolve("y");
        Path file = below.resolve("a.txt");
        try (AtomicFiles files = AtomicFiles.begin()) {
            files.folder(below);
            Files.writeString(files.stage(file), "A");
            assertFalse(Files.exists(folder.resolve("x")));
            files.commit();
        }
        assertEquals("A", Files.readString(file));
        assertEquals(List.of("x"), names());
    }

    @Test
    void aLinkIsFollowed() throws IOException {
        Path real = Files.writeString(folder.resolve("real.txt"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("link.txt"), real);
        try (AtomicFiles files = AtomicFiles.begin()) {
            Files.writeString(files.stage(link), "new");
            files.commit();
        }
        assertTrue(Files.isSymbolicLink(link));
        assertEquals("new", Files.readString(real));
    }

    @Test
    void refusesTargetsThatCannotBe() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        try (AtomicFiles files = AtomicFiles.begin()) {
            Path missing = folder.resolve("none").resolve("a.txt");
            String message = Refusal.of(NoSuchFileException.class, () -> files.stage(missing));
            assertTrue(message.startsWith(missing + ": its folder "), message);
            assertThrows(FileSystemException.class, () -> files.stage(folder));
            assertThrows(FileSystemException.class, () -> files.stage(file.resolve("a.txt")));
            assertThrows(FileSystemException.class, () -> files.folder(file));
            assertThrows(FileSystemException.class, () -> files.folder(file.resolve("below")));
            files.stage(file);
            assertThrows(
                    IllegalArgumentException.class,
                    () -> files.stage(folder.resolve(".").resolve("file")));
        }
        assertEquals(List.of("file"), names());
    }

    @Test
    void aSetIsUsedOnce() throws IOException {
        AtomicFiles files = AtomicFiles.begin();
        files.commit();
        assertThrows(IllegalStateException.class, files::commit);
        assertThrows(IllegalStateException.class, () -> files.stage(folder.resolve("a")));
        files.close();
    }
}
