package org.vmmlib.peripherals.converter;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.vmmlib.core.block.Block;
import org.vmmlib.core.block.Datasheet;
import org.vmmlib.core.block.Imperfection;
import org.vmmlib.core.check.Require;
import org.vmmlib.core.macro.Activation;
import org.vmmlib.core.signal.Levels;

/**
 * The parameters of a converter: each with value, unit and source, and which of them are imperfections. Immutable: each
 * method that changes something returns new parameters.
 */
final class ConverterParameters {

    static final String FULL_SCALE = "full scale";
    static final String INPUT_BIAS = "input bias";
    private static final String BITS = "bits";
    private static final String IDEAL = "ideal by default";

    /**
     * @param id of the imperfection
     * @param description one line for a person
     * @param parameters which are 0 where the imperfection is absent
     */
    private record Flaw(String id, String description, List<String> parameters) {}

    private final String kind;
    private final Activation activation;
    private final Levels.Quantity input;
    private final Map<String, Datasheet.Entry> entries;
    private final List<Flaw> flaws;
    private final String source;

    private ConverterParameters(
            String kind,
            Activation activation,
            Levels.Quantity input,
            Map<String, Datasheet.Entry> entries,
            List<Flaw> flaws,
            String source) {
        this.kind = kind;
        this.activation = activation;
        this.input = input;
        this.entries = entries;
        this.flaws = flaws;
        this.source = source;
    }

    /**
     * What every converter has.
     *
     * @param kind name of the circuit
     * @param most largest word length there is
     */
    static ConverterParameters of(
            String kind, int bits, int most, Activation activation, Levels.Quantity input, double fullScale) {
        Require.within("bits", bits, 1, most);
        Require.positive("fullScale", fullScale);
        return new ConverterParameters(kind, activation, input, Map.of(), List.of(), "user")
                .known(BITS, bits, "", "user")
                .known(FULL_SCALE, fullScale, unit(input), "user")
                .known(INPUT_BIAS, 0, unit(input), "default");
    }

    /** Sign of the unit of a quantity. */
    static String unit(Levels.Quantity quantity) {
        return switch (quantity) {
            case CURRENT -> "A";
            case VOLTAGE -> "V";
            case CHARGE -> "C";
            case TIME -> "s";
        };
    }

    /** Refuses a function whose thresholds are not equally spaced, for circuits that cannot have such. */
    static Activation uniform(String kind, Activation activation) {
        if (!activation.uniform()) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "activation = %s: the steps of a %s are equal; use LINEAR, RELU or BOUNDED_RELU, a cyclic, ramp or "
                            + "flash ADC, or an activation table behind it",
                    activation,
                    kind));
        }
        return activation;
    }

    /** Adds a parameter with its source. */
    ConverterParameters known(String name, double value, String unit, String from) {
        Map<String, Datasheet.Entry> more = new LinkedHashMap<>(entries);
        more.put(name, new Datasheet.Entry(name, value, unit, from));
        return new ConverterParameters(kind, activation, input, more, flaws, source);
    }

    /** Adds a parameter whose value is chosen. */
    ConverterParameters chosen(String name, double value, String unit) {
        return known(name, value, unit, "chosen");
    }

    /** Adds a parameter that is an imperfection, or one more parameter of the last imperfection of the same id; 0. */
    ConverterParameters flaw(String id, String description, String name, String unit) {
        List<Flaw> more = new ArrayList<>(flaws);
        List<String> names = new ArrayList<>();
        if (!more.isEmpty() && more.get(more.size() - 1).id.equals(id)) {
            names.addAll(more.remove(more.size() - 1).parameters);
        }
        names.add(name);
        more.add(new Flaw(id, description, List.copyOf(names)));
        return new ConverterParameters(kind, activation, input, entries, more, source).known(name, 0, unit, IDEAL);
    }

    /** Names the source of the values set from here on. */
    ConverterParameters from(String text) {
        return new ConverterParameters(kind, activation, input, entries, flaws, text);
    }

    /** Sets a parameter. */
    ConverterParameters with(String name, double value) {
        return known(name, value, entry(name).unit(), source);
    }

    private Datasheet.Entry entry(String name) {
        Datasheet.Entry entry = entries.get(name);
        if (entry == null) {
            throw new IllegalStateException("no parameter " + name);
        }
        return entry;
    }

    double value(String name) {
        return entry(name).value();
    }

    int count(String name) {
        return (int) value(name);
    }

    /** Sign of the unit of the input. */
    String inputUnit() {
        return unit(input);
    }

    int bits() {
        return count(BITS);
    }

    Activation activation() {
        return activation;
    }

    Levels.Quantity input() {
        return input;
    }

    double fullScale() {
        return value(FULL_SCALE);
    }

    double inputBias() {
        return value(INPUT_BIAS);
    }

    /** Width of a code, where they are equal: full scale, or twice that for bipolar inputs, over 2^bits. */
    double step() {
        return (activation == Activation.LINEAR ? 2 : 1) * fullScale() / (1 << bits());
    }

    List<Imperfection> imperfections() {
        return flaws.stream()
                .filter(this::has)
                .map(flaw -> new Imperfection(flaw.id, flaw.description))
                .toList();
    }

    private boolean has(Flaw flaw) {
        return flaw.parameters.stream().anyMatch(name -> value(name) != 0);
    }

    /** Sets the parameters of an imperfection to 0. */
    ConverterParameters without(Block block, String imperfection) {
        Flaw gone = flaws.stream()
                .filter(flaw -> flaw.id.equals(imperfection) && has(flaw))
                .findFirst()
                .orElseThrow(() -> Block.unknown(block, imperfection));
        ConverterParameters less = from("made ideal");
        for (String name : gone.parameters) {
            less = less.with(name, 0);
        }
        return less.from(source);
    }

    Datasheet datasheet() {
        String function = activation.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return new Datasheet(kind + " (" + function + ")", List.copyOf(entries.values()));
    }
}
