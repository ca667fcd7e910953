package org.vmmlib.studies.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.vmmlib.core.check.Require;
import org.vmmlib.devices.programming.BiasScheme;
import org.vmmlib.devices.programming.ProgrammingResult;
import org.vmmlib.studies.experiment.PatternTuning;
import org.vmmlib.studies.report.ConsoleProgress;
import org.vmmlib.studies.report.Page;
import org.vmmlib.studies.report.Unit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code vmm program}: a picture tuned into a passive crossbar. */
@Command(
        name = "program",
        sortOptions = false,
        sortSynopsis = false,
        header = "Tunes a picture of ten grey levels into a passive 20 x 20 crossbar.",
        description = {
            "Reads and pulses each cell until its current is within the tolerance, and goes through the array again for"
                    + " those that other pulses disturbed. At each pulse and read the whole array is solved: line"
                    + " drops, sneak currents, half-selected cells. Every cell that sees more than its threshold"
                    + " moves.",
            "",
            "Prints pulses, energy, time, errors, and how many cells never came within the tolerance."
        },
        footerHeading = "%nExample:%n",
        footer = {"  vmm program --spread 0.26 --scheme third --plot program.html"})
final class ProgramCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--scheme",
            paramLabel = "SCHEME",
            defaultValue = "half",
            description = "What other lines are held at during a pulse of V: half (V/2), third (V/3 and 2V/3) or"
                    + " floating. Default: half.")
    private String scheme;

    @Option(
            names = "--spread",
            paramLabel = "S",
            description = "Spread of the switching thresholds, relative, 0 to 2. Default: 0.1.")
    private @Nullable Double spread;

    @Option(
            names = "--resistance",
            paramLabel = "R",
            description = "Resistance of each segment of the lines, ohms, 0 or above. Default: 1.")
    private @Nullable Double resistance;

    @Option(
            names = "--tolerance",
            paramLabel = "E",
            description = "Largest relative error of the read current, above 0, below 1. Default: 0.05.")
    private @Nullable Double tolerance;

    @Option(names = "--rounds", paramLabel = "N", description = "Times to go through the array at most. Default: 10.")
    private @Nullable Integer rounds;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "Seed of all random numbers: thresholds, cycle-to-cycle spread. Default: 1.")
    private long seed;

    @Option(names = "--plot", paramLabel = "FILE", description = "HTML file to write, with the picture and the errors.")
    private @Nullable Path plot;

    /** picocli sets the fields before it calls. */
    @SuppressWarnings("NullAway.Init")
    ProgramCommand() {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path file = plot;
        PatternTuning published = PatternTuning.published();
        double accepted = tolerance == null ? published.tolerance() : tolerance;
        if (!(accepted > 0 && accepted < 1)) {
            throw new IllegalArgumentException("--tolerance = " + accepted + ": must be above 0 and below 1");
        }
        PatternTuning tuning = new PatternTuning(
                scheme(),
                spread == null ? published.spread() : Require.within("--spread", spread, 0, 2),
                resistance == null ? published.resistance() : Require.nonNegative("--resistance", resistance),
                accepted,
                rounds == null ? published.rounds() : Require.within("--rounds", rounds, 1, 10_000));
        if (file != null) {
            Page.requireWritable(file);
        }
        ProgrammingResult result;
        try (ConsoleProgress progress = ConsoleProgress.of("tuning")) {
            result = tuning.run(seed, progress);
        }
        if (file != null) {
            tuning.page(result, provenance(tuning)).write(file);
        }
        PrintWriter out = spec.commandLine().getOut();
        out.print(tuning.table(result).toText());
        if (file != null) {
            out.println();
            out.println("Plots: " + file);
        }
        return 0;
    }

    private BiasScheme scheme() {
        return switch (scheme) {
            case "half" -> BiasScheme.HALF;
            case "third" -> BiasScheme.THIRD;
            case "floating" -> BiasScheme.FLOATING;
            default -> throw new IllegalArgumentException("--scheme = " + scheme + ": must be half, third or floating");
        };
    }

    private Map<String, String> provenance(PatternTuning tuning) {
        Map<String, String> facts = new LinkedHashMap<>();
        String version = ProgramCommand.class.getPackage().getImplementationVersion();
        facts.put("program", "vmm " + (version == null ? "(not built as a jar)" : version));
        facts.put("scheme", scheme);
        facts.put("spread of thresholds", Double.toString(tuning.spread()));
        facts.put("line resistance", Unit.OHM.format(tuning.resistance()));
        facts.put("tolerance", Double.toString(tuning.tolerance()));
        facts.put("rounds", Integer.toString(tuning.rounds()));
        facts.put("seed", Long.toString(seed));
        facts.put("java", System.getProperty("java.vm.name") + " " + System.getProperty("java.version"));
        facts.put("machine", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        return facts;
    }
}
