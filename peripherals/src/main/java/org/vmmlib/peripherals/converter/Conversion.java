package org.vmmlib.peripherals.converter;

import java.util.List;
import java.util.Locale;
import org.vmmlib.core.block.Block;
import org.vmmlib.core.block.Datasheet;
import org.vmmlib.core.block.Imperfection;
import org.vmmlib.core.check.Require;
import org.vmmlib.core.macro.Activation;
import org.vmmlib.core.signal.Levels;
import org.vmmlib.peripherals.parameter.Parameters;

/**
 * What every converter has: word length, function, and the quantity and range of its input; with these, its parameters.
 * Immutable: each method that changes something returns another one.
 */
final class Conversion {

    static final String FULL_SCALE = "full scale";
    static final String INPUT_BIAS = "input bias";
    private static final String BITS = "bits";

    private final String kind;
    private final Activation activation;
    private final Levels.Quantity input;
    private final Parameters parameters;

    private Conversion(String kind, Activation activation, Levels.Quantity input, Parameters parameters) {
        this.kind = kind;
        this.activation = activation;
        this.input = input;
        this.parameters = parameters;
    }

    /**
     * One without other parameters.
     *
     * @param kind name of the circuit
     * @param most largest word length there is
     */
    static Conversion of(
            String kind, int bits, int most, Activation activation, Levels.Quantity input, double fullScale) {
        Require.within("bits", bits, 1, most);
        Require.positive("fullScale", fullScale);
        Parameters parameters = Parameters.none()
                .add(BITS, bits, "", "user")
                .add(FULL_SCALE, fullScale, unit(input), "user")
                .add(INPUT_BIAS, 0, unit(input), "default");
        return new Conversion(kind, activation, input, parameters);
    }

    private Conversion with(Parameters others) {
        return new Conversion(kind, activation, input, others);
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

    /** See {@link Parameters#add}. */
    Conversion add(String name, double value, String unit, String source) {
        return with(parameters.add(name, value, unit, source));
    }

    /** See {@link Parameters#chosen}. */
    Conversion chosen(String name, double value, String unit) {
        return with(parameters.chosen(name, value, unit));
    }

    /** See {@link Parameters#flaw(String, String, String, String)}. */
    Conversion flaw(String id, String description, String name, String unit) {
        return with(parameters.flaw(id, description, name, unit));
    }

    /** See {@link Parameters#from}. */
    Conversion from(String source) {
        return with(parameters.from(source));
    }

    /** See {@link Parameters#with}. */
    Conversion with(String name, double value) {
        return with(parameters.with(name, value));
    }

    /** See {@link Parameters#without}. */
    Conversion without(Block block, String imperfection) {
        return with(parameters.without(block, imperfection));
    }

    double value(String name) {
        return parameters.value(name);
    }

    int count(String name) {
        return parameters.count(name);
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
        return parameters.imperfections();
    }

    Datasheet datasheet() {
        String function = activation.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return new Datasheet(kind + " (" + function + ")", parameters.entries());
    }
}
