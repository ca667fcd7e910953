package org.vmmlib.core.crossbar.solve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.vmmlib.core.crossbar.CellFaults;
import org.vmmlib.core.crossbar.CellLaw;
import org.vmmlib.core.crossbar.Crossbar;
import org.vmmlib.core.crossbar.Direction;
import org.vmmlib.core.crossbar.Lines;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.signal.Connections;

/** What every solver does on arrays without line resistance, where each cell sees its two terminals. */
abstract class CrossbarSolverContract {

    private static final int N = 5;
    private static final int M = 7;

    /** The solver, with its default parameters. */
    abstract CrossbarSolver solver();

    private static DMatrixRMaj conductances(int n, int m) {
        return Circuits.logUniform(Circuits.stream(1, "cells"), n, m, 1e-6, 1e-4);
    }

    private static DMatrixRMaj drives(int vectors, int n) {
        return Circuits.uniform(Circuits.stream(2, "drives"), vectors, n, -0.3, 0.5);
    }

    private static Crossbar array(CellLaw law) {
        return new Crossbar(law, TestLaw.state(conductances(N, M)), Lines.ideal(N, M));
    }

    @Test
    void currentIsPositiveOutOfTheArrayIntoTheTerminal() {
        Solution s = Circuits.solve(
                solver(),
                Circuits.resistors(Circuits.row(1e-3), Lines.ideal(1, 1)),
                Excitation.rows(Circuits.row(0.5), Circuits.row(0.1)));

        assertEquals(0.4e-3, s.columnCurrents.get(0, 0), 1e-18);
        assertEquals(-0.4e-3, s.rowCurrents.get(0, 0), 1e-18);
        assertEquals(0.16e-3, s.power.get(0, 0), 1e-18);
        assertEquals(-1e-3, s.columnSlopes.get(0, 0), 1e-18);
        assertEquals(0.5, s.wordLines.get(0, 0));
        assertEquals(0.1, s.bitLines.get(0, 0));
    }

    @Test
    void columnCurrentIsTheSumOfConductanceTimesVoltage() {
        DMatrixRMaj g = conductances(N, M);
        DMatrixRMaj v = drives(3, N);
        DMatrixRMaj sense = Circuits.uniform(Circuits.stream(3, "sense"), 3, M, -0.1, 0.1);
        Solution s = Circuits.solve(solver(), Circuits.resistors(g, Lines.ideal(N, M)), Excitation.rows(v, sense));

        for (int b = 0; b < 3; b++) {
            double power = 0;
            for (int j = 0; j < M; j++) {
                double sum = 0;
                for (int i = 0; i < N; i++) {
                    double drop = v.get(b, i) - sense.get(b, j);
                    sum += g.get(i, j) * drop;
                    power += g.get(i, j) * drop * drop;
                }
                assertEquals(sum, s.columnCurrents.get(b, j), 1e-18);
            }
            for (int i = 0; i < N; i++) {
                double sum = 0;
                for (int j = 0; j < M; j++) {
                    sum += g.get(i, j) * (sense.get(b, j) - v.get(b, i));
                }
                assertEquals(sum, s.rowCurrents.get(b, i), 1e-18);
            }
            assertEquals(power, s.power.get(b, 0), 1e-14 * power);
        }
    }

    @Test
    void directionDoesNotMatterWithoutSourceAndSenseResistance() {
        Crossbar array = array(new TestLaw.Sinh(3));
        DMatrixRMaj rows = drives(2, N);
        DMatrixRMaj columns = Circuits.uniform(Circuits.stream(4, "columns"), 2, M, 0, 0.4);
        Solution forward = Circuits.solve(solver(), array, Excitation.rows(rows, columns));
        Solution backward = Circuits.solve(solver(), array, Excitation.columns(columns, rows));

        assertArrayEquals(forward.rowCurrents.data, backward.rowCurrents.data);
        assertArrayEquals(forward.columnCurrents.data, backward.columnCurrents.data);
    }

