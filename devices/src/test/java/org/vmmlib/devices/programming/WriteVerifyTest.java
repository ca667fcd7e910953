package org.vmmlib.devices.programming;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vmmlib.devices.programming.SoftBoundsResponseTest.refused;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.vmmlib.core.block.Block;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.crossbar.CellFaults;
import org.vmmlib.core.crossbar.CellState;
import org.vmmlib.core.crossbar.Crossbar;
import org.vmmlib.core.crossbar.Direction;
import org.vmmlib.core.crossbar.Lines;
import org.vmmlib.core.crossbar.StatePlane;
import org.vmmlib.core.crossbar.solve.Excitation;
import org.vmmlib.core.crossbar.solve.PreparedCrossbar;
import org.vmmlib.core.crossbar.solve.ReferenceSolver;
import org.vmmlib.core.crossbar.solve.SchurSolver;
import org.vmmlib.core.crossbar.solve.Solution;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.random.RandomStream;
import org.vmmlib.core.random.RandomStreams;
import org.vmmlib.core.run.Progress;
import org.vmmlib.core.signal.Connections;
import org.vmmlib.devices.access.SwitchedResistor;
import org.vmmlib.devices.flash.FloatingGateCell;
import org.vmmlib.devices.flash.NorFlash;
import org.vmmlib.devices.reram.ConductanceWindow;
import org.vmmlib.devices.reram.SinhReram;

class WriteVerifyTest {

    private static final int N = 5;
    private static final int M = 4;
    private static final SinhReram LAW = new SinhReram(ConductanceWindow.of(10e-6, 150e-6), 3);
    private static final StatePlane PLANE = LAW.planes().get(0);
    private static final SoftBoundsResponse DEVICE = SoftBoundsResponse.aluminaTitania(PLANE);
    private static final SoftBoundsResponse IDEAL = Block.ideal(DEVICE);
    private static final Die DIE = Die.of(RandomStreams.of(11));
    /** Up to twice the lower threshold, so that V/2 moves no typical cell. */
    private static final PulseTrain COARSE = new PulseTrain(0.8, 0.05, 1.6, 1e-6);

    private static final PulseTrain FINE = new PulseTrain(0.8, 0.02, 1.6, 0.1e-6);

    private static CellState blank() {
        return LAW.store(new DMatrixRMaj(N, M), Conditions.ROOM);
    }

    private static CellState target() {
        DMatrixRMaj weights = new DMatrixRMaj(N, M);
        RandomStream draws = RandomStreams.of(2).stream("test", 0);
        draws.uniforms(0, weights.data, 0, N * M);
        for (int k = 0; k < N * M; k++) {
            weights.data[k] *= 0.95;
        }
        return LAW.store(weights, Conditions.ROOM);
    }

    private static Lines lines(double ohms) {
        return Lines.builder(N, M).rowResistance(ohms).columnResistance(ohms).build();
    }

    private static WriteVerify.Builder settings(PulseResponse response) {
        return WriteVerify.builder(response, COARSE).fine(FINE, FINE, 0.1);
    }

    private static ProgrammingResult program(WriteVerify.Builder settings, Lines lines) throws InterruptedException {
        return program(settings, lines, Progress.silent());
    }

    private static ProgrammingResult program(WriteVerify.Builder settings, Lines lines, Progress progress)
            throws InterruptedException {
        return settings.build().program(new Crossbar(LAW, blank(), lines), target(), Conditions.ROOM, DIE, progress);
    }

    private static double largest(DMatrixRMaj errors) {
        return Arrays.stream(errors.data).map(Math::abs).max().orElseThrow();
    }

    @Test
    void withoutSpreadEveryCellEndsWithinTheTolerance() throws InterruptedException {
        ProgrammingResult result = program(settings(IDEAL).tolerance(0.005), Lines.ideal(N, M));
        assertEquals(List.of(), result.unconverged());
        assertEquals(List.of(), result.exhausted());
        assertEquals(0, result.disturbances(), "V/2 is below all thresholds");
        DMatrixRMaj g = result.state().plane("conductance");
        DMatrixRMaj wanted = target().plane("conductance");
        for (int k = 0; k < N * M; k++) {
            assertEquals(1, g.data[k] / wanted.data[k], 0.005);
        }
        assertTrue(largest(result.verifyError()) <= 0.005);
        // Without lines a read is the cell's own current.
        assertArrayEquals(result.readError().data, result.verifyError().data, 1e-12);
    }

