package org.vmmlib.core.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vmmlib.core.io.NpyBytes.dictionary;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpyFileTest {

    /** The data that NumPy 2.4 writes for [[1.5, -2, 3.25e-9], [0.1, -0.0, pi]]. */
    private static final String NUMPY_DATA =
            "000000000000f83f00000000000000c0b21c3f59d3ea2b3e9a9999999999b93f0000000000000080182d4454fb210940";

    /** What NumPy 2.4 puts in front of it. */
    private static final String NUMPY_HEADER =
            "\u0093NUMPY\u0001\0v\0{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), }" + " ".repeat(58) + "\n";

    private static final double[] VALUES = {1.5, -2, 3.25e-9, 0.1, -0.0, Math.PI};

    @TempDir
    Path folder;

    private Path file(byte[] content) throws IOException {
        return Files.write(folder.resolve("m.npy"), content);
    }

    private static byte[] numpy() {
        byte[] header = NUMPY_HEADER.getBytes(StandardCharsets.ISO_8859_1);
        byte[] data = HexFormat.of().parseHex(NUMPY_DATA);
        byte[] all = Arrays.copyOf(header, header.length + data.length);
        System.arraycopy(data, 0, all, header.length, data.length);
        return all;
    }

    private String refusal(byte[] content) throws IOException {
        Path file = file(content);
        String message = Refusal.of(MalformedFileException.class, () -> NpyFile.read(file));
        assertTrue(message.startsWith(file + ": "), message);
        return message;
    }

    private static void assertContains(String part, String message) {
        assertTrue(message.contains(part), message);
    }

    @Test
    void readsWhatNumpyWrote() throws IOException {
        StoredMatrix matrix = NpyFile.read(file(numpy()));
        assertArrayEquals(new int[] {2, 3}, matrix.shape());
        assertArrayEquals(VALUES, matrix.values().data);
    }

    @Test
    void writesTheBytesThatNumpyWrites() throws IOException {
        Path file = folder.resolve("out.npy");
        NpyFile.write(file, VALUES, 2, 3);
        assertArrayEquals(numpy(), Files.readAllBytes(file));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void readsEveryVersionInBothOrders(int version) throws IOException {
        for (String order : new String[] {"False", "True"}) {
            byte[] bytes = NpyBytes.file(version, dictionary("'<f8'", order, "(2, 3)"), 1, 2, 3, 4, 5, 6);
            DMatrixRMaj matrix = NpyFile.read(file(bytes)).asMatrix("m");
            double[] expected =
                    order.equals("True") ? new double[] {1, 3, 5, 2, 4, 6} : new double[] {1, 2, 3, 4, 5, 6};
            assertEquals(2, matrix.numRows);
            assertEquals(3, matrix.numCols);
            assertArrayEquals(expected, matrix.data);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'descr': '<f8', 'fortran_order': False, 'shape': (3,), }",
                "{'descr': '<f8', 'fortran_order': True, 'shape': (3,)}",
                "{\"shape\":(3,),\"descr\":\"<f8\",\"fortran_order\":False}",
                "{'descr': '<f8', 'fortran_order': False, 'shape': (3L,), }"
            })
    void readsAVectorWhateverTheSpellingOfTheHeader(String header) throws IOException {
        StoredMatrix vector = NpyFile.read(file(NpyBytes.file(header, 7, 8, 9)));
        assertEquals(1, vector.dimensions());
        assertArrayEquals(new double[] {7, 8, 9}, vector.values().data);
    }

    @Test
    void readsMoreThanOneBufferInFortranOrder() throws IOException {
        int rows = 300;
        int columns = 200;
        double[] data = new double[rows * columns];
        for (int k = 0; k < data.length; k++) {
            data[k] = k;
        }
        byte[] bytes = NpyBytes.file(dictionary("'<f8'", "True", "(300, 200)"), data);
        DMatrixRMaj matrix = NpyFile.read(file(bytes)).asMatrix("m");
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                assertEquals(i + (double) j * rows, matrix.get(i, j));
            }
        }
    }

    @Test
    void threeDimensionsAreWrittenInPieces() throws IOException {
        Path file = folder.resolve("cube.npy");
        double[] data = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
        try (ArrayWriter writer = MatrixFile.writer(MatrixFormat.NPY, file, 2, 3, 2)) {
            writer.append(data, 0, 5);
            writer.append(data, 5, 7);
        }
        byte[] expected = NpyBytes.file(dictionary("'<f8'", "False", "(2, 3, 2)"), data);
        assertArrayEquals(expected, Files.readAllBytes(file));
    }

    @Test
    void aWriterRefusesTooManyElementsAndMissesTooFew() throws IOException {
        Path file = folder.resolve("part.npy");
        assertThrows(IllegalArgumentException.class, () -> NpyFile.write(file, new double[7], 2, 3));
        assertContains(
                "1 elements of shape [2, 3] were not written",
                Refusal.of(IOException.class, () -> NpyFile.write(file, new double[5], 2, 3)));
        assertThrows(IllegalArgumentException.class, () -> NpyFile.write(file, new double[0], 0));
        assertThrows(IllegalArgumentException.class, () -> NpyFile.write(file, new double[1], 1, 1, 1, 1));
        try (var left = Files.list(folder)) {
            assertEquals(0, left.count());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', textBlock = """
        '>f8' ! big-endian float
        '>i4' ! big-endian integer
        '<i8' ! integer
        '|u1' ! integer
        '|b1' ! boolean
        '<f4' ! float elements ('<f4'): must be little-endian float64 ('<f8'); convert with astype('<f8')
        '<f2' ! float
        '<f16' ! float
        '<c16' ! complex
        '|O' ! object
        '<U5' ! string
        '|S3' ! string
        '<M8[ns]' ! time
        '|V8' ! other
        'd' ! other
        """, quoteCharacter = '"')
    void refusesOtherElementsByTheirName(String type, String said) throws IOException {
        String message = refusal(NpyBytes.file(dictionary(type, "False", "(2,)"), 1, 2));
        assertContains("has " + said, message);
        assertContains("must be little-endian float64", message);
    }

    @Test
    void refusesElementsOfSeveralFields() throws IOException {
        assertContains(
                "several fields",
                refusal(NpyBytes.file(dictionary("[('a', '<f8'), ('b', '<f8')]", "False", "(1,)"), 1, 2)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        ()                               | 0 dimensions
        (1, 2, 1)                        | 3 dimensions
        (-1, 2)                          | each length must be 1 or above
        (0,)                             | each length must be 1 or above
        (2, 0)                           | each length must be 1 or above
        (2147483648,)                    | less than 2^31 elements
        (65536, 65536)                   | less than 2^31 elements
        (4294967296, 4294967296)         | less than 2^31 elements
        (999999999999999999, 2)          | less than 2^31 elements
        (99999999999999999999999999, 2)  | less than 2^31 elements
        (30000, 30000)                   | is truncated: shape (30000, 30000) needs 7200000000 bytes of data, the file has 16
        (3,)                             | is truncated: shape (3) needs 24 bytes of data, the file has 16
        (1,)                             | has bytes after its data: shape (1) needs 8 bytes
        """)
    void refusesShapesThatAreNotInTheFile(String shape, String said) throws IOException {
        assertContains(said, refusal(NpyBytes.file(dictionary("'<f8'", "False", shape), 1, 2)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{}",
                "[]",
                "{'descr': '<f8', 'fortran_order': False}",
                "{'descr': '<f8', 'shape': (2,)}",
                "{'fortran_order': False, 'shape': (2,)}",
                "{'descr': '<f8', 'fortran_order': False, 'shape': (2,), 'more': 1}",
                "{'descr': '<f8', 'fortran_order': False, 'shape': (2,), 'shape': (2,)}",
                "{'descr': '<f8', 'fortran_order': 0, 'shape': (2,)}",
                "{'descr': '<f8', 'fortran_order': False, 'shape': (2)}",
                "{'descr': '<f8', 'fortran_order': False, 'shape': 2}",
                "{'descr': '<f8', 'fortran_order': False, 'shape': [2]}",
                "{'descr': '<f8', 'fortran_order': False, 'shape': (2.0,)}",
                "{'descr': '<f8', 'fortran_order': False, 'shape': (,)}",
                "{'descr': '<f8', 'fortran_order': False, 'shape': (1+1,)}",
                "{'descr': '<f8', 'fortran_order': False, 'shape': (2,)} more",
                "{'descr': '<f8', 'fortran_order': False, 'shape': (2,)",
                "{'descr': '<f8, 'fortran_order': False, 'shape': (2,)}",
                "{'descr': '\\x3cf8', 'fortran_order': False, 'shape': (2,)}",
                "{'descr' '<f8', 'fortran_order': False, 'shape': (2,)}",
                "__import__('os')"
            })
    void refusesAHeaderThatIsNotTheDictionary(String header) throws IOException {
        assertContains("is not a .npy file: its header ", refusal(NpyBytes.file(header, 1, 2)));
    }

    @Test
    void everyTruncationIsRefused() throws IOException {
        byte[] whole = numpy();
        for (int length = 0; length < whole.length; length++) {
            refusal(Arrays.copyOf(whole, length));
        }
    }

    @Test
    void refusesOtherFiles() throws IOException {
        assertContains("is not a .npy file", refusal("0.1,0.2\n0.3,0.4\n".getBytes(StandardCharsets.US_ASCII)));
        byte[] version = numpy();
        version[6] = 4;
        assertContains("version 4.0: must be 1.0, 2.0 or 3.0", refusal(version));
        byte[] longHeader = NpyBytes.file(2, dictionary("'<f8'", "False", "(1,)"), 1);
        longHeader[11] = 0x7f;
        assertContains("has a header of 21307", refusal(longHeader));
    }

    @Test
    void refusesWhatIsNotAFile() {
        assertContains(
                "no such file", Refusal.of(NoSuchFileException.class, () -> NpyFile.read(folder.resolve("none.npy"))));
        assertContains("is a folder", Refusal.of(MalformedFileException.class, () -> NpyFile.read(folder)));
    }
}
