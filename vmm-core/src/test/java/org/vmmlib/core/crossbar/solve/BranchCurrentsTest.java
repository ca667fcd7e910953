package org.vmmlib.core.crossbar.solve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.vmmlib.core.crossbar.Crossbar;
import org.vmmlib.core.crossbar.Ends;
import org.vmmlib.core.crossbar.Lines;
import org.vmmlib.core.physics.Conditions;

final class BranchCurrentsTest {

    private static BranchCurrents branches(CrossbarSolver solver, Crossbar array, Excitation e) {
        return BranchCurrents.of(array, e, Circuits.solve(solver, array, e), 0);
    }

    @Test
    void oneCellIsInSeriesWithItsResistances() {
        Lines lines = Lines.builder(1, 1)
                .rowResistance(3)
                .columnResistance(5)
                .sourceResistance(7)
                .senseResistance(11)
                .build();
        BranchCurrents b = branches(
                new SchurSolver(1e-13),
                Circuits.resistors(Circuits.row(1e-2), lines),
                Excitation.rows(Circuits.row(1), Circuits.row(0.2)));
        double amperes = 0.8 / (100 + 3 + 5 + 7 + 11);

        assertArrayEquals(new double[] {amperes, 0}, b.rowSegments().data, 1e-16);
        assertArrayEquals(new double[] {0, amperes}, b.columnSegments().data, 1e-16);
        assertEquals(amperes, b.cells().data[0], 1e-16);
        assertEquals(100 * amperes * amperes, b.cellPower().data[0], 1e-16);
        assertEquals(3 * amperes * amperes, b.rowPower(0), 1e-16);
        assertEquals(7 * amperes * amperes, b.rowTerminalPower(0), 1e-16);
        assertEquals(5 * amperes * amperes, b.columnPower(0), 1e-16);
        assertEquals(11 * amperes * amperes, b.columnTerminalPower(0), 1e-16);
        assertEquals(0.8 * amperes, b.sourcePower(), 1e-16);
    }

    /** A cell in the middle of three, between two ends: three quarters of its current come from the nearer end. */
    @Test
    void theNearerOfTwoEndsGivesMore() {
        DMatrixRMaj g = Circuits.row(1e-3, 0, 0);
        for (double ohms : new double[] {100, 1e-6, 0}) {
            Lines lines =
                    Lines.builder(1, 3).rowResistance(ohms).rowEnds(Ends.BOTH).build();
            BranchCurrents b = branches(
                    new ReferenceSolver(1e-14),
                    Circuits.resistors(g, lines),
                    Excitation.rows(Circuits.row(1), Circuits.row(0, 0, 0)));
            double amperes = 1 / (1000 + 0.75 * ohms);

            // Without any resistance, as with resistances however small.
            assertArrayEquals(
                    new double[] {0.75 * amperes, -0.25 * amperes, -0.25 * amperes, -0.25 * amperes},
                    b.rowSegments().data,
                    1e-14);
            assertEquals(0, b.rowTerminalPower(0));
        }
    }

    /** The wires have no resistance, but the drivers do: both ends give the same. */
    @Test
    void driversOfAWireWithoutResistanceShareItsCurrent() {
        Lines lines =
                Lines.builder(1, 3).sourceResistance(50).rowEnds(Ends.BOTH).build();
        BranchCurrents b = branches(
                new ReferenceSolver(1e-14),
                Circuits.resistors(Circuits.row(1e-3, 0, 2e-3), lines),
                Excitation.rows(Circuits.row(1), Circuits.row(0, 0, 0)));
        double amperes = 1 / (1 / 3e-3 + 25);

        assertEquals(amperes / 2, b.rowSegments().get(0, 0), 1e-15);
        assertEquals(-amperes / 2, b.rowSegments().get(0, 3), 1e-15);
        assertEquals(2 * 50 * amperes * amperes / 4, b.rowTerminalPower(0), 1e-15);
        assertEquals(0, b.rowPower(0));
    }

