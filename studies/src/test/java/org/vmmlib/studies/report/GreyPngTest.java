package org.vmmlib.studies.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;

class GreyPngTest {

    @Test
    void pixelsComeBackFromTheChunks() throws DataFormatException {
        byte[] pixels = new byte[5 * 3];
        for (int k = 0; k < pixels.length; k++) {
            pixels[k] = (byte) (k * 17);
        }
        ByteBuffer file = ByteBuffer.wrap(GreyPng.encode(5, 3, pixels));

        assertEquals(0x89504E470D0A1A0AL, file.getLong());
        ByteBuffer header = ByteBuffer.wrap(chunk(file, "IHDR"));
        assertEquals(5, header.getInt());
        assertEquals(3, header.getInt());
        assertEquals(8, header.get(), "bits");
        assertEquals(0, header.get(), "grey");
        Inflater inflater = new Inflater();
        inflater.setInput(chunk(file, "IDAT"));
        byte[] rows = new byte[3 * 6 + 1];
        assertEquals(3 * 6, inflater.inflate(rows));
        inflater.end();
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        for (int row = 0; row < 3; row++) {
            assertEquals(0, rows[row * 6], "filter of row " + row);
            read.write(rows, row * 6 + 1, 5);
        }
        assertArrayEquals(pixels, read.toByteArray());
        assertEquals(0, chunk(file, "IEND").length);
        assertFalse(file.hasRemaining());
    }

    private static byte[] chunk(ByteBuffer file, String type) {
        byte[] data = new byte[file.getInt()];
        byte[] name = new byte[4];
        file.get(name);
        file.get(data);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(data);
        assertEquals(type, new String(name, StandardCharsets.US_ASCII));
        assertEquals((int) crc.getValue(), file.getInt());
        return data;
    }
}
