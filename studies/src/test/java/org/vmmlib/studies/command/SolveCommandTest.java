package org.vmmlib.studies.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vmmlib.core.io.MatrixFile;
import org.vmmlib.core.io.NpyFile;
import org.vmmlib.core.io.StoredMatrix;

class SolveCommandTest {

    private static final double TOLERANCE = 1e-12;

    @TempDir
    Path folder;

    private Path path(String name) {
        return folder.resolve(name);
    }

    private void matrix(String name, double[]... rows) throws IOException {
        MatrixFile.write(path(name), StoredMatrix.matrix(new DMatrixRMaj(rows)));
    }

    private void vector(String name, double... elements) throws IOException {
        MatrixFile.write(path(name), StoredMatrix.vector(elements));
    }

    /** Runs {@code solve} on G.npy, V.npy and I.npy unless options name others; names of files are in the folder. */
    private Run solve(String options) {
        List<String> arguments = new ArrayList<>(List.of("solve"));
        String[] given = options.isBlank() ? new String[0] : options.strip().split(" ");
        List<String> files = List.of("--conductance", "--input", "--output", "--voltages");
        for (int k = 0; k < given.length; k++) {
            arguments.add(given[k]);
            if (files.contains(given[k])) {
                arguments.add(path(given[++k]).toString());
            }
        }
        String[] byDefault = {"G.npy", "V.npy", "I.npy"};
        for (int k = 0; k < byDefault.length; k++) {
            if (!arguments.contains(files.get(k))) {
                arguments.add(files.get(k));
                arguments.add(path(byDefault[k]).toString());
            }
        }
        return Run.vmm(arguments.toArray(String[]::new));
    }

    private Run solved(String options) {
        Run run = solve(options);
        assertEquals("", run.err());
        assertEquals(0, run.exitCode());
        return run;
    }

    private DMatrixRMaj read(String name) throws IOException {
        return MatrixFile.read(path(name)).values();
    }

    private static void assertNear(double expected, double actual) {
        assertEquals(expected, actual, TOLERANCE * Math.abs(expected));
    }

    @Nested
    class OneCell {

        private static final double G = 2e-3;
        private static final double V = 0.3;

        @BeforeEach
        void write() throws IOException {
            matrix("G.npy", new double[][] {{G}});
            vector("V.npy", V);
        }

        @Test
        void allResistancesAreInSeriesWithIt() throws IOException {
            solved("--row-resistance 10 --column-resistance 20 --source-resistance 300 --sense-resistance 4000"
                    + " --voltages nodes");
            double current = V / (1 / G + 10 + 20 + 300 + 4000);
            assertNear(current, read("I.npy").get(0, 0));
            assertNear(V - current * (10 + 300), read("nodes/word-lines.npy").get(0, 0));
            assertNear(current * (20 + 4000), read("nodes/bit-lines.npy").get(0, 0));
        }

        @Test
        void withoutLinesTheSinhLawIsItsFormula() throws IOException {
            solved("--law sinh:alpha=3");
            assertNear(G / 3 * Math.sinh(3 * V), read("I.npy").get(0, 0));
        }

        @Test
        void withALineTheSinhLawHoldsAtTheVoltageLeft() throws IOException {
            solved("--law sinh:alpha=3 --row-resistance 200 --voltages nodes");
            double current = read("I.npy").get(0, 0);
            double cell = V - 200 * current;
            assertNear(G / 3 * Math.sinh(3 * cell), current);
            assertNear(cell, read("nodes/word-lines.npy").get(0, 0));
            assertTrue(current < G / 3 * Math.sinh(3 * V));
        }
    }

    @Test
    void aWordLineIsFedFromTheLeft() throws IOException {
        double v = 0.5;
        double r = 100;
        matrix("G.npy", new double[][] {{1e-3, 4e-3}});
        vector("V.npy", v);
        solved("--row-resistance 100");
        double rest = r + 1 / 4e-3;
        double first = v / (1 + r * (1e-3 + 1 / rest));
        assertNear(1e-3 * first, read("I.npy").get(0, 0));
        assertNear(first / rest, read("I.npy").get(0, 1));
    }

