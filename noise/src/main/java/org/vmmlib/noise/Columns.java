package org.vmmlib.noise;

import org.vmmlib.core.macro.Effect;

/** What the columns of a read are held at. */
final class Columns {

    private Columns() {}

    /** The voltage of all columns, or that at rest where they differ, volts. */
    static double voltage(Effect.Read read) {
        double[] volts = read.excitation().columnVoltages().data;
        int count = read.excitation().columnVoltages().getNumElements();
        for (int k = 1; k < count; k++) {
            if (volts[k] != volts[0]) {
                return read.columnVoltage();
            }
        }
        return count == 0 ? read.columnVoltage() : volts[0];
    }
}
