package org.vmmlib.core.physics;

import org.vmmlib.core.check.Require;

/**
 * What the surroundings are when something is programmed or read.
 *
 * @param temperature in kelvin, above 0
 * @param age time since programming, in seconds, 0 or above
 */
public record Conditions(double temperature, double age) {

    /** 25 °C (298.15 K), just programmed. */
    public static final Conditions ROOM = new Conditions(298.15, 0);

    /** Checks the ranges. */
    public Conditions {
        Require.positive("temperature", temperature);
        Require.nonNegative("age", age);
    }

    /** The same age, another temperature in kelvin. */
    public Conditions atTemperature(double kelvin) {
        return new Conditions(kelvin, age);
    }

    /** The same temperature, another time since programming in seconds. */
    public Conditions atAge(double seconds) {
        return new Conditions(temperature, seconds);
    }

    /** kT/q, in volts: 25.69 mV at 25 °C. */
    public double thermalVoltage() {
        return Constants.BOLTZMANN * temperature / Constants.ELEMENTARY_CHARGE;
    }
}
