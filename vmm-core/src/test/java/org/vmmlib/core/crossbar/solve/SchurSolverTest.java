package org.vmmlib.core.crossbar.solve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vmmlib.core.crossbar.CellFaults;
import org.vmmlib.core.crossbar.CellLaw;
import org.vmmlib.core.crossbar.Crossbar;
import org.vmmlib.core.crossbar.Direction;
import org.vmmlib.core.crossbar.Ends;
import org.vmmlib.core.crossbar.Lines;
import org.vmmlib.core.crossbar.Topology;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.signal.Connections;

final class SchurSolverTest extends CrossbarSolverContract {

    @Override
    CrossbarSolver solver() {
        return new SchurSolver();
    }

    private static Lines lines(int n, double ohms) {
        return Lines.builder(n, n).rowResistance(ohms).columnResistance(ohms).build();
    }

    private static Excitation drives(int vectors, int n) {
        return Excitation.rows(
                Circuits.uniform(Circuits.stream(21, "drives"), vectors, n, 0, 0.5), new DMatrixRMaj(vectors, n));
    }

    private static Solution solve(CrossbarSolver solver, Crossbar array, Excitation e) {
        PreparedCrossbar prepared = solver.prepare(array, Conditions.ROOM);
        Solution solution = new Solution(true, false);
        prepared.solve(e, solution, prepared.workspace());
        return solution;
    }

    // Agreement and effort

    @ParameterizedTest
    @EnumSource(ArrayKinds.class)
    void currentsAndVoltagesAreThoseOfTheReferenceSolver(ArrayKinds kind) {
        for (int n : new int[] {33, 96}) {
            Crossbar array = Circuits.resistors(kind.cells(n), lines(n, kind.ohms));
            Excitation e = drives(1, n);
            Solution expected = solve(new ReferenceSolver(), array, e);
            Solution tight = solve(new SchurSolver(1e-14), array, e);
            double scale = Circuits.largest(expected.columnCurrents);

            assertArrayEquals(expected.columnCurrents.data, tight.columnCurrents.data, 1e-12 * scale);
            assertArrayEquals(
                    expected.rowCurrents.data, tight.rowCurrents.data, 1e-12 * Circuits.largest(expected.rowCurrents));
            assertArrayEquals(expected.wordLines.data, tight.wordLines.data, 1e-11);
            assertArrayEquals(expected.bitLines.data, tight.bitLines.data, 1e-11);
            assertEquals(expected.power.data[0], tight.power.data[0], 1e-12 * expected.power.data[0]);

            Solution usual = solve(new SchurSolver(), array, e);
            assertTrue(usual.residual <= 1e-10);
            assertTrue(usual.kirchhoffError <= 1e-9, "Kirchhoff error " + usual.kirchhoffError);
            assertArrayEquals(expected.columnCurrents.data, usual.columnCurrents.data, 1e-8 * scale);
        }
    }

    private static void assertFewIterations(ArrayKinds kind, int n) {
        int most = switch (kind) {
            case EASY -> 8;
            case MID -> 11;
            case HARSH -> 16;
            default -> 28;
        };
        Solution s = solve(new SchurSolver(), Circuits.resistors(kind.cells(n), lines(n, kind.ohms)), drives(1, n));
        assertTrue(s.iterations <= most, kind + " " + n + ": " + s.iterations + " iterations");
    }

