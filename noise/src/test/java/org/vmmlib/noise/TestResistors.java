package org.vmmlib.noise;

import org.vmmlib.core.crossbar.AgingLaw;
import org.vmmlib.core.crossbar.CellLaw;

/** The test resistors, for tests of the rooms of this module. */
public final class TestResistors {

    private TestResistors() {}

    /** Linear resistors from 0 to 1 mS that state nothing. */
    public static CellLaw law() {
        return new Resistors();
    }

    /** Those that state their errors and drift. */
    public static AgingLaw stated() {
        return new StatedResistors();
    }
}
