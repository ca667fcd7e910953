package org.vmmlib.studies.command;

import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;

/** Entry point of the {@code vmm} command. */
@Command(
        name = "vmm",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        scope = ScopeType.INHERIT,
        sortOptions = false,
        description = {
            "Simulates mixed-signal vector-by-matrix multipliers at circuit level.",
            "Numbers are in SI units: volts, amperes, ohms, siemens, seconds, joules, square metres.",
            "'vmm COMMAND --help' explains a command."
        },
        synopsisHeading = "Usage: ",
        descriptionHeading = "%n",
        parameterListHeading = "%nParameters:%n",
        optionListHeading = "%nOptions:%n",
        commandListHeading = "%nCommands:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:failed, such as a solve that does not converge",
            "2:bad input; one line on standard error says what and the limit",
            "130:interrupted"
        })
public final class Main {

    private Main() {}

    /**
     * Runs the command and ends the program.
     *
     * @param arguments as given on the command line
     */
    public static void main(String[] arguments) {
        // Also for libraries that format without naming a locale.
        Locale.setDefault(Locale.ROOT);
        System.exit(run(writer(System.out), writer(System.err), arguments));
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8));
    }

    /**
     * Runs the command.
     *
     * @param out what was asked for
     * @param err one line on what went wrong
     * @return the exit code
     */
    static int run(PrintWriter out, PrintWriter err, String... arguments) {
        CommandLine vmm = commandLine(arguments).setOut(out).setErr(err);
        try {
            return vmm.execute(arguments);
        } catch (OutOfMemoryError | StackOverflowError e) {
            return report(e, vmm);
        } finally {
            out.flush();
            err.flush();
        }
    }

    /** The command, with as few of its subcommands as the arguments need: loading one takes time. */
    private static CommandLine commandLine(String... arguments) {
        CommandLine vmm = new CommandLine(new Main());
        switch (arguments.length == 0 ? "" : arguments[0]) {
            case "-V", "--version" -> {}
            case "solve" -> vmm.addSubcommand(new SolveCommand());
            case "budget" -> vmm.addSubcommand(new BudgetCommand());
            case "compare" -> vmm.addSubcommand(new CompareCommand());
            case "converter" -> vmm.addSubcommand(new ConverterCommand());
            case "device" -> vmm.addSubcommand(new DeviceCommand());
            case "neuron" -> vmm.addSubcommand(new NeuronCommand());
            case "program" -> vmm.addSubcommand(new ProgramCommand());
            default ->
                vmm.addSubcommand(new BudgetCommand())
                        .addSubcommand(new CompareCommand())
                        .addSubcommand(new ConverterCommand())
                        .addSubcommand(new DeviceCommand())
                        .addSubcommand(new NeuronCommand())
                        .addSubcommand(new ProgramCommand())
                        .addSubcommand(new SolveCommand());
        }
        return vmm.setColorScheme(Help.defaultColorScheme(Help.Ansi.OFF))
                .setExpandAtFiles(false)
                .setParameterExceptionHandler((e, unused) -> report(e, e.getCommandLine()))
                .setExecutionExceptionHandler((e, command, unused) -> report(e, command));
    }

    private static int report(Throwable thrown, CommandLine command) {
        String name = command.getCommandSpec().qualifiedName();
        Failure failure = Failure.of(thrown);
        String hint = thrown instanceof ParameterException ? "; see '" + name + " --help'" : "";
        PrintWriter err = command.getErr();
        err.println(name + ": " + failure.message() + hint);
        if (!System.getProperty("vmm.debug", "false").equals("false")) {
            thrown.printStackTrace(err);
        }
        err.flush();
        return failure.exitCode();
    }

    /** The version that the jar was built as. */
    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"vmm " + (version == null ? "(not built as a jar)" : version)};
        }
    }
}