    @Test
    void nonlinearCellsAddTheirCurrents() {
        DMatrixRMaj s = conductances(N, M);
        DMatrixRMaj v = drives(1, N);
        Solution solution =
                Circuits.solve(solver(), array(new TestLaw.Sinh(4)), Excitation.rows(v, Circuits.constant(1, M, 0.05)));

        for (int j = 0; j < M; j++) {
            double current = 0;
            double slope = 0;
            for (int i = 0; i < N; i++) {
                double drop = v.get(0, i) - 0.05;
                current += s.get(i, j) / 4 * Math.sinh(4 * drop);
                slope -= s.get(i, j) * Math.cosh(4 * drop);
            }
            assertEquals(current, solution.columnCurrents.get(0, j), 1e-14 * 1e-4);
            assertEquals(slope, solution.columnSlopes.get(0, j), 1e-13 * Math.abs(slope));
        }
    }

    @Test
    void rowThatIsOffCarriesNoCurrent() {
        DMatrixRMaj gates = Circuits.constant(1, N, 0.1);
        gates.set(0, 2, Double.NEGATIVE_INFINITY);
        for (CellLaw law : List.of(new TestLaw.Transistor(), new TestLaw.Saturated())) {
            Solution s = Circuits.solve(solver(), array(law), Excitation.gates(gates, Circuits.constant(1, M, 0.5)));

            assertEquals(0, s.rowCurrents.get(0, 2));
            assertTrue(s.rowCurrents.get(0, 1) > 0, "a row that is on takes the cells' current");
            assertTrue(s.columnCurrents.get(0, 0) < 0, "a column delivers the cells' current");
            assertEquals(0, s.columnSlopes.get(0, 0), law instanceof TestLaw.Saturated ? 0 : 1);
        }
    }

    @Test
    void separableCellsAreDriveTimesFactor() {
        DMatrixRMaj s = conductances(N, M);
        DMatrixRMaj gates = Circuits.uniform(Circuits.stream(5, "gates"), 4, N, -0.1, 0.1);
        DMatrixRMaj sense = Circuits.constant(4, M, 0.5);
        sense.set(3, 1, 0.4);
        PreparedCrossbar prepared = solver().prepare(array(new TestLaw.Saturated()), Conditions.ROOM);
        Solution solution = new Solution();
        prepared.solve(Excitation.gates(gates, sense), solution, prepared.workspace());

        for (int b = 0; b < 4; b++) {
            double delivered = 0;
            for (int j = 0; j < M; j++) {
                double sum = 0;
                for (int i = 0; i < N; i++) {
                    sum -= s.get(i, j) * 1e-9 * Math.exp(gates.get(b, i) / 0.025);
                }
                assertEquals(sum, solution.columnCurrents.get(b, j), 1e-14 * -sum);
                delivered -= sum * sense.get(b, j);
            }
            assertEquals(delivered, solution.power.get(b, 0), 1e-14 * delivered);
        }
    }

    @Test
    void openCellsCarryNothingAndShortedOnesTheirConductance() {
        CellFaults faults = CellFaults.none(2, 2).open(0, 0).shorted(1, 1).shortConductance(0.5);
        for (CellLaw law : List.of(new TestLaw.Linear(), new TestLaw.Sinh(2))) {
            Crossbar array = new Crossbar(law, TestLaw.state(Circuits.constant(2, 2, 1e-4)), Lines.ideal(2, 2), faults);
            Solution s = Circuits.solve(solver(), array, Excitation.rows(Circuits.row(0.2, 0), Circuits.row(0, 0)));
            assertEquals(0, s.columnCurrents.get(0, 0));
            s = Circuits.solve(solver(), array, Excitation.rows(Circuits.row(0, 0.2), Circuits.row(0, 0)));
            assertEquals(0.1, s.columnCurrents.get(0, 1), 1e-15);
        }
    }

    @Test
    void allTerminalCurrentsAddToZero() {
        Solution s = Circuits.solve(
                solver(), array(new TestLaw.Sinh(3)), Excitation.rows(drives(1, N), Circuits.constant(1, M, 0.1)));

        assertEquals(0, Circuits.sum(s.rowCurrents) + Circuits.sum(s.columnCurrents), 1e-18);
        assertTrue(s.kirchhoffError <= 1e-14);
        assertTrue(s.residual <= 1e-10);
    }

