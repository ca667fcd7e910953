package org.vmmlib.tests.crossbar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Large arrays are solved in the memory that is linear in their cells, by a virtual machine that has no more. */
final class MemoryIT {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"2048, linear, 512m", "2048, sinh, 512m", "4096, linear, 2g", "4096, sinh, 2g"})
    void solvesInSoMuchMemory(int lines, String law, String heap) throws IOException, InterruptedException {
        Path out = folder.resolve("out");
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + heap,
                        "-cp",
                        System.getProperty("java.class.path"),
                        LargeSolve.class.getName(),
                        Integer.toString(lines),
                        law)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile());
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        int exit = builder.start().waitFor();
        String printed = Files.readString(out, StandardCharsets.UTF_8).trim();
        assertEquals(0, exit, printed);
        assertTrue(Double.parseDouble(printed) <= 1e-10, printed);
    }
}
