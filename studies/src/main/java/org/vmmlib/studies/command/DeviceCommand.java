package org.vmmlib.studies.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.vmmlib.core.check.Require;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.studies.device.DevicePage;
import org.vmmlib.studies.device.Devices;
import org.vmmlib.studies.device.NamedDevice;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vmm device}: the datasheet of a memory cell, and how it conducts. */
@Command(
        name = "device",
        sortOptions = false,
        sortSynopsis = false,
        header = "Prints the datasheet of a memory cell and plots how it conducts.",
        description = {
            "'vmm device list' lists the devices. 'vmm device NAME' prints every parameter with value, unit and"
                    + " source, and the currents of cells of some weights.",
            "",
            "Cells are tuned at 25 degrees Celsius and read at the temperature given."
        },
        footerHeading = "%nExample:%n",
        footer = {"  vmm device esf3 --temperature 358.15 --plot esf3.html"})
final class DeviceCommand implements Callable<Integer> {

    private static final double COLDEST = 1;
    private static final double HOTTEST = 1000;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "list|NAME", description = "'list', or the name of a device.")
    private String name;

    @Option(
            names = "--temperature",
            paramLabel = "T",
            description = "Temperature of the read, kelvin, 1 to 1000. Default: 298.15.")
    private @Nullable Double temperature;

    @Option(
            names = "--plot",
            paramLabel = "FILE",
            description = "HTML file to write, with the plots: current by state, error against current, weight against"
                    + " temperature.")
    private @Nullable Path plot;

    /** picocli sets the fields before it calls. */
    @SuppressWarnings("NullAway.Init")
    DeviceCommand() {}

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        Path file = plot;
        if (name.equals("list")) {
            if (file != null || temperature != null) {
                String option = file != null ? "--plot = " + file : "--temperature = " + temperature;
                throw new IllegalArgumentException(option + ": 'list' takes no option; name one device");
            }
            out.print(DevicePage.list(Devices.all()).toText());
            return 0;
        }
        NamedDevice device = Devices.named(name);
        Conditions conditions = temperature == null
                ? Conditions.ROOM
                : Conditions.ROOM.atTemperature(Require.within("--temperature", temperature, COLDEST, HOTTEST));
        if (file != null) {
            DevicePage.of(device, conditions).write(file);
        }
        out.print(DevicePage.datasheet(device).toText());
        out.println();
        out.print(DevicePage.readings(device, conditions).toText());
        if (file != null) {
            out.println();
            out.println("Plots: " + file);
        }
        return 0;
    }
}
