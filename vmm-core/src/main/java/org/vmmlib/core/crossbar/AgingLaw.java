package org.vmmlib.core.crossbar;

import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.random.RandomStream;

/** A cell law that states how its cells change after programming: drift, relaxation, retention. It states; an effect draws. */
public interface AgingLaw extends CellLaw {

    /**
     * The state at the age of the conditions. At an age of 0 it is the programmed one. How a device ages is a function of
     * its stream: the same stream at a later age gives the same devices, later.
     *
     * @param programmed N×M state that programming left
     * @param conditions with the age, seconds since programming
     * @param draws the stream of the drift; element = row-major index of the cell
     * @throws IllegalArgumentException if the state is not of this law, the age is beyond what was measured, or these
     *     cells have no such statistics; the message then says what to use instead
     */
    CellState age(CellState programmed, Conditions conditions, RandomStream draws);

    /** Whether these cells have such statistics; if not, {@link #age} refuses. True unless a law says otherwise. */
    default boolean ages() {
        return true;
    }
}