    @Test
    void aBitLineIsSensedAtTheBottom() throws IOException {
        double r = 100;
        matrix("G.npy", new double[][] {{1e-3}, {4e-3}});
        vector("V.npy", 0.5, 0);
        solved("--column-resistance 100");
        // The upper cell reaches the lower node through one segment; there it divides between cell and ground.
        double total = 0.5 / (1 / 1e-3 + r + 1 / (4e-3 + 1 / r));
        assertNear(total / (1 + 4e-3 * r), read("I.npy").get(0, 0));
    }

    @Nested
    class WithoutLines {

        @BeforeEach
        void write() throws IOException {
            matrix("G.npy", new double[][] {{1, 2, 3}, {4, 5, 6}});
            matrix("V.npy", new double[][] {{1, 0}, {0, 1}, {1, -1}, {0.5, 0.25}});
        }

        private void assertProduct(String name) throws IOException {
            StoredMatrix currents = MatrixFile.read(path(name));
            assertArrayEquals(new int[] {4, 3}, currents.shape());
            assertArrayEquals(new double[] {1, 2, 3, 4, 5, 6, -3, -3, -3, 1.5, 2.25, 3}, currents.values().data, 1e-14);
        }

        @Test
        void aBatchIsTheProductVG() throws IOException {
            solved("");
            assertProduct("I.npy");
        }

        @Test
        void theExtensionDecidesOnTheFormat() throws IOException {
            Files.writeString(path("G.csv"), "1, 2, 3\r\n4, 5, 6\r\n");
            Files.writeString(path("V.csv"), "1,0\n0,1\n1,-1\n0.5,0.25");
            solved("--conductance G.csv --input V.csv --output I.csv");
            assertProduct("I.csv");
            assertEquals("1,2,3\n4,5,6\n-3,-3,-3\n1.5,2.25,3\n", Files.readString(path("I.csv")));
        }

        @Test
        void fortranOrderIsTheSameMatrix() throws IOException {
            NpyFile.write(path("T.npy"), new double[] {1, 4, 2, 5, 3, 6}, 2, 3);
            String bytes = Files.readString(path("T.npy"), StandardCharsets.ISO_8859_1);
            Files.writeString(path("F.npy"), bytes.replace("False", "True "), StandardCharsets.ISO_8859_1);
            solved("--conductance F.npy");
            assertProduct("I.npy");
        }

        @Test
        void theCurrentsHaveTheDimensionsOfTheVoltages() throws IOException {
            vector("v.npy", 0.5, 0.25);
            solved("--input v.npy");
            assertArrayEquals(new int[] {3}, MatrixFile.read(path("I.npy")).shape());
            matrix("v.npy", new double[][] {{0.5, 0.25}});
            solved("--input v.npy");
            assertArrayEquals(new int[] {1, 3}, MatrixFile.read(path("I.npy")).shape());
            Files.writeString(path("v.csv"), "0.5\n0.25\n");
            solved("--input v.csv");
            assertArrayEquals(new int[] {3}, MatrixFile.read(path("I.npy")).shape());
            assertArrayEquals(new double[] {1.5, 2.25, 3}, read("I.npy").data, 1e-14);
        }

        @Test
        void nodesAreAtTheVoltagesOfTheirTerminals() throws IOException {
            vector("v.npy", 0.5, 0.25);
            solved("--input v.npy --voltages nodes");
            assertArrayEquals(new double[] {0.5, 0.5, 0.5, 0.25, 0.25, 0.25}, read("nodes/word-lines.npy").data);
            assertArrayEquals(new double[6], read("nodes/bit-lines.npy").data);
            assertArrayEquals(
                    new int[] {2, 3},
                    MatrixFile.read(path("nodes/word-lines.npy")).shape());
        }

