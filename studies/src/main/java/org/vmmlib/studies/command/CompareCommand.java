package org.vmmlib.studies.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.vmmlib.core.check.Require;
import org.vmmlib.studies.design.Design;
import org.vmmlib.studies.design.Designs;
import org.vmmlib.studies.experiment.Comparison;
import org.vmmlib.studies.experiment.ComparisonFiles;
import org.vmmlib.studies.experiment.ComparisonPage;
import org.vmmlib.studies.experiment.DesignResult;
import org.vmmlib.studies.network.DigitData;
import org.vmmlib.studies.network.DrawnDigits;
import org.vmmlib.studies.network.IdxFolder;
import org.vmmlib.studies.network.LabelledImages;
import org.vmmlib.studies.network.Network;
import org.vmmlib.studies.network.NetworkFile;
import org.vmmlib.studies.network.TrainedNetwork;
import org.vmmlib.studies.network.Trainer;
import org.vmmlib.studies.network.TrainingOptions;
import org.vmmlib.studies.report.ConsoleProgress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code vmm compare}: one network through several circuits. */
@Command(
        name = "compare",
        sortOptions = false,
        sortSynopsis = false,
        header = "Runs a neural network through simulated circuits and compares them.",
        description = {
            "Trains (or loads) a fully connected classifier of digits, 784-64-10, runs the same test images through"
                    + " software and through each circuit, and prints accuracy, error, energy, time and area.",
            "",
            "Writes results.json, results.csv and report.html, after each design, and the trained networks, which a"
                    + " later run with the same data and seed loads.",
            "",
            "The class of an image is that of the highest output word; of equal words, the lowest class wins."
        },
        footerHeading = "%nExample:%n",
        footer = {"  vmm compare --data mnist --designs nor-ins --images 1000 --out results"})
final class CompareCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder of MNIST files (train*-images-idx3-ubyte[.gz] and so on). Default: digits that the"
                    + " program draws itself.")
    private @Nullable Path data;

    @Option(
            names = "--designs",
            paramLabel = "a,b",
            split = ",",
            description = "Designs to run: nor-ins, passive-ins, or a variant of one: nor-ins-4bit, nor-ins-binary."
                    + " A design runs with its variants. Default: nor-ins,passive-ins.")
    private List<String> designs = List.of();

    @Option(
            names = "--images",
            paramLabel = "N",
            description = "Number of test images to run, the first N. Default: all.")
    private @Nullable Integer images;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "Seed of all random numbers: data, training, chip, noise. Default: 1.")
    private long seed;

    @Option(
            names = "--threads",
            paramLabel = "T",
            description = "Threads to use; results do not depend on it. Default: one for each processor.")
    private @Nullable Integer threads;

    @Option(names = "--ideal", description = "Switch every imperfection off.")
    private boolean ideal;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "vmm-results/compare",
            description = "Folder to write to, made if missing. Default: vmm-results/compare.")
    private Path out;

    /** picocli sets the fields before it calls. */
    @SuppressWarnings("NullAway.Init")
    CompareCommand() {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        int workers = threads == null
                ? Runtime.getRuntime().availableProcessors()
                : Require.within("--threads", threads, 1, 1024);
        List<Design> chosen = new ArrayList<>();
        if (designs.isEmpty()) {
            chosen.addAll(Designs.all());
        }
        for (String name : designs) {
            Design design = Designs.named(name.strip());
            if (chosen.stream().anyMatch(other -> other.name().equals(design.name()))) {
                throw new IllegalArgumentException("--designs has " + design.name() + " twice: name each once");
            }
            chosen.add(design);
        }
        if (Files.exists(out) && !Files.isDirectory(out)) {
            throw new IllegalArgumentException("--out = " + out + ": is a file; name a folder");
        }
        Path folder = data;
        DigitData digits = folder == null ? new DrawnDigits(seed).data() : IdxFolder.read(folder);
        int count = images == null
                ? digits.test().count()
                : Require.within("--images", images, 1, digits.test().count());
        LabelledImages test = digits.test().subset(0, count);
        Files.createDirectories(out);

        Map<Integer, Network> networks = new TreeMap<>();
        List<List<DesignResult>> families = new ArrayList<>();
        Comparison comparison = new Comparison(test, seed, workers, ideal);
        ComparisonFiles files = new ComparisonFiles(out);
        for (Design design : chosen) {
            List<DesignResult> family = new ArrayList<>();
            families.add(family);
            List<Design> members = new ArrayList<>(List.of(design));
            members.addAll(design.variants());
            for (Design member : members) {
                if (!networks.containsKey(member.inputBits())) {
                    networks.put(member.inputBits(), network(member.inputBits(), digits, workers));
                }
                try (ConsoleProgress progress = ConsoleProgress.of(member.name())) {
                    family.add(comparison.run(member, networks.get(member.inputBits()), progress));
                }
                files.write(families, test, provenance(digits, count, workers));
            }
        }
        PrintWriter print = spec.commandLine().getOut();
        print.println(count + " test images of " + digits.name());
        print.println();
        print.print(ComparisonPage.table(families).toText());
        print.println();
        print.println("Report: " + out.resolve("report.html"));
        return 0;
    }

    private Network network(int inputBits, DigitData digits, int workers) throws IOException, InterruptedException {
        TrainingOptions options = TrainingOptions.standard().toBuilder()
                .seed(seed)
                .inputBits(inputBits)
                .build();
        Path file = out.resolve("network-" + inputBits + "bit.json");
        if (Files.exists(file)) {
            TrainedNetwork kept = NetworkFile.load(file);
            if (kept.cameFrom(options, digits.training())) {
                return kept.network();
            }
        }
        try (ConsoleProgress progress = ConsoleProgress.of("training, " + inputBits + "-bit inputs")) {
            TrainedNetwork trained =
                    Trainer.train(digits.training(), options, workers, (epoch, of, loss) -> progress.done(epoch, of));
            NetworkFile.save(file, trained);
            return trained.network();
        }
    }

    private Map<String, String> provenance(DigitData digits, int count, int workers) {
        Map<String, String> facts = new LinkedHashMap<>();
        String version = CompareCommand.class.getPackage().getImplementationVersion();
        facts.put("program", "vmm " + (version == null ? "(not built as a jar)" : version));
        facts.put("data", digits.name());
        facts.put("training images", Integer.toString(digits.training().count()));
        facts.put("training data hash", digits.training().contentHash());
        facts.put("test images", count + " of " + digits.test().count());
        facts.put("test data hash", digits.test().contentHash());
        facts.put("network", "784-64-10, " + TrainingOptions.standard());
        facts.put("seed", Long.toString(seed));
        facts.put("ideal", Boolean.toString(ideal));
        facts.put("threads", Integer.toString(workers));
        facts.put("java", System.getProperty("java.vm.name") + " " + System.getProperty("java.version"));
        facts.put("machine", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        return facts;
    }
}
