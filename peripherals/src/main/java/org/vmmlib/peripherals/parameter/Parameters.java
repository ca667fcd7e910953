package org.vmmlib.peripherals.parameter;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.vmmlib.core.block.Block;
import org.vmmlib.core.block.Datasheet;
import org.vmmlib.core.block.Imperfection;

/**
 * The parameters of a block: values by name, in the order of the datasheet, each with unit and source, and which of them
 * are imperfections. Immutable: each method that changes something returns new parameters.
 */
public final class Parameters {

    private static final String USER = "user";

    /** @param ideals by name, the values at which the imperfection is absent */
    private record Flaw(Imperfection imperfection, Map<String, Double> ideals) {}

    private final Map<String, Datasheet.Entry> entries;
    private final List<Flaw> flaws;
    private final String source;

    private Parameters(Map<String, Datasheet.Entry> entries, List<Flaw> flaws, String source) {
        this.entries = entries;
        this.flaws = flaws;
        this.source = source;
    }

    /** No parameters yet. */
    public static Parameters none() {
        return new Parameters(Map.of(), List.of(), USER);
    }

    /** One more parameter, with its own source; or another value, unit and source for one that there is. */
    public Parameters add(String name, double value, String unit, String itsSource) {
        Map<String, Datasheet.Entry> more = new LinkedHashMap<>(entries);
        more.put(name, new Datasheet.Entry(name, value, unit, itsSource));
        return new Parameters(more, flaws, source);
    }

    /** One more parameter, whose value is chosen. */
    public Parameters chosen(String name, double value, String unit) {
        return add(name, value, unit, "chosen");
    }

    /**
     * One more parameter, which is an imperfection where it is not 0, or another one of the imperfection added last if
     * the id is the same. It is 0.
     */
    public Parameters flaw(String id, String description, String name, String unit) {
        return flaw(id, description, name, 0, unit);
    }

    /**
     * One more parameter, which is an imperfection where it is not ideal, or another one of the imperfection added last
     * if the id is the same. It is ideal.
     *
     * @param id of the imperfection
     * @param description of the imperfection, one line for a person
     * @param ideal value, which may be infinite
     */
    public Parameters flaw(String id, String description, String name, double ideal, String unit) {
        List<Flaw> more = new ArrayList<>(flaws);
        Map<String, Double> ideals = new LinkedHashMap<>();
        if (!more.isEmpty() && more.get(more.size() - 1).imperfection.id().equals(id)) {
            ideals.putAll(more.remove(more.size() - 1).ideals);
        }
        ideals.put(name, ideal);
        more.add(new Flaw(new Imperfection(id, description), ideals));
        return new Parameters(entries, more, source).add(name, ideal, unit, "ideal by default");
    }

    /** Names the source of the values set from here on: a paper, "chosen". */
    public Parameters from(String text) {
        return new Parameters(entries, flaws, text);
    }

    /** The source of the values set from here on is the user, as at first. */
    public Parameters fromUser() {
        return from(USER);
    }

    /**
     * Another value for a parameter that there is.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public Parameters with(String name, double value) {
        return add(name, value, entry(name).unit(), source);
    }

    /** Value of a parameter, in its unit. */
    public double value(String name) {
        return entry(name).value();
    }

    /** Value of a parameter that counts something. */
    public int count(String name) {
        return (int) value(name);
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
        return entries.values().stream()
                .filter(entry -> !Double.isInfinite(entry.value()))
                .toList();
    }

    /** The imperfections that are there, in the order in which they were added. */
    public List<Imperfection> imperfections() {
        return flaws.stream().filter(this::has).map(Flaw::imperfection).toList();
    }

    /** Whether an imperfection is there. */
    public boolean has(String imperfection) {
        return flaws.stream().anyMatch(flaw -> flaw.imperfection.id().equals(imperfection) && has(flaw));
    }

    private boolean has(Flaw flaw) {
        return flaw.ideals.entrySet().stream().anyMatch(ideal -> value(ideal.getKey()) != ideal.getValue());
    }

    /**
     * The parameters of an imperfection made ideal.
     *
     * @param block whose parameters these are
     * @throws IllegalArgumentException if it is not there
     */
    public Parameters without(Block block, String imperfection) {
        if (!has(imperfection)) {
            throw Block.unknown(block, imperfection);
        }
        Parameters less = from("made ideal");
        for (Flaw flaw : flaws) {
            if (flaw.imperfection.id().equals(imperfection)) {
                for (Map.Entry<String, Double> ideal : flaw.ideals.entrySet()) {
                    less = less.with(ideal.getKey(), ideal.getValue());
                }
            }
        }
        return less.from(source);
    }
}
