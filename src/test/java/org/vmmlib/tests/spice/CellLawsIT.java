package org.vmmlib.tests.spice;

import java.io.IOException;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vmmlib.core.crossbar.CellFaults;
import org.vmmlib.core.crossbar.Crossbar;
import org.vmmlib.core.crossbar.Direction;
import org.vmmlib.core.crossbar.Lines;
import org.vmmlib.core.crossbar.solve.Excitation;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.signal.Connections;
import org.vmmlib.devices.flash.FloatingGateCell;
import org.vmmlib.devices.reram.ConductanceWindow;
import org.vmmlib.devices.reram.LinearReram;
import org.vmmlib.devices.reram.SinhReram;

/** Every law on 16×16 arrays: the solver's cell and ngspice's are two writings of the same physics. */
final class CellLawsIT {

    /**
     * Measured: 5e-14 for linear cells, 7e-13 for sinh, 6e-15 for floating gates. Constants rounded to eleven digits,
     * as ngspice rounds them if it is let, would make 1e-10.
     */
    private static final double TOLERANCE = 1e-11;

    private static final int N = 16;

    private static Lines lines(double ohms) {
        return Lines.builder(N, N)
                .rowResistance(ohms)
                .columnResistance(2 * ohms)
                .sourceResistance(10 * ohms)
                .senseResistance(5 * ohms)
                .build();
    }

    private static final CellFaults FAULTS = CellFaults.none(N, N)
            .open(3, 5)
            .open(0, 15)
            .shorted(7, 7)
            .shorted(12, 1)
            .shortConductance(1e-2);

    @ParameterizedTest
    @CsvSource({"1, 0", "2, 1", "3, 10"})
    void linearCells(long seed, double ohms) throws IOException, InterruptedException {
        LinearReram law = new LinearReram(ConductanceWindow.any());
        DMatrixRMaj g = Spice.logUniform(seed, "conductances", N, N, 1e-5, 1e-3);
        Excitation excitation = Excitation.rows(Spice.uniform(seed, "drives", 1, N, -0.5, 0.5), new DMatrixRMaj(1, N));
        Crossbar array = new Crossbar(law, law.state(g), lines(ohms), FAULTS);
        Spice.assertAgrees("linear, " + ohms + " ohms", array, Conditions.ROOM, excitation, TOLERANCE);
    }

    @ParameterizedTest
    @CsvSource({"1, 3, 0", "2, 3, 1", "3, 3, 50", "4, 10, 1", "5, 0, 1"})
    void sinhCells(long seed, double alpha, double ohms) throws IOException, InterruptedException {
        SinhReram law = new SinhReram(ConductanceWindow.any(), alpha);
        DMatrixRMaj g = Spice.logUniform(seed, "conductances", N, N, 1e-6, 1e-4);
        Excitation excitation = Excitation.rows(Spice.uniform(seed, "drives", 1, N, -1, 1), new DMatrixRMaj(1, N));
        Crossbar array = new Crossbar(law, law.state(g), lines(ohms), FAULTS);
        Spice.assertAgrees(
                "sinh, " + alpha + " per volt, " + ohms + " ohms", array, Conditions.ROOM, excitation, TOLERANCE);
    }

    /**
     * Gates from deep weak to moderate inversion, one of them off; columns at 0.5 V carry from 10 nA. What ngspice gives
     * for the cells agrees far better than {@code 4 eps V/(r I)}, the rounding of its node voltages.
     */
    @ParameterizedTest
    @CsvSource({
        "1, false, false, 0,    1,   298.15",
        "2, false, true,  0,    1,   298.15",
        "3, false, true,  0.02, 1,   298.15",
        "4, true,  false, 0,    1,   298.15",
        "5, true,  true,  0,    1,   298.15",
        "6, true,  true,  0.02, 0,   298.15",
        "7, true,  true,  0.02, 1,   298.15",
        "8, true,  true,  0.02, 1e4, 298.15",
        "9, true,  true,  0.02, 1,   358.15",
        "9, false, true,  0.02, 1e4, 358.15"
    })
    void floatingGateCells(
            long seed, boolean inversion, boolean saturation, double dibl, double ohms, double temperature)
            throws IOException, InterruptedException {
        FloatingGateCell law = FloatingGateCell.exponential()
                .inversion(inversion)
                .saturation(saturation)
                .dibl(dibl)
                .build();
        DMatrixRMaj gates = Spice.uniform(seed, "gates", 1, N, 0.55, 0.85);
        gates.set(0, 2, Double.NEGATIVE_INFINITY);
        DMatrixRMaj drains = new DMatrixRMaj(1, N);
        drains.fill(0.5);
        Crossbar array = new Crossbar(
                law, law.store(Spice.uniform(seed, "weights", N, N, 0, 1), Conditions.ROOM), lines(ohms), FAULTS);
        Spice.assertAgrees(
                law.datasheet().title() + ", " + ohms + " ohms",
                array,
                Conditions.ROOM.atTemperature(temperature),
                Excitation.gates(gates, drains),
                TOLERANCE);
    }

    /** Strong inversion, where the charge is far above 1, and drains and sources that change places. */
    @ParameterizedTest
    @CsvSource({"1, 1", "2, 1000"})
    void stronglyInvertedCellsWithCurrentsBothWays(long seed, double ohms) throws IOException, InterruptedException {
        FloatingGateCell law = FloatingGateCell.chargeBased().dibl(0.02).build();
        Excitation excitation = new Excitation(
                Direction.ROWS_DRIVEN,
                Spice.uniform(seed, "gates", 1, N, 0.6, 2.5),
                Spice.uniform(seed, "sources", 1, N, -0.1, 0.3),
                Spice.uniform(seed, "drains", 1, N, -0.1, 0.3),
                Connections.all(N),
                Connections.all(N));
        Crossbar array =
                new Crossbar(law, law.store(Spice.uniform(seed, "weights", N, N, 0, 1), Conditions.ROOM), lines(ohms));
        Spice.assertAgrees("strong inversion, " + ohms + " ohms", array, Conditions.ROOM, excitation, TOLERANCE);
    }
}
