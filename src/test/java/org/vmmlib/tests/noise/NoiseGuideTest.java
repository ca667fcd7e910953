package org.vmmlib.tests.noise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NoiseGuideTest {

    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @Test
    void theExampleOfTheGuideCompilesAndRuns(@TempDir Path folder) throws Exception {
        Path guide = Path.of(System.getProperty("vmm.root", "."), "docs", "noise.md");
        Matcher snippet = JAVA.matcher(Files.readString(guide));
        assertTrue(snippet.find(), "the guide has a Java example");
        Path source = Files.writeString(
                folder.resolve("Example.java"), snippet.group(1).replace("class Example", "public class Example"));
        String classPath = System.getProperty("java.class.path");
        String[] options = {"-proc:none", "-cp", classPath, "-d", folder.toString(), source.toString()};
        assertEquals(0, ToolProvider.getSystemJavaCompiler().run(null, null, null, options));
        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {folder.toUri().toURL()}, getClass().getClassLoader())) {
            loader.loadClass("Example").getMethod("main", String[].class).invoke(null, (Object) new String[0]);
        }
    }
}