    @Test
    void theRoundAfterTheLastPulseFindsNothingToDo() throws InterruptedException {
        ProgrammingResult result = program(settings(IDEAL), Lines.ideal(N, M));
        assertEquals(2, result.rounds());
        // One read at each visit, one after each pulse, one of each cell in the end.
        assertEquals(3L * N * M + result.totalPulses(), result.reads());
        assertEquals(result.totalPulses(), result.nextPulse());
    }

    @Test
    void tooFewPulsesLeaveCellsUnconvergedAndSaySo() throws InterruptedException {
        ProgrammingResult result = program(settings(IDEAL).budget(2).rounds(1), Lines.ideal(N, M));
        assertEquals(2L * N * M, result.totalPulses());
        assertEquals(result.unconverged(), result.exhausted());
        assertEquals(N * M, result.unconverged().size());
        for (ProgrammingResult.Cell cell : result.unconverged()) {
            assertEquals(2, result.pulses(cell.row(), cell.column()));
            assertTrue(Math.abs(result.verifyError().get(cell.row(), cell.column())) > 0.05);
        }
    }

    @Test
    void aBrokenCellNeverConverges() throws InterruptedException {
        Crossbar array = new Crossbar(
                LAW, blank(), Lines.ideal(N, M), CellFaults.none(N, M).open(3, 2));
        ProgrammingResult result =
                settings(IDEAL).build().program(array, target(), Conditions.ROOM, DIE, Progress.silent());
        assertEquals(List.of(new ProgrammingResult.Cell(3, 2)), result.unconverged());
        assertEquals(-1, result.verifyError().get(3, 2), 1e-12);
    }

    /** A read cannot tell a line drop from a lower conductance, so the cell is set too high by what the lines take. */
    @Test
    void readsThroughLinesTuneCellsTooHigh() throws InterruptedException {
        ProgrammingResult result = program(settings(IDEAL).tolerance(0.002).budget(1000), lines(30));
        assertEquals(List.of(), result.unconverged());
        assertTrue(largest(result.verifyError()) <= 0.002);
        for (double error : result.readError().data) {
            assertTrue(error > 0.004, "error " + error);
        }
    }

    /** Sneak currents add to what the cell is taken for, so cells are set too low. */
    @Test
    void readsWithFloatingLinesTuneCellsTooLow() throws InterruptedException {
        ProgrammingResult result =
                program(settings(IDEAL).tolerance(0.01).budget(300).othersFloat(true), Lines.ideal(N, M));
        double mean = Arrays.stream(result.readError().data).average().orElseThrow();
        assertTrue(mean < -0.1, "mean error " + mean);
    }

    /** One pulse, solved again by another solver: terminal voltages times terminal currents times the width. */
    @Test
    void energyIsWhatTheTerminalsGive() throws InterruptedException {
        Crossbar array = new Crossbar(LAW, blank(), lines(50));
        DMatrixRMaj wanted = blank().plane("conductance").copy();
        wanted.set(2, 1, PLANE.high());
        ProgrammingResult result = WriteVerify.builder(IDEAL, PulseTrain.constant(1.5, 3e-6))
                .tolerance(0.1)
                .budget(1)
                .rounds(1)
                .readTime(0)
                .build()
                .program(array, LAW.state(wanted), Conditions.ROOM, DIE, Progress.silent());
        DMatrixRMaj rows = new DMatrixRMaj(1, N);
        DMatrixRMaj columns = new DMatrixRMaj(1, M);
        Arrays.fill(rows.data, 0.75);
        Arrays.fill(columns.data, 0.75);
        rows.set(0, 2, 1.5);
        columns.set(0, 1, 0);
        PreparedCrossbar reference = new ReferenceSolver(1e-13).prepare(array, Conditions.ROOM);
        Solution solution = new Solution();
        reference.solve(
                new Excitation(
                        Direction.ROWS_DRIVEN,
                        new DMatrixRMaj(1, 0),
                        rows,
                        columns,
                        Connections.all(N),
                        Connections.all(M)),
                solution,
                reference.workspace());
        double energy = 0;
        for (int i = 0; i < N; i++) {
            energy -= rows.get(0, i) * solution.rowCurrents.get(0, i) * 3e-6;
        }
        for (int j = 0; j < M; j++) {
            energy -= columns.get(0, j) * solution.columnCurrents.get(0, j) * 3e-6;
        }
        assertEquals(1, result.totalPulses());
        assertEquals(energy, result.writeEnergy(), 1e-8 * energy);
        assertEquals(0, result.readEnergy());
        assertEquals(3e-6, result.time(), 1e-18);
    }