        @Test
        void jsonIsOneObjectOfTheseKeys() throws IOException {
            Run run = solved("--json");
            assertEquals(1, run.out().lines().count());
            JsonNode json = new ObjectMapper().readTree(run.out());
            List<String> keys = new ArrayList<>();
            json.fieldNames().forEachRemaining(keys::add);
            assertEquals(
                    List.of(
                            "method",
                            "rows",
                            "columns",
                            "inputs",
                            "iterations",
                            "residual",
                            "kirchhoffError",
                            "seconds"),
                    keys);
            assertTrue(json.get("method").isTextual());
            assertEquals(2, json.get("rows").intValue());
            assertEquals(3, json.get("columns").intValue());
            assertEquals(4, json.get("inputs").intValue());
            assertTrue(json.get("iterations").isInt());
            assertTrue(json.get("residual").doubleValue() <= 1e-10);
            assertTrue(json.get("kirchhoffError").doubleValue() <= 1e-10);
            assertTrue(json.get("seconds").doubleValue() > 0);
        }

        @Test
        void otherwiseTheFiguresAreLines() {
            String text = solved("").out();
            assertEquals(
                    List.of("method", "array", "inputs", "iterations", "residual", "Kirchhoff error", "time"),
                    text.lines().map(line -> line.substring(0, 16).strip()).toList());
            assertTrue(text.contains("array            2 x 3\n"), text);
        }
    }

    /** More vectors than are solved at once, each with a solution of its own. */
    @ParameterizedTest
    @ValueSource(strings = {"", "--row-resistance 100"})
    void aLongBatchIsSolvedInPiecesThatFit(String options) throws IOException {
        int vectors = 2500;
        double r = options.isEmpty() ? 0 : 100;
        matrix("G.npy", new double[][] {{1e-3}});
        double[][] v = new double[vectors][1];
        for (int b = 0; b < vectors; b++) {
            v[b][0] = b + 1;
        }
        matrix("V.npy", v);
        solved(options + " --voltages nodes");
        DMatrixRMaj currents = read("I.npy");
        // Node voltages of a batch are 3-D, which is not read: the data follows a header of 128 bytes.
        byte[] nodes = Files.readAllBytes(path("nodes/word-lines.npy"));
        assertEquals(128 + 8 * vectors, nodes.length);
        assertTrue(new String(nodes, 0, 128, StandardCharsets.ISO_8859_1).contains("'shape': (2500, 1, 1)"));
        for (int b = 0; b < vectors; b++) {
            double expected = (b + 1) / (1e3 + r);
            assertNear(expected, currents.get(b, 0));
            assertNear(
                    b + 1 - expected * r,
                    ByteBuffer.wrap(nodes).order(ByteOrder.LITTLE_ENDIAN).getDouble(128 + 8 * b));
        }
    }

    @Nested
    class Refusals {

        @BeforeEach
        void write() throws IOException {
            matrix("G.npy", new double[][] {{1, 2, 3}, {4, 5, 6}});
            vector("V.npy", 1, 2);
            Files.writeString(path("I.npy"), "old");
        }

        private SortedMap<String, String> content() throws IOException {
            SortedMap<String, String> content = new TreeMap<>();
            try (var files = Files.walk(folder)) {
                for (Path file : files.toList()) {
                    content.put(
                            file.toString(),
                            Files.isDirectory(file) ? "" : Files.readString(file, StandardCharsets.ISO_8859_1));
                }
            }
            return content;
        }

        private String refusal(int exitCode, String options) throws IOException {
            SortedMap<String, String> before = content();
            Run run = solve(options);
            assertEquals(exitCode, run.exitCode(), run.err());
            assertEquals("", run.out());
            assertEquals(1, run.err().lines().count(), run.err());
            assertTrue(run.err().startsWith("vmm solve: "), run.err());
            assertEquals(before, content());
            return run.err();
        }

