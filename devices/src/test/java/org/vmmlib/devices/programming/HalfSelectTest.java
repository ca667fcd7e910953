package org.vmmlib.devices.programming;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.crossbar.CellState;
import org.vmmlib.core.crossbar.Crossbar;
import org.vmmlib.core.crossbar.Direction;
import org.vmmlib.core.crossbar.Lines;
import org.vmmlib.core.crossbar.StatePlane;
import org.vmmlib.core.crossbar.solve.Excitation;
import org.vmmlib.core.crossbar.solve.PreparedCrossbar;
import org.vmmlib.core.crossbar.solve.ReferenceSolver;
import org.vmmlib.core.crossbar.solve.Solution;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.random.RandomStream;
import org.vmmlib.core.random.RandomStreams;
import org.vmmlib.core.run.Progress;
import org.vmmlib.core.signal.Connections;
import org.vmmlib.devices.reram.ConductanceWindow;
import org.vmmlib.devices.reram.LinearReram;

class HalfSelectTest {

    private static final int N = 6;
    private static final int M = 9;
    private static final double V = 1.4;
    private static final LinearReram LAW = new LinearReram(ConductanceWindow.of(10e-6, 150e-6));
    private static final StatePlane PLANE = LAW.planes().get(0);
    private static final Die DIE = Die.of(RandomStreams.of(3));
    private static final PulseTrain PULSES = PulseTrain.constant(V, 1e-6);

    private static CellState random(int seed) {
        DMatrixRMaj weights = new DMatrixRMaj(N, M);
        RandomStream draws = RandomStreams.of(seed).stream("test", 0);
        draws.uniforms(0, weights.data, 0, N * M);
        return LAW.store(weights, Conditions.ROOM);
    }

    private static Crossbar array(Lines lines) {
        return new Crossbar(LAW, random(1), lines);
    }

    private static Lines lines(double ohms) {
        return Lines.builder(N, M)
                .rowResistance(ohms)
                .columnResistance(2 * ohms)
                .build();
    }

    private static WriteVerify.Builder settings(double thresholdSpread) {
        return WriteVerify.builder(
                SoftBoundsResponse.builder(PLANE)
                        .up(new SwitchingBranch(1, 1.5, 100, 1))
                        .down(new SwitchingBranch(1, 1.5, 100, 1))
                        .thresholdSpread(thresholdSpread)
                        .build(),
                PULSES);
    }

    @ParameterizedTest
    @ValueSource(doubles = {V, -V})
    void withIdealLinesHalfSelectedCellsSeeExactlyHalf(double amplitude) {
        DMatrixRMaj seen = settings(0).build().cellVoltages(array(Lines.ideal(N, M)), 2, 3, amplitude, Conditions.ROOM);
        for (int i = 0; i < N; i++) {
            for (int j = 0; j < M; j++) {
                double share = i == 2 && j == 3 ? 1 : i == 2 || j == 3 ? 0.5 : 0;
                assertEquals(share * amplitude, seen.get(i, j), 0);
            }
        }
    }

    @Test
    void withIdealLinesEveryOtherCellSeesAThird() {
        DMatrixRMaj seen = settings(0)
                .scheme(BiasScheme.THIRD)
                .build()
                .cellVoltages(array(Lines.ideal(N, M)), 2, 3, V, Conditions.ROOM);
        for (int i = 0; i < N; i++) {
            for (int j = 0; j < M; j++) {
                double share = i == 2 && j == 3 ? 1 : i == 2 || j == 3 ? 1 / 3.0 : -1 / 3.0;
                assertEquals(share * V, seen.get(i, j), 1e-15);
            }
        }
    }

