package org.vmmlib.studies.device;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.vmmlib.core.block.Datasheet;
import org.vmmlib.core.crossbar.StatePlane;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.studies.report.Axis;
import org.vmmlib.studies.report.Chart;
import org.vmmlib.studies.report.Curve;
import org.vmmlib.studies.report.Page;
import org.vmmlib.studies.report.Table;
import org.vmmlib.studies.report.Unit;

/** How a device looks to a person: tables for the terminal, the page for a browser. */
public final class DevicePage {

    private static final int POINTS = 201;
    private static final double COLDEST = 233.15;
    private static final double HOTTEST = 398.15;
    private static final double KELVIN = 273.15;
    private static final int DIGITS = 6;
    /** A string of cells stores too many numbers to show; its first is that of the selected cell. */
    private static final int MOST_PLANES = 3;

    private DevicePage() {}

    /** The names, one row each. */
    public static Table list(List<NamedDevice> devices) {
        Table table = Table.titled("Devices").text("name").text("description");
        for (NamedDevice device : devices) {
            table = table.row(device.name(), device.description());
        }
        return table;
    }

    /** The datasheet: parameter, value, unit, source. */
    public static Table datasheet(NamedDevice device) {
        Table table = Table.titled(device.datasheet().title())
                .text("parameter")
                .number("value")
                .text("unit")
                .text("source");
        for (Datasheet.Entry entry : device.datasheet().entries()) {
            String[] value = value(entry);
            table = table.row(entry.parameter(), value[0], value[1], entry.source());
        }
        return table;
    }

    /** The number and the unit with its prefix; six digits, without the zeros at their end. */
    private static String[] value(Datasheet.Entry entry) {
        String text = unit(entry.unit()).format(entry.value(), DIGITS);
        int blank = text.indexOf(' ');
        return blank < 0
                ? new String[] {trimmed(text), ""}
                : new String[] {trimmed(text.substring(0, blank)), text.substring(blank + 1)};
    }

    private static Unit unit(String symbol) {
        return switch (symbol) {
            case "" -> Unit.NONE;
            case "m²" -> Unit.SQUARE_METRE;
            case "A", "V", "S", "Ω", "F", "J", "s", "W", "Hz", "m", "C" -> Unit.si(symbol);
            default -> Unit.plain(symbol);
        };
    }

    /** A number without the zeros at the end of its decimals. */
    private static String trimmed(String number) {
        return number.indexOf('.') < 0 ? number : number.replaceFirst("\\.?0+(?=e|$)", "");
    }

    /** What cells of some weights store and carry at the read point. */
    public static Table readings(NamedDevice device, Conditions conditions) {
        double[] weights = weights(device);
        Cells cells = new Cells(device.law(), weights);
        double[] tuned = cells.read(Conditions.ROOM, device.bias());
        double[] now = cells.read(conditions, device.bias());
        int full = weights.length - 1;
        boolean elsewhere = conditions.temperature() != Conditions.ROOM.temperature();
        Table table = Table.titled(
                        "Cells tuned at 25 °C and read at " + degrees(conditions) + ", " + point(device.bias()))
                .number("weight");
        List<StatePlane> planes = device.law().planes();
        List<StatePlane> shown = planes.subList(0, planes.size() <= MOST_PLANES ? planes.size() : 1);
        for (StatePlane plane : shown) {
            table = table.number(plane.name());
        }
        table = table.number("current at 25 °C");
        if (elsewhere) {
            table = table.number("current");
        }
        table = table.number("current over that of weight 1");
        for (int k = 0; k < weights.length; k++) {
            List<String> row = new ArrayList<>();
            row.add(trimmed(Unit.NONE.format(weights[k])));
            for (StatePlane plane : shown) {
                row.add(unit(plane.unit()).format(cells.state().plane(plane.name()).data[k], 4));
            }
            row.add(Unit.AMPERE.format(tuned[k], 4));
            if (elsewhere) {
                row.add(Unit.AMPERE.format(now[k], 4));
            }
            row.add(Unit.NONE.format(now[k] / now[full], 4));
            table = table.row(row.toArray(String[]::new));
        }
        return table;
    }

