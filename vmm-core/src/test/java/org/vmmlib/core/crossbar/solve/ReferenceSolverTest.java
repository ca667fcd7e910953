package org.vmmlib.core.crossbar.solve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.commons.math3.analysis.solvers.BrentSolver;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.vmmlib.core.crossbar.CellFaults;
import org.vmmlib.core.crossbar.Crossbar;
import org.vmmlib.core.crossbar.Direction;
import org.vmmlib.core.crossbar.Ends;
import org.vmmlib.core.crossbar.Lines;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.signal.Connections;

final class ReferenceSolverTest extends CrossbarSolverContract {

    @Override
    CrossbarSolver solver() {
        return new ReferenceSolver();
    }

    // Closed forms

    @Test
    void oneCellIsInSeriesWithItsSixResistances() {
        Lines lines = Lines.builder(1, 1)
                .rowResistance(3)
                .columnResistance(5)
                .sourceResistance(7)
                .senseResistance(11)
                .build();
        Solution s = Circuits.reference(
                Circuits.resistors(Circuits.row(1e-2), lines), Excitation.rows(Circuits.row(1), Circuits.row(0.2)));

        assertEquals(0.8 / (100 + 3 + 5 + 7 + 11), s.columnCurrents.get(0, 0), 1e-17);
        assertEquals(0.8 * 0.8 / 126, s.power.get(0, 0), 1e-17);
        assertEquals(1 - 0.8 / 126 * 10, s.wordLines.get(0, 0), 1e-15);
        assertEquals(0.2 + 0.8 / 126 * 16, s.bitLines.get(0, 0), 1e-15);
        assertEquals(-1.0 / 126, s.columnSlopes.get(0, 0), 1e-17);
    }

    /** A current that at the start is beyond anything that the wire can carry must not set the scale of the residual. */
    @Test
    void steepCellBehindAResistorTakesTheVoltageThatItsEquationSays() {
        double alpha = 100;
        double volts = 0.8;
        double ohms = 1e3;
        Crossbar array = new Crossbar(
                new TestLaw.Sinh(alpha),
                TestLaw.state(Circuits.row(1e-5)),
                Lines.builder(1, 1).rowResistance(ohms).build());
        Solution s = Circuits.reference(array, Excitation.rows(Circuits.row(volts), Circuits.row(0)));

        double cell = new BrentSolver(1e-16, 1e-18)
                .solve(
                        1000,
                        v -> Math.log(1e-5 / alpha * Math.sinh(alpha * v) * ohms / (volts - v)),
                        1e-6,
                        volts - 1e-9);
        assertEquals(1, s.columnCurrents.get(0, 0) * ohms / (volts - cell), 1e-12);
    }

    @Test
    void terminalsAtBothEndsHalveTheResistanceOfASymmetricLine() {
        Lines lines = Lines.builder(1, 1)
                .rowResistance(4)
                .sourceResistance(6)
                .rowEnds(Ends.BOTH)
                .build();
        Solution s = Circuits.reference(
                Circuits.resistors(Circuits.row(0.1), lines), Excitation.rows(Circuits.row(1.5), Circuits.row(0)));

        assertEquals(1.5 / (10 + 5), s.columnCurrents.get(0, 0), 1e-16);
    }

    @Test
    void sourceAndSenseResistancesMayDifferFromLineToLine() {
        Lines lines = Lines.builder(2, 3)
                .sourceResistance(100, 200)
                .senseResistance(0, 0, 0)
                .build();
        Solution s = Circuits.reference(
                Circuits.resistors(new DMatrixRMaj(new double[][] {{1e-3, 2e-3, 3e-3}, {1e-3, 1e-3, 1e-3}}), lines),
                Excitation.rows(Circuits.row(1, 1), Circuits.row(0, 0, 0)));
        double first = 1 / (1 + 100 * 6e-3);
        double second = 1 / (1 + 200 * 3e-3);

        assertEquals(first * 2e-3 + second * 1e-3, s.columnCurrents.get(0, 1), 1e-17);
        assertEquals(-first * 6e-3, s.rowCurrents.get(0, 0), 1e-17);
    }

    /** A row of resistors to ground along a line: a continued fraction, which loses no digits. */
    @Test
    void rowIsALadderOverTwelveDecadesOfResistance() {
        int m = 40;
        DMatrixRMaj g = Circuits.logUniform(Circuits.stream(1, "cells"), 1, m, 1e-8, 1e-2);
        for (int decade = -6; decade <= 6; decade++) {
            double r = Math.pow(10, decade);
            double[] current = ladder(g.data, r, 2 * r, 0.5 * r);
            Lines lines = Lines.builder(1, m)
                    .rowResistance(r)
                    .columnResistance(2 * r)
                    .sourceResistance(0.5 * r)
                    .build();
            Solution s = Circuits.reference(
                    Circuits.resistors(g, lines), Excitation.rows(Circuits.row(1), new DMatrixRMaj(1, m)));

            double total = 0;
            for (double i : current) {
                total += i;
            }
            for (int j = 0; j < m; j++) {
                assertEquals(current[j], s.columnCurrents.get(0, j), 1e-13 * total, r + " ohm, column " + j);
            }
            assertTrue(s.residual <= 1e-13, r + " ohm, residual " + s.residual);
        }
    }

