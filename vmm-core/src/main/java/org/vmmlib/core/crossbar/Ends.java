package org.vmmlib.core.crossbar;

/** At which ends the lines of a side have their terminal. */
public enum Ends {
    /** Before the first cell: left of a row, top of a column. */
    FIRST,
    /** After the last cell: right of a row, bottom of a column. */
    LAST,
    /** Both; the two terminals have the same voltage, and their currents add. */
    BOTH;

    /** Whether the first end has a terminal. */
    public boolean first() {
        return this != LAST;
    }

    /** Whether the last end has a terminal. */
    public boolean last() {
        return this != FIRST;
    }
}
