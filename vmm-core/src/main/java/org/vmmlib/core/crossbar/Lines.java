package org.vmmlib.core.crossbar;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Locale;
import org.vmmlib.core.check.Require;

/**
 * The wires of an N×M array. There is one segment before the first cell of a line and one after its last, of which only
 * those towards a terminal carry current; the source resistance adds to the segment at a driven terminal, the sense
 * resistance to that at a sensed one. The default is an ideal array: no resistance, rows driven at the left, columns
 * sensed at the bottom.
 *
 * <p>Segment k of a line lies before cell k; segment M of a row (N of a column) lies after its last cell.
 */
public final class Lines {

    private final int rows;
    private final int columns;
    private final double rowResistance;
    private final double columnResistance;
    private final double[] sourceResistance;
    private final double[] senseResistance;
    private final double rowCapacitance;
    private final double columnCapacitance;
    private final Ends rowEnds;
    private final Ends columnEnds;
    private final BitSet openRow;
    private final BitSet openColumn;

    private Lines(Builder b) {
        rows = b.rows;
        columns = b.columns;
        rowResistance = b.rowResistance;
        columnResistance = b.columnResistance;
        sourceResistance = b.sourceResistance.clone();
        senseResistance = b.senseResistance.clone();
        rowCapacitance = b.rowCapacitance;
        columnCapacitance = b.columnCapacitance;
        rowEnds = b.rowEnds;
        columnEnds = b.columnEnds;
        openRow = (BitSet) b.openRow.clone();
        openColumn = (BitSet) b.openColumn.clone();
    }

    /** Wires without resistance. */
    public static Lines ideal(int rows, int columns) {
        return builder(rows, columns).build();
    }

    /** Starts from wires without resistance. */
    public static Builder builder(int rows, int columns) {
        return new Builder(rows, columns);
    }

    /** These wires, to change. */
    public Builder toBuilder() {
        Builder b = new Builder(rows, columns);
        b.rowResistance = rowResistance;
        b.columnResistance = columnResistance;
        b.sourceResistance = sourceResistance.clone();
        b.senseResistance = senseResistance.clone();
        b.rowCapacitance = rowCapacitance;
        b.columnCapacitance = columnCapacitance;
        b.rowEnds = rowEnds;
        b.columnEnds = columnEnds;
        b.openRow = (BitSet) openRow.clone();
        b.openColumn = (BitSet) openColumn.clone();
        return b;
    }

    /** Word lines, N. */
    public int rows() {
        return rows;
    }

    /** Bit lines, M. */
    public int columns() {
        return columns;
    }

    /** Resistance of a row segment, ohms. */
    public double rowResistance() {
        return rowResistance;
    }

    /** Resistance of a column segment, ohms. */
    public double columnResistance() {
        return columnResistance;
    }

    /**
     * Resistance of the driver of a line, ohms.
     *
     * @param line index on the driven side; all lines share one value unless given one by one
     */
    public double sourceResistance(int line) {
        return sourceResistance[sourceResistance.length == 1 ? 0 : line];
    }

    /** Resistance in front of the sense terminal of a line, ohms; see {@link #sourceResistance(int)}. */
    public double senseResistance(int line) {
        return senseResistance[senseResistance.length == 1 ? 0 : line];
    }

    /** Whether source and sense resistances that were given line by line fit the sides that this direction uses. */
    public boolean fits(Direction direction) {
        boolean rowsDriven = direction == Direction.ROWS_DRIVEN;
        return fits(sourceResistance, rowsDriven) && fits(senseResistance, !rowsDriven);
    }

    private boolean fits(double[] ohms, boolean onRows) {
        return ohms.length == 1 || ohms.length == (onRows ? rows : columns);
    }

    /** Capacitance of a row segment to ground, farads. */
    public double rowCapacitance() {
        return rowCapacitance;
    }

    /** Capacitance of a column segment to ground, farads. */
    public double columnCapacitance() {
        return columnCapacitance;
    }

    /** Where rows have their terminal. */
    public Ends rowEnds() {
        return rowEnds;
    }

    /** Where columns have their terminal. */
    public Ends columnEnds() {
        return columnEnds;
    }

