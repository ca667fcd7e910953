package org.vmmlib.core.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Writes a {@code .npy} file, version 1.0, in C order. */
final class NpyWriter implements ArrayWriter {

    private static final int MOST_DIMENSIONS = 3;
    private static final int ALIGNMENT = 64;
    private static final int BUFFER = 1 << 16;

    /** NumPy leaves room for the first length to grow to as many digits. */
    private static final int GROWTH_DIGITS = 21;

    private final Countdown left;
    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
    private boolean failed;

    NpyWriter(Path file, int... shape) throws IOException {
        left = new Countdown(file, shape, MOST_DIMENSIONS);
        buffer.put(header(shape));
        channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
    }

    private static byte[] header(int[] shape) {
        String lengths = Arrays.stream(shape).mapToObj(Integer::toString).collect(Collectors.joining(", "));
        String text = "{'descr': '<f8', 'fortran_order': False, 'shape': (" + lengths + (shape.length == 1 ? ",)" : ")")
                + ", }" + " ".repeat(GROWTH_DIGITS - Integer.toString(shape[0]).length());
        int start = NpyFile.MAGIC.length() + 2 + Short.BYTES;
        int unpadded = start + text.length() + 1;
        int length = (unpadded + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        return ByteBuffer.allocate(length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(NpyFile.MAGIC.getBytes(StandardCharsets.ISO_8859_1))
                .put((byte) 1)
                .put((byte) 0)
                .putShort((short) (length - start))
                .put((text + " ".repeat(length - unpadded) + "\n").getBytes(StandardCharsets.ISO_8859_1))
                .array();
    }

    @Override
    public void append(double[] data, int from, int count) throws IOException {
        left.take(count);
        for (int k = from; k < from + count; k++) {
            if (buffer.remaining() < Double.BYTES) {
                flush();
            }
            buffer.putDouble(data[k]);
        }
    }

    private void flush() throws IOException {
        buffer.flip();
        try {
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        } catch (IOException e) {
            failed = true;
            throw e;
        }
        buffer.clear();
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            if (!failed) {
                flush();
                left.requireNoneLeft();
            }
        }
    }
}
