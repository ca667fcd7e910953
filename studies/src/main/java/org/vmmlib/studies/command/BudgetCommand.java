package org.vmmlib.studies.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;
import org.vmmlib.core.check.Require;
import org.vmmlib.core.io.MatrixFile;
import org.vmmlib.core.run.TrialFile;
import org.vmmlib.noise.budget.BudgetResult;
import org.vmmlib.noise.budget.ErrorBudget;
import org.vmmlib.noise.budget.ViewBudget;
import org.vmmlib.studies.design.Design;
import org.vmmlib.studies.design.Designs;
import org.vmmlib.studies.experiment.BudgetFiles;
import org.vmmlib.studies.experiment.BudgetPage;
import org.vmmlib.studies.experiment.BudgetWorkload;
import org.vmmlib.studies.report.AsciiText;
import org.vmmlib.studies.report.ConsoleProgress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code vmm budget}: which imperfection costs how many bits. */
@Command(
        name = "budget",
        sortOptions = false,
        sortSynopsis = false,
        header = "Finds which imperfection of a circuit costs how many bits.",
        description = {
            "Runs one multiplier of a design on a number of simulated chips: with each imperfection alone, with each"
                    + " removed, with all, with none, and with all at other temperatures. Prints and plots error, bias"
                    + " and spread, effective bits lost and regained, with confidence intervals over chips.",
            "",
            "Unless files are given, weights are normal, clipped at three standard deviations, and inputs uniform. The"
                    + " converter's range is the largest output of the exact product.",
            "",
            "Writes budget.json, budget.csv and report.html. Finished chips are kept in budget.trials until then: an"
                    + " interrupted run goes on from there when it is called again."
        },
        footerHeading = "%nExample:%n",
        footer = {"  vmm budget --design nor-ins --trials 50 --require 4 --out results"})
final class BudgetCommand implements Callable<Integer> {

