package org.vmmlib.core.macro;

import org.vmmlib.core.crossbar.Lines;

/** The wires of an array of any size: what a technology gives, before the layout says how large the arrays are. */
@FunctionalInterface
public interface Wires {

    /** The wires of an N×M array. */
    Lines of(int rows, int columns);

    /** Wires without resistance. */
    static Wires ideal() {
        return Lines::ideal;
    }

    /**
     * Wires of one metal: rows driven at the left, columns sensed at the bottom.
     *
     * @param rowResistance of a segment, ohms
     * @param columnResistance of a segment, ohms
     * @param sourceResistance of a driver, ohms
     */
    static Wires resistive(double rowResistance, double columnResistance, double sourceResistance) {
        return (rows, columns) -> Lines.builder(rows, columns)
                .rowResistance(rowResistance)
                .columnResistance(columnResistance)
                .sourceResistance(sourceResistance)
                .build();
    }
}
