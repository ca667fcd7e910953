package org.vmmlib.core.spice;

import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;

/**
 * The circuit simulator ngspice (ngspice.sourceforge.io), run as a program of its own on a {@link Netlist}. Tried with
 * version 39. Its time grows fast: a 64×64 array takes seconds, 128×128 minutes.
 *
 * @param program its executable
 * @param timeout how long a run may take, above 0
 */
public record Ngspice(Path program, Duration timeout) {

    private static final List<String> NAMES = List.of("ngspice", "ngspice_con.exe", "ngspice.exe");

    private static final int MOST_SAID = 400;

    /** Checks the range. */
    public Ngspice {
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("timeout = " + timeout + ": must be above 0");
        }
    }

    /**
     * ngspice as it is installed here: the program that the system property {@code vmm.ngspice} names, else the first of
     * its name on the PATH.
     *
     * @param timeout how long a run may take, above 0
     * @return none if it is not installed
     */
    public static Optional<Ngspice> find(Duration timeout) {
        String named = System.getProperty("vmm.ngspice", "");
        if (!named.isEmpty()) {
            return Optional.of(Path.of(named)).filter(Ngspice::isProgram).map(program -> new Ngspice(program, timeout));
        }
        String path = System.getenv("PATH");
        return Stream.of((path == null ? "" : path).split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
                .filter(Ngspice::isProgram)
                .findFirst()
                .map(program -> new Ngspice(program, timeout));
    }

    /**
     * ngspice as {@link #find} finds it.
     *
     * @throws NoSuchFileException if it is not installed
     */
    public static Ngspice installed(Duration timeout) throws NoSuchFileException {
        return find(timeout)
                .orElseThrow(() -> new NoSuchFileException(
                        "ngspice", null, "is not installed: put it on the PATH, or name it with -Dvmm.ngspice=FILE"));
    }

    private static boolean isProgram(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }

    /**
     * Finds the operating point of a netlist, in a folder that is deleted afterwards.
     *
     * <p>Terminal currents are sums of the currents that ngspice gives for the cells. Those that it gives for the voltage
     * sources are the same circuit's, but differ by about {@code N eps V/r} for N wires of resistance r at V volts: each
     * follows from node voltages that are rounded to 53 bits, too few where nanoamperes flow through ohms.
     *
     * @throws SpiceException if ngspice fails, does not converge or takes longer than the timeout
     * @throws IOException if it cannot be started or the folder cannot be written
     * @throws InterruptedException if the thread is interrupted; ngspice is then ended
     */
    public SpiceResult run(Netlist netlist) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("vmm-ngspice-");
        try {
            Path deck = folder.resolve("array.cir");
            try (Writer out = Files.newBufferedWriter(deck, StandardCharsets.UTF_8)) {
                netlist.writeAnalysis(out);
            }
            Path log = folder.resolve("log.txt");
            Path raw = folder.resolve("result.raw");
            int exitCode = execute(folder, log, List.of("-n", "-b", "-r", raw.toString(), deck.toString()));
            if (exitCode != 0 || !Files.exists(raw)) {
                throw new SpiceException(String.format(
                        Locale.ROOT,
                        "ngspice found no operating point of the %d x %d array (exit code %d): %s",
                        netlist.rows(),
                        netlist.columns(),
                        exitCode,
                        said(log)));
            }
            return result(netlist, RawFile.read(raw));
        } finally {
            delete(folder);
        }
    }

    private int execute(Path folder, Path log, List<String> arguments) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(program.toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.command().addAll(arguments);
        builder.environment().remove("SPICE_ASCIIRAWFILE");
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        Thread endOnExit = new Thread(process::destroyForcibly, "vmm-end-ngspice");
        Runtime.getRuntime().addShutdownHook(endOnExit);
        try {
            process.getOutputStream().close();
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new SpiceException("ngspice took longer than " + timeout.toSeconds()
                        + " s: allow more time, or check a smaller array");
            }
            return process.exitValue();
        } finally {
            process.destroyForcibly();
            try {
                Runtime.getRuntime().removeShutdownHook(endOnExit);
            } catch (IllegalStateException e) {
                // The virtual machine is going down and runs the hook itself.
            }
        }
    }

    /** What ngspice wrote about errors, else the end of what it wrote. */
    private static String said(Path log) throws IOException {
        List<String> lines = new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        List<String> errors = lines.stream()
                .filter(line -> line.toLowerCase(Locale.ROOT).matches("(error|doanalyses|run simulation).*"))
                .toList();
        String text = errors.isEmpty()
                ? String.join("; ", lines.subList(Math.max(0, lines.size() - 3), lines.size()))
                : String.join("; ", errors);
        if (text.isEmpty()) {
            return "it said nothing";
        }
        return text.length() <= MOST_SAID ? text : text.substring(0, MOST_SAID) + " …";
    }

    private static SpiceResult result(Netlist netlist, RawFile raw) {
        int n = netlist.rows();
        int m = netlist.columns();
        DMatrixRMaj rowCurrents = new DMatrixRMaj(1, n);
        DMatrixRMaj columnCurrents = new DMatrixRMaj(1, m);
        DMatrixRMaj wordLines = new DMatrixRMaj(n, m);
        DMatrixRMaj bitLines = new DMatrixRMaj(n, m);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < m; j++) {
                String element = netlist.element(i, j);
                double current = element.isEmpty() ? 0 : raw.value("i(@" + element + "[i])");
                rowCurrents.data[i] -= netlist.isOnRowTerminal(i, j) ? current : 0;
                columnCurrents.data[j] += netlist.isOnColumnTerminal(i, j) ? current : 0;
                wordLines.data[i * m + j] = netlist.isWordNodeDetermined(i, j)
                        ? raw.value("v(" + netlist.wordNode(i, j) + ")")
                        : Double.NaN;
                bitLines.data[i * m + j] =
                        netlist.isBitNodeDetermined(i, j) ? raw.value("v(" + netlist.bitNode(i, j) + ")") : Double.NaN;
            }
        }
        return new SpiceResult(rowCurrents, columnCurrents, wordLines, bitLines);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
