package org.vmmlib.noise;

import org.vmmlib.core.crossbar.CellLaw;
import org.vmmlib.core.crossbar.CellState;
import org.vmmlib.core.crossbar.SpreadLaw;
import org.vmmlib.core.macro.Effect;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.random.RandomStream;

/** The error that programming leaves, with the state-dependent spread that the cell law states: see {@link SpreadLaw}. */
public record ProgrammingError() implements Effect.OnProgramming {

    @Override
    public String id() {
        return "array.programming-error";
    }

    @Override
    public String description() {
        return "programming error of the cells, as they state it";
    }

    /** {@inheritDoc} Refuses a law that states none. */
    @Override
    public CellState program(CellLaw law, CellState target, Conditions conditions, RandomStream draws) {
        if (law instanceof SpreadLaw spread) {
            return spread.program(target, conditions, draws);
        }
        throw new IllegalArgumentException("law = " + law.datasheet().title()
                + ": states no programming error; use a tuning tolerance, or a cell that states one");
    }
}
