package org.vmmlib.core.io;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Output files that appear whole, and all together or not at all. Each is written to a temporary file beside its target;
 * {@link #commit} moves them to their names. Whatever goes wrong before that — an exception, an interrupt from the
 * keyboard — leaves nothing behind, and files that were there keep their content.
 *
 * <pre>{@code
 * try (AtomicFiles files = AtomicFiles.begin()) {
 *     Files.writeString(files.stage(report), html);
 *     Files.writeString(files.stage(table), csv);
 *     files.commit();
 * }
 * }</pre>
 *
 * <p>Safe to share between threads.
 */
public final class AtomicFiles implements Closeable {

    /**
     * @param temporary where it is written
     * @param target its name in the end
     */
    private record Staged(Path temporary, Path target) {}

    private final List<Staged> staged = new ArrayList<>();
    private final List<Path> newFolders = new ArrayList<>();
    private final Thread cleanUpOnExit = new Thread(this::discard, "vmm-discard-unfinished-files");
    private long lastName = System.nanoTime();
    private boolean ended;

    private AtomicFiles() {}

    /** Starts a set of files; to be closed. */
    public static AtomicFiles begin() {
        AtomicFiles files = new AtomicFiles();
        Runtime.getRuntime().addShutdownHook(files.cleanUpOnExit);
        return files;
    }

    /**
     * Lets files be staged in a folder that may not be there yet. {@link #commit} makes it, with the folders above it;
     * without commit none of them appears.
     *
     * @throws FileSystemException if it is there but is not a folder
     * @throws IOException if it cannot be found out
     */
    public synchronized void folder(Path folder) throws IOException {
        requireOpen();
        Path absolute = folder.toAbsolutePath();
        existingPart(absolute);
        if (!Files.isDirectory(absolute)) {
            newFolders.add(absolute);
        }
    }

    /** The deepest folder of the path that is there. */
    private static Path existingPart(Path path) throws IOException {
        for (@Nullable Path part = path; part != null; part = part.getParent()) {
            if (Files.isDirectory(part)) {
                return part;
            }
            if (Files.exists(part, LinkOption.NOFOLLOW_LINKS)) {
                throw new FileSystemException(part.toString(), null, "is not a folder: name one, or another path");
            }
        }
        throw new NoSuchFileException(path.toString(), null, "no such folder");
    }

    /**
     * The temporary file to write in place of a target; it exists and is empty.
     *
     * @param target name of the file in the end; a file of that name will be replaced
     * @throws IllegalArgumentException if the target is staged already
     * @throws FileSystemException if its folder does not exist and was not announced by {@link #folder}, if it is itself
     *     a folder or no regular file, or if writing is not permitted
     * @throws IOException if the temporary file cannot be made
     */
    public synchronized Path stage(Path target) throws IOException {
        requireOpen();
        Path resolved = resolve(target);
        for (Staged other : staged) {
            if (other.target.equals(resolved)) {
                throw new IllegalArgumentException(target + ": is the path of two outputs; give each its own");
            }
        }
        Path folder = existingPart(folderOf(resolved));
        try {
            Path temporary = unusedName(folder, true);
            staged.add(new Staged(temporary, resolved));
            return temporary;
        } catch (AccessDeniedException e) {
            throw denied(target, folder, e);
        } catch (FileSystemException e) {
            throw reworded(target, folder, e);
        }
    }

    private static FileSystemException denied(Path target, Path folder, AccessDeniedException cause) {
        FileSystemException refusal = new AccessDeniedException(
                target.toString(), null, "permission to write in " + folder + " is denied; name another folder");
        refusal.initCause(cause);
        return refusal;
    }

    private static FileSystemException reworded(Path target, Path folder, FileSystemException cause) {
        FileSystemException refusal = new FileSystemException(
                target.toString(),
                null,
                "cannot write in " + folder + "; name another folder (" + cause.getMessage() + ")");
        refusal.initCause(cause);
        return refusal;
    }

    /** The target with its links followed. */
    private Path resolve(Path target) throws IOException {
        Path absolute = target.toAbsolutePath();
        if (absolute.getFileName() == null || Files.isDirectory(absolute)) {
            throw new FileSystemException(target.toString(), null, "is a folder: must be a file");
        }
        if (Files.exists(absolute)) {
            if (!Files.isRegularFile(absolute)) {
                throw new FileSystemException(target.toString(), null, "must be a regular file");
            }
            return absolute.toRealPath();
        }
        Path folder = folderOf(absolute);
        if (newFolders.contains(folder)) {
            return absolute;
        }
        if (!Files.exists(folder)) {
            throw new NoSuchFileException(
                    target.toString(), null, "its folder " + folder + " does not exist; make it, or name another");
        }
        if (!Files.isDirectory(folder)) {
            throw new FileSystemException(target.toString(), null, folder + " is not a folder; name another");
        }
        return folder.toRealPath().resolve(absolute.getFileName());
    }

    private static Path folderOf(Path file) {
        Path folder = file.getParent();
        if (folder == null) {
            throw new IllegalArgumentException(file + ": must be a file in a folder");
        }
        return folder;
    }

    /** A hidden name that nothing in the folder has; taken at once by an empty file if asked for. */
    private Path unusedName(Path folder, boolean take) throws IOException {
        while (true) {
            lastName++;
            Path name = folder.resolve(".vmm-" + ProcessHandle.current().pid() + "-" + lastName + ".part");
            try {
                if (take) {
                    Files.createFile(name);
                } else if (Files.exists(name, LinkOption.NOFOLLOW_LINKS)) {
                    continue;
                }
                return name;
            } catch (FileAlreadyExistsException e) {
                // another one's: take the next
            }
        }
    }

    /**
     * Moves every staged file to its target and ends the set. If one cannot be moved, those before it are put back as
     * they were.
     *
     * @throws IOException if a file cannot be moved; then none is
     */
    public synchronized void commit() throws IOException {
        requireOpen();
        List<Path> made = new ArrayList<>();
        List<@Nullable Path> replaced = new ArrayList<>();
        try {
            for (Path folder : newFolders) {
                makeFolders(folder, made);
            }
            for (Staged file : staged) {
                replaced.add(keep(file.target));
                Files.move(file.temporary, file.target, StandardCopyOption.ATOMIC_MOVE);
            }
            replaced.forEach(AtomicFiles::deleteQuietly);
        } catch (IOException | RuntimeException e) {
            for (int k = replaced.size() - 1; k >= 0; k--) {
                restore(staged.get(k), replaced.get(k), e);
            }
            for (int k = made.size() - 1; k >= 0; k--) {
                deleteQuietly(made.get(k));
            }
            throw e;
        } finally {
            close();
        }
    }

    private static void restore(Staged file, @Nullable Path replaced, Exception why) {
        if (replaced == null) {
            if (!Files.exists(file.temporary)) {
                deleteQuietly(file.target);
            }
            return;
        }
        try {
            Files.move(replaced, file.target, StandardCopyOption.ATOMIC_MOVE);
            // Two names of one file both stay when one is moved onto the other.
            deleteQuietly(replaced);
        } catch (IOException e) {
            why.addSuppressed(new IOException(file.target + ": what it held is now in " + replaced, e));
        }
    }

    private static void makeFolders(Path folder, List<Path> made) throws IOException {
        List<Path> missing = new ArrayList<>();
        for (@Nullable Path part = folder; part != null && !Files.isDirectory(part); part = part.getParent()) {
            missing.add(0, part);
        }
        for (Path part : missing) {
            if (!Files.isDirectory(part)) {
                Files.createDirectory(part);
                made.add(part);
            }
        }
    }

    /** A second name for the file that is there now, so that it can come back; null if there is none. */
    private @Nullable Path keep(Path target) throws IOException {
        if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            return null;
        }
        if (!Files.isRegularFile(target)) {
            throw new FileSystemException(target.toString(), null, "is not a file any more: name another");
        }
        Path name = unusedName(folderOf(target), false);
        try {
            Files.createLink(name, target);
        } catch (UnsupportedOperationException | IOException e) {
            copy(target, name);
        }
        return name;
    }

    private static void copy(Path file, Path to) throws IOException {
        try {
            Files.copy(file, to, StandardCopyOption.COPY_ATTRIBUTES);
        } catch (IOException e) {
            deleteQuietly(to);
            throw e;
        }
    }

    /** Ends the set; what was not committed is removed. */
    @Override
    public synchronized void close() {
        if (ended) {
            return;
        }
        discard();
        try {
            Runtime.getRuntime().removeShutdownHook(cleanUpOnExit);
        } catch (IllegalStateException e) {
            // the program is ending: the hook runs, and finds nothing to do
        }
    }

    private synchronized void discard() {
        ended = true;
        for (Staged file : staged) {
            deleteQuietly(file.temporary);
        }
        staged.clear();
    }

    private static void deleteQuietly(@Nullable Path path) {
        if (path == null) {
            return;
        }
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            // the reason why we are here matters more
        }
    }

    private void requireOpen() {
        if (ended) {
            throw new IllegalStateException("the set of files has ended: begin another");
        }
    }
}
