package org.vmmlib.core.block;

import java.util.ArrayList;
import java.util.List;

/**
 * A block's parameters for a person to read.
 *
 * @param title what the block is
 * @param entries parameters in the order to print
 */
public record Datasheet(String title, List<Entry> entries) {

    /** Copies the list. */
    public Datasheet {
        entries = List.copyOf(entries);
    }

    /**
     * One line of the sheet.
     *
     * @param parameter name
     * @param value in the SI unit given
     * @param unit SI unit, empty for a pure number
     * @param source where the value comes from: a paper, "chosen", "user"
     */
    public record Entry(String parameter, double value, String unit, String source) {}

    /** Starts a sheet. */
    public static Builder of(String title) {
        return new Builder(title);
    }

    /** Collects entries. */
    public static final class Builder {
        private final String title;
        private final List<Entry> entries = new ArrayList<>();

        private Builder(String title) {
            this.title = title;
        }

        /** Adds a line. */
        public Builder add(String parameter, double value, String unit, String source) {
            entries.add(new Entry(parameter, value, unit, source));
            return this;
        }

        /** The finished sheet. */
        public Datasheet build() {
            return new Datasheet(title, entries);
        }
    }
}
