package org.vmmlib.noise;

import org.vmmlib.core.check.Require;
import org.vmmlib.core.crossbar.CellFaults;
import org.vmmlib.core.crossbar.CellLaw;
import org.vmmlib.core.crossbar.CellState;
import org.vmmlib.core.macro.Effect;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.random.RandomStream;

/**
 * Cells that cannot be programmed: each is stuck off (it carries no current) or stuck on (a resistor) with a
 * probability, independently. Published yields: about 99 % of a 64×64 passive crossbar (Kim et al., Nature Comm. 12,
 * 5198 (2021), doi:10.1038/s41467-021-25455-0); 9.8 % and 13.5 % corrupt cells of two ReRAM arrays (Gong et al., IEDM
 * 2022).
 *
 * @param off probability of a cell that is stuck off, 0 to 1
 * @param on probability of a cell that is stuck on, 0 to 1 − off
 * @param conductance of a cell that is stuck on, siemens, above 0
 */
public record StuckCells(double off, double on, double conductance) implements Effect.OnProgramming {

    /** Checks the ranges. */
    public StuckCells {
        Require.within("off", off, 0, 1);
        Require.within("on", on, 0, 1 - off);
        Require.positive("conductance", conductance);
    }

    /** Of the cells that do not work, half are stuck off and half on. */
    public static StuckCells ofYield(double yield, double conductance) {
        Require.within("yield", yield, 0, 1);
        return new StuckCells((1 - yield) / 2, (1 - yield) / 2, conductance);
    }

    @Override
    public String id() {
        return "array.stuck-cells";
    }

    @Override
    public String description() {
        return "cells stuck off (" + off + ") and stuck on (" + on + ")";
    }

    /** The target: states of stuck cells do not matter. */
    @Override
    public CellState program(CellLaw law, CellState target, Conditions conditions, RandomStream draws) {
        return target;
    }

    @Override
    public CellFaults faults(CellFaults faults, RandomStream draws) {
        int cells = faults.rows() * faults.columns();
        double[] uniform = new double[cells];
        draws.uniforms(0, uniform, 0, cells);
        boolean[] open = new boolean[cells];
        boolean[] shorted = new boolean[cells];
        for (int k = 0; k < cells; k++) {
            open[k] = uniform[k] < off;
            shorted[k] = !open[k] && uniform[k] < off + on;
        }
        return faults.and(open, shorted, conductance);
    }
}
