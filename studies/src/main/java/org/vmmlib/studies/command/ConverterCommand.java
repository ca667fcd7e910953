package org.vmmlib.studies.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.vmmlib.core.block.Block;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.macro.Converter;
import org.vmmlib.core.random.RandomStreams;
import org.vmmlib.studies.converter.ConverterMeasurement;
import org.vmmlib.studies.converter.ConverterPage;
import org.vmmlib.studies.converter.Converters;
import org.vmmlib.studies.converter.NamedConverter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vmm converter}: what a converter measures, and its datasheet. */
@Command(
        name = "converter",
        sortOptions = false,
        sortSynopsis = false,
        header = "Measures a converter: INL, DNL, missing codes, SNDR, SFDR, effective bits.",
        description = {
            "'vmm converter list' lists the converters. 'vmm converter NAME' prints what one channel of one chip"
                    + " measures, as IEEE Std 1241 defines it, what a conversion takes, and every parameter with value, unit"
                    + " and source.",
            "",
            "Static figures are those without noise. The spectrum is that of a coherent sine wave over the full scale,"
                    + " noise included."
        },
        footerHeading = "%nExample:%n",
        footer = {"  vmm converter sar --bits 8 --seed 3 --plot sar.html"})
final class ConverterCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "list|NAME", description = "'list', or the name of a converter.")
    private String name;

    @Option(
            names = "--bits",
            paramLabel = "B",
            description = "Word length; which ones there are depends on the converter. Default: the usual one of the"
                    + " converter.")
    private @Nullable Integer bits;

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = "Seed of the chip's mismatch and of the noise. Default: 1.")
    private @Nullable Long seed;

    @Option(names = "--ideal", description = "Switch every imperfection off.")
    private boolean ideal;

    @Option(
            names = "--plot",
            paramLabel = "FILE",
            description = "HTML file to write, with the plots: INL, DNL, transfer, spectrum.")
    private @Nullable Path plot;

    /** picocli sets the fields before it calls. */
    @SuppressWarnings("NullAway.Init")
    ConverterCommand() {}

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        Path file = plot;
        if (name.equals("list")) {
            refuseOptions();
            out.print(ConverterPage.list(Converters.all()).toText());
            return 0;
        }
        NamedConverter named = Converters.named(name);
        Converter converter = named.design(bits == null ? named.usualBits() : bits);
        if (ideal) {
            converter = Block.ideal(converter);
        }
        long chip = seed == null ? 1 : seed;
        ConverterMeasurement measured = ConverterMeasurement.of(converter, Die.of(RandomStreams.of(chip)));
        if (file != null) {
            ConverterPage.of(named, measured, chip).write(file);
        }
        out.print(ConverterPage.metrics(named, measured).toText());
        out.println();
        out.print(ConverterPage.datasheet(converter.datasheet()).toText());
        if (file != null) {
            out.println();
            out.println("Plots: " + file);
        }
        return 0;
    }

    private void refuseOptions() {
        String option = plot != null
                ? "--plot = " + plot
                : bits != null ? "--bits = " + bits : seed != null ? "--seed = " + seed : ideal ? "--ideal" : "";
        if (!option.isEmpty()) {
            throw new IllegalArgumentException(option + ": 'list' takes no option; name one converter");
        }
    }
}
