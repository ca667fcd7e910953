package org.vmmlib.core.signal;

import org.ejml.data.DMatrixRMaj;

/**
 * A batch of analog levels.
 *
 * @param values vectors × channels, in the unit of the quantity; not copied, not to be modified
 * @param quantity what the levels are
 */
public record Levels(DMatrixRMaj values, Quantity quantity) implements Signal {

    /** Physical quantity of a level. */
    public enum Quantity {
        /** Amperes. */
        CURRENT,
        /** Volts. */
        VOLTAGE,
        /** Coulombs. */
        CHARGE,
        /** Seconds: lengths of pulses. */
        TIME
    }

    @Override
    public int vectors() {
        return values.numRows;
    }

    @Override
    public int channels() {
        return values.numCols;
    }
}
