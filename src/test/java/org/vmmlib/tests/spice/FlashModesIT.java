package org.vmmlib.tests.spice;

import java.io.IOException;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vmmlib.core.crossbar.CellState;
import org.vmmlib.core.crossbar.Crossbar;
import org.vmmlib.core.crossbar.SpiceLaw;
import org.vmmlib.core.crossbar.solve.Excitation;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.random.RandomStreams;
import org.vmmlib.devices.flash.FloatingGateCell;
import org.vmmlib.devices.flash.FloatingGateResistor;
import org.vmmlib.devices.flash.GatedCurrentSource;

/** Floating-gate cells as time-domain current sources, as resistors, and with gate efficiencies of their own. */
final class FlashModesIT {

    /** Measured: 1e-12 at worst, for resistors. */
    private static final double TOLERANCE = 1e-9;

    private static final int N = BothSolvers.N;

    private static DMatrixRMaj weights(long seed) {
        return Spice.uniform(seed, "weights", N, N, 0, 1);
    }

    private static void compare(SpiceLaw law, CellState state, double ohms, double temperature, Excitation excitation)
            throws IOException, InterruptedException {
        BothSolvers.agreeWithSpice(
                law.datasheet().title() + ", " + ohms + " ohms",
                new Crossbar(law, state, BothSolvers.lines(ohms), BothSolvers.faults()),
                Conditions.ROOM.atTemperature(temperature),
                excitation,
                TOLERANCE);
    }

    /** Every other gate is on; one of the others is switched off altogether. */
    @ParameterizedTest
    @CsvSource({"1, true, 1, 298.15", "2, true, 1e3, 358.15", "3, false, 1, 298.15", "4, true, 10, 253.15"})
    void pulsedCurrentSources(long seed, boolean channel, double ohms, double temperature)
            throws IOException, InterruptedException {
        GatedCurrentSource source = GatedCurrentSource.esf3Nor55();
        GatedCurrentSource law = channel ? source : source.without("source.channel");
        DMatrixRMaj gates = new DMatrixRMaj(1, N);
        for (int i = 0; i < N; i++) {
            gates.data[i] = i % 2 == 0 ? law.offGate() : law.onGate();
        }
        gates.set(0, 2, Double.NEGATIVE_INFINITY);
        Excitation excitation = Excitation.gates(gates, Spice.uniform(seed, "drains", 1, N, 0.5, 0.7));
        compare(law, law.store(weights(seed), Conditions.ROOM), ohms, temperature, excitation);
    }

    @ParameterizedTest
    @CsvSource({"1, true, 1, 298.15", "2, true, 50, 358.15", "3, false, 1, 298.15"})
    void resistors(long seed, boolean channel, double ohms, double temperature)
            throws IOException, InterruptedException {
        FloatingGateResistor cell = FloatingGateResistor.esf3Nor55();
        FloatingGateResistor law = channel ? cell : cell.without("fg.channel");
        Excitation excitation = Excitation.rows(Spice.uniform(seed, "drives", 1, N, -0.1, 0.1), new DMatrixRMaj(1, N));
        compare(law, law.store(weights(seed), Conditions.ROOM), ohms, temperature, excitation);
    }

    @ParameterizedTest
    @CsvSource({"1, true, 1, 298.15", "2, false, 1, 358.15"})
    void gateEfficienciesOfTheirOwn(long seed, boolean inversion, double ohms, double temperature)
            throws IOException, InterruptedException {
        FloatingGateCell law = FloatingGateCell.chargeBased()
                .inversion(inversion)
                .dibl(0.02)
                .kappaMismatch(0.02)
                .build();
        CellState state = law.program(
                law.store(weights(seed), Conditions.ROOM), Conditions.ROOM, RandomStreams.of(seed).stream("kappa", 0));
        DMatrixRMaj gates = Spice.uniform(seed, "gates", 1, N, 0.55, 0.85);
        compare(law, state, ohms, temperature, Excitation.gates(gates, BothSolvers.filled(1, N, 0.5)));
    }
}
