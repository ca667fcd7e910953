package org.vmmlib.core.crossbar.solve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.vmmlib.core.crossbar.Crossbar;
import org.vmmlib.core.crossbar.Lines;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.signal.Connections;

final class IdealSolverTest extends CrossbarSolverContract {

    @Override
    CrossbarSolver solver() {
        return new IdealSolver();
    }

    @Test
    void integersAreMultipliedExactly() {
        DMatrixRMaj g = Circuits.uniform(Circuits.stream(1, "cells"), 40, 30, 0, 1000);
        DMatrixRMaj v = Circuits.uniform(Circuits.stream(2, "drives"), 9, 40, -100, 100);
        floor(g);
        floor(v);
        Solution s = Circuits.solve(
                new IdealSolver(),
                Circuits.resistors(g, Lines.ideal(40, 30)),
                Excitation.rows(v, new DMatrixRMaj(9, 30)));

        for (int b = 0; b < 9; b++) {
            for (int j = 0; j < 30; j++) {
                long sum = 0;
                for (int i = 0; i < 40; i++) {
                    sum += Math.round(v.get(b, i)) * Math.round(g.get(i, j));
                }
                assertEquals((double) sum, s.columnCurrents.get(b, j));
            }
        }
    }

    private static void floor(DMatrixRMaj matrix) {
        for (int k = 0; k < matrix.data.length; k++) {
            matrix.data[k] = Math.floor(matrix.data[k]);
        }
    }

    /** A product would lose the currents of equal voltages in rounding. */
    @Test
    void equalVoltagesOnAllTerminalsGiveNoCurrentAtAll() {
        DMatrixRMaj g = Circuits.logUniform(Circuits.stream(1, "cells"), 5, 6, 1e-6, 1e-4);
        Solution s = Circuits.solve(
                new IdealSolver(),
                Circuits.resistors(g, Lines.ideal(5, 6)),
                Excitation.rows(Circuits.constant(1, 5, 0.3), Circuits.constant(1, 6, 0.3)));

        assertEquals(0, Circuits.largest(s.columnCurrents));
        assertEquals(0, Circuits.largest(s.rowCurrents));
    }

    @Test
    void separableProductEqualsEvaluationCellByCell() {
        Crossbar array = new Crossbar(
                new TestLaw.Saturated(),
                TestLaw.state(Circuits.uniform(Circuits.stream(1, "cells"), 9, 10, 0, 1)),
                Lines.ideal(9, 10));
        DMatrixRMaj gates = Circuits.uniform(Circuits.stream(2, "gates"), 5, 9, -0.2, 0.1);
        gates.set(1, 3, Double.NEGATIVE_INFINITY);
        DMatrixRMaj sense = Circuits.uniform(Circuits.stream(3, "sense"), 5, 10, 0.3, 0.6);
        System.arraycopy(sense.data, 10, sense.data, 20, 10);
        PreparedCrossbar prepared = new IdealSolver().prepare(array, Conditions.ROOM);
        Solution product = new Solution(false, false);
        prepared.solve(Excitation.gates(gates, sense), product, prepared.workspace());
        Solution cellByCell = new Solution(false, true);
        prepared.solve(Excitation.gates(gates, sense), cellByCell, prepared.workspace());

        assertArrayEquals(cellByCell.columnCurrents.data, product.columnCurrents.data, 1e-20);
        assertArrayEquals(cellByCell.rowCurrents.data, product.rowCurrents.data, 1e-20);
        assertArrayEquals(cellByCell.power.data, product.power.data, 1e-20);
        assertTrue(Circuits.largest(product.columnCurrents) > 1e-9);
    }

    @Test
    void linesThatDropVoltageAreRefused() {
        refusesLines("rowResistance = 2.5", Lines.builder(2, 2).rowResistance(2.5));
        refusesLines("columnResistance = 1.0", Lines.builder(2, 2).columnResistance(1));
        refusesLines("source", Lines.builder(2, 2).senseResistance(1));
        refusesLines("broken", Lines.builder(2, 2).openRowSegment(0, 1));
    }

    private static void refusesLines(String what, Lines.Builder lines) {
        Crossbar array = Circuits.resistors(new DMatrixRMaj(2, 2), lines.build());
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> new IdealSolver().prepare(array, Conditions.ROOM));
        String message = String.valueOf(refusal.getMessage());
        assertTrue(message.contains(what) && message.contains("ReferenceSolver"), message);
    }

    @Test
    void floatingLinesAreRefused() {
        PreparedCrossbar prepared = new IdealSolver()
                .prepare(Circuits.resistors(new DMatrixRMaj(2, 2), Lines.ideal(2, 2)), Conditions.ROOM);
        Excitation all = Excitation.rows(new DMatrixRMaj(1, 2), new DMatrixRMaj(1, 2));
        refuses(
                "rows",
                () -> prepared.solve(
                        all.withRows(Connections.all(2).floating(1)), new Solution(), prepared.workspace()));
        refuses(
                "columns",
                () -> prepared.solve(
                        all.withColumns(Connections.all(2).floating(0)), new Solution(), prepared.workspace()));
    }
}
