package org.vmmlib.tests.readme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadmeTest {

    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern CURRENTS = Pattern.compile("(\\S+) A, (\\S+) A");

    /**
     * The example's currents: a little below the ideal 30.5 and 19.5 µA, by a drop of at most 5 Ω times the total cell
     * current (50 µA) in each of 7 segments, 2 % of 0.1 V.
     */
    @Test
    void theExampleCompilesAndRuns(@TempDir Path folder) throws IOException, InterruptedException {
        Path readme = Path.of(System.getProperty("vmm.root", "."), "README.md");
        Matcher snippet = JAVA.matcher(Files.readString(readme));
        assertTrue(snippet.find(), "the README has a Java example");
        Path source = Files.writeString(folder.resolve("Example.java"), snippet.group(1));
        String classPath = System.getProperty("java.class.path");
        assertEquals(
                0,
                ToolProvider.getSystemJavaCompiler()
                        .run(
                                null,
                                null,
                                null,
                                "-proc:none",
                                "-cp",
                                classPath,
                                "-d",
                                folder.toString(),
                                source.toString()));

        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        folder + System.getProperty("path.separator") + classPath,
                        "Example"))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue(), output);

        Matcher currents = CURRENTS.matcher(output);
        assertTrue(currents.find(), output);
        assertBelowIdeal(30.5e-6, Double.parseDouble(currents.group(1)));
        assertBelowIdeal(19.5e-6, Double.parseDouble(currents.group(2)));
    }

    private static void assertBelowIdeal(double ideal, double current) {
        assertTrue(current < ideal && current > 0.98 * ideal, () -> current + " A against an ideal " + ideal + " A");
    }
}
