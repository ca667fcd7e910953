package org.vmmlib.peripherals.parameter;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.vmmlib.core.block.Datasheet;

/**
 * The parameters of a block while a builder collects them: values by name, in the order of the datasheet, each with unit
 * and source. The source is that which {@link #source} named last. Not thread-safe; blocks keep a copy.
 */
public final class Parameters {

    private final Map<String, Datasheet.Entry> entries;
    private String source = "user";

    /** No parameters yet. */
    public Parameters() {
        entries = new LinkedHashMap<>();
    }

    /** A copy; its source is "user" again. */
    public Parameters(Parameters other) {
        entries = new LinkedHashMap<>(other.entries);
    }

    /** Adds a parameter that the block has by default. */
    public Parameters add(String name, double value, String unit, String itsSource) {
        entries.put(name, new Datasheet.Entry(name, value, unit, itsSource));
        return this;
    }

    /** Names the source of what is set from here on. */
    public void source(String text) {
        source = text;
    }

    /** Sets a parameter that there is. */
    public void set(String name, double value) {
        entries.put(name, new Datasheet.Entry(name, value, entry(name).unit(), source));
    }

    /** Value of a parameter, in its unit. */
    public double value(String name) {
        return entry(name).value();
    }

    private Datasheet.Entry entry(String name) {
        Datasheet.Entry entry = entries.get(name);
        if (entry == null) {
            throw new IllegalArgumentException("parameter = " + name + ": there is only " + entries.keySet());
        }
        return entry;
    }

    /** The lines of the datasheet; infinite values are left out. */
    public List<Datasheet.Entry> entries() {
        List<Datasheet.Entry> out = new ArrayList<>();
        for (Datasheet.Entry entry : entries.values()) {
            if (!Double.isInfinite(entry.value())) {
                out.add(entry);
            }
        }
        return out;
    }
}
