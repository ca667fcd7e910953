package org.vmmlib.studies.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.vmmlib.core.block.Block;
import org.vmmlib.core.check.Require;
import org.vmmlib.peripherals.neuron.MultiBitNeuron;
import org.vmmlib.peripherals.neuron.Rearm;
import org.vmmlib.studies.experiment.NeuronPage;
import org.vmmlib.studies.experiment.NeuronStudy;
import org.vmmlib.studies.report.AsciiText;
import org.vmmlib.studies.report.Page;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code vmm neuron}: a multi-bit integrate-and-fire neuron in time. */
@Command(
        name = "neuron",
        sortOptions = false,
        sortSynopsis = false,
        header = "Runs a multi-bit integrate-and-fire neuron on input pulses.",
        description = {
            "Gives pulses of 2 uA and 20 ns to the 2-bit neuron of Saxena and Moussa (CMOS-RRAM Neuromorphic"
                    + " Accelerators Using Multi-bit Neurons), and prints how often each output fires, where the charge"
                    + " went, and what the spikes tell of the membrane and of the input.",
            "",
            "The paper's Fig. 6 has a rate of 2 MHz, its Fig. 7 one of 10 MHz."
        },
        footerHeading = "%nExample:%n",
        footer = {"  vmm neuron --rate 10e6 --plot neuron.html"})
final class NeuronCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--rate",
            paramLabel = "R",
            defaultValue = "2e6",
            description = "Input pulses a second; above 0, to 1e8. Default: 2e6.")
    private double rate;

    @Option(
            names = "--input",
            paramLabel = "KIND",
            defaultValue = "poisson",
            description = {
                "How the pulses come:",
                "  poisson  at random, as from many neurons",
                "  regular  at equal distances",
                "Default: poisson."
            })
    private String input;

    @Option(
            names = "--time",
            paramLabel = "T",
            defaultValue = "20e-6",
            description = "Time to draw, seconds; above 0, to 1e-3. Default: 20e-6. Counts are of 10 ms.")
    private double time;

    @Option(
            names = "--membrane-time",
            paramLabel = "T",
            description = "Membrane time constant, seconds, above 0; none for no leak. Default: 2.5e-6.")
    private @Nullable String membraneTime;

    @Option(
            names = "--pulse-width",
            paramLabel = "T",
            description = "Width of the output pulses, seconds, above 0. Default: 20e-9.")
    private @Nullable Double pulseWidth;

    @Option(
            names = "--rearm",
            paramLabel = "RULE",
            defaultValue = "fall",
            description = {
                "When an output may fire again:",
                "  fall   once the membrane has fallen below its threshold",
                "  reset  once the neuron has been reset",
                "  T      T seconds after the end of its pulse",
                "Default: fall."
            })
    private String rearm;

    @Option(
            names = "--noise",
            paramLabel = "V",
            description = "Comparator noise, volts RMS, 0 or above: a draw each time one is armed. Default: 0.")
    private @Nullable Double noise;

    @Option(
            names = "--reset-noise",
            paramLabel = "K",
            description = "Temperature of the kT/C noise that a reset leaves, kelvin, 0 or above. Default: 0.")
    private @Nullable Double resetNoise;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "Seed of the random pulses and of the noise. Default: 1.")
    private long seed;

    @Option(names = "--ideal", description = "Switch every imperfection off, the leak too.")
    private boolean ideal;

    @Option(
            names = "--plot",
            paramLabel = "FILE",
            description = "HTML file to write, with the transients, the input told from the spikes, and the entropies.")
    private @Nullable Path plot;

    /** picocli sets the fields before it calls. */
    @SuppressWarnings("NullAway.Init")
    NeuronCommand() {}

    @Override
    public Integer call() throws IOException {
        Require.within("--rate", Require.positive("--rate", rate), 0, 1e8);
        Require.within("--time", Require.positive("--time", time), 0, 1e-3);
        NeuronStudy.Arrival arrival = arrival();
        Path page = plot;
        MultiBitNeuron neuron = neuron();
        if (page != null) {
            Page.requireWritable(page);
        }
        NeuronStudy study = new NeuronStudy(neuron, arrival, rate, time, seed);
        if (page != null) {
            NeuronPage.of(study, provenance()).write(page);
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println(AsciiText.of(NeuronPage.headline(study)));
        out.println();
        out.print(NeuronPage.rates(study).toText());
        out.println();
        out.print(NeuronPage.charge(study).toText());
        out.println();
        out.print(NeuronPage.entropies(study).toText());
        out.println();
        out.println(AsciiText.of(NeuronPage.lossExplained()));
        out.println();
        out.println(AsciiText.of(NeuronPage.encoder(study)));
        if (page != null) {
            out.println();
            out.println("Plots: " + page);
        }
        return 0;
    }

    private NeuronStudy.Arrival arrival() {
        return switch (input) {
            case "poisson" -> NeuronStudy.Arrival.POISSON;
            case "regular" -> NeuronStudy.Arrival.REGULAR;
            default -> throw new IllegalArgumentException("--input = " + input + ": must be poisson or regular");
        };
    }

    private MultiBitNeuron neuron() {
        MultiBitNeuron published = MultiBitNeuron.opamp65();
        MultiBitNeuron.Builder builder = (ideal ? Block.ideal(published) : published).toBuilder();
        builder.source("command line");
        String leak = membraneTime;
        if (leak != null) {
            builder.membraneTime(
                    leak.equals("none")
                            ? Double.POSITIVE_INFINITY
                            : Require.positive("--membrane-time", seconds("--membrane-time", leak, "none")));
        }
        if (pulseWidth != null) {
            builder.pulseWidth(Require.positive("--pulse-width", pulseWidth));
        }
        if (noise != null) {
            builder.noise(Require.nonNegative("--noise", noise));
        }
        if (resetNoise != null) {
            builder.resetNoise(Require.nonNegative("--reset-noise", resetNoise));
        }
        return builder.rearm(rule()).build();
    }

    private Rearm rule() {
        if (rearm.equals("fall")) {
            return Rearm.onFall();
        }
        if (rearm.equals("reset")) {
            return Rearm.onReset();
        }
        return Rearm.afterTime(Require.nonNegative("--rearm", seconds("--rearm", rearm, "fall, reset")));
    }

    private static double seconds(String option, String text, String words) {
        try {
            return Require.finite(option, Double.parseDouble(text));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    option + " = " + text + ": must be " + words + " or a time in seconds", e);
        }
    }

    private Map<String, String> provenance() {
        Map<String, String> facts = new LinkedHashMap<>();
        String version = NeuronCommand.class.getPackage().getImplementationVersion();
        facts.put("program", "vmm " + (version == null ? "(not built as a jar)" : version));
        facts.put("rate", Double.toString(rate) + " /s");
        facts.put("input", input);
        facts.put("re-arm rule", rearm);
        facts.put("noise", (noise == null ? 0 : noise) + " V");
        facts.put("reset noise", (resetNoise == null ? 0 : resetNoise) + " K");
        facts.put("ideal", Boolean.toString(ideal));
        facts.put("seed", Long.toString(seed));
        facts.put("java", System.getProperty("java.vm.name") + " " + System.getProperty("java.version"));
        return facts;
    }
}
