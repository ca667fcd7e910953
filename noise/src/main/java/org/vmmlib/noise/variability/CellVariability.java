package org.vmmlib.noise.variability;

import org.vmmlib.core.check.Require;
import org.vmmlib.core.crossbar.CellLaw;
import org.vmmlib.core.crossbar.CellState;
import org.vmmlib.core.macro.Effect;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.random.RandomStream;
import org.vmmlib.noise.EffectName;

/**
 * Cells that differ from each other at random: an independent normal deviation of each.
 *
 * <p>Drawn once for a chip (device to device) where the cycle stays the same; anew for each programming (cycle to cycle)
 * where it is the count of the programmings. A chip that has both has two such effects. Over cycles, read
 * currents of HfO2 cells were found normal in the low-resistance state and log-normal in the high-resistance state
 * ("Statistical assessment of endurance degradation in high and low resistive states of the HfO2-based RRAM", 2013).
 *
 * @param name tells two such effects apart; lower-case letters, digits, hyphens
 * @param varied what the deviation changes
 * @param spread standard deviation as a function of the state: a fraction, a logarithm, or volts, as {@code varied} says
 * @param cycle which programming of the chip this is, 0 or above: another cycle, other numbers
 */
public record CellVariability(String name, VariedQuantity varied, StateSpread spread, long cycle)
        implements Effect.OnProgramming {

    /** Checks the name and the cycle. */
    public CellVariability {
        EffectName.id("", name);
        if (cycle < 0) {
            throw new IllegalArgumentException("cycle = " + cycle + ": must be 0 or above; count programmings from 0");
        }
    }

    /**
     * From device to device, the same for all states.
     *
     * @param sigma fraction, logarithm or volts, 0 or above
     */
    public static CellVariability devices(VariedQuantity varied, double sigma) {
        return new CellVariability("devices", varied, StateSpread.constant(sigma), 0);
    }

    /**
     * From cycle to cycle, the same for all states.
     *
     * @param sigma fraction, logarithm or volts, 0 or above
     * @param cycle which programming of the chip this is, 0 or above
     */
    public static CellVariability cycles(VariedQuantity varied, double sigma, long cycle) {
        return new CellVariability("cycles", varied, StateSpread.constant(sigma), cycle);
    }

    /** The same under another name, with other numbers. */
    public CellVariability named(String other) {
        return new CellVariability(other, varied, spread, cycle);
    }

    /** The same chip programmed another time. */
    public CellVariability atCycle(long other) {
        return new CellVariability(name, varied, spread, other);
    }

    @Override
    public String id() {
        return EffectName.id("array.variability", name);
    }

    @Override
    public String description() {
        return "cells differ at random: sigma" + varied.unit();
    }

    @Override
    public CellState program(CellLaw law, CellState target, Conditions conditions, RandomStream draws) {
        RandomStream stream = draws.call(cycle);
        return varied.vary(law, target, conditions, (plane, state, out) -> {
            int cells = out.data.length;
            stream.gaussians((long) plane * cells, out.data, 0, cells);
            for (int k = 0; k < cells; k++) {
                out.data[k] *= Require.nonNegative("spread", spread.sigma(state.data[k]));
            }
        });
    }
}
