package org.vmmlib.devices.programming;

/** What the lines of the cells that are not selected are held at while one cell is written with V. */
public enum BiasScheme {
    /** At V/2: half-selected cells see V/2, the others nothing. */
    HALF("V/2", 1 / 2.0, 1 / 2.0),
    /** Rows at V/3, columns at 2V/3: every other cell sees V/3, those in neither line of the selected one −V/3. */
    THIRD("V/3", 1 / 3.0, 2 / 3.0),
    /** Not at all: the lines float, and take the voltages that the sneak currents give them. */
    FLOATING("floating lines", 0, 0);

    private final String title;
    private final double row;
    private final double column;

    BiasScheme(String title, double row, double column) {
        this.title = title;
        this.row = row;
        this.column = column;
    }

    /** Its usual name. */
    public String title() {
        return title;
    }

    /** Voltage of the other rows over that of the selected one. */
    double row() {
        return row;
    }

    /** Voltage of the other columns over that of the selected row. */
    double column() {
        return column;
    }
}
