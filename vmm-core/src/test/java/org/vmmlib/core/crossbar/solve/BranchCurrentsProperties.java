package org.vmmlib.core.crossbar.solve;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.crossbar.CellLaw;
import org.vmmlib.core.crossbar.Crossbar;
import org.vmmlib.core.crossbar.Direction;
import org.vmmlib.core.crossbar.Lines;
import org.vmmlib.core.crossbar.solve.Circuits.Circuit;
import org.vmmlib.core.signal.Connections;

/** Laws of physics that the currents and powers of all branches obey. */
final class BranchCurrentsProperties {

    /** Amperes that are no current at all. */
    private static final double NOTHING = 1e-18;

    @Provide
    Arbitrary<Circuit> any() {
        return Circuits.circuits(-6, 6, true, 40);
    }

    @Provide
    Arbitrary<Circuit> some() {
        return Circuits.circuits(-3, 5, true, 40);
    }

    /** An array at an excitation, solved. */
    private record Solved(Crossbar array, Excitation at, Solution solution, BranchCurrents branches) {

        static Solved of(CrossbarSolver solver, Circuit c, CellLaw law) {
            Crossbar array = c.with(law);
            int n = c.rows();
            int m = c.columns();
            Connections rows = Connections.all(n);
            Connections columns = Connections.all(m);
            Excitation at = new Excitation(
                    c.seed() % 2 == 0 ? Direction.ROWS_DRIVEN : Direction.COLUMNS_DRIVEN,
                    new DMatrixRMaj(2, 0),
                    c.drives("rows", 2, n, -1, 1),
                    c.drives("columns", 2, m, -1, 1),
                    c.seed() % 5 == 0 ? rows.floating((int) (c.seed() % n)) : rows,
                    c.seed() % 7 == 0 ? columns.floating((int) (c.seed() % m)) : columns);
            Solution s = Circuits.solve(solver, array, at);
            return new Solved(array, at, s, BranchCurrents.of(array, at, s, 1));
        }

        /** Largest current of any cell. */
        double scale() {
            return Math.max(NOTHING, Circuits.largest(branches.cells()));
        }
    }

    @Property(tries = 100, seed = "31")
    void nothingIsLostAtAnyNode(@ForAll("any") Circuit c) {
        checkNodes(Solved.of(new ReferenceSolver(), c, new TestLaw.Linear()), 1e-12);
        checkNodes(Solved.of(new ReferenceSolver(), c, new TestLaw.Sinh(2)), 1e-10);
    }

    private static void checkNodes(Solved s, double tolerance) {
        DMatrixRMaj rows = s.branches.rowSegments();
        DMatrixRMaj columns = s.branches.columnSegments();
        double error = tolerance * s.scale();
        for (int i = 0; i < s.array.rows(); i++) {
            for (int j = 0; j < s.array.columns(); j++) {
                double cell = s.branches.cells().get(i, j);
                assertEquals(0, rows.get(i, j) - rows.get(i, j + 1) - cell, error);
                assertEquals(0, columns.get(i, j) - columns.get(i + 1, j) + cell, error);
            }
        }
    }

    /** Wires that do carry current to a terminal do so where there is one, and carry what the solver says arrives. */
    @Property(tries = 100, seed = "32")
    void segmentsAtTheEndsCarryTheTerminalCurrents(@ForAll("any") Circuit c) {
        Solved s = Solved.of(new ReferenceSolver(), c, new TestLaw.Linear());
        Lines lines = s.array.lines();
        int n = lines.rows();
        int m = lines.columns();
        double error = 1e-12 * s.scale() * Math.max(n, m);
        for (int i = 0; i < n; i++) {
            double first = s.branches.rowSegments().get(i, 0);
            double last = s.branches.rowSegments().get(i, m);
            boolean floats = s.at.rows().isFloating(i);
            assertEquals(s.solution.rowCurrents.get(1, i), last - first, error);
            if (floats || !lines.rowEnds().first() || lines.rowSegmentOpen(i, 0)) {
                assertEquals(0, first, error);
            }
            if (floats || !lines.rowEnds().last() || lines.rowSegmentOpen(i, m)) {
                assertEquals(0, last, error);
            }
        }
        for (int j = 0; j < m; j++) {
            double first = s.branches.columnSegments().get(0, j);
            double last = s.branches.columnSegments().get(n, j);
            assertEquals(s.solution.columnCurrents.get(1, j), last - first, error);
            for (int k = 1; k < n; k++) {
                if (lines.columnSegmentOpen(j, k)) {
                    assertEquals(0, s.branches.columnSegments().get(k, j), error);
                }
            }
        }
    }

