package org.vmmlib.noise.ageing;

import java.util.function.DoubleUnaryOperator;
import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.crossbar.AgingLaw;
import org.vmmlib.core.crossbar.CellLaw;
import org.vmmlib.core.crossbar.CellState;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.random.RandomStream;
import org.vmmlib.noise.RelativeErrors;

/** Ageing of cells whose read current is their state. */
final class Resistive {

    private Resistive() {}

    /**
     * The state with each current off by a relative change.
     *
     * @param change of a device, a standard normal number; not limited below
     */
    static CellState changed(
            CellLaw law, CellState programmed, Conditions conditions, RandomStream draws, DoubleUnaryOperator change) {
        if (law instanceof AgingLaw aging && aging.ages()) {
            throw new IllegalArgumentException("law = " + law.datasheet().title()
                    + ": states a drift of its own; use the effect Drift, which draws that, or not both");
        }
        if (law.planes().stream().anyMatch(plane -> plane.unit().equals("V"))) {
            throw new IllegalArgumentException("law = " + law.datasheet().title()
                    + ": stores thresholds, which do not drift as conductances do; use ChargeLoss");
        }
        if (conditions.age() == 0) {
            return programmed;
        }
        DMatrixRMaj relative = new DMatrixRMaj(programmed.rows(), programmed.columns());
        draws.gaussians(0, relative.data, 0, relative.data.length);
        for (int k = 0; k < relative.data.length; k++) {
            relative.data[k] = change.applyAsDouble(relative.data[k]);
        }
        return RelativeErrors.apply(law, programmed, relative, conditions);
    }
}
