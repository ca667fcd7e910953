package org.vmmlib.core.signal;

/** What an encoder puts on a row. */
public enum DriveKind {
    /** A voltage, in volts, on the row line of a source-driven array. */
    ROW_VOLTAGE,
    /** A voltage, in volts, on the row's gate line; negative infinity is the ideal off state. */
    GATE_VOLTAGE,
    /** A current, in amperes, that a {@link org.vmmlib.core.crossbar.RowPort} turns into a gate voltage. */
    INPUT_CURRENT
}
