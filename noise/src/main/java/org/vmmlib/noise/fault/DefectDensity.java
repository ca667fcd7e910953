package org.vmmlib.noise.fault;

import org.apache.commons.math3.distribution.GammaDistribution;
import org.vmmlib.core.check.Require;
import org.vmmlib.core.crossbar.CellFaults;
import org.vmmlib.core.crossbar.CellLaw;
import org.vmmlib.core.crossbar.CellState;
import org.vmmlib.core.macro.Effect;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.random.RandomStream;
import org.vmmlib.noise.EffectName;

/**
 * Defects whose density differs from array to array, by a gamma distribution, so that the number of defects of an array is
 * negative-binomial (C. H. Stapper, "Defect density distribution for LSI yield calculations", IEEE Trans. Electron Devices
 * 20, 655 (1973), doi:10.1109/T-ED.1973.17719): an array without defects has probability
 * {@link ArrayYield#negativeBinomial}. On a cell fall a Poisson number of defects, of which one is enough.
 *
 * @param name tells two such effects apart; lower-case letters, digits, hyphens
 * @param mean number of defects per cell over all arrays, 0 to 1
 * @param clustering α, above 0, to 1e4: small where few arrays have most of the defects; large values are independent cells
 * @param kind how cells that fail are stuck
 */
public record DefectDensity(String name, double mean, double clustering, StuckKind kind)
        implements Effect.OnProgramming {

    private static final long DENSITY = 1;
    private static final long KIND = 2;
    private static final double INVERSION = 1e-12;

    /** Checks the name and the ranges. */
    public DefectDensity {
        EffectName.id("", name);
        Require.within("mean", mean, 0, 1);
        Require.within("clustering", Require.positive("clustering", clustering), 0, 1e4);
    }

    /** Named {@code density}; arguments as of the record. */
    public static DefectDensity of(double mean, double clustering, StuckKind kind) {
        return new DefectDensity("density", mean, clustering, kind);
    }

    @Override
    public String id() {
        return EffectName.id("array.defects", name);
    }

    @Override
    public String description() {
        return "defects of a density that differs between arrays: " + mean + " per cell, clustering " + clustering;
    }

    /** The target: states of stuck cells do not matter. */
    @Override
    public CellState program(CellLaw law, CellState target, Conditions conditions, RandomStream draws) {
        return target;
    }

    @Override
    public CellFaults faults(CellFaults faults, RandomStream draws) {
        if (mean == 0) {
            return faults;
        }
        double failing = -Math.expm1(-density(draws.call(DENSITY).uniform(0)));
        double[] uniform = new double[faults.rows() * faults.columns()];
        draws.uniforms(0, uniform, 0, uniform.length);
        boolean[] failed = new boolean[uniform.length];
        for (int k = 0; k < failed.length; k++) {
            failed[k] = uniform[k] < failing;
        }
        return kind.more(faults, failed, draws.call(KIND));
    }

    /** The quantile of the density of an array, defects per cell; of the unit scale, as inversion has an absolute error. */
    double density(double probability) {
        return mean
                / clustering
                * new GammaDistribution(null, clustering, 1, INVERSION).inverseCumulativeProbability(probability);
    }
}
