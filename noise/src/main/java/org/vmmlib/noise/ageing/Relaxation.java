package org.vmmlib.noise.ageing;

import org.vmmlib.core.check.Require;
import org.vmmlib.core.crossbar.CellLaw;
import org.vmmlib.core.crossbar.CellState;
import org.vmmlib.core.macro.Effect;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.random.RandomStream;

/**
 * Relaxation of resistive cells that have just been programmed: the relative change of the current at the read voltage grows
 * with the logarithm of time, {@code (mean + deviation · z) log10(1 + t/t0)}, z normal, of each device. With a mean of 0
 * cells spread without moving on average, as ReRAM does within a second of write-verify (W. Wan et al., Nature 608, 504
 * (2022), doi:10.1038/s41586-022-04992-8). A current does not fall below 0.
 *
 * @param mean relative change per decade of time, a fraction
 * @param deviation of it between devices, 0 or above
 * @param first t0, seconds, above 0
 */
public record Relaxation(double mean, double deviation, double first) implements Effect.OnAge {

    /** Checks the ranges. */
    public Relaxation {
        Require.finite("mean", mean);
        Require.nonNegative("deviation", deviation);
        Require.positive("first", first);
    }

    @Override
    public String id() {
        return "array.relaxation";
    }

    @Override
    public String description() {
        return "relaxation by " + mean + " +- " + deviation + " of the current per decade of time from " + first
                + " s on";
    }

    /** {@inheritDoc} Refuses laws that drift by themselves, and those that store thresholds. */
    @Override
    public CellState age(CellLaw law, CellState programmed, Conditions conditions, RandomStream draws) {
        double decades = Math.log1p(conditions.age() / first) / Math.log(10);
        return Resistive.changed(law, programmed, conditions, draws, z -> (mean + deviation * z) * decades);
    }
}
