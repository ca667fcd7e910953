package org.vmmlib.tests.spice;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vmmlib.core.crossbar.CellFaults;
import org.vmmlib.core.crossbar.Crossbar;
import org.vmmlib.core.crossbar.Lines;
import org.vmmlib.core.crossbar.SpiceCells;
import org.vmmlib.core.crossbar.StatePlane;
import org.vmmlib.core.crossbar.solve.Excitation;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.devices.custom.CurrentTable;
import org.vmmlib.devices.custom.TwoTerminalCurrent;
import org.vmmlib.devices.custom.TwoTerminalLaw;

/**
 * A user's own devices on 16×16 arrays against ngspice: a measured table, and a closed form with its own expression.
 */
final class UserDevicesIT {

    private static final double TOLERANCE = 1e-9;

    private static final int N = 16;

    private static Lines lines(double ohms) {
        return Lines.builder(N, N)
                .rowResistance(ohms)
                .columnResistance(2 * ohms)
                .sourceResistance(10 * ohms)
                .senseResistance(5 * ohms)
                .build();
    }

    private static final CellFaults FAULTS =
            CellFaults.none(N, N).open(3, 5).shorted(7, 7).shortConductance(1e-2);

    /** Drives on all pieces of the table, in the last case beyond it. */
    @ParameterizedTest
    @CsvSource({"1, 0, 0.8, false", "2, 1, 0.8, false", "3, 50, 0.8, true", "4, 1, 1.5, false"})
    void measuredTable(long seed, double ohms, double volts, boolean falling) throws IOException, InterruptedException {
        double[] voltages = {-1, -0.6, -0.4, -0.2, -0.1, 0, 0.1, 0.15, 0.3, 0.5, 0.75, 1};
        double[] states = {0, 0.2, 0.5, 0.9, 1};
        DMatrixRMaj currents = new DMatrixRMaj(voltages.length, states.length);
        for (int i = 0; i < voltages.length; i++) {
            for (int j = 0; j < states.length; j++) {
                double g = 1e-6 * Math.exp(4 * (falling ? 1 - states[j] : states[j]));
                currents.set(i, j, g * (voltages[i] + 0.8 * Math.pow(voltages[i], 3)));
            }
        }
        TwoTerminalLaw law = CurrentTable.of(voltages, states, currents)
                .law("measured", "state", "")
                .build();
        Crossbar array = new Crossbar(law, law.state(Spice.uniform(seed, "states", N, N, 0, 1)), lines(ohms), FAULTS);
        Excitation excitation =
                Excitation.rows(Spice.uniform(seed, "drives", 1, N, -volts, volts), new DMatrixRMaj(1, N));
        Spice.assertAgrees("table, " + ohms + " ohms", array, Conditions.ROOM, excitation, TOLERANCE);
    }

    /** i = G v (1 + (v / 0.7 V)²), G falling with the temperature. */
    private static final class Cubic implements TwoTerminalCurrent {
        @Override
        public void evaluate(
                int count,
                double[] voltages,
                double[] states,
                Conditions conditions,
                double[] currents,
                double[] slopes) {
            double warm = 298.15 / conditions.temperature();
            for (int k = 0; k < count; k++) {
                double s = voltages[k] * voltages[k] / 0.49;
                currents[k] = warm * states[k] * voltages[k] * (1 + s);
                slopes[k] = warm * states[k] * (1 + 3 * s);
            }
        }

        @Override
        public Optional<String> spice(double state, Conditions conditions, String voltage) {
            String g = SpiceCells.constant(298.15 / conditions.temperature() * state);
            return Optional.of(String.format(Locale.ROOT, "%s*%s*(1+%s*%s/0.49)", g, voltage, voltage, voltage));
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 0, 298.15", "2, 1, 298.15", "3, 50, 358.15"})
    void closedForm(long seed, double ohms, double temperature) throws IOException, InterruptedException {
        TwoTerminalLaw law = TwoTerminalLaw.of("cubic", new StatePlane("conductance", "S", 1e-6, 1e-4), new Cubic());
        Crossbar array = new Crossbar(
                law, law.store(Spice.uniform(seed, "weights", N, N, 0, 1), Conditions.ROOM), lines(ohms), FAULTS);
        Excitation excitation = Excitation.rows(Spice.uniform(seed, "drives", 1, N, -0.9, 0.9), new DMatrixRMaj(1, N));
        Spice.assertAgrees(
                "closed form, " + ohms + " ohms",
                array,
                Conditions.ROOM.atTemperature(temperature),
                excitation,
                TOLERANCE);
    }
}
