package org.vmmlib.core.crossbar.solve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.crossbar.CellLaw;
import org.vmmlib.core.crossbar.Direction;
import org.vmmlib.core.crossbar.solve.Circuits.Circuit;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.signal.Connections;

/**
 * The fast solver finds what the reference solver finds, on all kinds of lines: resistances over twelve decades and 0,
 * terminals at either end or both, driven from either side, with floating and broken lines and faulty cells.
 */
final class SchurSolverProperties {

    @Provide
    Arbitrary<Circuit> any() {
        return Circuits.circuits(-6, 6, true);
    }

    @Provide
    Arbitrary<Circuit> moderate() {
        return Circuits.circuits(-1, 3, true);
    }

    @Provide
    Arbitrary<CellLaw> twoTerminal() {
        return Arbitraries.of(new TestLaw.Sinh(3), new TestLaw.Sinh(12), new CubicLaw(true));
    }

    private static Connections someFloat(long seed, int lines) {
        Connections all = Connections.all(lines);
        return seed % 4 == 0 ? all.floating((int) (seed % lines)) : all;
    }

    /** Both sides at their own voltages, some lines floating, either side driven. */
    private static Excitation excitation(Circuit c, int vectors) {
        return new Excitation(
                c.seed() % 2 == 0 ? Direction.ROWS_DRIVEN : Direction.COLUMNS_DRIVEN,
                new DMatrixRMaj(vectors, 0),
                c.drives("rows", vectors, c.rows(), -0.5, 0.7),
                c.drives("columns", vectors, c.columns(), -0.1, 0.1),
                someFloat(c.seed(), c.rows()),
                someFloat(c.seed() / 8, c.columns()));
    }

    /** Largest terminal current; where none flows, rounding must stay far below any current of interest. */
    private static double scale(Solution s) {
        return Math.max(1e-18, Math.max(Circuits.largest(s.rowCurrents), Circuits.largest(s.columnCurrents)));
    }

    private static void assertSame(Solution expected, Solution actual, double tolerance) {
        double scale = tolerance * scale(expected);
        assertArrayEquals(expected.rowCurrents.data, actual.rowCurrents.data, scale);
        assertArrayEquals(expected.columnCurrents.data, actual.columnCurrents.data, scale);
        assertArrayEquals(expected.power.data, actual.power.data, 10 * scale);
        assertTrue(actual.residual <= tolerance, "residual " + actual.residual);
    }

    @Property(tries = 600, seed = "1")
    void linearArraysCarryTheCurrentsOfTheReference(@ForAll("any") Circuit c) {
        Excitation e = excitation(c, 2);
        Solution expected = Circuits.solve(new ReferenceSolver(), c.resistors(), e);
        Solution actual = Circuits.solve(new SchurSolver(1e-12), c.resistors(), e);

        assertSame(expected, actual, 2e-11);
        double slope = Circuits.largest(expected.columnSlopes);
        assertArrayEquals(expected.columnSlopes.data, actual.columnSlopes.data, 1e-10 * slope + 1e-18);
    }

    @Property(tries = 300, seed = "2")
    void linearNodesAreAtTheVoltagesOfTheReference(@ForAll("moderate") Circuit c) {
        Excitation e = excitation(c, 1).withRows(Connections.all(c.rows())).withColumns(Connections.all(c.columns()));
        Solution expected = Circuits.solve(new ReferenceSolver(), c.resistors(), e);
        Solution actual = Circuits.solve(new SchurSolver(1e-14), c.resistors(), e);
        // A cell beyond a break may stand between nodes that nothing holds.
        for (int k = 0; k < c.rows() * c.columns(); k++) {
            double g = c.cells().data[k];
            double off = Math.abs((expected.wordLines.data[k] - expected.bitLines.data[k])
                    - (actual.wordLines.data[k] - actual.bitLines.data[k]));
            assertTrue(c.faults().isEmpty() ? g * off <= 1e-11 * scale(expected) : off < 2, "drop off by " + off);
        }
    }

    @Property(tries = 400, seed = "3")
    void nonlinearArraysCarryTheCurrentsOfTheReference(@ForAll("any") Circuit c, @ForAll("twoTerminal") CellLaw law) {
        Excitation e = excitation(c, 2);
        Solution expected = reference(c, law, e);
        PreparedCrossbar prepared = new SchurSolver(1e-11).prepare(c.with(law), Conditions.ROOM);
        Solution actual = new Solution();
        prepared.solve(e, actual, prepared.workspace());

        assertSame(expected, actual, 2e-10);
    }

