package org.vmmlib.tests.crossbar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.vmmlib.core.crossbar.CellLaw;
import org.vmmlib.core.crossbar.Crossbar;
import org.vmmlib.core.crossbar.Lines;
import org.vmmlib.core.crossbar.solve.CrossbarSolver;
import org.vmmlib.core.crossbar.solve.Excitation;
import org.vmmlib.core.crossbar.solve.IdealSolver;
import org.vmmlib.core.crossbar.solve.PreparedCrossbar;
import org.vmmlib.core.crossbar.solve.ReferenceSolver;
import org.vmmlib.core.crossbar.solve.Solution;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.random.RandomStreams;
import org.vmmlib.devices.flash.NorFlash;

/** Gate-coupled flash cells, nanoamperes, between lines of ohms. */
final class FlashLinesTest {

    private static final int N = 24;
    private static final int M = 16;

    private static Solution solve(CrossbarSolver solver, Lines lines) {
        CellLaw cell = NorFlash.esf3Nor55().cell();
        DMatrixRMaj weights = new DMatrixRMaj(N, M);
        RandomStreams.of(1).stream("weights", 0).uniforms(0, weights.data, 0, N * M);
        DMatrixRMaj gates = new DMatrixRMaj(2, N);
        RandomStreams.of(1).stream("gates", 0).uniforms(0, gates.data, 0, 2 * N);
        for (int k = 0; k < gates.data.length; k++) {
            gates.data[k] = k == 3 ? Double.NEGATIVE_INFINITY : 0.5 + 0.3 * gates.data[k];
        }
        DMatrixRMaj sense = new DMatrixRMaj(2, M);
        sense.fill(0.5);
        Crossbar array = new Crossbar(cell, cell.store(weights, Conditions.ROOM), lines);
        PreparedCrossbar prepared = solver.prepare(array, Conditions.ROOM);
        Solution solution = new Solution(true, true);
        prepared.solve(Excitation.gates(gates, sense), solution, prepared.workspace());
        return solution;
    }

    @Test
    void referenceAndIdealSolverAgreeWithoutLines() {
        Solution ideal = solve(new IdealSolver(), Lines.ideal(N, M));
        Solution reference = solve(new ReferenceSolver(), Lines.ideal(N, M));

        for (int k = 0; k < 2 * M; k++) {
            assertEquals(1, reference.columnCurrents.data[k] / ideal.columnCurrents.data[k], 1e-13);
            assertEquals(1, reference.columnSlopes.data[k] / ideal.columnSlopes.data[k], 1e-13);
        }
        for (int k = 0; k < 2 * N; k++) {
            assertEquals(ideal.rowCurrents.data[k], reference.rowCurrents.data[k], 1e-20);
        }
        assertEquals(0, reference.rowCurrents.get(0, 3));
    }

    /** A drop on the source line raises the source, and one on the drain lowers it: both cost current. */
    @Test
    void lossIsTheDropTimesTheSensitivityOfTheCell() {
        Solution ideal = solve(new IdealSolver(), Lines.ideal(N, M));
        Solution small = solve(
                new ReferenceSolver(),
                Lines.builder(N, M).rowResistance(0.1).columnResistance(0.1).build());
        Solution tenfold = solve(
                new ReferenceSolver(),
                Lines.builder(N, M).rowResistance(1).columnResistance(1).build());

        assertTrue(small.residual <= 1e-13 && small.kirchhoffError <= 1e-13);
        for (int k = 0; k < 2 * M; k++) {
            double loss = 1 - small.columnCurrents.data[k] / ideal.columnCurrents.data[k];
            double more = 1 - tenfold.columnCurrents.data[k] / ideal.columnCurrents.data[k];
            assertTrue(loss > 0 && loss < 1e-3, "loss " + loss);
            assertEquals(10, more / loss, 0.1, "first order in the resistance");
        }
    }
}