    @Test
    void timeIsThatOfPulsesAndReads() throws InterruptedException {
        WriteVerify.Builder settings = WriteVerify.builder(IDEAL, COARSE).readTime(2e-6);
        ProgrammingResult result = program(settings, Lines.ideal(N, M));
        assertEquals(result.totalPulses() * 1e-6 + result.reads() * 2e-6, result.time(), 1e-12);
    }

    @Test
    void finePulsesReachWhatCoarseOnesJumpOver() throws InterruptedException {
        PulseTrain wide = PulseTrain.constant(1.5, 5e-6);
        WriteVerify.Builder coarseOnly =
                WriteVerify.builder(IDEAL, wide).tolerance(0.01).budget(20).rounds(1);
        assertTrue(program(coarseOnly, Lines.ideal(N, M)).unconverged().size() > N * M / 2);
        WriteVerify.Builder both = WriteVerify.builder(IDEAL, wide)
                .tolerance(0.01)
                .fine(FINE, FINE, 0.5)
                .budget(500);
        assertEquals(List.of(), program(both, Lines.ideal(N, M)).unconverged());
    }

    @Test
    void theSameSeedGivesTheSameArrayToTheLastBitAndAnotherOneDoesNot() throws InterruptedException {
        WriteVerify settings = settings(DEVICE).build();
        Crossbar array = new Crossbar(LAW, blank(), lines(2));
        ProgrammingResult a = settings.program(array, target(), Conditions.ROOM, DIE, Progress.silent());
        ProgrammingResult b = settings.program(array, target(), Conditions.ROOM, DIE, Progress.silent());
        ProgrammingResult c =
                settings.program(array, target(), Conditions.ROOM, Die.of(RandomStreams.of(12)), Progress.silent());
        assertArrayEquals(a.state().plane("conductance").data, b.state().plane("conductance").data, 0);
        assertEquals(a.totalPulses(), b.totalPulses());
        assertEquals(a.writeEnergy(), b.writeEnergy());
        assertTrue(!Arrays.equals(a.state().plane("conductance").data, c.state().plane("conductance").data));
    }

    /** Drift by −10 %: all cells are out of 5 %, and brought back. */
    @Test
    void retuningBringsBackWhatDriftedAndGoesOnNumberingPulses() throws InterruptedException {
        WriteVerify settings = settings(IDEAL).build();
        ProgrammingResult first = program(settings(IDEAL), Lines.ideal(N, M));
        DMatrixRMaj drift = new DMatrixRMaj(N, M);
        Arrays.fill(drift.data, -0.1);
        CellState drifted = LAW.deviate(first.state(), drift, Conditions.ROOM);
        ProgrammingResult second = settings.retune(
                new Crossbar(LAW, drifted, Lines.ideal(N, M)),
                target(),
                Conditions.ROOM,
                DIE,
                first,
                Progress.silent());
        assertEquals(List.of(), second.unconverged());
        assertTrue(second.totalPulses() > 0);
        assertEquals(first.totalPulses() + second.totalPulses(), second.nextPulse());
    }

