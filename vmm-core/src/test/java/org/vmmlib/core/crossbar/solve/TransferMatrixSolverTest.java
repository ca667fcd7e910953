package org.vmmlib.core.crossbar.solve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vmmlib.core.crossbar.CellFaults;
import org.vmmlib.core.crossbar.Crossbar;
import org.vmmlib.core.crossbar.Ends;
import org.vmmlib.core.crossbar.Lines;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.random.RandomStream;

final class TransferMatrixSolverTest {

    /** Refuses everything: proves that the transfer matrix needs no other solver. */
    private record NoSolver() implements CrossbarSolver {
        @Override
        public String name() {
            return "none";
        }

        @Override
        public PreparedCrossbar prepare(Crossbar crossbar, Conditions conditions) {
            throw new UnsupportedOperationException();
        }
    }

    private static PreparedCrossbar prepare(Crossbar crossbar, int threads) {
        return new TransferMatrixSolver(new NoSolver(), threads).prepare(crossbar, Conditions.ROOM);
    }

    private static Solution solve(PreparedCrossbar prepared, Excitation e) {
        Solution s = new Solution(false, true);
        prepared.solve(e, s, prepared.workspace());
        return s;
    }

    private static DMatrixRMaj harsh(int n, int m) {
        DMatrixRMaj g = Circuits.logUniform(Circuits.stream(1, "cells"), n, m, 1e-5, 1e-3);
        RandomStream faults = Circuits.stream(2, "faults");
        for (int k = 0; k < n * m; k++) {
            double u = faults.uniform(k);
            g.data[k] = u < 0.01 ? 0 : u < 0.02 ? 1e-2 : g.data[k];
        }
        return g;
    }

    private static Lines tenOhms(int n, int m) {
        return Lines.builder(n, m).rowResistance(10).columnResistance(10).build();
    }

