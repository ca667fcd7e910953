package org.vmmlib.noise.ageing;

import org.vmmlib.core.check.Require;
import org.vmmlib.core.crossbar.CellLaw;
import org.vmmlib.core.crossbar.CellState;
import org.vmmlib.core.macro.Effect;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.random.RandomStream;

/**
 * Drift of resistive cells by a power law, {@code I(t) = I ((t + t0)/t0)^−ν} at the read voltage, with
 * {@code ν = |mean + deviation · z|} of each device, z normal: structural relaxation of phase-change cells (D. Ielmini et
 * al., IEEE Trans. Electron Devices 54, 308 (2007), doi:10.1109/TED.2006.888752), in the form of Joshi et al., Nature Comm.
 * 11, 2473 (2020). It acts on what programming left, programming error and all.
 *
 * @param mean of ν, 0 or above
 * @param deviation of ν between devices, 0 or above
 * @param first t0, seconds from programming to when the state counted as programmed, above 0
 */
public record PowerLawDrift(double mean, double deviation, double first) implements Effect.OnAge {

    /** Checks the ranges. */
    public PowerLawDrift {
        Require.nonNegative("mean", mean);
        Require.nonNegative("deviation", deviation);
        Require.positive("first", first);
    }

    @Override
    public String id() {
        return "array.power-law-drift";
    }

    @Override
    public String description() {
        return "drift by t^-nu, nu = " + mean + " +- " + deviation + " from " + first + " s on";
    }

    /** {@inheritDoc} Refuses laws that drift by themselves, and those that store thresholds. */
    @Override
    public CellState age(CellLaw law, CellState programmed, Conditions conditions, RandomStream draws) {
        double decay = Math.log1p(conditions.age() / first);
        return Resistive.changed(
                law, programmed, conditions, draws, z -> Math.expm1(-Math.abs(mean + deviation * z) * decay));
    }
}
