package org.vmmlib.core.spice;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The binary file of an operating point that ngspice writes: a header in text with the names of all quantities, then one
 * double each in the byte order of the machine (ngspice user's manual, "Rawfile format").
 */
final class RawFile {

    private static final byte[] BINARY = "\nBinary:\n".getBytes(StandardCharsets.US_ASCII);

    private final SortedMap<String, Double> values;

    private RawFile(SortedMap<String, Double> values) {
        this.values = values;
    }

    /**
     * @throws SpiceException if it is not the binary file of one operating point, whole
     * @throws IOException if it cannot be read
     */
    static RawFile read(Path file) throws IOException {
        return of(Files.readAllBytes(file));
    }

    /** The values in the content of a file. */
    static RawFile of(byte[] content) {
        int end = indexOf(content, BINARY);
        if (end < 0) {
            throw new SpiceException("ngspice wrote no binary results: it did not find the operating point");
        }
        String header = new String(content, 0, end, StandardCharsets.UTF_8);
        require(header.contains("\nPlotname: Operating Point\n"), "other results than an operating point");
        require(header.contains("\nFlags: real\n"), "results that are not real numbers");
        String[] names =
                header.substring(header.indexOf("\nVariables:") + 11).strip().split("\n");
        ByteBuffer numbers = ByteBuffer.wrap(content, end + BINARY.length, content.length - end - BINARY.length)
                .order(ByteOrder.nativeOrder());
        require(
                numbers.remaining() == Double.BYTES * names.length,
                numbers.remaining() + " bytes for " + names.length + " results");
        SortedMap<String, Double> values = new TreeMap<>();
        for (String line : names) {
            String[] fields = line.strip().split("\t");
            require(fields.length >= 2, "a variable without name: " + line.strip());
            values.put(fields[1].toLowerCase(Locale.ROOT), numbers.getDouble());
        }
        return new RawFile(values);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new SpiceException("ngspice wrote " + otherwise + ": this version of it is not understood");
        }
    }

    private static int indexOf(byte[] content, byte[] part) {
        for (int k = 0; k <= content.length - part.length; k++) {
            int n = 0;
            while (n < part.length && content[k + n] == part[n]) {
                n++;
            }
            if (n == part.length) {
                return k;
            }
        }
        return -1;
    }

    /**
     * The value of a quantity, such as {@code v(w0_0)} or {@code i(vr0)}, in lower case.
     *
     * @throws SpiceException if there is none of this name, or it is not finite
     */
    double value(String name) {
        Double value = values.get(name);
        if (value == null) {
            throw new SpiceException("ngspice gave no " + name + ": this version of it is not understood");
        }
        if (!Double.isFinite(value)) {
            throw new SpiceException("ngspice gave " + name + " = " + value + ": it did not converge");
        }
        return value;
    }
}
