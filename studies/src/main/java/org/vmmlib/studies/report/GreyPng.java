package org.vmmlib.studies.report;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Writes 8-bit grey images as PNG (ISO/IEC 15948), with the few parts of it that they need. */
final class GreyPng {

    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final byte[] GREY_8_BIT = {8, 0, 0, 0, 0};

    private GreyPng() {}

    /**
     * An image file.
     *
     * @param pixels {@code width * height} unsigned bytes, row by row, 0 black. Not modified.
     */
    static byte[] encode(int width, int height, byte[] pixels) {
        ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height).put(GREY_8_BIT);
        ByteBuffer rows = ByteBuffer.allocate(height * (width + 1));
        for (int row = 0; row < height; row++) {
            rows.put((byte) 0).put(pixels, row * width, width);
        }
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(SIGNATURE);
        chunk(file, "IHDR", header.array());
        chunk(file, "IDAT", compress(rows.array()));
        chunk(file, "IEND", new byte[0]);
        return file.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream file, String type, byte[] data) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(data);
        file.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
        file.writeBytes(name);
        file.writeBytes(data);
        file.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }

    private static byte[] compress(byte[] data) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
        try {
            deflater.setInput(data);
            deflater.finish();
            ByteArrayOutputStream compressed = new ByteArrayOutputStream();
            byte[] buffer = new byte[1024];
            while (!deflater.finished()) {
                compressed.write(buffer, 0, deflater.deflate(buffer));
            }
            return compressed.toByteArray();
        } finally {
            deflater.end();
        }
    }
}
