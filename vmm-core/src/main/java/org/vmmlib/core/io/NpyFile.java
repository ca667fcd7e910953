package org.vmmlib.core.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.ejml.data.DMatrixRMaj;

/**
 * NumPy's array file (NumPy Enhancement Proposal 1), versions 1.0 to 3.0, of little-endian float64 ({@code '<f8'}) in C
 * or Fortran order. Vectors and matrices are read; arrays of up to three dimensions are written, as version 1.0 in C
 * order, byte for byte as {@code numpy.save} does.
 *
 * <p>The length of the file is compared with the shape before memory is asked for, so a file cannot make the reader
 * allocate more than its own size.
 */
public final class NpyFile {

    static final String MAGIC = "\u0093NUMPY";

    /** A header that describes float64 is far shorter. */
    private static final int LONGEST_HEADER = 1 << 16;

    private static final int BUFFER = 1 << 16;

    private NpyFile() {}

    /**
     * Reads a vector (1-D) or matrix (2-D). Its elements may be NaN or infinite: {@link StoredMatrix#requireFinite}.
     *
     * @throws java.nio.file.NoSuchFileException if there is no such file
     * @throws MalformedFileException if it is not a {@code .npy} file of a version from 1.0 to 3.0, has another type of
     *     element, no dimension or more than two, a length below 1, 2³¹ elements or more, or is longer or shorter than
     *     its shape
     * @throws IOException if it cannot be read
     */
    public static StoredMatrix read(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(InputFile.require(file), StandardOpenOption.READ)) {
            NpyHeader header = header(file, channel);
            requireDoubles(file, header.type());
            List<Long> shape = header.shape();
            int count = requireShape(file, shape, channel.size() - channel.position());
            double[] data = new double[count];
            if (shape.size() == 1) {
                read(file, channel, data, 1, count);
                return StoredMatrix.vector(data);
            }
            int rows = Math.toIntExact(shape.get(0));
            int columns = Math.toIntExact(shape.get(1));
            read(file, channel, data, header.fortranOrder() ? rows : 1, header.fortranOrder() ? columns : count);
            return StoredMatrix.matrix(DMatrixRMaj.wrap(rows, columns, data));
        }
    }

    /**
     * Writes an array; the file appears whole or not at all, and replaces one that is there.
     *
     * @param elements row-major. Not modified.
     * @param shape one to three lengths, each 1 or above, whose product is the number of elements
     * @throws IllegalArgumentException if the shape does not fit
     * @throws IOException if the file cannot be written
     */
    public static void write(Path file, double[] elements, int... shape) throws IOException {
        try (AtomicFiles files = AtomicFiles.begin()) {
            try (NpyWriter writer = new NpyWriter(files.stage(file), shape)) {
                writer.append(elements, 0, elements.length);
            }
            files.commit();
        }
    }

    private static NpyHeader header(Path file, FileChannel channel) throws IOException {
        ByteBuffer start = ByteBuffer.allocate(MAGIC.length() + 2);
        fill(channel, start);
        for (int k = 0; k < MAGIC.length(); k++) {
            if (k >= start.limit() || (start.get(k) & 0xff) != MAGIC.charAt(k)) {
                throw new MalformedFileException(
                        file, "is not a .npy file: must start with \\x93NUMPY; write it with numpy.save");
            }
        }
        if (start.limit() < start.capacity()) {
            throw truncatedHeader(file);
        }
        int major = start.get(MAGIC.length()) & 0xff;
        int minor = start.get(MAGIC.length() + 1) & 0xff;
        if (major < 1 || major > 3 || minor != 0) {
            throw new MalformedFileException(
                    file, String.format(Locale.ROOT, "has .npy version %d.%d: must be 1.0, 2.0 or 3.0", major, minor));
        }
        ByteBuffer size =
                ByteBuffer.allocate(major == 1 ? Short.BYTES : Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        fill(channel, size);
        if (size.limit() < size.capacity()) {
            throw truncatedHeader(file);
        }
        long length = major == 1 ? size.getShort(0) & 0xffffL : size.getInt(0) & 0xffffffffL;
        if (length > LONGEST_HEADER) {
            throw new MalformedFileException(
                    file,
                    String.format(
                            Locale.ROOT, "has a header of %d bytes: must be %d or fewer", length, LONGEST_HEADER));
        }
        ByteBuffer text = ByteBuffer.allocate((int) length);
        fill(channel, text);
        if (text.limit() < text.capacity()) {
            throw truncatedHeader(file);
        }
        Charset charset = major == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
        return NpyHeader.parse(file, charset.decode(text).toString());
    }

    private static MalformedFileException truncatedHeader(Path file) {
        return new MalformedFileException(file, "is truncated: it ends within its header; write it again");
    }

    /** Reads until the buffer is full or the file ends, then flips the buffer. */
    private static void fill(FileChannel channel, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
            // a read may give less than asked for
        }
        buffer.flip();
    }

    private static void requireDoubles(Path file, String type) throws MalformedFileException {
        if (type.equals("<f8")) {
            return;
        }
        String kind = switch (type.length() < 2 ? ' ' : type.charAt(1)) {
            case 'f' -> "float";
            case 'i', 'u' -> "integer";
            case 'b' -> "boolean";
            case 'c' -> "complex";
            case 'O' -> "object";
            case 'S', 'U', 'a' -> "string";
            case 'M', 'm' -> "time";
            default -> "other";
        };
        String wayOut = switch (kind) {
            case "complex" -> "; save its real part with astype('<f8')";
            case "float", "integer", "boolean", "object" -> "; convert with astype('<f8')";
            default -> "";
        };
        throw new MalformedFileException(
                file,
                String.format(
                        Locale.ROOT,
                        "has %s%s elements (%s): must be little-endian float64 ('<f8')%s",
                        type.startsWith(">") ? "big-endian " : "",
                        kind,
                        InputFile.quote(type),
                        wayOut));
    }

    /** The number of elements, if the shape is that of a vector or matrix and fits the bytes that there are. */
    private static int requireShape(Path file, List<Long> shape, long bytes) throws MalformedFileException {
        String text = shape.stream().map(String::valueOf).collect(Collectors.joining(", ", "(", ")"));
        if (shape.isEmpty() || shape.size() > 2) {
            throw new MalformedFileException(
                    file,
                    String.format(
                            Locale.ROOT,
                            "has %d dimensions, shape %s: must have 1 or 2; reshape it",
                            shape.size(),
                            text));
        }
        long count = 1;
        for (long length : shape) {
            if (length < 1) {
                throw new MalformedFileException(file, "has shape " + text + ": each length must be 1 or above");
            }
            // The product is kept below 2^31 all along, so it cannot overflow.
            if (length > Integer.MAX_VALUE || count * length > Integer.MAX_VALUE) {
                throw new MalformedFileException(
                        file, "has shape " + text + ": must have less than 2^31 elements in all");
            }
            count *= length;
        }
        long needed = count * Double.BYTES;
        if (bytes != needed) {
            throw new MalformedFileException(
                    file,
                    String.format(
                            Locale.ROOT,
                            "%s: shape %s needs %d bytes of data, the file has %d; write it again",
                            bytes < needed ? "is truncated" : "has bytes after its data",
                            text,
                            needed,
                            bytes));
        }
        return (int) count;
    }

    /**
     * Reads {@code lines} lines of {@code length} elements one after the other; line k goes to the elements k, k + lines,
     * k + 2 lines … of the data, so that a matrix in Fortran order is transposed on its way.
     */
    private static void read(Path file, FileChannel channel, double[] data, int length, int lines) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
        buffer.limit(0);
        for (int line = 0; line < lines; line++) {
            for (int k = 0; k < length; k++) {
                if (!buffer.hasRemaining()) {
                    buffer.clear();
                    fill(channel, buffer);
                    if (buffer.limit() % Double.BYTES != 0 || buffer.limit() == 0) {
                        throw new MalformedFileException(file, "is truncated: it became shorter while it was read");
                    }
                }
                data[k * lines + line] = buffer.getDouble();
            }
        }
    }
}