    /** Whether segment k (0 … M) of a row is broken. */
    public boolean rowSegmentOpen(int row, int segment) {
        return openRow.get(row * (columns + 1) + segment);
    }

    /** Whether segment k (0 … N) of a column is broken. */
    public boolean columnSegmentOpen(int column, int segment) {
        return openColumn.get(column * (rows + 1) + segment);
    }

    /**
     * Whether the wires drop no voltage at all when used in this direction: no segment, source or sense resistance, no
     * broken segment.
     */
    public boolean ideal() {
        return rowResistance == 0
                && columnResistance == 0
                && openRow.isEmpty()
                && openColumn.isEmpty()
                && Arrays.stream(sourceResistance).allMatch(r -> r == 0)
                && Arrays.stream(senseResistance).allMatch(r -> r == 0);
    }

    /** Collects the parameters of the wires. */
    public static final class Builder {
        private final int rows;
        private final int columns;
        private double rowResistance;
        private double columnResistance;
        private double[] sourceResistance = {0};
        private double[] senseResistance = {0};
        private double rowCapacitance;
        private double columnCapacitance;
        private Ends rowEnds = Ends.FIRST;
        private Ends columnEnds = Ends.LAST;
        private BitSet openRow = new BitSet();
        private BitSet openColumn = new BitSet();

        private Builder(int rows, int columns) {
            this.rows = Require.within("rows", rows, 1, 1 << 20);
            this.columns = Require.within("columns", columns, 1, 1 << 20);
        }

        /** Resistance of a row segment, ohms, 0 or above. */
        public Builder rowResistance(double ohms) {
            rowResistance = Require.nonNegative("rowResistance", ohms);
            return this;
        }

        /** Resistance of a column segment, ohms, 0 or above. */
        public Builder columnResistance(double ohms) {
            columnResistance = Require.nonNegative("columnResistance", ohms);
            return this;
        }

        /** Resistance of the drivers, ohms: one value for all lines, or one for each line of the driven side. */
        public Builder sourceResistance(double... ohms) {
            sourceResistance = series("sourceResistance", ohms);
            return this;
        }

        /** Resistance in front of the sense terminals, ohms: one value, or one for each line of the sensed side. */
        public Builder senseResistance(double... ohms) {
            senseResistance = series("senseResistance", ohms);
            return this;
        }

        private double[] series(String name, double[] ohms) {
            if (ohms.length != 1 && ohms.length != rows && ohms.length != columns) {
                throw new IllegalArgumentException(String.format(
                        Locale.ROOT,
                        "%s has %d values: must be 1, or one for each of %d rows or %d columns",
                        name,
                        ohms.length,
                        rows,
                        columns));
            }
            for (double value : ohms) {
                Require.nonNegative(name, value);
            }
            return ohms.clone();
        }

        /** Capacitance of a row segment to ground, farads, 0 or above. */
        public Builder rowCapacitance(double farads) {
            rowCapacitance = Require.nonNegative("rowCapacitance", farads);
            return this;
        }

        /** Capacitance of a column segment to ground, farads, 0 or above. */
        public Builder columnCapacitance(double farads) {
            columnCapacitance = Require.nonNegative("columnCapacitance", farads);
            return this;
        }

        /** Where rows have their terminal; {@link Ends#FIRST} (left) unless said otherwise. */
        public Builder rowEnds(Ends ends) {
            rowEnds = ends;
            return this;
        }

        /** Where columns have their terminal; {@link Ends#LAST} (bottom) unless said otherwise. */
        public Builder columnEnds(Ends ends) {
            columnEnds = ends;
            return this;
        }

        /** Breaks segment k (0 … M) of a row. */
        public Builder openRowSegment(int row, int segment) {
            Require.within("row", row, 0, rows - 1);
            openRow.set(row * (columns + 1) + Require.within("segment", segment, 0, columns));
            return this;
        }

        /** Breaks segment k (0 … N) of a column. */
        public Builder openColumnSegment(int column, int segment) {
            Require.within("column", column, 0, columns - 1);
            openColumn.set(column * (rows + 1) + Require.within("segment", segment, 0, rows));
            return this;
        }

        /** The finished wires. */
        public Lines build() {
            return new Lines(this);
        }
    }
}
