package org.vmmlib.studies.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;
import org.vmmlib.core.check.Require;
import org.vmmlib.core.crossbar.Crossbar;
import org.vmmlib.core.crossbar.LinearCells;
import org.vmmlib.core.crossbar.Lines;
import org.vmmlib.core.crossbar.solve.CrossbarSolver;
import org.vmmlib.core.crossbar.solve.Excitation;
import org.vmmlib.core.crossbar.solve.IdealSolver;
import org.vmmlib.core.crossbar.solve.ReferenceSolver;
import org.vmmlib.core.crossbar.solve.SchurSolver;
import org.vmmlib.core.crossbar.solve.TransferMatrixSolver;
import org.vmmlib.core.io.ArrayWriter;
import org.vmmlib.core.io.AtomicFiles;
import org.vmmlib.core.io.MatrixFile;
import org.vmmlib.core.io.MatrixFormat;
import org.vmmlib.core.io.StoredMatrix;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.spice.Netlist;
import org.vmmlib.core.spice.Ngspice;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code vmm solve}: the column currents of a crossbar that is given in files. */
@Command(
        name = "solve",
        sortOptions = false,
        sortSynopsis = false,
        header = "Solves a crossbar from files, with the resistance of its lines.",
        description = {
            "Finds the bit-line currents that the input voltages drive through the cells.",
            "",
            "Word lines are the rows of G. Input k drives the left end of word line k; the bottom end of each bit line"
                    + " is held at 0 V, and its current out of the array is the output. Each line has one segment per"
                    + " cell: a word line has one before its first cell, a bit line has one after its last.",
            "",
            "Files are NumPy's .npy (little-endian float64, C or Fortran order) or .csv (one line per row); the name"
                    + " says which."
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  vmm solve --conductance G.npy --input V.npy --output I.npy \\",
            "            --row-resistance 1 --column-resistance 1 --json",
            "",
            "All files are written together once the solve has converged, or none is."
        })
final class SolveCommand implements Callable<Integer> {

    private static final String WORD_LINES = "word-lines.npy";
    private static final String BIT_LINES = "bit-lines.npy";

    /** Up to so many cells a direct factorisation takes less than a second, and is exact to rounding. */
    private static final int DIRECT_CELLS = 256 * 256;

    /** From so many inputs on the transfer matrix takes less time than a solve for each. */
    private static final int MANY = 25;

