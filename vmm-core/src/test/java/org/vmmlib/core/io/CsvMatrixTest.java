package org.vmmlib.core.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvMatrixTest {

    @TempDir
    Path folder;

    private StoredMatrix read(String text) throws IOException {
        return CsvMatrix.read(Files.writeString(folder.resolve("m.csv"), text, StandardCharsets.UTF_8));
    }

    private void assertRefused(String said, String text) {
        String message = Refusal.of(MalformedFileException.class, () -> read(text));
        assertTrue(message.startsWith(folder.resolve("m.csv") + ": " + said), message);
        assertEquals(1, message.lines().count());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1,2.5,-3e-9\n4,+5.,.6E2\n",
                "1,2.5,-3e-9\n4,5,60",
                "1,2.5,-3e-9\r\n4,5,60\r\n",
                " 1 ,\t2.5, -3e-9 \r\n4,5,6e1\r\n\r\n\n",
                "\ufeff1,2.5,-3e-9\n4,5,60\n"
            })
    void readsTheSameMatrixWhateverTheSpelling(String text) throws IOException {
        StoredMatrix matrix = read(text);
        assertArrayEquals(new int[] {2, 3}, matrix.shape());
        assertArrayEquals(new double[] {1, 2.5, -3e-9, 4, 5, 60}, matrix.values().data);
    }

    @Test
    void oneLineOrOneColumnIsAVectorWhereOneIsAskedFor() throws IOException {
        StoredMatrix line = read("1,2,3\n");
        assertEquals(1, line.dimensions());
        assertEquals(1, line.asVectors("v", 3).dimensions());
        assertEquals(1, line.asMatrix("g").numRows);

        StoredMatrix column = read("1\n2\n3\n");
        assertEquals(2, column.dimensions());
        StoredMatrix vector = column.asVectors("v", 3);
        assertEquals(1, vector.dimensions());
        assertArrayEquals(new double[] {1, 2, 3}, vector.values().data);
        assertEquals(3, column.asMatrix("g").numRows);

        StoredMatrix batch = column.asVectors("v", 1);
        assertEquals(2, batch.dimensions());
        assertEquals(3, batch.values().numRows);
    }

    @Test
    void readsMoreThanOneBuffer() throws IOException {
        int rows = 5000;
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < rows; i++) {
            text.append(i).append(".25,").append(-i).append("e-3,7\n");
        }
        DMatrixRMaj matrix = read(text.toString()).asMatrix("m");
        assertEquals(rows, matrix.numRows);
        for (int i = 0; i < rows; i++) {
            assertEquals(i + 0.25, matrix.get(i, 0));
            assertEquals(-i / 1000.0, matrix.get(i, 1));
            assertEquals(7, matrix.get(i, 2));
        }
    }

    @Test
    void refusesAtTheLineAndColumn() {
        assertRefused("line 2 has 2 fields: must have 3, as line 1 does", "1,2,3\n4,5\n6,7,8\n");
        assertRefused("line 2 has 4 fields: must have 3", "1,2,3\n4,5,6,7\n");
        assertRefused("line 2, column 3 is empty: must be a finite number", "1,2,3\n4,5,\n");
        assertRefused("line 1, column 2 is empty", "1,,3\n");
        assertRefused("line 1, column 1 is empty", ",1\n");
        assertRefused("line 2 is empty", "1,2\n\n3,4\n");
        assertRefused("line 1 is empty", "\n1,2\n");
        assertRefused("is empty: must have a line of numbers", "");
        assertRefused("is empty: must have a line of numbers", " \n\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nan",
                "NaN",
                "inf",
                "-Infinity",
                "1e",
                "e5",
                ".",
                "-",
                "1.2.3",
                "1,5;2",
                "0x1p3",
                "1d",
                "1f",
                "\"1\"",
                "1_000",
                "1e5.0",
                "1\u00a0",
                "\u0661",
                "--1",
                "1 2",
                "1\r2",
                "row"
            })
    void refusesWhatIsNotADecimalNumber(String field) {
        assertRefused("line 2, column ", "1,2\n3," + field + "\n");
    }

    @Test
    void refusesNumbersThatNoDoubleHolds() {
        assertRefused("line 1, column 1 is '1e999': must be from -1.797e308", "1e999");
        assertRefused("line 1, column 2 is '000000000000000000000000000", "1," + "0".repeat(2000));
    }

    @Test
    void aMessageShowsNoControlCharacters() {
        assertRefused("line 1, column 1 is '?[31mred?x'", "\u001b[31mred\u0000x");
        assertRefused("line 1, column 1 is '" + "a".repeat(40) + "...'", "a".repeat(100));
    }

    @Test
    void aVectorIsOneLineAndNothingDependsOnTheLocale() throws IOException {
        Locale before = Locale.getDefault();
        try {
            for (String tag : new String[] {"de-DE", "tr-TR", "ar-EG-u-nu-arab", "hi-IN-u-nu-deva"}) {
                Locale.setDefault(Locale.forLanguageTag(tag));
                Path file = folder.resolve("v.csv");
                CsvMatrix.write(file, StoredMatrix.vector(0.1, -2, 1e-4, -1.25e-5, 1e-9, 0.1 + 0.2, 1.0 / 3, 1e22, 0));
                assertEquals(
                        "0.1,-2,0.0001,-1.25e-5,1e-9,0.30000000000000004,0.3333333333333333,1e22,0\n",
                        Files.readString(file));
                assertEquals(1e-9, CsvMatrix.read(file).values().get(0, 4));
            }
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void refusesToWriteWhatItWouldNotRead() throws IOException {
        Path file = folder.resolve("v.csv");
        StoredMatrix matrix = StoredMatrix.matrix(new DMatrixRMaj(new double[][] {{1, 2}, {3, Double.NaN}}));
        assertTrue(Refusal.of(IllegalArgumentException.class, () -> CsvMatrix.write(file, matrix))
                .startsWith("element[1,1] = NaN"));
        assertThrows(IllegalArgumentException.class, () -> MatrixFile.writer(MatrixFormat.CSV, file, 1, 1, 1));
        try (var left = Files.list(folder)) {
            assertEquals(0, left.count());
        }
    }
}
