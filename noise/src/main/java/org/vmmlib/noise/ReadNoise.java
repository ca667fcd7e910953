package org.vmmlib.noise;

import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.check.Require;
import org.vmmlib.core.macro.Effect;

/**
 * White noise of the cells during a read: each column gets the sum over its independent cells of what the cell law
 * states (thermal 4kTG, shot 2qI(1 + exp(−V_DS/U_t)), barriers 2qI coth(qV/2kT)) in a bandwidth. Line resistance is
 * taken not to attenuate it.
 *
 * @param bandwidth equivalent noise bandwidth, hertz, above 0; of an ideal integration over a time t it is 1/(2t)
 */
public record ReadNoise(double bandwidth) implements Effect.OnRead {

    /** Checks the range. */
    public ReadNoise {
        Require.positive("bandwidth", bandwidth);
    }

    @Override
    public String id() {
        return "array.read-noise";
    }

    @Override
    public String description() {
        return "white noise of the cells, in " + bandwidth + " Hz";
    }

    @Override
    public void disturb(Read read, DMatrixRMaj currents) {
        int columns = currents.numCols;
        DMatrixRMaj density = new DMatrixRMaj(currents.numRows, columns);
        read.cells().noiseDensity(read.drives(), read.columnVoltage(), read.signal(), density);
        double[] normal = new double[columns];
        for (int b = 0; b < currents.numRows; b++) {
            read.draws()
                    .call(read.at().firstCall() + b)
                    .gaussians((long) read.at().phase() * columns, normal, 0, columns);
            for (int j = 0; j < columns; j++) {
                currents.data[b * columns + j] += Math.sqrt(density.data[b * columns + j] * bandwidth) * normal[j];
            }
        }
    }
}
