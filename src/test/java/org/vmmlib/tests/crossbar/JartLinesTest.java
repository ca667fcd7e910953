package org.vmmlib.tests.crossbar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.vmmlib.core.crossbar.Crossbar;
import org.vmmlib.core.crossbar.Lines;
import org.vmmlib.core.crossbar.solve.CrossbarSolver;
import org.vmmlib.core.crossbar.solve.Excitation;
import org.vmmlib.core.crossbar.solve.PreparedCrossbar;
import org.vmmlib.core.crossbar.solve.ReferenceSolver;
import org.vmmlib.core.crossbar.solve.SchurSolver;
import org.vmmlib.core.crossbar.solve.Solution;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.random.RandomStreams;
import org.vmmlib.devices.reram.JartVcm;

/** Cells that are implicit themselves, with self-heating and two branches, between lines of ohms. */
final class JartLinesTest {

    private static final int N = 16;

    private static Solution solve(CrossbarSolver solver, double ohms) {
        JartVcm law = JartVcm.published();
        DMatrixRMaj weights = new DMatrixRMaj(N, N);
        RandomStreams.of(1).stream("weights", 0).uniforms(0, weights.data, 0, N * N);
        DMatrixRMaj drives = new DMatrixRMaj(1, N);
        RandomStreams.of(1).stream("drives", 0).uniforms(0, drives.data, 0, N);
        for (int k = 0; k < N; k++) {
            drives.data[k] = 0.6 * (drives.data[k] - 0.5);
        }
        Lines lines = Lines.builder(N, N)
                .rowResistance(ohms)
                .columnResistance(2 * ohms)
                .build();
        Crossbar array = new Crossbar(law, law.store(weights, Conditions.ROOM), lines);
        PreparedCrossbar prepared = solver.prepare(array, Conditions.ROOM);
        Solution solution = new Solution(true, false);
        prepared.solve(Excitation.rows(drives, new DMatrixRMaj(1, N)), solution, prepared.workspace());
        return solution;
    }

    /** Newton's method on the whole sparse system, and Newton's method with iterated bit lines, agree. */
    @Test
    void twoSolversFindTheSameCurrents() {
        for (double ohms : new double[] {1, 30}) {
            Solution reference = solve(new ReferenceSolver(), ohms);
            Solution schur = solve(new SchurSolver(1e-13), ohms);
            assertTrue(reference.residual <= 1e-12 && reference.kirchhoffError <= 1e-12);
            for (int k = 0; k < N; k++) {
                assertEquals(reference.columnCurrents.data[k], schur.columnCurrents.data[k], 1e-13);
                assertEquals(reference.rowCurrents.data[k], schur.rowCurrents.data[k], 1e-13);
            }
        }
    }
}
