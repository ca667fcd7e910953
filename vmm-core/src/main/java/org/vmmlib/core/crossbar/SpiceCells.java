package org.vmmlib.core.crossbar;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** The cells of one array as elements of an ngspice netlist. */
@FunctionalInterface
public interface SpiceCells {

    /**
     * The elements of one cell, whose current from row to column node is the same function of the node voltages as that
     * of {@link ArrayCells}, to 1e-11 or better.
     *
     * @param row word line
     * @param column bit line
     * @param at what to connect them to
     * @return lines of the netlist, each with its line feed, of which the first is a resistor or behavioural source with
     *     the current of the cell, from row to column; empty if the cell carries no current at any voltage
     */
    String elements(int row, int column, Pins at);

    /**
     * A number for the expression of a behavioural source. ngspice rounds numbers there to 11 significant digits (as
     * measured with version 39; not so the values of resistors and voltage sources), so this is a sum of two, in
     * brackets, that is the double to its last place.
     *
     * @throws NumberFormatException if the number is not finite
     */
    static String constant(double number) {
        BigDecimal exact = new BigDecimal(number);
        BigDecimal high = exact.round(new MathContext(11));
        BigDecimal low = exact.subtract(high).round(new MathContext(11));
        return low.signum() == 0
                ? String.format(Locale.ROOT, "(%.10e)", high)
                : String.format(Locale.ROOT, "(%.10e%+.10e)", high, low);
    }

    /**
     * The nodes around a cell.
     *
     * @param name such as {@code 3_7}: names of elements and of internal nodes, which must differ from cell to cell, end
     *     in it, and begin in {@code c} after the letter of an element's type, or for a node
     * @param row node of the word line
     * @param column node of the bit line
     * @param gate node of the row's gate; ground in source-driven arrays
     */
    record Pins(String name, String row, String column, String gate) {}
}
