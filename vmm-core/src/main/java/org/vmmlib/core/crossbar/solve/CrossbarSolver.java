package org.vmmlib.core.crossbar.solve;

import org.vmmlib.core.crossbar.Crossbar;
import org.vmmlib.core.physics.Conditions;

/** A method to find the currents of an array. Immutable and safe to share. */
public interface CrossbarSolver {

    /** Name of the method, as results show it. */
    String name();

    /**
     * Does all that does not depend on the inputs: binds the cells, orders and factors, or reduces the array to its
     * ports.
     *
     * @throws IllegalArgumentException if the method cannot solve this array; the message names what and what to use
     */
    PreparedCrossbar prepare(Crossbar crossbar, Conditions conditions);
}