    /** Measured: 6, 9, 13 and at most 20. */
    @ParameterizedTest
    @EnumSource(ArrayKinds.class)
    void iterationsHardlyDependOnTheSize(ArrayKinds kind) {
        for (int n : new int[] {128, 256, 512, 1024}) {
            assertFewIterations(kind, n);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ArrayKinds.class,
            names = {"EASY", "MID", "HARSH"})
    void iterationsAreAsFewOnTheLargestArrays(ArrayKinds kind) {
        assertFewIterations(kind, 2048);
    }

    /** Far beyond any real wire: a segment conducts less than a cell. */
    @Test
    void iterationsStayFewOnWiresThatConductLessThanCells() {
        for (double ohms : new double[] {1e3, 1e5}) {
            Crossbar array = Circuits.resistors(ArrayKinds.MID.cells(96), lines(96, ohms));
            Solution expected = solve(new ReferenceSolver(), array, drives(1, 96));
            Solution s = solve(new SchurSolver(1e-12), array, drives(1, 96));

            assertTrue(s.iterations <= 100, s.iterations + " iterations");
            assertArrayEquals(
                    expected.columnCurrents.data,
                    s.columnCurrents.data,
                    1e-10 * Circuits.largest(expected.columnCurrents) + 1e-11 * Circuits.largest(expected.rowCurrents));
        }
    }

    /** Measured: 3 to 4 steps. */
    @Test
    void newtonStepsAreFew() {
        Crossbar array = new Crossbar(new TestLaw.Sinh(3), TestLaw.state(ArrayKinds.MID.cells(96)), lines(96, 1));
        Solution expected = solve(new ReferenceSolver(), array, drives(2, 96));
        Solution s = solve(new SchurSolver(1e-12), array, drives(2, 96));

        assertTrue(s.iterations <= 5, s.iterations + " steps");
        assertArrayEquals(
                expected.columnCurrents.data, s.columnCurrents.data, 1e-11 * Circuits.largest(expected.columnCurrents));
        assertArrayEquals(expected.wordLines.data, s.wordLines.data, 1e-11);
    }

    // Closed forms

    @Test
    void oneCellIsInSeriesWithItsResistances() {
        Lines lines = Lines.builder(1, 1)
                .rowResistance(3)
                .columnResistance(5)
                .sourceResistance(7)
                .senseResistance(11)
                .build();
        Solution s = Circuits.solve(
                solver(),
                Circuits.resistors(Circuits.row(1e-2), lines),
                Excitation.rows(Circuits.row(1), Circuits.row(0.2)));

        assertEquals(0.8 / (100 + 3 + 5 + 7 + 11), s.columnCurrents.get(0, 0), 1e-17);
        assertEquals(0.8 * 0.8 / 126, s.power.get(0, 0), 1e-17);
        assertEquals(1 - 0.8 / 126 * 10, s.wordLines.get(0, 0), 1e-15);
        assertEquals(0.2 + 0.8 / 126 * 16, s.bitLines.get(0, 0), 1e-15);
        assertEquals(-1.0 / 126, s.columnSlopes.get(0, 0), 1e-17);
    }

    /** One line with cells to lines of one cell each is a ladder; either way up, one iteration is all it takes. */
    @Test
    void arraysOfOneRowOrOneColumnAreSolvedAtOnce() {
        int m = 300;
        DMatrixRMaj g = Circuits.logUniform(Circuits.stream(22, "cells"), 1, m, 1e-6, 1e-3);
        Lines row = Lines.builder(1, m)
                .rowResistance(10)
                .columnResistance(30)
                .rowEnds(Ends.BOTH)
                .build();
        Excitation e = Excitation.rows(Circuits.row(0.7), new DMatrixRMaj(1, m));
        Solution s = solve(new SchurSolver(1e-12), Circuits.resistors(g, row), e);
        Solution expected = solve(new ReferenceSolver(), Circuits.resistors(g, row), e);
        assertTrue(s.iterations <= 2, s.iterations + " iterations");
        assertArrayEquals(
                expected.columnCurrents.data, s.columnCurrents.data, 1e-12 * Circuits.largest(expected.rowCurrents));

        DMatrixRMaj turned = new DMatrixRMaj(m, 1);
        System.arraycopy(g.data, 0, turned.data, 0, m);
        Lines column = Lines.builder(m, 1)
                .rowResistance(30)
                .columnResistance(10)
                .columnEnds(Ends.BOTH)
                .build();
        Solution t = solve(
                new SchurSolver(1e-12),
                Circuits.resistors(turned, column),
                Excitation.rows(new DMatrixRMaj(1, m), Circuits.row(0.7)));
        assertTrue(t.iterations <= 2, t.iterations + " iterations");
        assertArrayEquals(s.columnCurrents.data, t.rowCurrents.data, 1e-12 * Circuits.largest(expected.rowCurrents));
    }

    @Test
    void linesWithoutResistanceOnOneSideLeaveLaddersThatAreSolvedAtOnce() {
        int n = 40;
        DMatrixRMaj g = Circuits.logUniform(Circuits.stream(23, "cells"), n, n, 1e-5, 1e-3);
        for (boolean rowsIdeal : new boolean[] {true, false}) {
            Lines lines = Lines.builder(n, n)
                    .rowResistance(rowsIdeal ? 0 : 100)
                    .columnResistance(rowsIdeal ? 100 : 0)
                    .build();
            Solution s = solve(
                    new SchurSolver(1e-12),
                    Circuits.resistors(g, lines),
                    Excitation.rows(Circuits.constant(1, n, 1), new DMatrixRMaj(1, n)));
            assertTrue(s.iterations <= 2, s.iterations + " iterations");
            for (int k = 0; k < n; k++) {
                // Conductance of the ladder, from its open end to its terminal.
                double seen = 0;
                for (int step = 0; step < n; step++) {
                    double here = seen + (rowsIdeal ? g.get(step, k) : g.get(k, n - 1 - step));
                    seen = here / (1 + 100 * here);
                }
                double current = rowsIdeal ? s.columnCurrents.get(0, k) : -s.rowCurrents.get(0, k);
                assertEquals(seen, current, 1e-12 * seen);
            }
        }
    }

    @Test
    void sourceResistanceWithoutSegmentsIsToldToBeSolvedBySomebodyElse() {
        Lines lines = Lines.builder(2, 3)
                .sourceResistance(100, 200)
                .senseResistance(0, 0, 0)
                .build();
        Crossbar array =
                Circuits.resistors(new DMatrixRMaj(new double[][] {{1e-3, 2e-3, 3e-3}, {1e-3, 1e-3, 1e-3}}), lines);
        assertEquals("sparse Cholesky", solver().prepare(array, Conditions.ROOM).method());
        Solution s = solve(solver(), array, Excitation.rows(Circuits.row(1, 1), Circuits.row(0, 0, 0)));

        assertEquals(2e-3 / 1.6 + 1e-3 / 1.6, s.columnCurrents.get(0, 1), 1e-17);
    }

    @Test
    void linesThatFloatInAnIdealArraySettleWhereTheirCurrentsCancel() {
        DMatrixRMaj g = Circuits.row(1e-4, 3e-4, 4e-4);
        for (double r : new double[] {0, 1e-9}) {
            Lines lines = Lines.builder(1, 3).rowResistance(r).build();
            Solution s = Circuits.solve(
                    solver(),
                    Circuits.resistors(g, lines),
                    Excitation.rows(Circuits.row(7), Circuits.row(0.1, 0.2, 0.4))
                            .withRows(Connections.all(1).floating(0)));

            double v = (0.1 + 3 * 0.2 + 4 * 0.4) / 8;
            assertEquals(v, s.wordLines.get(0, 1), 1e-12);
            assertEquals(0, s.rowCurrents.get(0, 0));
            assertEquals(4e-4 * (v - 0.4), s.columnCurrents.get(0, 2), 1e-14);
        }
    }

    @Test
    void arrayWithoutAnyConnectionCarriesNothing() {
        Connections none = Connections.all(2).floating(0).floating(1);
        for (CellLaw law : List.of(new TestLaw.Linear(), new TestLaw.Sinh(3))) {
            Crossbar array = new Crossbar(law, TestLaw.state(Circuits.constant(2, 2, 1e-4)), lines(2, 1));
            Solution s = Circuits.solve(
                    solver(),
                    array,
                    Excitation.rows(Circuits.row(1, 2), Circuits.row(3, 4))
                            .withRows(none)
                            .withColumns(none));
            assertEquals(0, Circuits.largest(s.rowCurrents));
            assertEquals(0, Circuits.largest(s.columnCurrents));
            assertEquals(0, s.power.get(0, 0));
        }
    }

    @Test
    void nodesWithoutAnyPathAreHarmless() {
        // Row 1 floats and all its cells are open; column 2 is cut off at both ends of cell 0.
        Lines lines = Lines.builder(2, 3)
                .rowResistance(10)
                .columnResistance(20)
                .openColumnSegment(2, 0)
                .openColumnSegment(2, 1)
                .build();
        CellFaults faults =
                CellFaults.none(2, 3).open(1, 0).open(1, 1).open(1, 2).open(0, 2);
        for (CellLaw law : List.of(new TestLaw.Linear(), new TestLaw.Sinh(3))) {
            Crossbar array = new Crossbar(law, TestLaw.state(Circuits.constant(2, 3, 1e-3)), lines, faults);
            Solution s = solve(
                    solver(),
                    array,
                    Excitation.rows(Circuits.row(1, 1), new DMatrixRMaj(1, 3))
                            .withRows(Connections.all(2).floating(1)));

            assertEquals(0, s.columnCurrents.get(0, 2));
            assertEquals(0, s.rowCurrents.get(0, 1));
            assertTrue(s.columnCurrents.get(0, 0) > 1e-4);
        }
    }

    // Gate-driven arrays

    @Test
    void picoamperesThroughOhmsKeepTheirDigits() {
        int n = 32;
        DMatrixRMaj s = Circuits.uniform(Circuits.stream(24, "cells"), n, n, 0.1, 1);
        Crossbar array = new Crossbar(new TestLaw.Transistor(), TestLaw.state(s), lines(n, 1));
        Excitation e = Excitation.gates(
                Circuits.uniform(Circuits.stream(25, "gates"), 2, n, -0.5, -0.3), Circuits.constant(2, n, 0.6));
        Solution expected = solve(new ReferenceSolver(), array, e);
        Solution actual = solve(new SchurSolver(1e-14), array, e);

        assertTrue(Circuits.largest(expected.columnCurrents) < 1e-10, "currents are picoamperes");
        assertTrue(actual.residual <= 1e-14, "residual " + actual.residual);
        for (int k = 0; k < 2 * n; k++) {
            double i = expected.columnCurrents.data[k];
            assertEquals(i, actual.columnCurrents.data[k], 1e-12 * Math.abs(i));
        }
    }

    @Test
    void transistorsInTriodeAgreeWithTheReferenceSolver() {
        int n = 64;
        DMatrixRMaj s = Circuits.logUniform(Circuits.stream(26, "cells"), n, n, 1, 100);
        Crossbar array = new Crossbar(new TestLaw.Transistor(), TestLaw.state(s), lines(n, 10));
        Excitation e = Excitation.gates(
                Circuits.uniform(Circuits.stream(27, "gates"), 1, n, 0, 0.4), Circuits.constant(1, n, 0.03));
        Solution expected = solve(new ReferenceSolver(), array, e);
        Solution actual = solve(new SchurSolver(1e-12), array, e);

        double scale = Circuits.largest(expected.columnCurrents);
        assertArrayEquals(expected.columnCurrents.data, actual.columnCurrents.data, 1e-11 * scale);
        assertArrayEquals(expected.wordLines.data, actual.wordLines.data, 1e-11);
    }

    @Test
    void columnThatFloatsOnSaturatedCellsHasNoOperatingPoint() {
        Crossbar array = new Crossbar(new TestLaw.Saturated(), TestLaw.state(Circuits.constant(2, 2, 1)), lines(2, 1));
        PreparedCrossbar prepared = solver().prepare(array, Conditions.ROOM);
        ConvergenceException failure = assertThrows(
                ConvergenceException.class,
                () -> prepared.solve(
                        Excitation.gates(Circuits.row(0, 0), Circuits.row(0.5, 0.5))
                                .withColumns(Connections.all(2).floating(0)),
                        new Solution(),
                        prepared.workspace()));

        assertTrue(failure.getMessage().contains("floating"), failure.getMessage());
        assertTrue(failure.history().length >= 1);
    }

    // Evidence and limits

    @Test
    void toleranceBelowRoundingIsToldNotPretended() {
        DMatrixRMaj g = Circuits.logUniform(Circuits.stream(28, "cells"), 8, 8, 1e-5, 1e-3);
        for (CellLaw law : List.of(new TestLaw.Linear(), new TestLaw.Sinh(3))) {
            Crossbar array = new Crossbar(law, TestLaw.state(g), lines(8, 3));
            PreparedCrossbar prepared = new SchurSolver(1e-18).prepare(array, Conditions.ROOM);
            ConvergenceException failure = assertThrows(
                    ConvergenceException.class,
                    () -> prepared.solve(drives(1, 8), new Solution(), prepared.workspace()));
            double[] history = failure.history();
            assertTrue(history[history.length - 1] < 1e-13, failure.getMessage());
        }
    }

    @Test
    void currentsThatOverflowAreTold() {
        Crossbar array = new Crossbar(new TestLaw.Sinh(10_000), TestLaw.state(Circuits.row(1e-3)), lines(1, 1));
        PreparedCrossbar prepared = solver().prepare(array, Conditions.ROOM);
        assertThrows(
                ConvergenceException.class,
                () -> prepared.solve(
                        Excitation.rows(Circuits.row(1), Circuits.row(0)), new Solution(), prepared.workspace()));
    }

    @Test
    void parametersOutOfRangeAreRefused() {
        refuses("tolerance", () -> new SchurSolver(0));
        refuses("tolerance", () -> new SchurSolver(Double.NaN));
        refuses("threads", () -> new SchurSolver(1e-10, 0));
        refuses("threads", () -> new SchurSolver(1e-10, 3));
    }

    // Threads, workspaces, memory

    @Test
    void twoThreadsGiveWhatOneGivesBitByBit() {
        for (int n : new int[] {1, 2, 3, 7, 64, 129}) {
            DMatrixRMaj g = Circuits.logUniform(Circuits.stream(29, "cells"), n, n, 1e-5, 1e-3);
            for (CellLaw law : List.of(new TestLaw.Linear(), new TestLaw.Sinh(3), new TestLaw.Transistor())) {
                boolean gates = law.topology() == Topology.GATE_DRIVEN;
                Crossbar array = new Crossbar(law, TestLaw.state(g), lines(n, 10));
                Excitation e = gates
                        ? Excitation.gates(
                                Circuits.uniform(Circuits.stream(30, "gates"), 2, n, 0, 0.3),
                                Circuits.constant(2, n, 0.1))
                        : drives(2, n);
                Solution one = solve(new SchurSolver(1e-10, 1), array, e);
                Solution two = solve(new SchurSolver(1e-10, 2), array, e);

                assertArrayEquals(one.columnCurrents.data, two.columnCurrents.data);
                assertArrayEquals(one.rowCurrents.data, two.rowCurrents.data);
                assertArrayEquals(one.power.data, two.power.data);
                assertArrayEquals(one.wordLines.data, two.wordLines.data);
                assertArrayEquals(one.bitLines.data, two.bitLines.data);
                assertEquals(one.residual, two.residual);
            }
        }
    }

    @Test
    void vectorsOfABatchDoNotDependOnEachOther() {
        int n = 24;
        DMatrixRMaj g = Circuits.logUniform(Circuits.stream(31, "cells"), n, n, 1e-5, 1e-3);
        for (CellLaw law : List.of(new TestLaw.Linear(), new TestLaw.Sinh(6))) {
            PreparedCrossbar prepared =
                    solver().prepare(new Crossbar(law, TestLaw.state(g), lines(n, 10)), Conditions.ROOM);
            Workspace workspace = prepared.workspace();
            Excitation batch = drives(5, n);
            Solution all = new Solution();
            prepared.solve(batch, all, workspace);
            for (int b = 4; b >= 0; b--) {
                DMatrixRMaj alone = new DMatrixRMaj(1, n);
                System.arraycopy(batch.rowVoltages().data, b * n, alone.data, 0, n);
                Solution one = new Solution();
                prepared.solve(Excitation.rows(alone, new DMatrixRMaj(1, n)), one, workspace);
                for (int j = 0; j < n; j++) {
                    assertEquals(all.columnCurrents.get(b, j), one.columnCurrents.get(0, j));
                }
            }
        }
    }

    /** The last vector is all at 0 V, after others that were not. */
    @Test
    void warmStartsLeadToTheSameCurrentsByAnotherWay() {
        int n = 64;
        int vectors = 40;
        Crossbar array = new Crossbar(new TestLaw.Sinh(3), TestLaw.state(ArrayKinds.HARSH.cells(n)), lines(n, 10));
        DMatrixRMaj first = Circuits.uniform(Circuits.stream(33, "drives"), 1, n, 0, 1);
        DMatrixRMaj change = Circuits.uniform(Circuits.stream(34, "drives"), vectors, n, -0.02, 0.02);
        for (int b = 0; b < vectors; b++) {
            for (int i = 0; i < n; i++) {
                change.add(b, i, b == vectors - 1 ? -change.get(b, i) : first.get(0, i));
            }
        }
        Excitation e = Excitation.rows(change, new DMatrixRMaj(vectors, n));
        Solution cold = solve(new SchurSolver(1e-12), array, e);
        Solution warm = solve(new SchurSolver(1e-12, 1, true), array, e);
        assertArrayEquals(
                cold.columnCurrents.data, warm.columnCurrents.data, 1e-10 * Circuits.largest(cold.columnCurrents));
        assertFalse(Arrays.equals(cold.columnCurrents.data, warm.columnCurrents.data), "the start made no difference");
        for (int j = 0; j < n; j++) {
            assertEquals(0, warm.columnCurrents.get(vectors - 1, j));
        }

        PreparedCrossbar prepared = new SchurSolver(1e-12, 1, true).prepare(array, Conditions.ROOM);
        Workspace workspace = prepared.workspace();
        Solution chunk = new Solution();
        DMatrixRMaj second = new DMatrixRMaj(SchurSolver.CHUNK, n);
        System.arraycopy(change.data, SchurSolver.CHUNK * n, second.data, 0, second.data.length);
        prepared.solve(Excitation.rows(second, new DMatrixRMaj(SchurSolver.CHUNK, n)), chunk, workspace);
        for (int k = 0; k < second.data.length; k++) {
            assertEquals(warm.columnCurrents.data[SchurSolver.CHUNK * n + k], chunk.columnCurrents.data[k]);
        }
    }

    @Test
    void connectionsMayChangeFromSolveToSolve() {
        DMatrixRMaj g = Circuits.logUniform(Circuits.stream(32, "cells"), 4, 5, 1e-5, 1e-3);
        Lines lines = Lines.builder(4, 5)
                .rowResistance(5)
                .columnResistance(8)
                .sourceResistance(30)
                .senseResistance(60)
                .build();
        Excitation all =
                Excitation.rows(Circuits.uniform(Circuits.stream(33, "drives"), 2, 4, 0, 1), new DMatrixRMaj(2, 5));
        Excitation[] sequence = {
            all,
            all.withRows(Connections.all(4).floating(2)),
            all.withColumns(Connections.all(5).floating(0)),
            new Excitation(
                    Direction.COLUMNS_DRIVEN,
                    all.gates(),
                    all.rowVoltages(),
                    all.columnVoltages(),
                    all.rows(),
                    all.columns()),
            all
        };
        for (CellLaw law : List.of(new TestLaw.Linear(), new TestLaw.Sinh(1))) {
            PreparedCrossbar prepared = solver().prepare(new Crossbar(law, TestLaw.state(g), lines), Conditions.ROOM);
            Workspace workspace = prepared.workspace();
            for (Excitation e : sequence) {
                Solution reused = new Solution();
                prepared.solve(e, reused, workspace);
                Solution fresh = solve(solver(), new Crossbar(law, TestLaw.state(g), lines), e);
                assertArrayEquals(fresh.rowCurrents.data, reused.rowCurrents.data);
                assertArrayEquals(fresh.columnCurrents.data, reused.columnCurrents.data);
            }
        }
    }

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private long allocated() {
        return threads.getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void repeatedSolvesAllocateNothing(int solverThreads) {
        int n = 128;
        for (Crossbar array : new Crossbar[] {
            Circuits.resistors(ArrayKinds.HARSH.cells(n), lines(n, 10)),
            new Crossbar(new CubicLaw(true), TestLaw.state(ArrayKinds.HARSH.cells(n)), lines(n, 10)),
            new Crossbar(new CubicLaw(false), TestLaw.state(ArrayKinds.HARSH.cells(n)), lines(n, 10))
        }) {
            PreparedCrossbar prepared = new SchurSolver(1e-10, solverThreads).prepare(array, Conditions.ROOM);
            Workspace workspace = prepared.workspace();
            Excitation e = drives(3, n);
            Solution solution = new Solution(true, false);
            // The virtual machine itself allocates a little when code is reached for the first time.
            long least = Long.MAX_VALUE;
            for (int k = 0; k < 6; k++) {
                long before = allocated();
                prepared.solve(e, solution, workspace);
                least = Math.min(least, allocated() - before);
            }

            assertEquals(0, least, prepared.method());
        }
    }

    @Test
    void memoryGrowsLinearlyWithTheArray() {
        for (int n : new int[] {128, 256}) {
            Crossbar array = Circuits.resistors(ArrayKinds.HARSH.cells(n), lines(n, 10));
            Excitation e = drives(1, n);
            long before = allocated();
            PreparedCrossbar prepared = solver().prepare(array, Conditions.ROOM);
            prepared.solve(e, new Solution(), prepared.workspace());
            double perCell = (allocated() - before) / (8.0 * n * n);

            assertTrue(perCell < 14, n + ": " + perCell + " numbers per cell");
        }
    }
}
