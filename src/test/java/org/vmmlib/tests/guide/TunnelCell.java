package org.vmmlib.tests.guide;

import org.vmmlib.core.crossbar.StatePlane;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.devices.custom.TwoTerminalCurrent;
import org.vmmlib.devices.custom.TwoTerminalLaw;

/** A tunnel gap that stores its width: the guide's example of a user's own device. */
final class TunnelCell implements TwoTerminalCurrent {

    @Override
    public void evaluate(
            int count, double[] voltages, double[] states, Conditions conditions, double[] currents, double[] slopes) {
        for (int k = 0; k < count; k++) {
            double scale = 1e-3 * Math.exp(-states[k] / 0.25e-9);
            currents[k] = scale * Math.sinh(voltages[k] / 0.25);
            slopes[k] = scale / 0.25 * Math.cosh(voltages[k] / 0.25);
        }
    }

    static TwoTerminalLaw law() {
        return TwoTerminalLaw.of("tunnel gap", new StatePlane("gap", "m", 0.2e-9, 1.7e-9), new TunnelCell());
    }
}