    /**
     * The page.
     *
     * @param conditions when the cells are read; they were tuned at 25 °C
     */
    public static Page of(NamedDevice device, Conditions conditions) {
        Page page = Page.titled(device.name())
                .subtitle(device.description() + "; plots at " + degrees(conditions))
                .section("Current")
                .chart(currentAgainstVoltage(device, conditions));
        page = page.chart(
                device.bias() instanceof Bias.Gates gates
                        ? currentAgainstGate(device, gates, conditions)
                        : weightAgainstTemperature(device));
        page = page.section(device.bias() instanceof Bias.Gates ? "Error and temperature" : "Error")
                .chart(errorAgainstCurrent(device, conditions));
        if (device.bias() instanceof Bias.Gates) {
            page = page.chart(weightAgainstTemperature(device));
        }
        return page.table(readings(device, conditions))
                .section("Datasheet")
                .table(datasheet(device))
                .provenance(provenance(device, conditions));
    }

    private static Map<String, String> provenance(NamedDevice device, Conditions conditions) {
        Map<String, String> facts = new LinkedHashMap<>();
        String version = DevicePage.class.getPackage().getImplementationVersion();
        facts.put("program", "vmm " + (version == null ? "(not built as a jar)" : version));
        facts.put("device", device.name());
        facts.put("tuned at", degrees(Conditions.ROOM));
        facts.put("read at", degrees(conditions));
        facts.put("read point", point(device.bias()));
        return facts;
    }

    private static String degrees(Conditions conditions) {
        return String.format(
                Locale.ROOT,
                "%s (%s °C)",
                Unit.plain("K").format(conditions.temperature(), 5),
                Unit.NONE.format(conditions.temperature() - KELVIN, 3));
    }

    private static String point(Bias bias) {
        if (bias instanceof Bias.Gates gates) {
            return "gate " + Unit.VOLT.format(gates.gate()) + ", drain " + Unit.VOLT.format(gates.column());
        }
        return "row " + Unit.VOLT.format(bias.row()) + ", column " + Unit.VOLT.format(bias.column());
    }

