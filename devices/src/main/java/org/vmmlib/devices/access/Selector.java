package org.vmmlib.devices.access;

import org.vmmlib.core.check.Require;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.physics.Constants;

/**
 * A bidirectional exponential selector, {@code I = I_0 sinh(V/V_0)}: {@code V_0 ln 10} per decade of current where it is
 * on, a conductance I_0/V_0 where it is off.
 *
 * @param scaleCurrent I_0 at 25 °C, amperes, above 0
 * @param scaleVoltage V_0, volts, above 0
 * @param activationEnergy of I_0, electronvolts, 0 or above: {@code I_0 ∝ exp(−E_A/kT)}
 * @param source where the values come from
 */
public record Selector(double scaleCurrent, double scaleVoltage, double activationEnergy, String source) {

    /** Checks the ranges. */
    public Selector {
        Require.positive("scaleCurrent", scaleCurrent);
        Require.positive("scaleVoltage", scaleVoltage);
        Require.nonNegative("activationEnergy", activationEnergy);
    }

    /** I_0 under conditions, amperes. */
    public double scaleCurrent(Conditions conditions) {
        double perKelvin = activationEnergy * Constants.ELEMENTARY_CHARGE / Constants.BOLTZMANN;
        return scaleCurrent * Math.exp(perKelvin * (1 / Conditions.ROOM.temperature() - 1 / conditions.temperature()));
    }
}