    /** Branch currents of a ladder from 1 V: segments r, first one with a source in series, branches 1/g + foot. */
    private static double[] ladder(double[] g, double r, double foot, double source) {
        int m = g.length;
        double[] branch = new double[m];
        double[] into = new double[m];
        double beyond = 0;
        for (int j = m - 1; j >= 0; j--) {
            branch[j] = g[j] / (1 + g[j] * foot);
            double here = branch[j] + beyond;
            into[j] = here;
            beyond = here / (1 + here * (r + (j == 0 ? source : 0)));
        }
        double[] current = new double[m];
        double arriving = beyond;
        for (int j = 0; j < m; j++) {
            double volts = arriving / into[j];
            current[j] = volts * branch[j];
            arriving -= current[j];
            if (j + 1 < m) {
                double next = into[j + 1] / (1 + into[j + 1] * r);
                arriving = volts * next;
            }
        }
        return current;
    }

    @Test
    void columnsOfAnArrayWithIdealRowsAreLaddersOfTheirOwn() {
        int n = 17;
        DMatrixRMaj g = Circuits.logUniform(Circuits.stream(2, "cells"), n, 3, 1e-5, 1e-3);
        Lines lines = Lines.builder(n, 3).columnResistance(100).build();
        Solution s = Circuits.reference(
                Circuits.resistors(g, lines), Excitation.rows(Circuits.constant(1, n, 1), new DMatrixRMaj(1, 3)));

        for (int j = 0; j < 3; j++) {
            double below = 0;
            for (int i = 0; i < n; i++) {
                double here = below + g.get(i, j);
                below = here / (1 + 100 * here);
            }
            assertEquals(below, s.columnCurrents.get(0, j), 1e-14 * below);
        }
    }

    // Floating and broken lines

    @Test
    void floatingRowSettlesWhereItsCellCurrentsCancel() {
        DMatrixRMaj g = Circuits.row(1e-4, 3e-4, 4e-4);
        for (double r : new double[] {0, 1e-9}) {
            Lines lines = Lines.builder(1, 3).rowResistance(r).build();
            Solution s = Circuits.reference(
                    Circuits.resistors(g, lines),
                    Excitation.rows(Circuits.row(7), Circuits.row(0.1, 0.2, 0.4))
                            .withRows(Connections.all(1).floating(0)));

            double v = (0.1 + 3 * 0.2 + 4 * 0.4) / 8;
            assertEquals(v, s.wordLines.get(0, 1), 1e-12);
            assertEquals(0, s.rowCurrents.get(0, 0));
            assertEquals(4e-4 * (v - 0.4), s.columnCurrents.get(0, 2), 1e-15);
        }
    }

    @Test
    void onlyOneConnectedLineMeansNoCurrent() {
        DMatrixRMaj g = Circuits.logUniform(Circuits.stream(3, "cells"), 3, 4, 1e-6, 1e-4);
        Lines lines = Lines.builder(3, 4).rowResistance(2).columnResistance(3).build();
        Solution s = Circuits.reference(
                Circuits.resistors(g, lines),
                Excitation.rows(Circuits.row(0.3, 1, 2), new DMatrixRMaj(1, 4))
                        .withRows(Connections.all(3).floating(1).floating(2))
                        .withColumns(Connections.all(4)
                                .floating(0)
                                .floating(1)
                                .floating(2)
                                .floating(3)));

        assertEquals(0, Circuits.largest(s.rowCurrents), 0);
        for (int c = 0; c < 12; c++) {
            assertEquals(0.3, s.wordLines.data[c], 1e-15);
            assertEquals(0.3, s.bitLines.data[c], 1e-15);
        }
    }