    @Test
    void injectedCurrentReachesItsTwoTerminals() {
        PreparedCrossbar prepared = solver().prepare(array(new TestLaw.Sinh(3)), Conditions.ROOM);
        DMatrixRMaj rows = drives(2, N);
        DMatrixRMaj columns = Circuits.constant(2, M, 0.1);
        DMatrixRMaj response = new DMatrixRMaj(0, 0);

        DMatrixRMaj weights = Circuits.uniform(Circuits.stream(6, "weights"), 2, M, -1, 1);
        prepared.adjoint(Excitation.rows(rows, columns), weights, response, prepared.workspace());
        assertEquals(2, response.numRows);
        assertEquals(N * M, response.numCols);
        assertEquals(weights.get(1, 3), response.get(1, 2 * M + 3), 1e-15);

        weights = Circuits.uniform(Circuits.stream(7, "weights"), 1, N, -1, 1);
        prepared.adjoint(Excitation.columns(columns, rows), weights, response, prepared.workspace());
        assertEquals(-weights.get(0, 2), response.get(1, 2 * M + 3), 1e-15);
    }

    @Test
    void batchGivesWhatItsVectorsGiveAloneBitByBit() {
        for (CellLaw law : List.of(new TestLaw.Linear(), new TestLaw.Sinh(3))) {
            PreparedCrossbar prepared = solver().prepare(array(law), Conditions.ROOM);
            Workspace workspace = prepared.workspace();
            DMatrixRMaj rows = drives(11, N);
            DMatrixRMaj columns = Circuits.uniform(Circuits.stream(8, "columns"), 11, M, 0, 0.1);
            Solution all = new Solution(true, true);
            prepared.solve(Excitation.rows(rows, columns), all, workspace);
            Solution one = new Solution(true, true);
            for (int b = 10; b >= 0; b--) {
                prepared.solve(Excitation.rows(vector(rows, b), vector(columns, b)), one, workspace);
                assertVector(all.columnCurrents, b, one.columnCurrents);
                assertVector(all.rowCurrents, b, one.rowCurrents);
                assertVector(all.power, b, one.power);
                assertVector(all.columnSlopes, b, one.columnSlopes);
                assertVector(all.wordLines, b, one.wordLines);
                assertVector(all.bitLines, b, one.bitLines);
            }
        }
    }

    private static DMatrixRMaj vector(DMatrixRMaj batch, int b) {
        return Circuits.row(Arrays.copyOfRange(batch.data, b * batch.numCols, (b + 1) * batch.numCols));
    }

    private static void assertVector(DMatrixRMaj batch, int b, DMatrixRMaj one) {
        for (int k = 0; k < batch.numCols; k++) {
            assertEquals(batch.get(b, k), one.get(0, k));
        }
    }