    private static final Duration SPICE_TIMEOUT = Duration.ofHours(1);

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--conductance",
            required = true,
            paramLabel = "G",
            description = "File of the cells' conductances: N x M, siemens, 0 or above (0: open cell).")
    private Path conductance;

    @Option(
            names = "--input",
            required = true,
            paramLabel = "V",
            description = "File of the input voltages: N, or B x N for a batch, volts.")
    private Path input;

    @Option(
            names = "--output",
            required = true,
            paramLabel = "I",
            description = "File to write the output currents to: M, or B x M, amperes; .npy or .csv.")
    private Path output;

    @Option(
            names = "--row-resistance",
            paramLabel = "R",
            defaultValue = "0",
            description = "Resistance of a word-line segment, ohms. Default: 0.")
    private double rowResistance;

    @Option(
            names = "--column-resistance",
            paramLabel = "R",
            defaultValue = "0",
            description = "Resistance of a bit-line segment, ohms. Default: 0.")
    private double columnResistance;

    @Option(
            names = "--source-resistance",
            paramLabel = "R",
            defaultValue = "0",
            description = "Resistance of each driver, ohms; adds to the first segment of a word line. Default: 0.")
    private double sourceResistance;

    @Option(
            names = "--sense-resistance",
            paramLabel = "R",
            defaultValue = "0",
            description = "Resistance of each sense input, ohms; adds to the last segment of a bit line. Default: 0.")
    private double senseResistance;

    @Option(
            names = "--law",
            paramLabel = "LAW",
            defaultValue = "linear",
            description = {
                "Current of a cell of conductance g at v volts:",
                "  linear        i = g v",
                "  sinh:alpha=A  i = (g/A) sinh(A v), A in 1/V, above 0",
                "Default: linear."
            })
    private String law;

    @Option(
            names = "--tolerance",
            paramLabel = "T",
            defaultValue = "1e-10",
            description =
                    "Residual to reach: l2 norm of the net currents into the nodes over that of the source currents;"
                            + " above 0, below 1. Default: 1e-10.")
    private double tolerance;

    @Option(
            names = "--voltages",
            paramLabel = "DIR",
            description = "Folder, made if missing, to write the node voltages to: " + WORD_LINES + " and " + BIT_LINES
                    + ", N x M or B x N x M, volts.")
    private @Nullable Path voltages;

    @Option(
            names = "--netlist",
            paramLabel = "FILE",
            description = "File to write the array to as an ngspice netlist, with the first input.")
    private @Nullable Path netlist;

    @Option(
            names = "--check-spice",
            description = "Run ngspice, which must be installed, on the same netlist, and print the largest relative"
                    + " difference of its currents and node voltages for the first input. It takes seconds for 64 x 64"
                    + " cells, minutes for 128 x 128.")
    private boolean checkSpice;

    @Option(
            names = "--json",
            description = "Print one JSON object: method, rows, columns, inputs, iterations, residual, kirchhoffError,"
                    + " seconds (the worst over a batch; seconds in all), with --check-spice also spiceDifference.")
    private boolean json;

    /** picocli sets the fields before it calls. */
    @SuppressWarnings("NullAway.Init")
    SolveCommand() {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        Require.nonNegative("--row-resistance", rowResistance);
        Require.nonNegative("--column-resistance", columnResistance);
        Require.nonNegative("--source-resistance", sourceResistance);
        Require.nonNegative("--sense-resistance", senseResistance);
        if (!(tolerance > 0 && tolerance < 1)) {
            throw new IllegalArgumentException("--tolerance = " + tolerance + ": must be above 0 and below 1");
        }
        LawOption cellLaw = LawOption.parse(law);
        MatrixFormat format = MatrixFormat.of(output);
        refuseToOverwriteInputs();
        SpiceCheck check = checkSpice ? new SpiceCheck(Ngspice.installed(SPICE_TIMEOUT)) : null;

        SolveSummary summary;
        try (AtomicFiles files = AtomicFiles.begin()) {
            Path currentsFile = files.stage(output);
            Path nodes = voltages;
            if (nodes != null) {
                files.folder(nodes);
            }
            Path wordLinesFile = nodes == null ? null : files.stage(nodes.resolve(WORD_LINES));
            Path bitLinesFile = nodes == null ? null : files.stage(nodes.resolve(BIT_LINES));
            Path netlistFile = netlist == null ? null : files.stage(netlist);

            DMatrixRMaj g = MatrixFile.read(conductance)
                    .requireWithin(conductance + ": conductance", 0, Double.MAX_VALUE)
                    .asMatrix(conductance + ": conductance");
            StoredMatrix v = MatrixFile.read(input)
                    .asVectors(input + ": input", g.numRows)
                    .requireFinite(input + ": input");
            cellLaw.requireInRange(v.values());
            int vectors = v.values().numRows;
            int rows = g.numRows;
            int columns = g.numCols;
            int[] currentsShape = v.dimensions() == 1 ? new int[] {columns} : new int[] {vectors, columns};
            int[] nodesShape = v.dimensions() == 1 ? new int[] {rows, columns} : new int[] {vectors, rows, columns};

            Lines lines = Lines.builder(rows, columns)
                    .rowResistance(rowResistance)
                    .columnResistance(columnResistance)
                    .sourceResistance(sourceResistance)
                    .senseResistance(senseResistance)
                    .build();
            Crossbar array = cellLaw.array(g, lines);
            Netlist spice = netlistFile == null && check == null ? null : firstInput(array, v.values());
            if (netlistFile != null && spice != null) {
                write(spice, netlistFile);
            }
            CrossbarSolver solver = solver(array, vectors);
            try (ArrayWriter currents = MatrixFile.writer(format, currentsFile, currentsShape);
                    ArrayWriter wordLines = open(wordLinesFile, nodesShape);
                    ArrayWriter bitLines = open(bitLinesFile, nodesShape)) {
                summary = new BatchSolve(solver, array).run(v.values(), nodes != null || check != null, piece -> {
                    if (check != null) {
                        check.see(piece);
                    }
                    append(currents, piece.columnCurrents);
                    append(wordLines, piece.wordLines);
                    append(bitLines, piece.bitLines);
                });
            } catch (IOException e) {
                String written = nodes == null ? output.toString() : output + " or the files in " + nodes;
                throw new IOException(written + ": cannot be written: " + e.getMessage(), e);
            }
            if (check != null && spice != null) {
                summary = summary.withSpiceDifference(check.difference(spice));
            }
            files.commit();
        }
        PrintWriter out = spec.commandLine().getOut();
        out.print(json ? summary.json() : summary.text());
        return 0;
    }

    private CrossbarSolver solver(Crossbar array, int vectors) {
        if (array.lines().ideal()) {
            return new IdealSolver();
        }
        if ((long) array.rows() * array.columns() <= DIRECT_CELLS) {
            return new ReferenceSolver(tolerance);
        }
        int processors = Runtime.getRuntime().availableProcessors();
        CrossbarSolver schur = new SchurSolver(tolerance, Math.min(2, processors));
        boolean terminalsOnly = voltages == null && !checkSpice;
        return terminalsOnly && vectors >= MANY && array.cells(Conditions.ROOM) instanceof LinearCells
                ? new TransferMatrixSolver(schur, processors)
                : schur;
    }

    private void refuseToOverwriteInputs() throws IOException {
        Path nodes = voltages;
        List<Path> written = new ArrayList<>(List.of(output));
        if (nodes != null) {
            written.add(nodes.resolve(WORD_LINES));
            written.add(nodes.resolve(BIT_LINES));
        }
        if (netlist != null) {
            written.add(netlist);
        }
        for (Path target : written) {
            for (Path source : List.of(conductance, input)) {
                if (Files.exists(target) && Files.exists(source) && Files.isSameFile(target, source)) {
                    throw new IllegalArgumentException(target + ": is an input file too; name another for the output");
                }
            }
        }
    }

    private static Netlist firstInput(Crossbar array, DMatrixRMaj voltages) {
        DMatrixRMaj driven = new DMatrixRMaj(1, array.rows());
        System.arraycopy(voltages.data, 0, driven.data, 0, array.rows());
        Excitation excitation = Excitation.rows(driven, new DMatrixRMaj(1, array.columns()));
        return Netlist.of(array, Conditions.ROOM, excitation, 0);
    }

    private void write(Netlist spice, Path file) throws IOException {
        try (Writer out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            spice.write(out);
        } catch (IOException e) {
            throw new IOException(netlist + ": cannot be written: " + e.getMessage(), e);
        }
    }

    private static @Nullable ArrayWriter open(@Nullable Path file, int[] shape) throws IOException {
        return file == null ? null : MatrixFile.writer(MatrixFormat.NPY, file, shape);
    }

    private static void append(@Nullable ArrayWriter writer, DMatrixRMaj values) throws IOException {
        if (writer != null) {
            writer.append(values.data, 0, values.getNumElements());
        }
    }
}