    /** Without lines, equal cells: the floating rows are one node and the floating columns another. */
    @Test
    void floatingLinesTakeTheVoltagesOfTheSneakPath() {
        CellState equal = LAW.store(new DMatrixRMaj(N, M), Conditions.ROOM);
        DMatrixRMaj seen = settings(0)
                .scheme(BiasScheme.FLOATING)
                .build()
                .cellVoltages(new Crossbar(LAW, equal, Lines.ideal(N, M)), 2, 3, V, Conditions.ROOM);
        double inRow = 1.0 / (M - 1);
        double between = 1.0 / ((N - 1) * (M - 1));
        double inColumn = 1.0 / (N - 1);
        double total = inRow + between + inColumn;
        assertEquals(V, seen.get(2, 3), 1e-9);
        assertEquals(V * inRow / total, seen.get(2, 0), 1e-9);
        assertEquals(V * inColumn / total, seen.get(0, 3), 1e-9);
        assertEquals(-V * between / total, seen.get(0, 0), 1e-9);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HALF", "THIRD", "FLOATING"})
    void withLinesTheVoltagesAreThoseOfTheReferenceSolverAndTheSelectedCellLosesSome(BiasScheme scheme) {
        Crossbar array = array(lines(20));
        double share = scheme == BiasScheme.HALF ? 1 / 2.0 : 1 / 3.0;
        Connections rows = Connections.all(N);
        Connections columns = Connections.all(M);
        DMatrixRMaj rowVoltages = new DMatrixRMaj(1, N);
        DMatrixRMaj columnVoltages = new DMatrixRMaj(1, M);
        for (int i = 0; i < N; i++) {
            rowVoltages.set(0, i, i == 4 ? V : share * V);
            rows = scheme == BiasScheme.FLOATING && i != 4 ? rows.floating(i) : rows;
        }
        for (int j = 0; j < M; j++) {
            columnVoltages.set(0, j, j == 1 ? 0 : (1 - share) * V);
            columns = scheme == BiasScheme.FLOATING && j != 1 ? columns.floating(j) : columns;
        }
        PreparedCrossbar reference = new ReferenceSolver(1e-13).prepare(array, Conditions.ROOM);
        Solution solution = new Solution(true, false);
        reference.solve(
                new Excitation(
                        Direction.ROWS_DRIVEN, new DMatrixRMaj(1, 0), rowVoltages, columnVoltages, rows, columns),
                solution,
                reference.workspace());
        DMatrixRMaj seen = settings(0).scheme(scheme).build().cellVoltages(array, 4, 1, V, Conditions.ROOM);
        for (int k = 0; k < N * M; k++) {
            assertEquals(solution.wordLines.data[k] - solution.bitLines.data[k], seen.data[k], 1e-8);
        }
        assertTrue(seen.get(4, 1) < V - 1e-3, "selected cell sees " + seen.get(4, 1));
    }

    /**
     * A pulse of V under V/2: the cells of the row and the column whose threshold is above V/2 stay to the last bit.
     */
    @ParameterizedTest
    @ValueSource(strings = {"HALF", "THIRD"})
    void onlyCellsThatSeeMoreThanTheirThresholdMove(BiasScheme scheme) throws InterruptedException {
        double spread = 0.4;
        WriteVerify.Builder settings = settings(spread).scheme(scheme).budget(1).rounds(1);
        SwitchingCells cells = SoftBoundsResponse.builder(PLANE)
                .up(new SwitchingBranch(1, 1.5, 100, 1))
                .thresholdSpread(spread)
                .build()
                .on(DIE, N, M);
        double other = scheme == BiasScheme.HALF ? V / 2 : V / 3;
        CellState before = random(1);
        DMatrixRMaj g = before.plane("conductance").copy();
        // Only one cell is out of tolerance, so that only it gets a pulse.
        g.set(1, 5, 0.5 * g.get(1, 5) + 0.5 * PLANE.high());
        ProgrammingResult result = settings.build()
                .program(
                        new Crossbar(LAW, before, Lines.ideal(N, M)),
                        LAW.state(g),
                        Conditions.ROOM,
                        DIE,
                        Progress.silent());
        assertEquals(1, result.totalPulses());
        int moved = 0;
        for (int i = 0; i < N; i++) {
            for (int j = 0; j < M; j++) {
                boolean inLine = i == 1 || j == 5;
                double seen = i == 1 && j == 5 ? V : inLine ? other : scheme == BiasScheme.HALF ? 0 : -other;
                boolean moves = Math.abs(seen) > cells.threshold(i, j, seen > 0);
                double change = result.state().plane("conductance").get(i, j)
                        - before.plane("conductance").get(i, j);
                assertEquals(moves ? Math.signum(seen) : 0, Math.signum(change), "cell " + i + ", " + j);
                assertEquals(i == 1 && j == 5 ? 0 : change, result.disturbance().get(i, j), 0);
                moved += moves ? 1 : 0;
            }
        }
        assertTrue(moved > (scheme == BiasScheme.HALF ? 2 : 1), moved + " cells moved");
        assertEquals(cells.threshold(1, 5, true) < V ? moved - 1 : moved, result.disturbances());
    }
}