    @Test
    void arrayWithoutAnyConnectionCarriesNothing() {
        Lines lines = Lines.builder(2, 2).rowResistance(1).columnResistance(1).build();
        Connections none = Connections.all(2).floating(0).floating(1);
        for (Crossbar array : new Crossbar[] {
            Circuits.resistors(Circuits.constant(2, 2, 1e-4), lines),
            new Crossbar(new TestLaw.Sinh(3), TestLaw.state(Circuits.constant(2, 2, 1e-4)), lines)
        }) {
            Solution s = Circuits.reference(
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
    void cellsBeyondABreakHangOnTheirColumnsAlone() {
        DMatrixRMaj g = Circuits.logUniform(Circuits.stream(4, "cells"), 2, 4, 1e-5, 1e-3);
        Lines lines = Lines.builder(2, 4)
                .rowResistance(10)
                .columnResistance(20)
                .openRowSegment(0, 2)
                .build();
        Excitation e = Excitation.rows(Circuits.row(1, 0.5), new DMatrixRMaj(1, 4));
        Solution s = Circuits.reference(Circuits.resistors(g, lines), e);
        DenseNetwork dense = new DenseNetwork(Circuits.resistors(g, lines), e, 0);

        assertArrayEquals(dense.columnCurrents, s.columnCurrents.data, 1e-15);
        assertArrayEquals(dense.rowCurrents, s.rowCurrents.data, 1e-15);
        double beyond = 0;
        for (int j = 2; j < 4; j++) {
            beyond += g.get(0, j) * (s.wordLines.get(0, j) - s.bitLines.get(0, j));
        }
        assertEquals(0, beyond, 1e-16);
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
        Crossbar array =
                new Crossbar(new TestLaw.Linear(), TestLaw.state(Circuits.constant(2, 3, 1e-3)), lines, faults);
        Solution s = Circuits.reference(
                array,
                Excitation.rows(Circuits.row(1, 1), new DMatrixRMaj(1, 3))
                        .withRows(Connections.all(2).floating(1)));

        assertEquals(0, s.columnCurrents.get(0, 2));
        assertEquals(0, s.rowCurrents.get(0, 1));
        assertTrue(s.columnCurrents.get(0, 0) > 1e-4);
        assertTrue(s.residual <= 1e-14);
    }

    // Gate-driven arrays

    @Test
    void nanoampereThroughOhmsKeepTheirDigits() {
        int n = 32;
        DMatrixRMaj s = Circuits.uniform(Circuits.stream(5, "cells"), n, n, 0.1, 1);
        Lines lines = Lines.builder(n, n).rowResistance(1).columnResistance(1).build();
        Crossbar array = new Crossbar(new TestLaw.Transistor(), TestLaw.state(s), lines);
        DMatrixRMaj gates = Circuits.uniform(Circuits.stream(6, "gates"), 2, n, -0.5, -0.3);
        DMatrixRMaj sense = Circuits.constant(2, n, 0.6);
        Solution solution = Circuits.reference(array, Excitation.gates(gates, sense));
        Solution ideal = Circuits.solve(
                new IdealSolver(),
                new Crossbar(new TestLaw.Transistor(), TestLaw.state(s), Lines.ideal(n, n)),
                Excitation.gates(gates, sense));

        assertTrue(solution.residual <= 1e-14, "residual " + solution.residual);
        assertTrue(solution.kirchhoffError <= 1e-13, "Kirchhoff error " + solution.kirchhoffError);
        double largest = Circuits.largest(ideal.columnCurrents);
        assertTrue(largest < 1e-10, "currents are picoamperes: " + largest);
        // Drops of at most n² pA ohm change an exponential current by drop / U, upwards nowhere.
        double most = 2.0 * n * n * largest / 0.025;
        for (int k = 0; k < 2 * n; k++) {
            double loss = 1 - solution.columnCurrents.data[k] / ideal.columnCurrents.data[k];
            assertTrue(loss > 0 && loss < most, "loss " + loss + " of at most " + most);
        }
    }

    @Test
    void rowsThatAreOffLeaveTheOthersAlone() {
        Lines lines = Lines.builder(3, 2)
                .rowResistance(50)
                .columnResistance(70)
                .sourceResistance(20)
                .build();
        Crossbar array = new Crossbar(new TestLaw.Transistor(), TestLaw.state(Circuits.constant(3, 2, 1)), lines);
        Solution s = Circuits.reference(
                array,
                Excitation.gates(
                        Circuits.row(Double.NEGATIVE_INFINITY, 0.3, Double.NEGATIVE_INFINITY), Circuits.row(0.5, 0.5)));

        assertEquals(0, s.rowCurrents.get(0, 0));
        assertEquals(0, s.rowCurrents.get(0, 2));
        assertEquals(0, s.wordLines.get(0, 0));
        assertTrue(s.columnCurrents.get(0, 0) < -1e-6);
    }

    @Test
    void columnThatFloatsOnSaturatedCellsHasNoOperatingPoint() {
        Crossbar array = new Crossbar(
                new TestLaw.Saturated(),
                TestLaw.state(Circuits.constant(2, 2, 1)),
                Lines.builder(2, 2).rowResistance(1).columnResistance(1).build());
        PreparedCrossbar prepared = new ReferenceSolver().prepare(array, Conditions.ROOM);
        ConvergenceException failure = assertThrows(
                ConvergenceException.class,
                () -> prepared.solve(
                        Excitation.gates(Circuits.row(0, 0), Circuits.row(0.5, 0.5))
                                .withColumns(Connections.all(2).floating(0)),
                        new Solution(),
                        prepared.workspace()));

        assertTrue(String.valueOf(failure.getMessage()).contains("floating"), failure.toString());
        assertTrue(failure.history().length >= 1);
    }

    // Evidence and limits

    @Test
    void toleranceBelowRoundingIsToldNotPretended() {
        DMatrixRMaj g = Circuits.logUniform(Circuits.stream(7, "cells"), 8, 8, 1e-5, 1e-3);
        Lines lines = Lines.builder(8, 8).rowResistance(3).columnResistance(3).build();
        Excitation e =
                Excitation.rows(Circuits.uniform(Circuits.stream(8, "drives"), 1, 8, 0, 1), new DMatrixRMaj(1, 8));
        for (Crossbar array :
                new Crossbar[] {Circuits.resistors(g, lines), new Crossbar(new TestLaw.Sinh(3), TestLaw.state(g), lines)
                }) {
            PreparedCrossbar prepared = new ReferenceSolver(1e-18).prepare(array, Conditions.ROOM);
            ConvergenceException failure = assertThrows(
                    ConvergenceException.class, () -> prepared.solve(e, new Solution(), prepared.workspace()));
            double[] history = failure.history();
            assertTrue(history[history.length - 1] < 1e-14, failure.getMessage());
        }
    }

    @Test
    void currentsThatOverflowAreTold() {
        Crossbar array = new Crossbar(
                new TestLaw.Sinh(10_000),
                TestLaw.state(Circuits.row(1e-3)),
                Lines.builder(1, 1).rowResistance(1).build());
        PreparedCrossbar prepared = new ReferenceSolver().prepare(array, Conditions.ROOM);
        assertThrows(
                ConvergenceException.class,
                () -> prepared.solve(
                        Excitation.rows(Circuits.row(1), Circuits.row(0)), new Solution(), prepared.workspace()));
    }

    @Test
    void arrayTooLargeForTheMemoryIsRefused() {
        Lines lines = Lines.builder(64, 64).rowResistance(1).columnResistance(1).build();
        Crossbar array = Circuits.resistors(Circuits.constant(64, 64, 1e-4), lines);
        for (long memory : new long[] {100_000, 4_000_000}) {
            refuses("crossbar is 64 x 64", () -> new ReferenceSolver(1e-10, memory).prepare(array, Conditions.ROOM));
        }
        refuses("tolerance", () -> new ReferenceSolver(0));
        refuses("tolerance", () -> new ReferenceSolver(Double.NaN));
        refuses("memory", () -> new ReferenceSolver(1e-10, 0));
    }

    @Test
    void largeArrayFitsInTheHeap() {
        int n = 256;
        Lines lines = Lines.builder(n, n).rowResistance(1).columnResistance(1).build();
        DMatrixRMaj g = Circuits.logUniform(Circuits.stream(9, "cells"), n, n, 1e-5, 1e-3);
        PreparedCrossbar prepared = new ReferenceSolver().prepare(Circuits.resistors(g, lines), Conditions.ROOM);
        Solution s = new Solution();
        prepared.solve(Excitation.rows(Circuits.constant(1, n, 0.2), new DMatrixRMaj(1, n)), s, prepared.workspace());

        assertTrue(s.residual <= 1e-14);
        assertEquals(0.2 * -Circuits.sum(s.rowCurrents), s.power.get(0, 0), 1e-12 * s.power.get(0, 0));
    }

    // Workspaces

    @Test
    void connectionsMayChangeFromSolveToSolve() {
        DMatrixRMaj g = Circuits.logUniform(Circuits.stream(10, "cells"), 4, 5, 1e-5, 1e-3);
        Lines lines = Lines.builder(4, 5)
                .rowResistance(5)
                .columnResistance(8)
                .sourceResistance(30)
                .senseResistance(60)
                .build();
        Excitation all =
                Excitation.rows(Circuits.uniform(Circuits.stream(11, "drives"), 2, 4, 0, 1), new DMatrixRMaj(2, 5));
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
        for (Crossbar array :
                new Crossbar[] {Circuits.resistors(g, lines), new Crossbar(new TestLaw.Sinh(1), TestLaw.state(g), lines)
                }) {
            PreparedCrossbar prepared = new ReferenceSolver().prepare(array, Conditions.ROOM);
            Workspace workspace = prepared.workspace();
            for (Excitation e : sequence) {
                Solution reused = new Solution();
                prepared.solve(e, reused, workspace);
                Solution fresh = Circuits.reference(array, e);
                assertArrayEquals(fresh.rowCurrents.data, reused.rowCurrents.data);
                assertArrayEquals(fresh.columnCurrents.data, reused.columnCurrents.data);
            }
        }
    }
}