    /** Ohm's law: what Kirchhoff's laws say of a segment fits the voltages at its ends. */
    @Property(tries = 100, seed = "33")
    void segmentsDropTheVoltageThatTheirCurrentAsksFor(@ForAll("any") Circuit c) {
        for (CrossbarSolver solver : new CrossbarSolver[] {new ReferenceSolver(), new SchurSolver(1e-12)}) {
            Solved s = Solved.of(solver, c, new TestLaw.Linear());
            Lines lines = s.array.lines();
            int n = lines.rows();
            int m = lines.columns();
            double[] word = s.solution.wordLines.data;
            double[] bit = s.solution.bitLines.data;
            int from = n * m;
            double volts = solver instanceof SchurSolver ? 1e-9 : 1e-12;
            for (int i = 0; i < n; i++) {
                for (int j = 1; j < m; j++) {
                    if (!lines.rowSegmentOpen(i, j)) {
                        double drop = word[from + i * m + j - 1] - word[from + i * m + j];
                        assertEquals(
                                drop,
                                lines.rowResistance() * s.branches.rowSegments().get(i, j),
                                volts);
                    }
                }
            }
            for (int j = 0; j < m; j++) {
                for (int i = 1; i < n; i++) {
                    if (!lines.columnSegmentOpen(j, i)) {
                        double drop = bit[from + (i - 1) * m + j] - bit[from + i * m + j];
                        assertEquals(
                                drop,
                                lines.columnResistance()
                                        * s.branches.columnSegments().get(i, j),
                                volts);
                    }
                }
            }
        }
    }

    @Property(tries = 100, seed = "34")
    void energyDeliveredIsEnergyDissipated(@ForAll("any") Circuit c) {
        for (CellLaw law : new CellLaw[] {new TestLaw.Linear(), new TestLaw.Sinh(2)}) {
            checkEnergy(Solved.of(new ReferenceSolver(), c, law));
        }
    }

    @Property(tries = 100, seed = "35")
    void energyDeliveredIsEnergyDissipatedInLargeArraysToo(@ForAll("some") Circuit c) {
        for (CellLaw law : new CellLaw[] {new TestLaw.Linear(), new TestLaw.Sinh(2)}) {
            checkEnergy(Solved.of(new SchurSolver(1e-13), c, law));
        }
    }

    private static void checkEnergy(Solved s) {
        BranchCurrents b = s.branches;
        int n = s.array.rows();
        int m = s.array.columns();
        double delivered = 0;
        double gross = 0;
        for (int i = 0; i < n; i++) {
            double part = -s.at.rowVoltages().get(1, i) * s.solution.rowCurrents.get(1, i);
            delivered += part;
            gross += Math.abs(part);
        }
        for (int j = 0; j < m; j++) {
            double part = -s.at.columnVoltages().get(1, j) * s.solution.columnCurrents.get(1, j);
            delivered += part;
            gross += Math.abs(part);
        }
        double error = 1e-9 * delivered + NOTHING;

        assertEquals(delivered, b.dissipatedPower(), error);
        assertEquals(delivered, b.sourcePower(), error);
        assertEquals(s.solution.power.get(1, 0), b.dissipatedPower(), error);
        double parts = 0;
        for (int i = 0; i < n; i++) {
            parts += b.rowPower(i) + b.rowTerminalPower(i);
            for (int j = 0; j < m; j++) {
                parts += b.cellPower().get(i, j);
            }
        }
        for (int j = 0; j < m; j++) {
            parts += b.columnPower(j) + b.columnTerminalPower(j);
        }
        assertEquals(b.dissipatedPower(), parts, 1e-12 * gross + NOTHING);
    }
}