    /** Gate-driven cells: weights over two decades, raised and lowered in threshold through their gates. */
    @Test
    void flashIsTunedToOnePercentThroughItsGates() throws InterruptedException {
        FloatingGateCell cell = NorFlash.esf3Nor55().cell();
        StatePlane plane = cell.planes().get(0);
        TunnelResponse tunnel = new TunnelResponse(plane, 10, 0.3, 1e-5);
        DMatrixRMaj weights = new DMatrixRMaj(N, M);
        for (int k = 0; k < N * M; k++) {
            weights.data[k] = Math.pow(10, -2.0 * k / (N * M - 1));
        }
        DMatrixRMaj ones = new DMatrixRMaj(N, M);
        Arrays.fill(ones.data, 1);
        CellState goal = cell.store(weights, Conditions.ROOM);
        PulseTrain train = new PulseTrain(8, 0.1, 11, 1e-5);
        PulseTrain fine = new PulseTrain(7, 0.02, 11, 1e-6);
        ProgrammingResult result = WriteVerify.builder(tunnel, train)
                .fine(fine, fine, 0.3)
                .tolerance(0.01)
                .budget(500)
                .readGate(0.55)
                .readVoltage(0.5)
                .build()
                .program(
                        new Crossbar(cell, cell.store(ones, Conditions.ROOM), Lines.ideal(N, M)),
                        goal,
                        Conditions.ROOM,
                        DIE,
                        Progress.silent());
        assertEquals(List.of(), result.unconverged());
        double perVolt = cell.kappa() / Conditions.ROOM.thermalVoltage();
        for (int k = 0; k < N * M; k++) {
            assertEquals(goal.plane("threshold").data[k], result.state().plane("threshold").data[k], 0.0102 / perVolt);
        }
        assertEquals(0, result.writeEnergy(), "gates draw no current");
    }

    /** The other rows are off, and the other columns at the voltage of the source lines. */
    @Test
    void selectTransistorsKeepPulsesFromAllOtherCells() throws InterruptedException {
        SwitchedResistor cell =
                SwitchedResistor.hafnia().toBuilder().inputOnGates().build();
        SoftBoundsResponse device =
                SoftBoundsResponse.aluminaTitania(cell.planes().get(0));
        DMatrixRMaj weights = new DMatrixRMaj(N, M);
        for (int k = 0; k < N * M; k++) {
            weights.data[k] = 0.95 * k / (N * M - 1);
        }
        DMatrixRMaj blank = new DMatrixRMaj(N, M);
        PulseTrain fine = new PulseTrain(0.8, 0.02, 3, 0.1e-6);
        WriteVerify settings = WriteVerify.builder(device, new PulseTrain(0.8, 0.05, 3, 1e-6))
                .fine(fine, fine, 0.1)
                .tolerance(0.02)
                .budget(500)
                .selectGate(3)
                .readGate(cell.gate())
                .build();
        Crossbar array = new Crossbar(cell, cell.store(blank, Conditions.ROOM), Lines.ideal(N, M));
        ProgrammingResult result =
                settings.program(array, cell.store(weights, Conditions.ROOM), Conditions.ROOM, DIE, Progress.silent());
        assertEquals(List.of(), result.unconverged());
        assertEquals(0, result.disturbances());
        assertTrue(result.writeEnergy() > 0);
        for (double amplitude : new double[] {1.5, -1.5}) {
            DMatrixRMaj seen = settings.cellVoltages(array, 1, 2, amplitude, Conditions.ROOM);
            for (int k = 0; k < N * M; k++) {
                assertEquals(k == M + 2 ? amplitude : 0, seen.data[k], 1e-15);
            }
        }
    }

    @Test
    void resultsDoNotDependOnTheNumberOfThreads() throws InterruptedException {
        WriteVerify.Builder few = settings(DEVICE).budget(3).rounds(1);
        ProgrammingResult one = program(few.solver(new SchurSolver(1e-10, 1)), lines(5));
        ProgrammingResult two = program(few.solver(new SchurSolver(1e-10, 2)), lines(5));
        assertArrayEquals(one.state().plane("conductance").data, two.state().plane("conductance").data, 0);
        assertEquals(one.writeEnergy(), two.writeEnergy());
    }

    /** Pulses and reads through another solver lead to the same states, but for what its tolerance leaves. */
    @Test
    void theReferenceSolverTunesTheSameArray() throws InterruptedException {
        ProgrammingResult schur = program(settings(IDEAL), lines(5));
        ProgrammingResult reference = program(settings(IDEAL).solver(new ReferenceSolver(1e-12)), lines(5));
        assertEquals(reference.totalPulses(), schur.totalPulses());
        for (int k = 0; k < N * M; k++) {
            double g = reference.state().plane("conductance").data[k];
            assertEquals(g, schur.state().plane("conductance").data[k], 1e-6 * g);
        }
    }