    /** What the reference solver finds; what it cannot find is no case to compare. */
    private static Solution reference(Circuit c, CellLaw law, Excitation e) {
        PreparedCrossbar prepared = new ReferenceSolver().prepare(c.with(law), Conditions.ROOM);
        Solution out = new Solution(true, false);
        try {
            prepared.solve(e, out, prepared.workspace());
        } catch (ConvergenceException failure) {
            Assume.that(false);
        }
        return out;
    }

    /** Gate-driven, from deep in subthreshold to triode, all lines connected. */
    @Property(tries = 400, seed = "4")
    void transistorsCarryTheCurrentsOfTheReference(@ForAll("moderate") Circuit circuit) {
        DMatrixRMaj cells = circuit.cells().copy();
        for (int k = 0; k < cells.getNumElements(); k++) {
            cells.data[k] *= 1e3;
        }
        Circuit c = new Circuit(circuit.seed(), cells, circuit.lines(), circuit.faults());
        DMatrixRMaj gates = c.drives("gates", 2, c.rows(), -0.2, 0.3);
        gates.data[0] = Double.NEGATIVE_INFINITY;
        Excitation e = Excitation.gates(gates, c.drives("columns", 2, c.columns(), 0.02, 0.6));
        CellLaw law = new TestLaw.Transistor();
        Solution expected = reference(c, law, e);
        PreparedCrossbar prepared = new SchurSolver(1e-11).prepare(c.with(law), Conditions.ROOM);
        Solution actual = new Solution();
        prepared.solve(e, actual, prepared.workspace());

        assertSame(expected, actual, 2e-10);
    }

    @Property(tries = 200, seed = "5")
    void responsesToACellAreThoseOfTheReference(@ForAll("moderate") Circuit c) {
        Excitation e = excitation(c, 2);
        boolean forward = e.direction() == Direction.ROWS_DRIVEN;
        DMatrixRMaj weights = c.drives("weights", 2, forward ? c.columns() : c.rows(), -1, 1);
        for (CellLaw law : new CellLaw[] {new TestLaw.Linear(), new TestLaw.Sinh(4), new CubicLaw(false)}) {
            DMatrixRMaj expected = responses(new ReferenceSolver(), c, law, e, weights);
            DMatrixRMaj actual = responses(new SchurSolver(1e-13), c, law, e, weights);
            for (int k = 0; k < expected.getNumElements(); k++) {
                double g = c.cells().data[k % (c.rows() * c.columns())];
                double off = Math.abs(expected.data[k] - actual.data[k]);
                // An open cell may stand between nodes that have no definite voltage.
                assertTrue(off <= 1e-6 * Math.max(1, 1e-6 / g) || (!c.faults().isEmpty() && off < 10), "off by " + off);
            }
        }
    }

    private static DMatrixRMaj responses(
            CrossbarSolver solver, Circuit c, CellLaw law, Excitation e, DMatrixRMaj weights) {
        PreparedCrossbar prepared = solver.prepare(c.with(law), Conditions.ROOM);
        DMatrixRMaj out = new DMatrixRMaj(0, 0);
        prepared.adjoint(e, weights, out, prepared.workspace());
        return out;
    }

    @Property(tries = 60, seed = "6")
    void slopesOfNonlinearColumnsAreThoseOfTheReference(@ForAll("moderate") Circuit c) {
        Excitation e = excitation(c, 1);
        for (CellLaw law : new CellLaw[] {new TestLaw.Sinh(4), new CubicLaw(false)}) {
            Solution expected = Circuits.solve(new ReferenceSolver(), c.with(law), e);
            Solution actual = Circuits.solve(new SchurSolver(1e-12), c.with(law), e);
            double scale = Circuits.largest(expected.columnSlopes);
            assertArrayEquals(expected.columnSlopes.data, actual.columnSlopes.data, 1e-9 * scale + 1e-18);
        }
    }

    @Property(tries = 300, seed = "7")
    void noCurrentIsLostAndPowerDeliveredIsPowerDissipated(@ForAll("any") Circuit c) {
        Excitation e = excitation(c, 1);
        Solution s = Circuits.solve(new SchurSolver(1e-12), c.resistors(), e);
        double delivered = 0;
        for (int i = 0; i < c.rows(); i++) {
            delivered -= e.rowVoltages().data[i] * s.rowCurrents.data[i];
        }
        for (int j = 0; j < c.columns(); j++) {
            delivered -= e.columnVoltages().data[j] * s.columnCurrents.data[j];
        }

        assertEquals(0, Circuits.sum(s.rowCurrents) + Circuits.sum(s.columnCurrents), 2e-11 * scale(s));
        assertEquals(delivered, s.power.data[0], 2e-11 * scale(s));
        assertTrue(s.kirchhoffError <= 1e-11, "Kirchhoff error " + s.kirchhoffError);
    }
}
