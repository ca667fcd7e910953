package org.vmmlib.studies.network;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.vmmlib.core.io.MalformedFileException;

/**
 * The content of one IDX file of unsigned bytes.
 *
 * @param count number of items (images or labels)
 * @param rows height of an image, 1 for labels
 * @param columns width of an image, 1 for labels
 * @param content the bytes after the header
 */
record IdxFile(int count, int rows, int columns, byte[] content) {

    private static final int LABELS = 0x00000801;
    private static final int IMAGES = 0x00000803;
    private static final int GREATEST_COUNT = 10_000_000;
    private static final int GREATEST_SIDE = 1024;
    private static final long GREATEST_CONTENT = 1L << 30;

    /** Deflate's greatest ratio: a stored byte gives at most 1032 bytes (zlib's technical details). */
    private static final long DEFLATE_RATIO = 1032;

    /** Reads {@code …-images-idx3-ubyte}, gzip if its name ends in {@code .gz}. */
    static IdxFile readImages(Path file) throws IOException {
        return read(file, IMAGES);
    }

    /** Reads {@code …-labels-idx1-ubyte}, gzip if its name ends in {@code .gz}. */
    static IdxFile readLabels(Path file) throws IOException {
        return read(file, LABELS);
    }

    private static IdxFile read(Path file, int magic) throws IOException {
        if (!Files.isReadable(file)) {
            throw new AccessDeniedException(file.toString(), null, "permission to read is denied");
        }
        try {
            if (!file.toString().endsWith(".gz")) {
                try (InputStream in = Files.newInputStream(file)) {
                    return parse(file, in, magic, Files.size(file));
                }
            }
            long size = Files.size(file);
            if (size > GREATEST_CONTENT) {
                throw new MalformedFileException(
                        file, String.format(Locale.ROOT, "has %d bytes, must have at most %d", size, GREATEST_CONTENT));
            }
            byte[] compressed = Files.readAllBytes(file);
            try (Gunzip in = new Gunzip(compressed)) {
                IdxFile idx = parse(file, in, magic, DEFLATE_RATIO * compressed.length);
                in.requireEnd(file);
                return idx;
            }
        } catch (MalformedFileException e) {
            throw e;
        } catch (EOFException e) {
            throw (IOException)
                    new MalformedFileException(file, "is truncated: its gzip stream ends too early").initCause(e);
        } catch (IOException e) {
            throw new IOException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /** @param capacity number of bytes that the file can hold at most, header included */
    private static IdxFile parse(Path file, InputStream in, int magic, long capacity) throws IOException {
        boolean images = magic == IMAGES;
        int headerLength = images ? 16 : 8;
        ByteBuffer header = ByteBuffer.wrap(in.readNBytes(headerLength));
        if (header.remaining() < headerLength) {
            throw new MalformedFileException(
                    file,
                    String.format(
                            Locale.ROOT,
                            "is truncated: has %d bytes, its header alone %d",
                            header.remaining(),
                            headerLength));
        }
        int found = header.getInt();
        if (found != magic) {
            throw new MalformedFileException(
                    file,
                    String.format(
                            Locale.ROOT,
                            "starts with 0x%08x, must start with 0x%08x (IDX %s of unsigned bytes)",
                            found,
                            magic,
                            images ? "images" : "labels"));
        }
        int count = within(file, "number of items", header.getInt(), GREATEST_COUNT);
        int rows = images ? within(file, "number of rows", header.getInt(), GREATEST_SIDE) : 1;
        int columns = images ? within(file, "number of columns", header.getInt(), GREATEST_SIDE) : 1;
        long promised = (long) count * rows * columns;
        if (promised > GREATEST_CONTENT || headerLength + promised > capacity) {
            throw new MalformedFileException(
                    file,
                    String.format(
                            Locale.ROOT,
                            "is truncated or damaged: its header promises %d x %d x %d bytes, it can hold at most %d",
                            count,
                            rows,
                            columns,
                            Math.min(GREATEST_CONTENT, capacity - headerLength)));
        }
        byte[] content = in.readNBytes((int) promised);
        if (content.length < promised) {
            throw new MalformedFileException(
                    file,
                    String.format(
                            Locale.ROOT,
                            "is truncated: has %d bytes after its header, which promises %d",
                            content.length,
                            promised));
        }
        if (in.read() >= 0) {
            throw new MalformedFileException(
                    file, String.format(Locale.ROOT, "goes on after the %d bytes that its header promises", promised));
        }
        return new IdxFile(count, rows, columns, content);
    }

    private static int within(Path file, String what, int value, int greatest) throws MalformedFileException {
        if (value < 1 || value > greatest) {
            throw new MalformedFileException(
                    file,
                    String.format(
                            Locale.ROOT,
                            "%s is %d, must be from 1 to %d",
                            what,
                            Integer.toUnsignedLong(value),
                            greatest));
        }
        return value;
    }

    /** A gzip stream that can tell whether something follows it ({@link GZIPInputStream} ignores what does). */
    private static final class Gunzip extends GZIPInputStream {

        private final long bodyLength;

        Gunzip(byte[] compressed) throws IOException {
            this(new ByteArrayInputStream(compressed));
        }

        private Gunzip(ByteArrayInputStream in) throws IOException {
            super(in);
            bodyLength = in.available();
        }

        /** Requires that the file ends with the checksum and length (8 bytes) of its one member. */
        void requireEnd(Path file) throws MalformedFileException {
            if (inf.getBytesRead() + 8 != bodyLength) {
                throw new MalformedFileException(file, "goes on after its gzip stream: must be one gzip member");
            }
        }
    }
}
