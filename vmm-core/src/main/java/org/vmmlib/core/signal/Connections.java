package org.vmmlib.core.signal;

import java.util.BitSet;
import org.vmmlib.core.check.Require;

/**
 * Which lines of a side are connected to their terminal and which float. A grounded line is a connected one whose
 * terminal is at 0 V.
 */
public final class Connections {

    private final int lines;
    private final BitSet floating;

    private Connections(int lines, BitSet floating) {
        this.lines = lines;
        this.floating = floating;
    }

    /** Every line is connected. */
    public static Connections all(int lines) {
        return new Connections(Require.within("lines", lines, 1, Integer.MAX_VALUE), new BitSet());
    }

    /** These with one more line floating. */
    public Connections floating(int line) {
        Require.within("line", line, 0, lines - 1);
        BitSet more = (BitSet) floating.clone();
        more.set(line);
        return new Connections(lines, more);
    }

    /** Number of lines. */
    public int lines() {
        return lines;
    }

    /** Whether the line floats. */
    public boolean isFloating(int line) {
        return floating.get(line);
    }

    /** Whether no line floats. */
    public boolean allConnected() {
        return floating.isEmpty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Connections that && lines == that.lines && floating.equals(that.floating);
    }

    @Override
    public int hashCode() {
        return 31 * lines + floating.hashCode();
    }
}
