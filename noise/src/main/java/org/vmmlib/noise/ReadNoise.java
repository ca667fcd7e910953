package org.vmmlib.noise;

import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.check.Require;
import org.vmmlib.core.crossbar.ArrayCells;
import org.vmmlib.core.macro.Effect;

/**
 * White noise of the cells during a read: each column gets the sum over its independent cells of what the cell law
 * states (thermal 4kTG, shot 2qI(1 + exp(−V_DS/U_t)), barriers 2qI coth(qV/2kT)) in a bandwidth. Line resistance is
 * taken not to attenuate it.
 *
 * @param bandwidth equivalent noise bandwidth, hertz, above 0; of an ideal integration over a time t it is 1/(2t)
 */
public record ReadNoise(double bandwidth) implements Effect.OnColumns {

    /** Checks the range. */
    public ReadNoise {
        Require.positive("bandwidth", bandwidth);
    }

    @Override
    public String id() {
        return "array.read-noise";
    }

    @Override
    public void sigma(
            ArrayCells cells, DMatrixRMaj drives, double columnVoltage, DMatrixRMaj columnCurrents, DMatrixRMaj sigma) {
        cells.noiseDensity(drives, columnVoltage, columnCurrents, sigma);
        int count = sigma.getNumElements();
        for (int k = 0; k < count; k++) {
            sigma.data[k] = Math.sqrt(sigma.data[k] * bandwidth);
        }
    }
}
