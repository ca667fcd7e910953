package org.vmmlib.tests.spice;

import java.io.IOException;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vmmlib.core.crossbar.CellFaults;
import org.vmmlib.core.crossbar.CellState;
import org.vmmlib.core.crossbar.Crossbar;
import org.vmmlib.core.crossbar.Lines;
import org.vmmlib.core.crossbar.SpiceLaw;
import org.vmmlib.core.crossbar.solve.Excitation;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.devices.memory.FilamentaryReram;
import org.vmmlib.devices.memory.MemoryCell;
import org.vmmlib.devices.memory.PhaseChangeMemory;
import org.vmmlib.devices.memory.SwitchedCapacitor;
import org.vmmlib.devices.reram.ConductanceWindow;
import org.vmmlib.devices.reram.CubicNonlinearity;
import org.vmmlib.devices.reram.CubicReram;
import org.vmmlib.devices.reram.MagneticJunction;
import org.vmmlib.devices.reram.PkuReram;
import org.vmmlib.devices.reram.StanfordReram;

/** Models of resistive memory on 16×16 arrays: the solver's cell and ngspice's are two writings of the same physics. */
final class ReramLawsIT {

    private static final double TOLERANCE = 1e-9;

    private static final int N = 16;

    private static void assertAgrees(SpiceLaw law, CellState state, long seed, double volts, double ohms)
            throws IOException, InterruptedException {
        Lines lines = Lines.builder(N, N)
                .rowResistance(ohms)
                .columnResistance(2 * ohms)
                .sourceResistance(10 * ohms)
                .senseResistance(5 * ohms)
                .build();
        CellFaults faults = CellFaults.none(N, N).open(3, 5).shorted(7, 7).shortConductance(1e-3);
        Excitation excitation =
                Excitation.rows(Spice.uniform(seed, "drives", 1, N, -volts, volts), new DMatrixRMaj(1, N));
        Spice.assertAgrees(
                law.datasheet().title() + ", " + ohms + " ohms",
                new Crossbar(law, state, lines, faults),
                Conditions.ROOM,
                excitation,
                TOLERANCE);
    }

    @ParameterizedTest
    @CsvSource({"1, 0.3, 0", "2, 0.3, 1", "3, 0.8, 20"})
    void cubicCells(long seed, double volts, double ohms) throws IOException, InterruptedException {
        CubicReram law = new CubicReram(ConductanceWindow.of(20e-6, 225e-6), CubicNonlinearity.milo(), 0.2);
        DMatrixRMaj g = Spice.logUniform(seed, "conductances", N, N, 20e-6, 225e-6);
        assertAgrees(law, law.state(g), seed, volts, ohms);
    }

    @ParameterizedTest
    @CsvSource({"1, 0.3, 0", "2, 0.3, 1", "3, 1, 10"})
    void stanfordCells(long seed, double volts, double ohms) throws IOException, InterruptedException {
        StanfordReram law = StanfordReram.published();
        DMatrixRMaj gaps = Spice.uniform(seed, "gaps", N, N, 0.2e-9, 1.7e-9);
        assertAgrees(law, law.state(gaps), seed, volts, ohms);
    }

    /** Among them filaments without a gap, and oxides without a filament. */
    @ParameterizedTest
    @CsvSource({"1, 0.3, 0", "2, 0.3, 1", "3, 1.5, 10"})
    void pkuCells(long seed, double volts, double ohms) throws IOException, InterruptedException {
        PkuReram law = PkuReram.published();
        DMatrixRMaj gaps = Spice.uniform(seed, "gaps", N, N, 0, 3e-9);
        gaps.set(2, 3, 0);
        gaps.set(9, 3, 0);
        gaps.set(4, 4, 3e-9);
        DMatrixRMaj widths = Spice.uniform(seed, "widths", N, N, 0.5e-9, 5e-9);
        assertAgrees(law, law.state(gaps, widths), seed, volts, ohms);
    }

    @ParameterizedTest
    @CsvSource({"1, 0.3, 0", "2, 0.3, 1", "3, 1, 20"})
    void magneticJunctions(long seed, double volts, double ohms) throws IOException, InterruptedException {
        MagneticJunction law = MagneticJunction.perpendicular40();
        CellState state = law.store(Spice.uniform(seed, "weights", N, N, 0, 1), Conditions.ROOM);
        assertAgrees(law, state, seed, volts, ohms);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 20"})
    void cellsOfMemoryTechnologies(long seed, double ohms) throws IOException, InterruptedException {
        DMatrixRMaj weights = Spice.uniform(seed, "weights", N, N, 0, 1);
        for (MemoryCell law : new MemoryCell[] {PhaseChangeMemory.mushroom(), FilamentaryReram.milo()}) {
            assertAgrees(law, law.store(weights, Conditions.ROOM), seed, 0.3, ohms);
        }
        SwitchedCapacitor capacitors = SwitchedCapacitor.of(4);
        assertAgrees(capacitors, capacitors.store(weights, Conditions.ROOM), seed, 1, ohms);
    }
}
