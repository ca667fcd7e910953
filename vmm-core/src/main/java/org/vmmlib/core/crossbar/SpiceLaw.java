package org.vmmlib.core.crossbar;

import org.vmmlib.core.physics.Conditions;

/** A cell law that can be written as elements of an ngspice netlist, so that another simulator can check an array. */
public interface SpiceLaw extends CellLaw {

    /**
     * The cells of an array in a state, under conditions, as netlist elements. Immutable.
     *
     * @throws IllegalArgumentException if the state is not of this law
     */
    SpiceCells spice(CellState state, Conditions conditions);
}