    @Test
    void threadsShareAPreparedArray() throws Exception {
        PreparedCrossbar prepared = solver().prepare(array(new TestLaw.Sinh(3)), Conditions.ROOM);
        DMatrixRMaj rows = drives(40, N);
        DMatrixRMaj columns = Circuits.constant(40, M, 0);
        Solution expected = new Solution();
        prepared.solve(Excitation.rows(rows, columns), expected, prepared.workspace());
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Future<double[]>> results = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                results.add(threads.submit(() -> {
                    Solution s = new Solution();
                    prepared.solve(Excitation.rows(rows, columns), s, prepared.workspace());
                    return s.columnCurrents.data;
                }));
            }
            for (Future<double[]> result : results) {
                assertArrayEquals(expected.columnCurrents.data, result.get());
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void solutionIsReusedWithoutStaleResults() {
        PreparedCrossbar prepared = solver().prepare(array(new TestLaw.Linear()), Conditions.ROOM);
        Workspace workspace = prepared.workspace();
        Solution solution = new Solution(true, true);
        prepared.solve(Excitation.rows(drives(6, N), Circuits.constant(6, M, 0.1)), solution, workspace);
        double[] held = solution.columnCurrents.data;
        prepared.solve(Excitation.rows(new DMatrixRMaj(6, N), new DMatrixRMaj(6, M)), solution, workspace);

        assertSame(held, solution.columnCurrents.data, "no allocation when the shapes repeat");
        assertEquals(0, Circuits.largest(solution.columnCurrents));
        assertEquals(0, Circuits.largest(solution.rowCurrents));
        assertEquals(0, Circuits.largest(solution.power));
        assertEquals(0, solution.residual);
        assertEquals(0, solution.kirchhoffError);
    }

    @Test
    void emptyBatchHasNoResults() {
        PreparedCrossbar prepared = solver().prepare(array(new TestLaw.Linear()), Conditions.ROOM);
        Solution solution = new Solution(true, true);
        prepared.solve(Excitation.rows(new DMatrixRMaj(0, N), new DMatrixRMaj(0, M)), solution, prepared.workspace());

        assertEquals(0, solution.columnCurrents.numRows);
    }

    @Test
    void inputsAreNotModified() {
        PreparedCrossbar prepared = solver().prepare(array(new TestLaw.Linear()), Conditions.ROOM);
        DMatrixRMaj rows = drives(3, N);
        DMatrixRMaj columns = Circuits.uniform(Circuits.stream(8, "columns"), 3, M, 0, 0.1);
        double[] rowsBefore = rows.data.clone();
        double[] columnsBefore = columns.data.clone();
        prepared.solve(Excitation.rows(rows, columns), new Solution(true, true), prepared.workspace());

        assertArrayEquals(rowsBefore, rows.data);
        assertArrayEquals(columnsBefore, columns.data);
    }

    @Test
    void preparedArrayKnowsWhatItIs() {
        Crossbar array = array(new TestLaw.Linear());
        PreparedCrossbar prepared = solver().prepare(array, Conditions.ROOM);

        assertSame(array, prepared.crossbar());
        assertEquals(N, prepared.cells().rows());
        assertEquals(M, prepared.cells().columns());
        assertFalse(prepared.method().isBlank());
        assertFalse(solver().name().isBlank());
    }

    @Test
    void badInputIsRefusedByName() {
        PreparedCrossbar prepared = solver().prepare(array(new TestLaw.Linear()), Conditions.ROOM);
        Workspace workspace = prepared.workspace();
        Solution solution = new Solution();
        refuses(
                "rowVoltages",
                () -> prepared.solve(
                        Excitation.rows(new DMatrixRMaj(1, N + 1), new DMatrixRMaj(1, M)), solution, workspace));
        refuses(
                "columnVoltages",
                () -> prepared.solve(
                        Excitation.rows(new DMatrixRMaj(1, N), new DMatrixRMaj(1, M + 1)), solution, workspace));
        refuses(
                "rowVoltages[0,2]",
                () -> prepared.solve(
                        Excitation.rows(Circuits.row(0, 0, Double.NaN, 0, 0), new DMatrixRMaj(1, M)),
                        solution,
                        workspace));
        refuses(
                "columnVoltages[0,0]",
                () -> prepared.solve(
                        Excitation.rows(new DMatrixRMaj(1, N), Circuits.constant(1, M, Double.POSITIVE_INFINITY)),
                        solution,
                        workspace));
        refuses(
                "weights",
                () -> prepared.adjoint(
                        Excitation.rows(new DMatrixRMaj(2, N), new DMatrixRMaj(2, M)),
                        new DMatrixRMaj(1, N),
                        new DMatrixRMaj(0, 0),
                        workspace));
        Workspace foreign =
                solver().prepare(array(new TestLaw.Linear()), Conditions.ROOM).workspace();
        refuses(
                "workspace",
                () -> prepared.solve(Excitation.rows(new DMatrixRMaj(1, N), new DMatrixRMaj(1, M)), solution, foreign));
        PreparedCrossbar transistors = solver().prepare(array(new TestLaw.Transistor()), Conditions.ROOM);
        refuses(
                "gates",
                () -> transistors.solve(
                        Excitation.rows(new DMatrixRMaj(1, N), new DMatrixRMaj(1, M)),
                        solution,
                        transistors.workspace()));
        refuses(
                "gates[0,0]",
                () -> transistors.solve(
                        Excitation.gates(Circuits.constant(1, N, Double.NaN), new DMatrixRMaj(1, M)),
                        solution,
                        transistors.workspace()));
        Lines byColumn = Lines.builder(N, M).sourceResistance(new double[M]).build();
        PreparedCrossbar columnsDriven =
                solver().prepare(Circuits.resistors(conductances(N, M), byColumn), Conditions.ROOM);
        refuses(
                "direction",
                () -> columnsDriven.solve(
                        new Excitation(
                                Direction.ROWS_DRIVEN,
                                new DMatrixRMaj(1, 0),
                                new DMatrixRMaj(1, N),
                                new DMatrixRMaj(1, M),
                                Connections.all(N),
                                Connections.all(M)),
                        solution,
                        columnsDriven.workspace()));
    }

    static void refuses(String name, Runnable action) {
        String message = String.valueOf(
                assertThrows(IllegalArgumentException.class, action::run).getMessage());
        assertTrue(message.startsWith(name), message);
    }
}