    /** Every solver keeps the currents of the cells; where lines are ideal they are just products. */
    @Test
    void cellsOfIdealArraysAreProducts() {
        DMatrixRMaj g = Circuits.logUniform(Circuits.stream(5, "cells"), 4, 3, 1e-6, 1e-3);
        Excitation e = Excitation.rows(Circuits.row(0.1, -0.2, 0.3, 0), Circuits.row(0, 0.05, -0.1));
        BranchCurrents linear = branches(new IdealSolver(), Circuits.resistors(g, Lines.ideal(4, 3)), e);
        BranchCurrents sinh =
                branches(new IdealSolver(), new Crossbar(new TestLaw.Sinh(3), TestLaw.state(g), Lines.ideal(4, 3)), e);
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 3; j++) {
                double volts = e.rowVoltages().get(0, i) - e.columnVoltages().get(0, j);
                assertEquals(g.get(i, j) * volts, linear.cells().get(i, j), 1e-18);
                assertEquals(
                        g.get(i, j) / 3 * Math.sinh(3 * volts), sinh.cells().get(i, j), 1e-18);
            }
        }
    }

    /** Cells that are driven at their gates turn the voltage across them into heat. */
    @Test
    void transistorsDissipateWhatTheirTerminalsDeliver() {
        DMatrixRMaj s = Circuits.uniform(Circuits.stream(6, "cells"), 6, 5, 0.1, 1);
        DMatrixRMaj gates = Circuits.uniform(Circuits.stream(6, "gates"), 1, 6, 0.1, 0.5);
        gates.data[2] = Double.NEGATIVE_INFINITY;
        for (Lines lines : new Lines[] {
            Lines.builder(6, 5).rowResistance(20).columnResistance(10).build(), Lines.ideal(6, 5)
        }) {
            for (CrossbarSolver solver : new CrossbarSolver[] {new SchurSolver(1e-13), new ReferenceSolver()}) {
                Excitation e = Excitation.gates(gates, Circuits.constant(1, 5, 0.4));
                Crossbar array = new Crossbar(new TestLaw.Transistor(), TestLaw.state(s), lines);
                BranchCurrents b = branches(solver, array, e);

                assertTrue(b.sourcePower() > 1e-7);
                assertEquals(b.sourcePower(), b.dissipatedPower(), 1e-10 * b.sourcePower());
                assertEquals(0, b.rowSegments().get(2, 0), 1e-25);
            }
        }
    }

    /** A product of separable cells, which leaves out the cells, finds them when asked. */
    @Test
    void cellsOfAProductAreThoseOfTheLaw() {
        DMatrixRMaj s = Circuits.uniform(Circuits.stream(6, "cells"), 3, 2, 0.1, 1);
        Crossbar array = new Crossbar(new TestLaw.Saturated(), TestLaw.state(s), Lines.ideal(3, 2));
        Excitation e = Excitation.gates(Circuits.row(0.1, 0.2, 0.3), Circuits.row(0.4, 0.5));
        PreparedCrossbar prepared = new IdealSolver().prepare(array, Conditions.ROOM);
        Solution solution = new Solution(true, false);
        prepared.solve(e, solution, prepared.workspace());
        BranchCurrents b = BranchCurrents.of(array, e, solution, 0);

        assertEquals(
                -0.5e-9 / 0.5 * s.get(1, 1) * Math.exp(0.2 / 0.025), b.cells().get(1, 1), 1e-18);
        assertEquals(solution.columnCurrents.get(0, 1), b.columnSegments().get(3, 1), 1e-15);
    }

    @Test
    void refusesWhatItCannotTell() {
        Crossbar array = Circuits.resistors(Circuits.row(1e-3, 1e-3), Lines.ideal(1, 2));
        Excitation e = Excitation.rows(Circuits.row(1), Circuits.row(0, 0));
        PreparedCrossbar prepared = new IdealSolver().prepare(array, Conditions.ROOM);
        Solution currents = new Solution();
        prepared.solve(e, currents, prepared.workspace());

        assertTrue(assertThrows(IllegalArgumentException.class, () -> BranchCurrents.of(array, e, currents, 0))
                .getMessage()
                .contains("new Solution(true, false)"));
        Solution all = Circuits.solve(new IdealSolver(), array, e);
        assertEquals(
                "vector = 1: must be from 0 to 0",
                assertThrows(IllegalArgumentException.class, () -> BranchCurrents.of(array, e, all, 1))
                        .getMessage());
        Solution other = Circuits.solve(
                new IdealSolver(),
                Circuits.resistors(Circuits.row(1e-3), Lines.ideal(1, 1)),
                Excitation.rows(Circuits.row(1), Circuits.row(0)));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> BranchCurrents.of(array, e, other, 0))
                .getMessage()
                .contains("1 vectors of 1 cells"));
    }
}