    private static final int INPUTS = 255;
    private static final int OUTPUTS = 64;
    private static final int BATCH = 64;
    private static final int MOST = 1 << 14;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--design",
            paramLabel = "NAME",
            required = true,
            description = "The circuit: nor-ins, passive-ins, or a variant of one: nor-ins-4bit, nor-ins-binary.")
    private String name;

    @Option(
            names = "--trials",
            paramLabel = "T",
            defaultValue = "24",
            description = "Number of chips, 2 to 1000. Default: 24.")
    private int trials;

    @Option(
            names = "--inputs",
            paramLabel = "N",
            description = "Inputs; the array has a row more, for the bias. Default: 255, or what a file has.")
    private @Nullable Integer inputs;

    @Option(names = "--outputs", paramLabel = "M", description = "Outputs. Default: 64, or what a file has.")
    private @Nullable Integer outputs;

    @Option(names = "--batch", paramLabel = "B", description = "Input vectors. Default: 64, or all that a file has.")
    private @Nullable Integer batch;

    @Option(
            names = "--weights",
            paramLabel = "FILE",
            description = "File of weights to use, N x M, .npy or .csv; the bias is 0.")
    private @Nullable Path weights;

    @Option(
            names = "--data",
            paramLabel = "FILE",
            description = "File of input vectors to use, B x N integers of the design's word length, .npy or .csv.")
    private @Nullable Path data;

    @Option(
            names = "--require",
            paramLabel = "BITS",
            description = "Effective bits that a chip must have to count in the yield. Default: one less than the"
                    + " design's words have.")
    private @Nullable Double require;

    @Option(
            names = "--temperatures",
            paramLabel = "a,b",
            split = ",",
            description = "Temperatures to read at, kelvin, besides that of tuning. Default: 273.15,358.15.")
    private @Nullable List<Double> temperatures;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "Seed of all random numbers: weights, inputs, chips, noise. Default: 1.")
    private long seed;

    @Option(
            names = "--threads",
            paramLabel = "T",
            description = "Threads to use; results do not depend on it. Default: one for each processor.")
    private @Nullable Integer threads;

    @Option(names = "--ideal", description = "Switch every imperfection off: the quantiser alone is left.")
    private boolean ideal;

    @Option(
            names = "--fresh",
            description = "Forget the finished chips of an interrupted run, instead of going on from them.")
    private boolean fresh;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "vmm-results/budget",
            description = "Folder to write to, made if missing. Default: vmm-results/budget.")
    private Path out;

    /** picocli sets the fields before it calls. */
    @SuppressWarnings("NullAway.Init")
    BudgetCommand() {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        int workers = threads == null
                ? Runtime.getRuntime().availableProcessors()
                : Require.within("--threads", threads, 1, 1024);
        Require.within("--trials", trials, 2, 1000);
        Design design = Designs.named(name.strip());
        List<Double> corners = temperatures();
        double required = require == null
                ? design.outputBits() - 1
                : Require.within("--require", require, 0, design.outputBits());
        if (Files.exists(out) && !Files.isDirectory(out)) {
            throw new IllegalArgumentException("--out = " + out + ": is a file; name a folder");
        }
        BudgetWorkload workload = workload(design);
        ErrorBudget budget = ErrorBudget.of(
                        design.macro(workload.spec(design), ideal), workload.weights(), workload.inputs())
                .seed(seed)
                .trials(trials)
                .temperatures(corners)
                .required(required)
                .build();
        Files.createDirectories(out);
        Path file = out.resolve("budget.trials");
        BudgetResult result;
        int found;
        try (TrialFile kept = TrialFile.open(file, settings(design, budget), budget.valuesPerTrial(), fresh)) {
            found = kept.finished();
            try (ConsoleProgress progress = ConsoleProgress.of(design.name())) {
                result = budget.run(workers, kept, progress);
            }
            new BudgetFiles(out).write(design, result, provenance(design, workload, budget));
            kept.delete();
        }
        print(design, workload, result, Math.min(found, trials));
        return 0;
    }

    private List<Double> temperatures() {
        List<Double> list = temperatures == null ? List.of(273.15, 358.15) : temperatures;
        for (int k = 0; k < list.size(); k++) {
            Require.within("--temperatures", list.get(k), 150, 600);
            if (list.subList(0, k).contains(list.get(k))) {
                throw new IllegalArgumentException("--temperatures has " + list.get(k) + " twice: name each once");
            }
        }
        return list;
    }

    private BudgetWorkload workload(Design design) throws IOException {
        Path weightFile = weights;
        Path dataFile = data;
        @Nullable
        DMatrixRMaj w = weightFile == null ? null : MatrixFile.read(weightFile).asMatrix("--weights");
        @Nullable
        DMatrixRMaj x = dataFile == null ? null : MatrixFile.read(dataFile).asMatrix("--data");
        int rows = size("--inputs", inputs, w != null ? w.numRows : x != null ? x.numCols : -1, INPUTS);
        int columns = size("--outputs", outputs, w != null ? w.numCols : -1, OUTPUTS);
        int vectors = size("--batch", batch, x != null ? x.numRows : -1, BATCH);
        if (x != null && x.numCols != rows) {
            throw new IllegalArgumentException("--data = " + dataFile + ": has " + x.numCols
                    + " values a vector: must have " + rows + ", one for each row of the weights");
        }
        String drawn = " x " + columns + " normal weights clipped at 3 sigma";
        return BudgetWorkload.of(
                w != null ? w : BudgetWorkload.drawnWeights(rows, columns, seed),
                x != null ? x : BudgetWorkload.drawnInputs(vectors, rows, design.inputBits(), seed),
                design.inputBits(),
                (w != null ? "weights of " + weightFile : rows + drawn) + ", "
                        + (x != null ? "inputs of " + dataFile : vectors + " uniform input vectors"));
    }

    /** A size, which a file settles where there is one. */
    private static int size(String option, @Nullable Integer given, int ofFile, int usual) {
        if (given == null) {
            return ofFile > 0 ? ofFile : usual;
        }
        Require.within(option, given, 1, MOST);
        if (ofFile > 0 && given != ofFile) {
            throw new IllegalArgumentException(
                    option + " = " + given + ": the file has " + ofFile + "; leave the option out");
        }
        return given;
    }

    private Map<String, String> settings(Design design, ErrorBudget budget) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("design", design.name());
        settings.put("ideal", Boolean.toString(ideal));
        settings.putAll(budget.settings());
        settings.put("program", program());
        settings.put("java", java());
        return settings;
    }

    private Map<String, String> provenance(Design design, BudgetWorkload workload, ErrorBudget budget) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("program", program());
        facts.put("design", design.name());
        facts.put("ideal", Boolean.toString(ideal));
        facts.put("workload", workload.description());
        facts.put("chips", Integer.toString(trials));
        facts.putAll(budget.settings());
        facts.put("java", java());
        facts.put("machine", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        return facts;
    }

    private static String program() {
        String version = BudgetCommand.class.getPackage().getImplementationVersion();
        return "vmm " + (version == null ? "(not built as a jar)" : version);
    }

    private static String java() {
        return System.getProperty("java.vm.name") + " " + System.getProperty("java.version");
    }

    private void print(Design design, BudgetWorkload workload, BudgetResult result, int found) {
        PrintWriter print = spec.commandLine().getOut();
        print.println(AsciiText.of(design.name() + ": " + workload.description()));
        if (found > 0) {
            print.println(found + " of " + trials + " chips were finished by an earlier run");
        }
        print.println();
        for (ViewBudget view : result.views()) {
            print.print(BudgetPage.table(view, result).toText());
            print.println();
        }
        print.print(BudgetPage.temperatures(result).toText());
        print.println();
        print.println(AsciiText.of(BudgetPage.worst(result)));
        print.println();
        print.println("Report: " + out.resolve("report.html"));
    }
}