    @Test
    void progressEndsWithAllVisitsDone() throws InterruptedException {
        List<Long> seen = new ArrayList<>();
        program(settings(IDEAL).rounds(7), Lines.ideal(N, M), (done, of) -> {
            assertEquals(7L * N * M, of);
            assertTrue(seen.isEmpty() || done >= seen.get(seen.size() - 1));
            seen.add(done);
        });
        assertEquals(7L * N * M, seen.get(seen.size() - 1));
    }

    @Test
    void anInterruptStopsTheRun() {
        assertThrows(
                InterruptedException.class,
                () -> program(settings(IDEAL), Lines.ideal(N, M), (done, of) -> {
                    if (done == 3) {
                        Thread.currentThread().interrupt();
                    }
                }));
    }

    @Test
    void badSettingsAreRefusedByName() {
        refused("tolerance", () -> settings(IDEAL).tolerance(0));
        refused("tolerance", () -> settings(IDEAL).tolerance(Double.NaN));
        refused("tolerance", () -> settings(IDEAL).tolerance(1));
        refused("budget", () -> settings(IDEAL).budget(0));
        refused("rounds", () -> settings(IDEAL).rounds(0));
        refused("readVoltage", () -> settings(IDEAL).readVoltage(0));
        refused("readTime", () -> settings(IDEAL).readTime(-1));
        refused("band", () -> settings(IDEAL).fine(FINE, FINE, 0));
        refused("start", () -> new PulseTrain(0, 0.1, 1, 1e-6));
        refused("step", () -> new PulseTrain(1, -0.1, 1, 1e-6));
        refused("limit", () -> new PulseTrain(1, 0.1, 0.9, 1e-6));
        refused("limit", () -> new PulseTrain(1, 0.1, Double.NaN, 1e-6));
        refused("width", () -> new PulseTrain(1, 0.1, 1, 0));
    }

    @Test
    void whatCannotBeTunedIsRefused() {
        StatePlane narrow = new StatePlane("conductance", "S", 20e-6, 100e-6);
        WriteVerify.Builder within = settings(SoftBoundsResponse.aluminaTitania(narrow));
        refused("conductance", () -> program(within, Lines.ideal(N, M)));
        StatePlane wide = new StatePlane("conductance", "S", 1e-6, 200e-6);
        refused("response", () -> program(settings(SoftBoundsResponse.aluminaTitania(wide)), Lines.ideal(N, M)));
        StatePlane other = new StatePlane("threshold", "V", 0, 1);
        refused("response", () -> program(settings(new TunnelResponse(other, 1, 1, 1)), Lines.ideal(N, M)));
        refused("readGate", () -> program(settings(IDEAL).readGate(1), Lines.ideal(N, M)));
        FloatingGateCell cell = FloatingGateCell.chargeBased().build();
        CellState state = cell.store(new DMatrixRMaj(N, M), Conditions.ROOM);
        WriteVerify.Builder gates =
                WriteVerify.builder(new TunnelResponse(cell.planes().get(0), 10, 0.3, 1e-5), COARSE);
        Crossbar flash = new Crossbar(cell, state, Lines.ideal(N, M));
        refused("readGate", () -> gates.build().program(flash, state, Conditions.ROOM, DIE, Progress.silent()));
        refused(
                "FLOATING",
                () -> gates.readGate(1)
                        .scheme(BiasScheme.FLOATING)
                        .build()
                        .program(flash, state, Conditions.ROOM, DIE, Progress.silent()));
        refused(
                "target",
                () -> settings(IDEAL)
                        .build()
                        .program(
                                new Crossbar(LAW, blank(), lines(1)),
                                LAW.store(new DMatrixRMaj(2, 2), Conditions.ROOM),
                                Conditions.ROOM,
                                DIE,
                                Progress.silent()));
        refused(
                "row",
                () -> settings(IDEAL)
                        .build()
                        .cellVoltages(new Crossbar(LAW, blank(), lines(1)), N, 0, 1, Conditions.ROOM));
    }
}