    /** Sizes around the leaves of 2×2, the tasks of 64×64 and the large eliminations. */
    @ParameterizedTest
    @CsvSource({"1, 1", "1, 2", "2, 1", "3, 2", "5, 64", "64, 5", "1, 200", "200, 1", "65, 33", "70, 130", "129, 66"})
    void currentsAreThoseOfTheReferenceSolverOnHarshArrays(int n, int m) {
        Crossbar array = Circuits.resistors(harsh(n, m), tenOhms(n, m));
        Excitation e = Excitation.rows(
                Circuits.uniform(Circuits.stream(3, "drives"), 2, n, 0, 0.2),
                Circuits.uniform(Circuits.stream(4, "senses"), 2, m, 0, 0.02));
        Solution expected = Circuits.reference(array, e);
        Solution actual = solve(prepare(array, 2), e);
        double scale = 1e-12 * Circuits.largest(expected.columnCurrents);

        assertArrayEquals(expected.columnCurrents.data, actual.columnCurrents.data, scale);
        assertArrayEquals(expected.rowCurrents.data, actual.rowCurrents.data, scale);
        assertArrayEquals(expected.power.data, actual.power.data, 1e-12 * expected.power.data[0]);
        assertTrue(actual.residual < 1e-14, "residual " + actual.residual);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0, 3", "3, 0", "1e-160, 2", "2, 1e-160", "1e-9, 1e9", "1e9, 1e-9"})
    void anyWireResistanceOfEitherSideWithEveryTerminalAndBreaks(double rowOhms, double columnOhms) {
        int n = 13;
        int m = 10;
        DMatrixRMaj g = harsh(n, m);
        for (Ends rowEnds : Ends.values()) {
            for (Ends columnEnds : Ends.values()) {
                for (double series : new double[] {0, 40}) {
                    double[] source = new double[n];
                    double[] sense = new double[m];
                    for (int i = 0; i < n; i++) {
                        source[i] = i % 3 * series;
                    }
                    for (int j = 0; j < m; j++) {
                        sense[j] = (j + 1) % 4 * series;
                    }
                    Lines lines = Lines.builder(n, m)
                            .rowResistance(rowOhms)
                            .columnResistance(columnOhms)
                            .sourceResistance(source)
                            .senseResistance(sense)
                            .rowEnds(rowEnds)
                            .columnEnds(columnEnds)
                            .openRowSegment(2, 4)
                            .openRowSegment(3, 0)
                            .openRowSegment(3, m)
                            .openRowSegment(5, 1)
                            .openRowSegment(5, 8)
                            .openColumnSegment(1, 6)
                            .openColumnSegment(4, n)
                            .openColumnSegment(6, 0)
                            .build();
                    Crossbar array = new Crossbar(
                            new TestLaw.Linear(),
                            TestLaw.state(g),
                            lines,
                            CellFaults.none(n, m).open(0, 0).shorted(7, 7).open(5, 5));
                    Excitation e = Excitation.rows(
                            Circuits.uniform(Circuits.stream(3, "drives"), 2, n, 0, 1),
                            Circuits.uniform(Circuits.stream(4, "senses"), 2, m, 0, 1));
                    Lines noLessThanAShort = lines.toBuilder()
                            .rowResistance(rowOhms < 1e-100 ? 0 : rowOhms)
                            .columnResistance(columnOhms < 1e-100 ? 0 : columnOhms)
                            .build();
                    Solution expected = Circuits.reference(
                            new Crossbar(array.law(), array.state(), noLessThanAShort, array.faults()), e);
                    Solution actual = solve(prepare(array, 1), e);
                    double scale = 1e-12 * Circuits.largest(expected.columnCurrents) + 1e-17;

                    assertArrayEquals(expected.columnCurrents.data, actual.columnCurrents.data, scale);
                    assertArrayEquals(expected.rowCurrents.data, actual.rowCurrents.data, scale);
                }
            }
        }
    }

    @Test
    void structuredArraysAreThoseOfTheReferenceSolver() {
        int n = 48;
        for (String kind :
                new String[] {"halves", "row stripes", "column stripes", "checkerboard", "dead rows", "dead"}) {
            DMatrixRMaj g = new DMatrixRMaj(n, n);
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    boolean high = switch (kind) {
                        case "halves" -> j < n / 2;
                        case "row stripes" -> i % 2 == 0;
                        case "column stripes" -> j % 2 == 0;
                        case "checkerboard" -> (i + j) % 2 == 0;
                        case "dead rows" -> i % 5 != 0;
                        default -> false;
                    };
                    g.set(i, j, high ? 1e-3 : kind.startsWith("dead") ? j == 3 ? 1e-9 : 0 : 1e-5);
                }
            }
            Crossbar array = Circuits.resistors(g, tenOhms(n, n));
            Excitation e = Excitation.rows(Circuits.constant(1, n, 0.2), new DMatrixRMaj(1, n));
            Solution expected = Circuits.reference(array, e);
            Solution actual = solve(prepare(array, 2), e);
            for (int j = 0; j < n; j++) {
                double amperes = expected.columnCurrents.data[j];
                assertEquals(amperes, actual.columnCurrents.data[j], 1e-12 * amperes, kind);
            }
        }
    }

    /** Where the wires conduct 10²⁰ times better than the cells, column by column, not only on the whole. */
    @Test
    void everyConductanceHasItsDigitsHoweverFarApartTheyAre() {
        int n = 24;
        DMatrixRMaj g = Circuits.logUniform(Circuits.stream(5, "cells"), n, n, 1e-14, 1e-2);
        Lines lines =
                Lines.builder(n, n).rowResistance(1e-6).columnResistance(1e-6).build();
        Solution s = solve(
                prepare(Circuits.resistors(g, lines), 1), Excitation.rows(Circuits.units(n), new DMatrixRMaj(n, n)));
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                // The drops of the other currents, of 1e-2 A at most through n segments of 1e-6 ohm, change it
                // relatively
                // by 2 n² 1e-8, and couple it to cells that are 1e12 larger.
                double tolerance = 2e-5 * g.get(i, j) + 1e-7 * 1e-2 * 1e-2 * 2 * n;
                assertEquals(g.get(i, j), s.columnCurrents.get(i, j), tolerance);
                assertTrue(s.columnCurrents.get(i, j) >= 0);
            }
        }
    }

    @Test
    void bitsDoNotDependOnTheNumberOfThreads() {
        int n = 140;
        int m = 150;
        Crossbar array = Circuits.resistors(harsh(n, m), tenOhms(n, m));
        Excitation e = Excitation.rows(Circuits.units(n), Circuits.constant(n, m, 0.01));
        Solution one = solve(prepare(array, 1), e);
        for (int threads : new int[] {2, 3}) {
            Solution more = solve(prepare(array, threads), e);
            assertArrayEquals(one.columnCurrents.data, more.columnCurrents.data);
            assertArrayEquals(one.rowCurrents.data, more.rowCurrents.data);
            assertEquals(one.residual, more.residual);
        }
    }

    @Test
    void reciprocityHolds() {
        int n = 31;
        int m = 40;
        Crossbar array = Circuits.resistors(harsh(n, m), tenOhms(n, m));
        PreparedCrossbar prepared = prepare(array, 1);
        Solution forward = solve(prepared, Excitation.rows(Circuits.units(n), new DMatrixRMaj(n, m)));
        Solution backward = solve(prepared, Excitation.columns(Circuits.units(m), new DMatrixRMaj(m, n)));
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < m; j++) {
                double siemens = forward.columnCurrents.get(i, j);
                assertEquals(siemens, backward.rowCurrents.get(j, i), 1e-12 * siemens);
            }
        }
    }

    @Test
    void equalVoltagesEverywhereCarryNothing() {
        PreparedCrossbar prepared = prepare(Circuits.resistors(harsh(9, 7), tenOhms(9, 7)), 1);
        Solution s = solve(prepared, Excitation.rows(Circuits.constant(2, 9, 0.7), Circuits.constant(2, 7, 0.7)));

        assertEquals(0, Circuits.largest(s.columnCurrents));
        assertEquals(0, Circuits.largest(s.rowCurrents));
        assertEquals(0, s.residual);
        assertEquals(0, s.kirchhoffError);
    }

    @Test
    void batchGivesWhatItsVectorsGiveAloneBitByBit() {
        int n = 20;
        int m = 11;
        PreparedCrossbar prepared = prepare(Circuits.resistors(harsh(n, m), tenOhms(n, m)), 1);
        DMatrixRMaj v = Circuits.uniform(Circuits.stream(6, "rows"), 9, n, 0, 1);
        DMatrixRMaj s = Circuits.uniform(Circuits.stream(7, "columns"), 9, m, 0, 0.1);
        for (int j = 0; j < m; j++) {
            s.set(4, j, 0.05);
        }
        for (int i = 0; i < n - 2; i++) {
            v.set(5, i, 0);
        }
        Solution all = solve(prepared, Excitation.rows(v, s));
        for (int b = 0; b < 9; b++) {
            Solution one = solve(
                    prepared,
                    Excitation.rows(
                            Circuits.row(Arrays.copyOfRange(v.data, b * n, (b + 1) * n)),
                            Circuits.row(Arrays.copyOfRange(s.data, b * m, (b + 1) * m))));
            for (int j = 0; j < m; j++) {
                assertEquals(all.columnCurrents.get(b, j), one.columnCurrents.get(0, j));
                assertEquals(all.columnSlopes.get(b, j), one.columnSlopes.get(0, j));
            }
            for (int i = 0; i < n; i++) {
                assertEquals(all.rowCurrents.get(b, i), one.rowCurrents.get(0, i));
            }
            assertEquals(all.power.get(b, 0), one.power.get(0, 0));
        }
    }

    @Test
    void repeatedSolvesAllocateNothing() {
        int n = 40;
        PreparedCrossbar prepared = prepare(Circuits.resistors(harsh(n, n), tenOhms(n, n)), 1);
        Excitation e = Excitation.rows(
                Circuits.uniform(Circuits.stream(8, "rows"), 8, n, 0, 1),
                Circuits.uniform(Circuits.stream(9, "columns"), 8, n, 0, 0.1));
        Solution s = new Solution(false, true);
        Workspace workspace = prepared.workspace();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        // Vectors are objects until the JIT compiler has seen them often enough.
        for (int round = 0; round < 500 && least > 0; round++) {
            long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
            for (int k = 0; k < 20; k++) {
                prepared.solve(e, s, workspace);
            }
            least = Math.min(
                    least,
                    threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before);
        }

        assertEquals(0, least, "bytes in 20 solves");
    }

    private static double[] allCurrents(PreparedCrossbar prepared) {
        int n = prepared.crossbar().rows();
        int m = prepared.crossbar().columns();
        DMatrixRMaj rows = new DMatrixRMaj(n + m, n);
        DMatrixRMaj columns = new DMatrixRMaj(n + m, m);
        for (int k = 0; k < n; k++) {
            rows.set(k, k, 1);
        }
        for (int k = 0; k < m; k++) {
            columns.set(n + k, k, 1);
        }
        Solution s = solve(prepared, Excitation.rows(rows, columns));
        double[] out = Arrays.copyOf(s.rowCurrents.data, (n + m) * (n + m));
        System.arraycopy(s.columnCurrents.data, 0, out, (n + m) * n, (n + m) * m);
        return out;
    }

    /** Sizes of one and of several tasks, and large eliminations on the way. */
    @ParameterizedTest
    @CsvSource({"40, 30, 10", "70, 66, 10", "131, 90, 10", "90, 140, 0", "100, 70, 1e-9"})
    void changeOfOneCellIsFollowedToAllDigits(int n, int m, double ohms) {
        DMatrixRMaj g = harsh(n, m);
        Lines lines = Lines.builder(n, m)
                .rowResistance(ohms)
                .columnResistance(10)
                .sourceResistance(5)
                .rowEnds(Ends.BOTH)
                .openRowSegment(3, 2)
                .build();
        TransferMatrixSolver solver = new TransferMatrixSolver(new NoSolver(), 2);
        PreparedCrossbar before = solver.prepare(Circuits.resistors(g, lines), Conditions.ROOM);
        double[] known = allCurrents(before);
        int[] cells = {0, m - 1, (n - 1) * m, n * m - 1, n / 2 * m + m / 2, 3 * m + 2};
        for (int cell : cells) {
            for (double siemens : new double[] {0, 0.5 * g.data[cell], 1e-3, 1}) {
                DMatrixRMaj h = g.copy();
                h.data[cell] = siemens;
                Crossbar array = Circuits.resistors(h, lines);
                double[] expected = allCurrents(solver.prepare(array, Conditions.ROOM));
                double[] actual = allCurrents(solver.prepare(array, Conditions.ROOM, before));
                double scale = 1e-12 * Circuits.largest(DMatrixRMaj.wrap(1, expected.length, expected));
                assertArrayEquals(expected, actual, scale);
            }
        }
        assertArrayEquals(known, allCurrents(before), "the array before is left as it was");
    }

    /** The sign by itself: more conductance from row to column carries more current from there to there. */
    @Test
    void betterCellRaisesTheCurrentOfItsColumn() {
        int n = 80;
        DMatrixRMaj g = Circuits.constant(n, n, 1e-4);
        Lines lines = tenOhms(n, n);
        TransferMatrixSolver solver = new TransferMatrixSolver(new NoSolver(), 1);
        PreparedCrossbar before = solver.prepare(Circuits.resistors(g, lines), Conditions.ROOM);
        g = g.copy();
        g.set(50, 20, 2e-4);
        PreparedCrossbar after = solver.prepare(Circuits.resistors(g, lines), Conditions.ROOM, before);
        Excitation e = Excitation.rows(Circuits.units(n), new DMatrixRMaj(n, n));
        double old = solve(before, e).columnCurrents.get(50, 20);
        double now = solve(after, e).columnCurrents.get(50, 20);

        assertTrue(now > 1.1 * old && now < 2 * old, old + " A became " + now + " A");
    }

    @Test
    void largerChangesAreReducedFromScratch() {
        int n = 70;
        TransferMatrixSolver solver = new TransferMatrixSolver(new NoSolver(), 1);
        Lines lines = tenOhms(n, n);
        PreparedCrossbar before = solver.prepare(Circuits.resistors(harsh(n, n), lines), Conditions.ROOM);
        DMatrixRMaj g = harsh(n, n);
        g.data[5] = 3e-4;
        PreparedCrossbar one = solver.prepare(Circuits.resistors(g, lines), Conditions.ROOM, before);
        g = g.copy();
        g.data[4000] = 3e-4;
        Crossbar two = Circuits.resistors(g, lines);
        double[] expected = allCurrents(solver.prepare(two, Conditions.ROOM));
        double scale = 1e-12 * Circuits.largest(DMatrixRMaj.wrap(1, expected.length, expected));

        assertArrayEquals(expected, allCurrents(solver.prepare(two, Conditions.ROOM, before)));
        assertArrayEquals(expected, allCurrents(solver.prepare(two, Conditions.ROOM, one)), scale, "one after another");
        Crossbar others = Circuits.resistors(g, tenOhms(n, n));
        assertArrayEquals(expected, allCurrents(solver.prepare(others, Conditions.ROOM, before)), "other lines");
    }

    @Test
    void adjointIsThatOfTheExactSolver() {
        Crossbar array = Circuits.resistors(harsh(6, 8), tenOhms(6, 8));
        Excitation e = Excitation.rows(new DMatrixRMaj(1, 6), new DMatrixRMaj(1, 8));
        DMatrixRMaj weights = Circuits.uniform(Circuits.stream(10, "weights"), 1, 8, -1, 1);
        DMatrixRMaj expected = new DMatrixRMaj(0, 0);
        DMatrixRMaj actual = new DMatrixRMaj(0, 0);
        PreparedCrossbar reference = new ReferenceSolver().prepare(array, Conditions.ROOM);
        PreparedCrossbar prepared = new TransferMatrixSolver(new ReferenceSolver()).prepare(array, Conditions.ROOM);
        reference.adjoint(e, weights, expected, reference.workspace());
        prepared.adjoint(e, weights, actual, prepared.workspace());

        assertArrayEquals(expected.data, actual.data);
    }

    @Test
    void badInputIsRefusedByName() {
        Crossbar array = Circuits.resistors(harsh(3, 4), tenOhms(3, 4));
        PreparedCrossbar prepared = prepare(array, 1);
        Workspace workspace = prepared.workspace();
        Solution s = new Solution();
        refuses(
                "rowVoltages",
                () -> prepared.solve(Excitation.rows(new DMatrixRMaj(1, 4), new DMatrixRMaj(1, 4)), s, workspace));
        refuses(
                "columnVoltages[0,1]",
                () -> prepared.solve(
                        Excitation.rows(new DMatrixRMaj(1, 3), Circuits.row(0, Double.NaN, 0, 0)), s, workspace));
        refuses(
                "workspace",
                () -> prepared.solve(
                        Excitation.rows(new DMatrixRMaj(1, 3), new DMatrixRMaj(1, 4)),
                        s,
                        prepare(array, 1).workspace()));
        refuses("threads", () -> new TransferMatrixSolver(new NoSolver(), 0));
        refuses("law", () -> prepare(new Crossbar(new TestLaw.Sinh(3), TestLaw.state(harsh(3, 4)), tenOhms(3, 4)), 1));
    }

    @Test
    void linesGivenOneByOneForDrivenColumnsServeThatDirectionAlone() {
        Lines lines = tenOhms(3, 4).toBuilder()
                .sourceResistance(1, 2, 3, 4)
                .senseResistance(5, 6, 7)
                .build();
        Crossbar array = Circuits.resistors(harsh(3, 4), lines);
        PreparedCrossbar prepared = prepare(array, 1);
        Excitation e = Excitation.columns(Circuits.row(1, 2, 3, 4), Circuits.row(0.1, 0.2, 0.3));
        Solution expected = Circuits.reference(array, e);

        assertArrayEquals(
                expected.rowCurrents.data,
                solve(prepared, e).rowCurrents.data,
                1e-12 * Circuits.largest(expected.rowCurrents));
        refuses("direction", () -> solve(prepared, Excitation.rows(new DMatrixRMaj(1, 3), new DMatrixRMaj(1, 4))));
    }

    @Test
    void preparedArrayKnowsWhatItIs() {
        Crossbar array = Circuits.resistors(harsh(3, 4), tenOhms(3, 4));
        PreparedCrossbar prepared = prepare(array, 1);

        assertSame(array, prepared.crossbar());
        assertEquals(3, prepared.cells().rows());
        assertEquals("transfer matrix", prepared.method());
        assertEquals(1, solve(prepared, Excitation.rows(Circuits.row(1, 1, 1), new DMatrixRMaj(1, 4))).iterations);
    }

    private static void refuses(String name, Runnable action) {
        String message =
                assertThrows(IllegalArgumentException.class, action::run).getMessage();
        assertTrue(message.startsWith(name), message);
    }
}
