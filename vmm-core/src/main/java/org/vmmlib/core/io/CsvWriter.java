package org.vmmlib.core.io;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.vmmlib.core.check.Require;

/** Writes a CSV file; a vector is one line. */
final class CsvWriter implements ArrayWriter {

    private final Countdown left;
    private final int columns;
    private final Writer writer;
    private long written;

    CsvWriter(Path file, int... shape) throws IOException {
        left = new Countdown(file, shape, 2);
        columns = shape[shape.length - 1];
        writer = Files.newBufferedWriter(file, StandardCharsets.US_ASCII);
    }

    @Override
    public void append(double[] data, int from, int count) throws IOException {
        left.take(count);
        for (int k = from; k < from + count; k++) {
            String element = "element[" + written / columns + "," + written % columns + "]";
            writer.write(DecimalText.of(Require.finite(element, data[k])));
            written++;
            writer.write(written % columns == 0 ? '\n' : ',');
        }
    }

    @Override
    public void close() throws IOException {
        try (writer) {
            left.requireNoneLeft();
        }
    }
}
