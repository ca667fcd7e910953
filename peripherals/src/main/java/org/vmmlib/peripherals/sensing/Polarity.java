package org.vmmlib.peripherals.sensing;

/** Which way the signal current flows through a sense amplifier's input. */
public enum Polarity {
    /** Takes the current that a source-driven array gives: an NMOS input, which rises as it takes more. */
    SINK(1),
    /** Gives the current that a gate-driven array draws: a PMOS input, which falls as it gives more. */
    SOURCE(-1);

    private final int rise;

    Polarity(int rise) {
        this.rise = rise;
    }

    /** Voltage, 0 or above, that the input current falls through within the amplifier; what lies across the array is not. */
    double fall(double supply, double columnVoltage) {
        return Math.max(0, this == SOURCE ? supply - columnVoltage : columnVoltage);
    }

    /** Sign by which more signal current moves a column that gives way: +1 or −1. */
    public int rise() {
        return rise;
    }
}
