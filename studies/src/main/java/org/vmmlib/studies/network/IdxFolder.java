package org.vmmlib.studies.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.vmmlib.core.io.MalformedFileException;

/**
 * Reads a folder of MNIST files: a training pair and a test pair, each of {@code PREFIX-images-idx3-ubyte} and
 * {@code PREFIX-labels-idx1-ubyte}, plain or with {@code .gz}. A prefix that starts with {@code train} makes the
 * training pair, one that starts with {@code t10k} or {@code test} the test pair. Other files are left alone. Where a
 * file stands there both plain and as {@code .gz}, the plain one is read.
 *
 * <p>The format is that of Y. LeCun, C. Cortes, C. J. C. Burges, "The MNIST database of handwritten digits": a
 * big-endian header, then unsigned bytes.
 */
public final class IdxFolder {

    private static final Pattern NAME =
            Pattern.compile("(?<prefix>.+)[-.](?<kind>images[-.]idx3|labels[-.]idx1)-ubyte(\\.gz)?");

    private IdxFolder() {}

    /**
     * Reads the training and the test pair of a folder.
     *
     * @throws IOException if the folder or one of the four files is missing, cannot be read, is not an IDX file of the
     *     right kind, is shorter or longer than its header says, promises more than such a file can hold, has labels
     *     above 9, or does not fit the other files. The message names the file and the limit.
     */
    public static DigitData read(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IOException(folder + ": must be a folder with MNIST files");
        }
        if (!Files.isReadable(folder)) {
            throw new AccessDeniedException(folder.toString(), null, "permission to read is denied");
        }
        Map<String, Path> files = find(folder);
        LabelledImages training = readPair(folder, files, "training", List.of("train"));
        LabelledImages test = readPair(folder, files, "test", List.of("t10k", "test"));
        try {
            return new DigitData(
                    folder.getFileName() == null ? "" : folder.getFileName().toString(), training, test);
        } catch (IllegalArgumentException e) {
            throw new IOException(folder + ": " + e.getMessage(), e);
        }
    }

    /** The IDX files of the folder by prefix and kind; a plain file is preferred to its {@code .gz}. */
    private static Map<String, Path> find(Path folder) throws IOException {
        List<Path> sorted;
        try (Stream<Path> listing = Files.list(folder)) {
            sorted = listing.sorted().toList();
        } catch (UncheckedIOException e) {
            throw new IOException(folder + ": cannot be read: " + e.getMessage(), e);
        }
        Map<String, Path> found = new TreeMap<>();
        for (Path file : sorted) {
            Matcher name = NAME.matcher(file.getFileName().toString());
            if (name.matches() && Files.isRegularFile(file)) {
                found.putIfAbsent(key(name.group("prefix"), name.group("kind").charAt(0)), file);
            }
        }
        return found;
    }

    private static String key(String prefix, char kind) {
        return kind + prefix;
    }

    private static LabelledImages readPair(Path folder, Map<String, Path> files, String role, List<String> starts)
            throws IOException {
        TreeSet<String> prefixes = new TreeSet<>();
        for (String key : files.keySet()) {
            if (starts.stream().anyMatch(key.substring(1)::startsWith)) {
                prefixes.add(key.substring(1));
            }
        }
        if (prefixes.size() != 1) {
            throw new IOException(String.format(
                    Locale.ROOT,
                    "%s: has %d %s sets%s, must have one (%s...-images-idx3-ubyte and -labels-idx1-ubyte, plain or"
                            + " .gz)",
                    folder,
                    prefixes.size(),
                    role,
                    prefixes.isEmpty() ? "" : " " + prefixes,
                    String.join("... or ", starts)));
        }
        String prefix = prefixes.first();
        Path imageFile = files.get(key(prefix, 'i'));
        Path labelFile = files.get(key(prefix, 'l'));
        if (imageFile == null || labelFile == null) {
            throw new IOException(String.format(
                    Locale.ROOT,
                    "%s: has no %s-%s-ubyte, the partner of %s",
                    folder,
                    prefix,
                    imageFile == null ? "images-idx3" : "labels-idx1",
                    imageFile == null ? labelFile : imageFile));
        }
        IdxFile images = IdxFile.readImages(imageFile);
        IdxFile labels = IdxFile.readLabels(labelFile);
        if (images.count() != labels.count()) {
            throw new IOException(String.format(
                    Locale.ROOT,
                    "%s: has %d labels, must have %d, one for each image of %s",
                    labelFile,
                    labels.count(),
                    images.count(),
                    imageFile));
        }
        try {
            return LabelledImages.of(images.rows(), images.columns(), images.content(), labels.content());
        } catch (IllegalArgumentException e) {
            throw (IOException) new MalformedFileException(labelFile, String.valueOf(e.getMessage())).initCause(e);
        }
    }
}
