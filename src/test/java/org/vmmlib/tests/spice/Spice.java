package org.vmmlib.tests.spice;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.crossbar.Crossbar;
import org.vmmlib.core.crossbar.solve.Excitation;
import org.vmmlib.core.crossbar.solve.PreparedCrossbar;
import org.vmmlib.core.crossbar.solve.ReferenceSolver;
import org.vmmlib.core.crossbar.solve.Solution;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.random.RandomStreams;
import org.vmmlib.core.spice.Netlist;
import org.vmmlib.core.spice.Ngspice;
import org.vmmlib.core.spice.SpiceDifference;
import org.vmmlib.core.spice.SpiceResult;

/** ngspice, and short ways to compare with it. */
final class Spice {

    private Spice() {}

    /** ngspice as it is installed; else the test is skipped, or fails in continuous integration. */
    static Ngspice installed() {
        Optional<Ngspice> found = Ngspice.find(Duration.ofMinutes(5));
        if (found.isEmpty() && "true".equals(System.getenv("CI"))) {
            return fail("ngspice is not installed, although CI=true: install it, or nothing compares with SPICE");
        }
        assumeTrue(found.isPresent(), "SKIPPED: ngspice is not installed, so nothing was compared with it");
        return found.orElseThrow();
    }

    /** Solves with the reference solver, all node voltages too. */
    static SpiceResult reference(Crossbar array, Conditions conditions, Excitation excitation) {
        PreparedCrossbar prepared = new ReferenceSolver().prepare(array, conditions);
        Solution solution = new Solution(true, false);
        prepared.solve(excitation, solution, prepared.workspace());
        return SpiceResult.of(solution, 0);
    }

    /** Requires that reference solver and ngspice agree on currents of both sides and all node voltages. */
    static void assertAgrees(
            String what, Crossbar array, Conditions conditions, Excitation excitation, double tolerance)
            throws IOException, InterruptedException {
        Netlist netlist = Netlist.of(array, conditions, excitation, 0);
        SpiceResult spice = installed().run(netlist);
        SpiceDifference difference = SpiceDifference.between(reference(array, conditions, excitation), spice, netlist);
        assertTrue(difference.largest() <= tolerance, () -> what + ": " + difference);
    }

    /** Uniform in [low, high). */
    static DMatrixRMaj uniform(long seed, String purpose, int rows, int columns, double low, double high) {
        DMatrixRMaj out = new DMatrixRMaj(rows, columns);
        RandomStreams.of(seed).stream(purpose, 0).uniforms(0, out.data, 0, rows * columns);
        for (int k = 0; k < out.data.length; k++) {
            out.data[k] = low + (high - low) * out.data[k];
        }
        return out;
    }

    /** Log-uniform in [low, high). */
    static DMatrixRMaj logUniform(long seed, String purpose, int rows, int columns, double low, double high) {
        DMatrixRMaj out = uniform(seed, purpose, rows, columns, Math.log(low), Math.log(high));
        for (int k = 0; k < out.data.length; k++) {
            out.data[k] = Math.exp(out.data[k]);
        }
        return out;
    }
}
