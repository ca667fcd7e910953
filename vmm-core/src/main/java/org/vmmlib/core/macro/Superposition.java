package org.vmmlib.core.macro;

/**
 * Whether the phases of a schedule may become one solve of the time-weighted drive. The charges of the columns are equal
 * where the cells are linear resistors, driven by their row lines, and the readout {@linkplain Readout#superposes() holds
 * its columns at fixed voltages}. In gate-driven arrays the input changes the matrix itself.
 */
public enum Superposition {
    /**
     * Phases become one where nothing at all changes by it: on wires without resistance, without noise drawn for each phase,
     * with drives that do not change sign. The default. (Drivers and readouts are charged for the net charge of a schedule: a
     * current that an input offset turns round in some phases counts with its sign there.)
     */
    WHERE_EXACT,
    /**
     * Phases become one on wires with resistance too, where the charges are exact, and the energy of what the drives deviate
     * from their mean is counted as without that resistance. A macro whose charges would change is refused.
     */
    REQUIRED,
    /** Phases are solved one after the other. */
    NEVER
}