        private void assertRefused(String options, String said) throws IOException {
            String message = refusal(2, options);
            assertTrue(message.contains(said), message);
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
            --conductance none.npy         | none.npy: no such file
            --input none.csv               | none.csv: no such file
            --conductance .                | must end in .npy or .csv
            --conductance G.txt            | G.txt: the name of a matrix file must end in .npy or .csv
            --output I.mat                 | I.mat: the name of a matrix file must end in .npy or .csv
            --output none/I.npy            | does not exist; make it, or name another
            --output V.npy                 | V.npy: is an input file too
            --voltages G.npy               | is not a folder
            --voltages nodes --output nodes/bit-lines.npy | nodes
            --row-resistance -1            | --row-resistance = -1.0: must be a finite number >= 0
            --row-resistance=-1            | --row-resistance = -1.0: must be a finite number >= 0
            --column-resistance -1e-9      | --column-resistance = -1.0E-9: must be a finite number >= 0
            --source-resistance NaN        | --source-resistance = NaN: must be a finite number >= 0
            --sense-resistance Infinity    | --sense-resistance = Infinity: must be a finite number >= 0
            --row-resistance much          | --row-resistance
            --row-resistance 1,5           | --row-resistance
            --tolerance 0                  | --tolerance = 0.0: must be above 0 and below 1
            --tolerance -1e-10             | --tolerance = -1.0E-10: must be above 0 and below 1
            --tolerance 1                  | --tolerance = 1.0: must be above 0 and below 1
            --tolerance NaN                | --tolerance = NaN: must be above 0 and below 1
            --law cubic                    | --law = cubic: must be linear, or sinh:alpha=A
            --law LINEAR                   | --law = LINEAR: must be linear
            --law sinh                     | --law = sinh: must be linear
            --law sinh:beta=3              | --law = sinh:beta=3: must be linear
            --law sinh:alpha=              | --law = sinh:alpha=: must be linear
            --law sinh:alpha=0             | with a finite A > 0 in 1/V
            --law sinh:alpha=-3            | with a finite A > 0 in 1/V
            --law sinh:alpha=NaN           | with a finite A > 0 in 1/V
            --law sinh:alpha=1e999         | with a finite A > 0 in 1/V
            --law sinh:alpha=200           | alpha times that must be 300.0 or less
            --json --json                  | --json
            --jason                        | Unknown option: '--jason'
            """)
        void ofOptions(String options, String said) throws IOException {
            assertRefused(options, said);
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
            1,2,3;4,-5,6     | conductance[1,1] = -5.0: must be a finite number >= 0
            1,2,3;4,5        | line 2 has 2 fields: must have 3
            1,2,3;4,nan,6    | line 2, column 2 is 'nan': must be a finite number
            1,2,3;4,inf,6    | line 2, column 2 is 'inf': must be a finite number
            1,2,3;4,,6       | line 2, column 2 is empty
            1,2,3;4,1e400,6  | line 2, column 2 is '1e400'
            a,b,c            | line 1, column 1 is 'a'
            1,2,3            | input has shape (2): must be (1) or (B, 1)
            """)
        void ofTextConductances(String text, String said) throws IOException {
            Files.writeString(path("G.csv"), text.replace(';', '\n') + "\n");
            assertRefused("--conductance G.csv", said);
        }

        @Test
        void ofConductancesThatAreNotFinite() throws IOException {
            matrix("bad.npy", new double[][] {{1, 2}, {Double.POSITIVE_INFINITY, 1}});
            assertRefused(
                    "--conductance bad.npy", "bad.npy: conductance[1,0] = Infinity: must be a finite number >= 0");
            matrix("bad.npy", new double[][] {{1, Double.NaN}, {1, 1}});
            assertRefused("--conductance bad.npy", "bad.npy: conductance[0,1] = NaN: must be a finite number >= 0");
        }

        @Test
        void ofConductancesInOneDimension() throws IOException {
            vector("bad.npy", 1, 2);
            assertRefused("--conductance bad.npy", "must have 2 dimensions");
        }

