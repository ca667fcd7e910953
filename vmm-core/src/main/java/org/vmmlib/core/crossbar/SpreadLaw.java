package org.vmmlib.core.crossbar;

import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.random.RandomStream;

/** A cell law that states how far from its target programming leaves a cell. It states; an effect draws. */
public interface SpreadLaw extends CellLaw {

    /**
     * The state that programming leaves.
     *
     * @param target N×M state that was meant
     * @param conditions when the cells are programmed
     * @param draws the stream of the programming error; element = row-major index of the cell
     * @throws IllegalArgumentException if the state is not of this law, or these cells have no such statistics; the
     *     message then says what to use instead
     */
    CellState program(CellState target, Conditions conditions, RandomStream draws);
}
