package org.vmmlib.tests.spice;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.crossbar.CellFaults;
import org.vmmlib.core.crossbar.Crossbar;
import org.vmmlib.core.crossbar.Lines;
import org.vmmlib.core.crossbar.solve.CrossbarSolver;
import org.vmmlib.core.crossbar.solve.Excitation;
import org.vmmlib.core.crossbar.solve.PreparedCrossbar;
import org.vmmlib.core.crossbar.solve.ReferenceSolver;
import org.vmmlib.core.crossbar.solve.SchurSolver;
import org.vmmlib.core.crossbar.solve.Solution;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.spice.Netlist;
import org.vmmlib.core.spice.SpiceDifference;
import org.vmmlib.core.spice.SpiceResult;

/** A 16×16 array with lines and broken cells, solved by ngspice, the reference solver and the Schur solver. */
final class BothSolvers {

    static final int N = 16;

    private BothSolvers() {}

    /** Wires of rows, of columns twice the resistance, with drivers and sense resistance. */
    static Lines lines(double ohms) {
        return Lines.builder(N, N)
                .rowResistance(ohms)
                .columnResistance(2 * ohms)
                .sourceResistance(10 * ohms)
                .senseResistance(5 * ohms)
                .build();
    }

    /** Two open and two shorted cells. */
    static CellFaults faults() {
        return CellFaults.none(N, N)
                .open(3, 5)
                .open(0, 15)
                .shorted(7, 7)
                .shorted(12, 1)
                .shortConductance(1e-2);
    }

    /** A matrix of one value. */
    static DMatrixRMaj filled(int rows, int columns, double value) {
        DMatrixRMaj out = new DMatrixRMaj(rows, columns);
        out.fill(value);
        return out;
    }

    /** Requires that both solvers agree with ngspice on currents of both sides and all node voltages. */
    static void agreeWithSpice(
            String what, Crossbar array, Conditions conditions, Excitation excitation, double tolerance)
            throws IOException, InterruptedException {
        Netlist netlist = Netlist.of(array, conditions, excitation, 0);
        SpiceResult spice = Spice.installed().run(netlist);
        for (CrossbarSolver solver : List.of(new ReferenceSolver(), new SchurSolver(1e-14))) {
            PreparedCrossbar prepared = solver.prepare(array, conditions);
            Solution solution = new Solution(true, false);
            prepared.solve(excitation, solution, prepared.workspace());
            SpiceDifference difference = SpiceDifference.between(SpiceResult.of(solution, 0), spice, netlist);
            assertTrue(difference.largest() <= tolerance, () -> what + ", " + solver.name() + ": " + difference);
        }
    }
}
