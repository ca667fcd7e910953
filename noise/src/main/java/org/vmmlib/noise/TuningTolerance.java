package org.vmmlib.noise;

import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.check.Require;
import org.vmmlib.core.crossbar.CellLaw;
import org.vmmlib.core.crossbar.CellState;
import org.vmmlib.core.macro.Effect;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.random.RandomStream;

/**
 * What write-verify leaves: each cell stops anywhere in the window around its target, so the relative error of its
 * current is uniform in ±tolerance. Around 1 % is measured for NOR flash (Guo et al., CICC 2017, arXiv:1611.03379), 5 %
 * nominal for passive ReRAM (Merrikh Bayat et al., Nature Comm. 9, 2331 (2018)).
 *
 * @param tolerance relative half-width of the window, 0 to below 1
 */
public record TuningTolerance(double tolerance) implements Effect.OnProgramming {

    /** Checks the range. */
    public TuningTolerance {
        Require.within("tolerance", tolerance, 0, Math.nextDown(1.0));
    }

    @Override
    public String id() {
        return "array.tuning";
    }

    @Override
    public String description() {
        return "tuning of the cells to ±" + tolerance;
    }

    /** {@inheritDoc} Refuses cells that no relative error moves, as those of two states. */
    @Override
    public CellState program(CellLaw law, CellState target, Conditions conditions, RandomStream draws) {
        DMatrixRMaj error = new DMatrixRMaj(target.rows(), target.columns());
        draws.uniforms(0, error.data, 0, error.data.length);
        for (int k = 0; k < error.data.length; k++) {
            error.data[k] = tolerance * (2 * error.data[k] - 1);
        }
        return RelativeErrors.apply(law, target, error, conditions);
    }
}
