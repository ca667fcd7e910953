package org.vmmlib.noise;

import org.vmmlib.core.crossbar.AgingLaw;
import org.vmmlib.core.crossbar.CellLaw;
import org.vmmlib.core.crossbar.CellState;
import org.vmmlib.core.macro.Effect;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.random.RandomStream;

/** Drift, relaxation and retention up to the age of the conditions, as the cell law states them: see {@link AgingLaw}. */
public record Drift() implements Effect.OnAge {

    @Override
    public String id() {
        return "array.drift";
    }

    @Override
    public String description() {
        return "drift of the cells, as they state it";
    }

    /** {@inheritDoc} Refuses a law that states none. */
    @Override
    public CellState age(CellLaw law, CellState programmed, Conditions conditions, RandomStream draws) {
        if (law instanceof AgingLaw aging) {
            return aging.age(programmed, conditions, draws);
        }
        throw new IllegalArgumentException("law = " + law.datasheet().title()
                + ": states no drift; leave drift out, or use a cell that states one");
    }
}
