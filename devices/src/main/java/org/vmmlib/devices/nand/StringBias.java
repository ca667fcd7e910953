package org.vmmlib.devices.nand;

/**
 * What all strings of an array have in common at one temperature. Voltages are over U_t, currents over the specific
 * current of a cell, and a transistor of specific current {@code I_spec / r} has the ratio r: with p = V_P/U_t and y
 * the voltages of its ends, it carries {@code (i(p − y_source) − i(p − y_drain)) / r}. See {@link NandString}.
 *
 * @param thermalVoltage U_t, volts
 * @param temperature kelvin
 * @param specificCurrent of a cell at this temperature, amperes
 * @param gateSlope κ/U_t, 1/V
 * @param coupling κσ
 * @param readBase p of the selected cell if its threshold were 0
 * @param passBase p of a pass cell if its threshold were 0
 * @param selectBase p of a select transistor at a gate voltage of 0
 * @param sourceSelectPinch p of the source-select transistor
 * @param selectRatio specific current of a cell over that of a select transistor
 * @param selectThreshold of the select transistors at this temperature, volts
 * @param series whether pass cells and select transistors have a resistance
 * @param background whether the thresholds of pass cells count, else all are erased
 * @param erased threshold of an erased cell at the nominal temperature, volts
 * @param cellByCell whether pass cells are kept apart
 * @param upperPotential channel potential that a merged chain above the cell is matched at, over U_t
 */
record StringBias(
        double thermalVoltage,
        double temperature,
        double specificCurrent,
        double gateSlope,
        double coupling,
        double readBase,
        double passBase,
        double selectBase,
        double sourceSelectPinch,
        double selectRatio,
        double selectThreshold,
        boolean series,
        boolean background,
        double erased,
        boolean cellByCell,
        double upperPotential) {

    /** p of the selected cell. */
    double selectedPinch(double threshold) {
        return readBase - gateSlope * threshold;
    }

    /** p of a pass cell. */
    double passPinch(double threshold) {
        return passBase - gateSlope * (background ? threshold : erased);
    }

    /** p of the bit-select transistor. */
    double bitSelectPinch(double gate) {
        return selectBase + gateSlope * gate;
    }

    /** What an ideal bit-select transistor does at a gate voltage. */
    boolean isOpen(double gate) {
        return gate <= selectThreshold;
    }

    /** What DIBL adds to p of the selected cell, from its drain-source voltage over U_t. */
    double lowering(double across) {
        return coupling == 0 ? 0 : coupling * (across * across / (Math.sqrt(across * across + 1) + 1));
    }
}
