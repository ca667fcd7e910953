package org.vmmlib.core.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which kernels a Java virtual machine takes, and what it says on the way. */
final class KernelChoiceTest {

    private static final String[] MODULE = {"--add-modules", "jdk.incubator.vector"};
    private static final String RESULT = " 41 52 63";

    @TempDir
    Path folder;

    private record Outcome(int exit, String out, String err) {}

    private static String location(Class<?> type) throws URISyntaxException {
        return new File(type.getProtectionDomain().getCodeSource().getLocation().toURI()).getPath();
    }

    private Outcome run(String... options) throws IOException, InterruptedException, URISyntaxException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of(
                "-cp",
                location(Product.class) + File.pathSeparator + location(KernelProbe.class),
                KernelProbe.class.getName()));
        File out = folder.resolve("out").toFile();
        File err = folder.resolve("err").toFile();
        ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(out).redirectError(err);
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        builder.environment().remove("JDK_JAVA_OPTIONS");
        int exit = builder.start().waitFor();
        return new Outcome(exit, read(out), read(err));
    }

    private static String read(File file) throws IOException {
        return Files.readString(file.toPath(), StandardCharsets.UTF_8).trim();
    }

    @Test
    void plainMachineRunsPlainJavaAndSaysNothing() throws Exception {
        assertEquals(new Outcome(0, "scalar" + RESULT, ""), run());
        assertEquals(new Outcome(0, "scalar" + RESULT, ""), run("-Dvmm.kernel=scalar"));
        assertEquals(new Outcome(0, "scalar" + RESULT, ""), run("-Dvmm.kernel="));
    }

    @Test
    void machineWithTheVectorModuleUsesIt() throws Exception {
        Outcome chosen = run(MODULE);
        assertEquals("vector" + RESULT, chosen.out());
        assertEquals(
                "vector" + RESULT,
                run(MODULE[0], MODULE[1], "-Dvmm.kernel=vector").out());
        assertEquals(
                "scalar" + RESULT,
                run(MODULE[0], MODULE[1], "-Dvmm.kernel=scalar").out());
    }

    @Test
    void missingModuleIsToldWithTheWayOut() throws Exception {
        Outcome refused = run("-Dvmm.kernel=vector");
        assertEquals(1, refused.exit());
        assertTrue(refused.err().contains("--add-modules jdk.incubator.vector"), refused.err());
        assertTrue(refused.err().contains("-Dvmm.kernel=scalar"), refused.err());
    }

    @Test
    void unknownKernelIsRefused() {
        String message = assertThrows(IllegalArgumentException.class, () -> KernelChoice.named("abacus"))
                .getMessage();
        assertEquals("vmm.kernel = abacus: must be scalar or vector", message);
    }
}