        @Test
        void ofVoltagesThatDoNotFit() throws IOException {
            vector("v.npy", 1, 2, 3);
            assertRefused("--input v.npy", "v.npy: input has shape (3): must be (2) or (B, 2)");
            matrix("v.npy", new double[][] {{1}, {2}});
            assertRefused("--input v.npy", "v.npy: input has shape (2, 1): must be (2) or (B, 2)");
            vector("v.npy", 1, Double.NaN);
            assertRefused("--input v.npy", "v.npy: input[1] = NaN: must be a finite number");
            matrix("v.npy", new double[][] {{1, 2}, {Double.NEGATIVE_INFINITY, 1}});
            assertRefused("--input v.npy", "v.npy: input[1,0] = -Infinity: must be a finite number");
        }

        @ParameterizedTest
        @CsvSource(delimiter = '!', textBlock = """
            '<f8' ! '>f8' ! (2, 3) ! (2, 3)             ! has big-endian float elements
            '<f8' ! '<i8' ! (2, 3) ! (2, 3)             ! has integer elements
            '<f8' ! '<f4' ! (2, 3) ! (2, 3)             ! has float elements
            '<f8' ! '|O ' ! (2, 3) ! (2, 3)             ! has object elements
            '<f8' ! '<f8' ! (2, 3) ! (1, 2, 3)          ! has 3 dimensions
            '<f8' ! '<f8' ! (2, 3) ! (2000000, 300)     ! is truncated
            '<f8' ! '<f8' ! (2, 3) ! (99999999, 999999) ! less than 2^31 elements
            """, quoteCharacter = '"')
        void ofOtherArrays(String type, String otherType, String shape, String otherShape, String said)
                throws IOException {
            String bytes = Files.readString(path("G.npy"), StandardCharsets.ISO_8859_1);
            String other = bytes.replace(type, otherType).replace(shape, otherShape);
            // The header keeps its length: blanks before its end make up for a longer shape.
            int longer = other.length() - bytes.length();
            other = other.replace(" ".repeat(longer) + "\n", "\n");
            assertEquals(bytes.length(), other.length());
            Files.writeString(path("other.npy"), other, StandardCharsets.ISO_8859_1);
            assertRefused("--conductance other.npy", said);
        }

        @Test
        void ofATruncatedFile() throws IOException {
            byte[] bytes = Files.readAllBytes(path("G.npy"));
            Files.write(path("short.npy"), Arrays.copyOf(bytes, bytes.length - 1));
            assertRefused(
                    "--conductance short.npy", "is truncated: shape (2, 3) needs 48 bytes of data, the file has 47");
        }

        @Test
        void ofCurrentsThatNoDoubleHolds() throws IOException {
            matrix("big.npy", new double[][] {{1, 1e308}, {1, 1e308}});
            assertRefused("--conductance big.npy", "vector 0: currents or power are beyond the range of a double");
        }

        @Test
        void ofOutputsThatAreInputs() throws IOException {
            Files.createDirectory(path("nodes"));
            vector("nodes/bit-lines.npy", 1, 2);
            assertRefused("--input nodes/bit-lines.npy --voltages nodes", "bit-lines.npy: is an input file too");
            assertRefused("--output nodes/../G.npy", "G.npy: is an input file too");
        }

        @Test
        void ofMissingOptions() {
            Run run = Run.vmm("solve", "--json");
            assertEquals(2, run.exitCode());
            assertEquals(
                    "vmm solve: Missing required options: '--conductance=G', '--input=V', '--output=I'; see 'vmm solve"
                            + " --help'\n",
                    run.err());
        }

        @Test
        void whatDoesNotConvergeIsAFailureThatWritesNothing() throws IOException {
            String message = refusal(1, "--row-resistance 0.3 --tolerance 1e-40 --voltages nodes");
            assertTrue(message.contains("tolerance"), message);
            assertFalse(Files.exists(path("nodes")));
        }
    }
}
