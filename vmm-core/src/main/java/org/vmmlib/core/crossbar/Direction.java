package org.vmmlib.core.crossbar;

/** Which side of an array is driven and which is sensed. */
public enum Direction {
    /** The product {@code V·G}: rows driven, columns sensed. */
    ROWS_DRIVEN,
    /** The transpose product {@code G·V}: columns driven, rows sensed. */
    COLUMNS_DRIVEN
}
