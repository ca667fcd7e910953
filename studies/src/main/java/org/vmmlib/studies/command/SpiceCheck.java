package org.vmmlib.studies.command;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.vmmlib.core.crossbar.solve.Solution;
import org.vmmlib.core.spice.Netlist;
import org.vmmlib.core.spice.Ngspice;
import org.vmmlib.core.spice.SpiceDifference;
import org.vmmlib.core.spice.SpiceResult;

/** What a solve found for its first vector, against ngspice. */
final class SpiceCheck {

    private final Ngspice ngspice;
    private @Nullable SpiceResult first;

    SpiceCheck(Ngspice ngspice) {
        this.ngspice = ngspice;
    }

    /** Takes the next piece of a solve, with node voltages; keeps the first vector of the first piece. */
    void see(Solution piece) {
        if (first == null) {
            first = SpiceResult.of(piece, 0);
        }
    }

    /**
     * Runs ngspice.
     *
     * @param netlist of the array with the first vector
     * @return largest relative difference of currents and node voltages
     * @throws IllegalStateException if no piece was seen
     */
    double difference(Netlist netlist) throws IOException, InterruptedException {
        SpiceResult solved = first;
        if (solved == null) {
            throw new IllegalStateException("nothing was solved");
        }
        return SpiceDifference.between(solved, ngspice.run(netlist), netlist).largest();
    }
}
