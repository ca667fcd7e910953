package org.vmmlib.core.physics;

import org.vmmlib.core.check.Require;

/** White current noise of a conductor, one-sided densities in A²/Hz. */
public final class WhiteNoise {

    private WhiteNoise() {}

    /**
     * Thermal noise of a resistor, 4kTg (Nyquist 1928, doi:10.1103/PhysRev.32.110).
     *
     * @param conductance siemens, 0 or above
     * @param temperature kelvin
     */
    public static double thermal(double conductance, double temperature) {
        return 4 * Constants.BOLTZMANN * temperature * conductance;
    }

    /**
     * What a switch with resistance leaves on a capacitor, √(kT/C): the thermal noise of the resistance in its own bandwidth
     * 1/(4RC), whatever the resistance.
     *
     * @param capacitance farads, above 0
     * @param temperature kelvin, above 0
     * @return RMS, volts
     * @throws IllegalArgumentException if either is out of range
     */
    public static double sampled(double capacitance, double temperature) {
        return Math.sqrt(Constants.BOLTZMANN
                * Require.positive("temperature", temperature)
                / Require.positive("capacitance", capacitance));
    }

    /**
     * Shot noise of the two opposite currents over a barrier whose ratio is {@code exp(qV/kT)}:
     * {@code 2qI coth(qV/2kT)}, which is 2qI at a high voltage and the thermal noise 4kTg at zero. It holds for tunnel
     * barriers and for a transistor in weak inversion, where it reads {@code 2q I_sat (1 + exp(−V_DS/U_t))} (Sarpeshkar,
     * Delbrück, Mead, White noise in MOS transistors and resistors, IEEE Circuits Devices Mag. 9(6), 23–29 (1993)).
     *
     * @param chordConductance I/V, siemens, 0 or above; at zero voltage its limit
     * @param voltage V, volts
     * @param temperature kelvin
     */
    public static double barrier(double chordConductance, double voltage, double temperature) {
        double x = Constants.ELEMENTARY_CHARGE * voltage / (2 * Constants.BOLTZMANN * temperature);
        return thermal(chordConductance, temperature) * (x == 0 ? 1 : x / Math.tanh(x));
    }
}
