package org.vmmlib.core.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.ejml.data.DMatrixRMaj;

class MatrixFileProperties {

    /** Every bit pattern of a double. */
    @Provide
    Arbitrary<Double> anyBits() {
        return Arbitraries.longs().map(Double::longBitsToDouble);
    }

    @Provide
    Arbitrary<Double> finiteBits() {
        return anyBits().filter(Double::isFinite);
    }

    @Provide
    Arbitrary<StoredMatrix> arrays() {
        return arraysOf(anyBits());
    }

    @Provide
    Arbitrary<StoredMatrix> finiteArrays() {
        return arraysOf(finiteBits());
    }

    private static Arbitrary<StoredMatrix> arraysOf(Arbitrary<Double> elements) {
        return Arbitraries.integers()
                .between(0, 7)
                .flatMap(rows -> Arbitraries.integers()
                        .between(1, 9)
                        .flatMap(columns -> elements.array(Double[].class)
                                .ofSize(Math.max(1, rows) * columns)
                                .map(values -> {
                                    double[] data = new double[values.length];
                                    for (int k = 0; k < data.length; k++) {
                                        data[k] = values[k];
                                    }
                                    return rows == 0
                                            ? StoredMatrix.vector(data)
                                            : StoredMatrix.matrix(DMatrixRMaj.wrap(rows, columns, data));
                                })));
    }

    private static long[] bits(StoredMatrix matrix) {
        long[] bits = new long[matrix.values().getNumElements()];
        for (int k = 0; k < bits.length; k++) {
            bits[k] = Double.doubleToRawLongBits(matrix.values().data[k]);
        }
        return bits;
    }

    private static StoredMatrix throughFile(String extension, StoredMatrix matrix) throws IOException {
        Path folder = Files.createTempDirectory("matrix");
        Path file = folder.resolve("m" + extension);
        try {
            MatrixFile.write(file, matrix);
            return MatrixFile.read(file);
        } finally {
            Files.deleteIfExists(file);
            Files.delete(folder);
        }
    }

    @Property(tries = 200)
    void npyKeepsEveryBitAndTheShape(@ForAll("arrays") StoredMatrix matrix) throws IOException {
        StoredMatrix again = throughFile(".npy", matrix);
        assertArrayEquals(matrix.shape(), again.shape());
        assertArrayEquals(bits(matrix), bits(again));
    }

    @Property(tries = 200)
    void csvKeepsEveryFiniteNumber(@ForAll("finiteArrays") StoredMatrix matrix) throws IOException {
        StoredMatrix again = throughFile(".csv", matrix);
        assertEquals(matrix.values().numRows, again.values().numRows);
        assertEquals(matrix.values().numCols, again.values().numCols);
        assertArrayEquals(bits(matrix), bits(again));
    }

    @Property
    void textReadsBackAsTheSameDoubleInFewDigits(@ForAll("finiteBits") double number) {
        String text = DecimalText.of(number);
        assertEquals(Double.doubleToRawLongBits(number), Double.doubleToRawLongBits(Double.parseDouble(text)));
        assertEquals(text, text.toLowerCase(Locale.ROOT));
        String digits = text.replaceAll("e.*", "").replaceAll("[^0-9]", "").replaceAll("^0+", "");
        assertTrue(digits.length() <= 17, text);
    }

    @Property
    void shortDecimalsStayShort(@ForAll int digits, @ForAll @IntRange(min = -5, max = 0) int exponent) {
        double number = Double.parseDouble(digits + "e" + exponent);
        assertEquals(0, new BigDecimal(DecimalText.of(number)).compareTo(new BigDecimal(digits + "e" + exponent)));
    }

    @Property(tries = 400)
    void aDamagedFileIsReadOrRefusedButNeverAnythingElse(
            @ForAll @IntRange(min = 0, max = 143) int at, @ForAll byte with, @ForAll boolean cut) throws IOException {
        byte[] bytes = NpyBytes.file(NpyBytes.dictionary("'<f8'", "False", "(1, 2)"), 1, 2);
        bytes[at] = with;
        Path file = Files.createTempFile("damaged", ".npy");
        try {
            Files.write(file, cut ? Arrays.copyOf(bytes, at) : bytes);
            StoredMatrix matrix = NpyFile.read(file);
            assertEquals(2, matrix.values().getNumElements());
            assertFalse(cut);
        } catch (MalformedFileException e) {
            assertTrue(String.valueOf(e.getMessage()).startsWith(file + ": "));
        } finally {
            Files.delete(file);
        }
    }
}
