package org.vmmlib.core.crossbar;

/** How the input reaches the cells. */
public enum Topology {
    /** The row line carries the input voltage; the cell current depends on row and column voltage. */
    SOURCE_DRIVEN,
    /**
     * The input works on the cells' gates along the row; the row line is the source line, tied to its terminal through
     * its own segments. The input changes the matrix itself, so superposition over inputs does not hold.
     */
    GATE_DRIVEN
}
