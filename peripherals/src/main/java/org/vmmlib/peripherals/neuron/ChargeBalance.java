package org.vmmlib.peripherals.neuron;

/**
 * Where the charge went that a neuron was given, in coulombs.
 *
 * @param received time integral of the input current
 * @param removed what resets took from the membrane, C (v before − v after) each, overshoot included; charge on the
 *     summing node's own capacitance counts with it. After a reset v is V_rst, but for the reset's noise.
 * @param shunted input charge that found the membrane held at rest after a reset, or clamped at its lowest voltage
 * @param held what is on the membrane at the end
 */
public record ChargeBalance(double received, double removed, double shunted, double held) {

    /** What has leaked away: the rest. */
    public double leaked() {
        return received - removed - shunted - held;
    }
}
