package org.vmmlib.studies.converter;

import java.util.Locale;
import java.util.function.IntFunction;
import org.vmmlib.core.macro.Converter;

/** A converter under a name, at any of a range of word lengths. */
public final class NamedConverter {

    private final String name;
    private final String description;
    private final int fewestBits;
    private final int usualBits;
    private final int mostBits;
    private final IntFunction<Converter> design;

    NamedConverter(
            String name,
            String description,
            int fewestBits,
            int usualBits,
            int mostBits,
            IntFunction<Converter> design) {
        this.name = name;
        this.description = description;
        this.fewestBits = fewestBits;
        this.usualBits = usualBits;
        this.mostBits = mostBits;
        this.design = design;
    }

    /** Name by which the command knows it. */
    public String name() {
        return name;
    }

    /** One line for a person. */
    public String description() {
        return description;
    }

    /** Word length unless another is asked for. */
    public int usualBits() {
        return usualBits;
    }

    /** Shortest word. */
    public int fewestBits() {
        return fewestBits;
    }

    /** Longest word. */
    public int mostBits() {
        return mostBits;
    }

    /**
     * The converter.
     *
     * @param bits word length
     * @throws IllegalArgumentException if it cannot have that many
     */
    public Converter design(int bits) {
        if (bits < fewestBits || bits > mostBits) {
            String limit = fewestBits == mostBits
                    ? "must be " + fewestBits
                    : String.format(Locale.ROOT, "must be from %d to %d", fewestBits, mostBits);
            throw new IllegalArgumentException("bits = " + bits + ": " + limit + " for " + name);
        }
        return design.apply(bits);
    }
}