    private static double[] weights(NamedDevice device) {
        return device.weights().stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static String weight(double weight) {
        return "weight " + trimmed(Unit.NONE.format(weight));
    }

    /** Whether the currents of some weights are against those of others; they have no logarithm then. */
    private static boolean signed(NamedDevice device) {
        double[] at = new Cells(device.law(), weights(device))
                .currents(
                        Conditions.ROOM,
                        device.bias().gate(),
                        device.bias().row(),
                        device.bias().column());
        return Arrays.stream(at).min().orElse(0) * Arrays.stream(at).max().orElse(0) < 0;
    }

    private static double[] sweep(double from, double to) {
        return IntStream.range(0, POINTS)
                .mapToDouble(k -> from + (to - from) * k / (POINTS - 1))
                .toArray();
    }

    /** What can stand on a logarithmic axis; gaps otherwise. */
    private static double shown(double value, boolean logarithmic) {
        return Double.isFinite(value) && (!logarithmic || value > 0) ? value : Double.NaN;
    }

    private static List<Curve> curves(NamedDevice device, double[] x, double[][] y) {
        double[][] same = new double[y.length][];
        Arrays.fill(same, x);
        return curves(device, same, y);
    }

    private static List<Curve> curves(NamedDevice device, double[][] x, double[][] y) {
        List<Curve> curves = new ArrayList<>();
        double[] weights = weights(device);
        for (int k = 0; k < weights.length; k++) {
            curves.add(Curve.of(weight(weights[k]), x[k], y[k]));
        }
        return curves;
    }

    private static Chart currentAgainstVoltage(NamedDevice device, Conditions conditions) {
        Bias bias = device.bias();
        boolean gates = bias instanceof Bias.Gates;
        boolean logarithmic = gates && !signed(device);
        Cells cells = new Cells(device.law(), weights(device));
        double[] voltage =
                bias instanceof Bias.Lines lines ? sweep(lines.low(), lines.high()) : sweep(0, 1.5 * bias.column());
        double[][] current = new double[device.weights().size()][voltage.length];
        for (int p = 0; p < voltage.length; p++) {
            double[] i = gates
                    ? cells.currents(conditions, bias.gate(), 0, voltage[p])
                    : cells.currents(conditions, bias.gate(), voltage[p], bias.column());
            for (int k = 0; k < i.length; k++) {
                current[k][p] = shown(gates ? -i[k] : i[k], logarithmic);
            }
        }
        Axis y = Axis.of("current", Unit.AMPERE);
        return Chart.lines(
                        gates ? "Current against drain voltage" : "Current against voltage",
                        Axis.of(gates ? "drain voltage" : "row voltage", Unit.VOLT),
                        logarithmic ? y.log() : y,
                        curves(device, voltage, current))
                .caption(
                        gates
                                ? "Gate at " + Unit.VOLT.format(bias.gate()) + ", source at 0 V."
                                : "From row to column; column at " + Unit.VOLT.format(bias.column()) + ".");
    }

    private static Chart currentAgainstGate(NamedDevice device, Bias.Gates bias, Conditions conditions) {
        boolean logarithmic = !signed(device);
        Axis y = Axis.of("current", Unit.AMPERE);
        Cells cells = new Cells(device.law(), weights(device));
        double[] gate = sweep(bias.low(), bias.high());
        double[][] current = new double[device.weights().size()][gate.length];
        for (int p = 0; p < gate.length; p++) {
            double[] i = cells.currents(conditions, gate[p], 0, bias.column());
            for (int k = 0; k < i.length; k++) {
                current[k][p] = shown(-i[k], logarithmic);
            }
        }
        return Chart.lines(
                        "Current against gate voltage",
                        Axis.of("gate voltage", Unit.VOLT),
                        logarithmic ? y.log() : y,
                        curves(device, gate, current))
                .caption("Drain at " + Unit.VOLT.format(bias.column()) + ", source at 0 V.");
    }

    private static Chart errorAgainstCurrent(NamedDevice device, Conditions conditions) {
        if (device.bias() instanceof Bias.Lines lines) {
            return proportionality(device, lines, conditions);
        }
        Bias.Gates gates = (Bias.Gates) device.bias();
        if (signed(device)) {
            return signedError(device, conditions);
        }
        return gates.swing() > 0 ? swing(device, gates, conditions) : ratio(device, gates, conditions);
    }

    /** How far currents are from proportional to the voltage, which is 0 at the read point. */
    private static Chart proportionality(NamedDevice device, Bias.Lines bias, Conditions conditions) {
        Cells cells = new Cells(device.law(), weights(device));
        double read = bias.row() - bias.column();
        double[] voltage = sweep(read / 20, bias.row() > 0 ? bias.high() - bias.column() : bias.low() - bias.column());
        double[] at = cells.currents(conditions, 0, bias.row(), bias.column());
        int count = at.length;
        double[][] x = new double[count][voltage.length];
        double[][] error = new double[count][voltage.length];
        for (int p = 0; p < voltage.length; p++) {
            double[] i = cells.currents(conditions, 0, bias.column() + voltage[p], bias.column());
            for (int k = 0; k < count; k++) {
                x[k][p] = shown(Math.abs(i[k]), true);
                error[k][p] = shown(i[k] / voltage[p] / (at[k] / read) - 1, false);
            }
        }
        return Chart.lines(
                        "Linearity error against current",
                        Axis.of("current", Unit.AMPERE).log(),
                        Axis.of("error", Unit.PERCENT),
                        curves(device, x, error))
                .caption("Current over voltage, relative to what it is at the read voltage of " + Unit.VOLT.format(read)
                        + ".");
    }

    /** How far the ratio to the cell of weight 1, which carries the input, moves with the input. */
    private static Chart ratio(NamedDevice device, Bias.Gates bias, Conditions conditions) {
        Cells cells = new Cells(device.law(), weights(device));
        double[] at = cells.currents(conditions, bias.gate(), 0, bias.column());
        int full = at.length - 1;
        double[] gate = sweep(bias.low(), bias.high());
        double[] input = new double[gate.length];
        double[][] error = new double[at.length][gate.length];
        for (int p = 0; p < gate.length; p++) {
            double[] i = cells.currents(conditions, gate[p], 0, bias.column());
            input[p] = shown(-i[full], true);
            for (int k = 0; k < i.length; k++) {
                error[k][p] = shown(i[k] / i[full] / (at[k] / at[full]) - 1, false);
            }
        }
        return Chart.lines(
                        "Weight error against input current",
                        Axis.of("current of weight 1", Unit.AMPERE).log(),
                        Axis.of("error of the weight", Unit.PERCENT),
                        curves(device, input, error))
                .caption("Ratio to the current of weight 1, relative to what it is at the read point, where that is "
                        + Unit.AMPERE.format(-at[full]) + ".");
    }

    /** How far signed weights are from what they were tuned to, over the current of weight 1. */
    private static Chart signedError(NamedDevice device, Conditions conditions) {
        double[] weights = sweep(0, 1);
        Cells cells = new Cells(device.law(), weights);
        double[] at = cells.read(conditions, device.bias());
        double full = at[at.length - 1];
        double[] error = new double[at.length];
        for (int k = 0; k < at.length; k++) {
            error[k] = shown(at[k] / full - (2 * weights[k] - 1), false);
        }
        return Chart.lines(
                        "Weight error against current",
                        Axis.of("current", Unit.AMPERE),
                        Axis.of("error of the weight", Unit.PERCENT),
                        List.of(Curve.of("all weights", at, error)))
                .caption("Current over that of weight 1, less the signed weight that was tuned at 25 °C.");
    }

    /** What the drain's swing does to the current. */
    private static Chart swing(NamedDevice device, Bias.Gates bias, Conditions conditions) {
        double[] weights = IntStream.range(0, POINTS)
                .mapToDouble(k -> Math.pow(10, -3.0 * (POINTS - 1 - k) / (POINTS - 1)))
                .toArray();
        Cells cells = new Cells(device.law(), weights);
        double[] high = cells.currents(conditions, bias.gate(), 0, bias.column());
        double[] low = cells.currents(conditions, bias.gate(), 0, bias.column() - bias.swing());
        double[] x = new double[weights.length];
        double[] error = new double[weights.length];
        for (int k = 0; k < weights.length; k++) {
            x[k] = shown(-high[k], true);
            error[k] = shown(1 - low[k] / high[k], false);
        }
        return Chart.lines(
                        "Error over the drain's swing against current",
                        Axis.of("current", Unit.AMPERE).log(),
                        Axis.of("loss of current", Unit.PERCENT),
                        List.of(Curve.of("all weights", x, error)))
                .caption("Current lost while the drain falls from " + Unit.VOLT.format(bias.column()) + " by "
                        + Unit.VOLT.format(bias.swing()) + ".");
    }

    private static Chart weightAgainstTemperature(NamedDevice device) {
        Cells cells = new Cells(device.law(), weights(device));
        double[] celsius = new double[POINTS];
        double[][] ratio = new double[device.weights().size()][POINTS];
        double[] kelvin = sweep(COLDEST, HOTTEST);
        boolean logarithmic = device.bias() instanceof Bias.Gates && !signed(device);
        for (int p = 0; p < POINTS; p++) {
            celsius[p] = kelvin[p] - KELVIN;
            double[] i = cells.read(Conditions.ROOM.atTemperature(kelvin[p]), device.bias());
            for (int k = 0; k < i.length; k++) {
                ratio[k][p] = shown(i[k] / i[i.length - 1], logarithmic);
            }
        }
        Axis y = Axis.of("current over that of weight 1", Unit.NONE);
        return Chart.lines(
                        "Weight against temperature",
                        Axis.of("temperature", Unit.plain("°C")),
                        logarithmic ? y.log() : y,
                        curves(device, celsius, ratio))
                .caption("Cells tuned at 25 °C, read at the read point.");
    }
}
