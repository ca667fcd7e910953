package org.vmmlib.tests.spice;

import java.io.IOException;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vmmlib.core.crossbar.Crossbar;
import org.vmmlib.core.crossbar.SpiceLaw;
import org.vmmlib.core.crossbar.solve.Excitation;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.devices.access.DegeneratedSource;
import org.vmmlib.devices.access.SelectedResistor;
import org.vmmlib.devices.access.SignedPair;
import org.vmmlib.devices.access.SwitchedResistor;

/** Resistive cells with a transistor or a selector in series: ngspice has the inner node as a node of the circuit. */
final class AccessCellsIT {

    /** Measured: 3e-12 at worst, 2e-14 for active cells. */
    private static final double TOLERANCE = 1e-9;

    private static final int N = BothSolvers.N;

    private static DMatrixRMaj gates(long seed, double low, double high) {
        DMatrixRMaj gates = Spice.uniform(seed, "gates", 1, N, low, high);
        gates.set(0, 2, Double.NEGATIVE_INFINITY);
        return gates;
    }

    private static void compare(SpiceLaw law, long seed, double ohms, double temperature, Excitation excitation)
            throws IOException, InterruptedException {
        DMatrixRMaj weights = Spice.uniform(seed, "weights", N, N, 0, 1);
        Crossbar array =
                new Crossbar(law, law.store(weights, Conditions.ROOM), BothSolvers.lines(ohms), BothSolvers.faults());
        BothSolvers.agreeWithSpice(
                law.datasheet().title() + ", " + ohms + " ohms",
                array,
                Conditions.ROOM.atTemperature(temperature),
                excitation,
                TOLERANCE);
    }

    @ParameterizedTest
    @CsvSource({"1, false, 1, 298.15", "2, true, 1, 298.15", "3, false, 50, 358.15", "4, true, 50, 253.15"})
    void passiveCellsWithTheInputOnTheRows(long seed, boolean resistorAtRow, double ohms, double temperature)
            throws IOException, InterruptedException {
        SwitchedResistor law = SwitchedResistor.hafnia().toBuilder()
                .resistorAtRow(resistorAtRow)
                .build();
        compare(
                law,
                seed,
                ohms,
                temperature,
                Excitation.rows(Spice.uniform(seed, "drives", 1, N, -0.3, 0.3), new DMatrixRMaj(1, N)));
    }

    @ParameterizedTest
    @CsvSource({
        "1, false, true, 1, 298.15",
        "2, true, true, 1, 298.15",
        "3, false, true, 50, 358.15",
        "4, false, false, 1, 298.15"
    })
    void passiveCellsWithTheInputOnTheGates(
            long seed, boolean resistorAtRow, boolean channel, double ohms, double temperature)
            throws IOException, InterruptedException {
        SwitchedResistor law = SwitchedResistor.hafnia().toBuilder()
                .inputOnGates()
                .resistorAtRow(resistorAtRow)
                .channel(channel)
                .build();
        compare(law, seed, ohms, temperature, Excitation.gates(gates(seed, 0.2, 1.8), BothSolvers.filled(1, N, 0.2)));
    }

    /** Gates from weak to moderate inversion. */
    @ParameterizedTest
    @CsvSource({
        "1, true,  true,  1,   298.15",
        "2, true,  true,  1e3, 358.15",
        "3, false, true,  1,   298.15",
        "4, false, false, 1,   298.15",
        "5, true,  false, 1,   298.15"
    })
    void activeCells(long seed, boolean inversion, boolean saturation, double ohms, double temperature)
            throws IOException, InterruptedException {
        DegeneratedSource law = DegeneratedSource.timeDomain().toBuilder()
                .inversion(inversion)
                .saturation(saturation)
                .build();
        compare(law, seed, ohms, temperature, Excitation.gates(gates(seed, 0.1, 0.5), BothSolvers.filled(1, N, 0.5)));
    }

    @ParameterizedTest
    @CsvSource({"1, true, 1, 298.15", "2, true, 50, 358.15", "3, false, 1, 298.15"})
    void signedPairs(long seed, boolean channel, double ohms, double temperature)
            throws IOException, InterruptedException {
        SignedPair pair = SignedPair.spiking65();
        SignedPair law = channel ? pair : pair.without("1t1r.channel");
        compare(
                law,
                seed,
                ohms,
                temperature,
                Excitation.gates(gates(seed, 0.2, 1.2), BothSolvers.filled(1, N, law.restVoltage())));
    }

    /**
     * Drives of both signs where the selector is on: below, a row's current is what rounding of its terminal's voltage, 4
     * eps V, makes in its wire.
     */
    @ParameterizedTest
    @CsvSource({"1, 1, 298.15", "2, 50, 358.15", "3, 50, 253.15"})
    void selectedCells(long seed, double ohms, double temperature) throws IOException, InterruptedException {
        DMatrixRMaj drives = Spice.uniform(seed, "drives", 1, N, 0.8, 1.5);
        for (int i = 1; i < N; i += 3) {
            drives.data[i] = -drives.data[i];
        }
        compare(
                SelectedResistor.punchThrough(),
                seed,
                ohms,
                temperature,
                Excitation.rows(drives, new DMatrixRMaj(1, N)));
    }
}
