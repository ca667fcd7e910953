package org.vmmlib.core.io;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Builds {@code .npy} files from the words of NumPy Enhancement Proposal 1, without the code under test. */
final class NpyBytes {

    private NpyBytes() {}

    /** Version 1.0, padded to a multiple of 64 bytes. */
    static byte[] file(String dictionary, double... data) {
        return file(1, dictionary, data);
    }

    static byte[] file(int major, String dictionary, double... data) {
        int start = major == 1 ? 10 : 12;
        int length = (start + dictionary.length() + 64) / 64 * 64;
        String header = dictionary + " ".repeat(length - start - dictionary.length() - 1) + "\n";
        ByteBuffer buffer = ByteBuffer.allocate(length + 8 * data.length).order(ByteOrder.LITTLE_ENDIAN);
        buffer.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
        buffer.put((byte) major).put((byte) 0);
        if (major == 1) {
            buffer.putShort((short) header.length());
        } else {
            buffer.putInt(header.length());
        }
        buffer.put(header.getBytes(StandardCharsets.US_ASCII));
        for (double value : data) {
            buffer.putDouble(value);
        }
        return buffer.array();
    }

    static String dictionary(String type, String fortranOrder, String shape) {
        return "{'descr': " + type + ", 'fortran_order': " + fortranOrder + ", 'shape': " + shape + ", }";
    }
}
