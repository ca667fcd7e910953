package org.vmmlib.core.crossbar.solve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.crossbar.Direction;
import org.vmmlib.core.crossbar.Lines;
import org.vmmlib.core.crossbar.solve.Circuits.Circuit;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.signal.Connections;

/**
 * The transfer matrix against the reference solver, over wire resistances of twelve decades and 0, terminals at either
 * end or both, broken segments, open and shorted cells, both directions.
 */
final class TransferMatrixProperties {

    @Provide
    Arbitrary<Circuit> any() {
        return Circuits.circuits(-6, 6, true);
    }

    private static Solution solve(Circuit c, Excitation e) {
        PreparedCrossbar prepared =
                new TransferMatrixSolver(new ReferenceSolver(), 1).prepare(c.resistors(), Conditions.ROOM);
        Solution s = new Solution(false, true);
        prepared.solve(e, s, prepared.workspace());
        return s;
    }

    /** The largest current that would flow without wires: what errors are relative to. */
    private static double ideal(Circuit c, Excitation e) {
        Circuit wireless = c.lines(Lines.ideal(c.rows(), c.columns()));
        Solution s = Circuits.solve(new IdealSolver(), wireless.resistors(), e);
        return Math.max(Circuits.largest(s.rowCurrents), Circuits.largest(s.columnCurrents));
    }

    private static double largest(Solution s) {
        return Math.max(Circuits.largest(s.rowCurrents), Circuits.largest(s.columnCurrents));
    }

    @Property(tries = 500, seed = "1")
    void currentsAreThoseOfTheReferenceSolver(@ForAll("any") Circuit c) {
        Excitation e = new Excitation(
                c.seed() % 2 == 0 ? Direction.ROWS_DRIVEN : Direction.COLUMNS_DRIVEN,
                new DMatrixRMaj(3, 0),
                c.drives("rows", 3, c.rows(), -1, 1),
                c.seed() % 3 == 0 ? new DMatrixRMaj(3, c.columns()) : c.drives("columns", 3, c.columns(), -1, 1),
                Connections.all(c.rows()),
                Connections.all(c.columns()));
        Solution expected = Circuits.reference(c.resistors(), e);
        Solution actual = solve(c, e);
        double scale = 1e-12 * largest(expected) + 1e-16 * ideal(c, e);

        assertArrayEquals(expected.columnCurrents.data, actual.columnCurrents.data, scale);
        assertArrayEquals(expected.rowCurrents.data, actual.rowCurrents.data, scale);
        assertArrayEquals(expected.power.data, actual.power.data, 2 * (c.rows() + c.columns()) * scale);
        for (int k = 0; k < 3 * c.columns(); k++) {
            double slope = expected.columnSlopes.data[k];
            assertEquals(slope, actual.columnSlopes.data[k], 1e-9 * Math.abs(slope) + 1e-18);
        }
        assertTrue(actual.residual < 1e-13 && actual.kirchhoffError < 1e-13);
    }

    @Property(tries = 100, seed = "2")
    void floatingLinesAndNodeVoltagesAreThoseOfTheExactSolver(@ForAll("any") Circuit c) {
        Excitation e = Excitation.rows(c.drives("rows", 2, c.rows(), -1, 1), c.drives("columns", 2, c.columns(), -1, 1))
                .withRows(Connections.all(c.rows()).floating((int) (c.seed() % c.rows())));
        Solution expected = Circuits.reference(c.resistors(), e);
        Solution actual = solve(c, e);
        assertArrayEquals(expected.columnCurrents.data, actual.columnCurrents.data);

        Excitation connected = e.withRows(Connections.all(c.rows()));
        Solution kept = Circuits.solve(new TransferMatrixSolver(new ReferenceSolver(), 1), c.resistors(), connected);
        assertArrayEquals(Circuits.reference(c.resistors(), connected).bitLines.data, kept.bitLines.data);
    }
}
