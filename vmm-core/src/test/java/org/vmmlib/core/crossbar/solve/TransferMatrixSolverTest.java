package org.vmmlib.core.crossbar.solve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.crossbar.Crossbar;
import org.vmmlib.core.crossbar.Ends;
import org.vmmlib.core.crossbar.Lines;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.random.RandomStream;
import org.vmmlib.core.signal.Connections;

/** The transfer matrix gives on every input what the exact solver gives. */
class TransferMatrixSolverTest {

    private static final CrossbarSolver SOLVER = new TransferMatrixSolver(new ReferenceSolver());

    @Property(tries = 60)
    void everyInputGivesTheCurrentsOfTheExactSolver(
            @ForAll @IntRange(min = 1, max = 12) int rows,
            @ForAll @IntRange(min = 1, max = 12) int columns,
            @ForAll Ends rowEnds,
            @ForAll Ends columnEnds,
            @ForAll long seed) {
        RandomStream draw = Circuits.stream(seed, "transfer matrix");
        DMatrixRMaj resistances = Circuits.logUniform(draw.call(1), 1, 4, 1e-2, 1e4);
        Lines lines = Lines.builder(rows, columns)
                .rowResistance(resistances.data[0])
                .columnResistance(resistances.data[1])
                .sourceResistance(resistances.data[2])
                .senseResistance(resistances.data[3])
                .rowEnds(rowEnds)
                .columnEnds(columnEnds)
                .build();
        Crossbar array = Circuits.resistors(Circuits.logUniform(draw.call(2), rows, columns, 1e-6, 1e-3), lines);
        Excitation excitation = Excitation.rows(
                Circuits.uniform(draw.call(3), 5, rows, -0.5, 0.5),
                Circuits.uniform(draw.call(4), 5, columns, -0.1, 0.1));

        Solution expected = Circuits.reference(array, excitation);
        Solution actual = Circuits.solve(SOLVER, array, excitation);

        double scale = Circuits.largest(expected.columnCurrents) + Circuits.largest(expected.rowCurrents);
        for (int k = 0; k < expected.columnCurrents.getNumElements(); k++) {
            assertEquals(expected.columnCurrents.data[k], actual.columnCurrents.data[k], 1e-12 * scale);
        }
        for (int k = 0; k < expected.rowCurrents.getNumElements(); k++) {
            assertEquals(expected.rowCurrents.data[k], actual.rowCurrents.data[k], 1e-12 * scale);
        }
        for (int b = 0; b < 5; b++) {
            assertEquals(expected.power.data[b], actual.power.data[b], 1e-12 * scale);
        }
    }

    @Example
    void slopesAndFloatingRowsAreThoseOfTheExactSolver() {
        RandomStream draw = Circuits.stream(3, "transfer matrix");
        Lines lines = Lines.builder(4, 5).rowResistance(10).columnResistance(20).build();
        Crossbar array = Circuits.resistors(Circuits.logUniform(draw, 4, 5, 1e-6, 1e-3), lines);
        Excitation excitation = Excitation.rows(Circuits.constant(2, 4, 0.3), Circuits.constant(2, 5, 0));
        Solution expected = new Solution(false, true);
        Solution actual = new Solution(false, true);
        PreparedCrossbar exact = new ReferenceSolver().prepare(array, Conditions.ROOM);
        PreparedCrossbar reduced = SOLVER.prepare(array, Conditions.ROOM);
        exact.solve(excitation, expected, exact.workspace());
        reduced.solve(excitation, actual, reduced.workspace());
        for (int k = 0; k < 10; k++) {
            assertEquals(expected.columnSlopes.data[k], actual.columnSlopes.data[k], 1e-15);
        }
        Excitation floating = excitation.withRows(Connections.all(4).floating(1));
        assertEquals(
                Circuits.reference(array, floating).columnCurrents.get(1, 2),
                Circuits.solve(SOLVER, array, floating).columnCurrents.get(1, 2),
                1e-18);
    }

    @Example
    void badInputIsRefused() {
        Crossbar array = Circuits.resistors(Circuits.constant(2, 2, 1e-4), Lines.ideal(2, 2));
        DMatrixRMaj bad = Circuits.constant(1, 2, 0.1);
        bad.set(0, 1, Double.NaN);
        IllegalArgumentException refusal = assertThrows(
                IllegalArgumentException.class,
                () -> Circuits.solve(SOLVER, array, Excitation.rows(bad, Circuits.constant(1, 2, 0))));
        assertTrue(refusal.getMessage().contains("rowVoltages[0,1] = NaN"), refusal.getMessage());
        assertThrows(
                IllegalArgumentException.class,
                () -> Circuits.solve(
                        SOLVER, array, Excitation.rows(Circuits.constant(1, 3, 0), Circuits.constant(1, 2, 0))));
        PreparedCrossbar prepared = SOLVER.prepare(array, Conditions.ROOM);
        Excitation excitation = Excitation.rows(Circuits.constant(1, 2, 0), Circuits.constant(1, 2, 0));
        assertThrows(
                IllegalArgumentException.class, () -> prepared.solve(excitation, new Solution(), new Workspace() {}));
    }
}
