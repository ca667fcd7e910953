package org.vmmlib.noise.fault;

import org.vmmlib.core.check.Require;
import org.vmmlib.core.crossbar.CellFaults;
import org.vmmlib.core.random.RandomStream;

/**
 * How cells that do not work are stuck: on, as a resistor, with a probability; off, without current, otherwise.
 *
 * @param on probability that a cell that does not work is stuck on, 0 to 1
 * @param conductance of a cell that is stuck on, siemens, above 0
 */
public record StuckKind(double on, double conductance) {

    /** Checks the ranges. */
    public StuckKind {
        Require.within("on", on, 0, 1);
        Require.positive("conductance", conductance);
    }

    /** All are stuck off. */
    public static StuckKind off() {
        return new StuckKind(0, 1);
    }

    /** All are stuck on, with a conductance in siemens. */
    public static StuckKind on(double conductance) {
        return new StuckKind(1, conductance);
    }

    /**
     * Faults with more.
     *
     * @param faults those there are
     * @param failed N·M flags, row-major
     * @param draws one uniform number for each cell, element = row-major index
     */
    CellFaults more(CellFaults faults, boolean[] failed, RandomStream draws) {
        double[] uniform = new double[failed.length];
        draws.uniforms(0, uniform, 0, uniform.length);
        boolean[] open = new boolean[failed.length];
        boolean[] shorted = new boolean[failed.length];
        for (int k = 0; k < failed.length; k++) {
            shorted[k] = failed[k] && uniform[k] < on;
            open[k] = failed[k] && !shorted[k];
        }
        return faults.and(open, shorted, conductance);
    }
}
