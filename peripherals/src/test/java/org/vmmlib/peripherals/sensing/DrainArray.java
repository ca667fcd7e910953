package org.vmmlib.peripherals.sensing;

import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;
import org.vmmlib.core.macro.ColumnPort;

/** Drains of a gate-driven array: a current source with a finite output conductance on each column. */
final class DrainArray implements ColumnPort {

    private final double[][] saturated;
    private final double outputConductance;

    /**
     * @param saturated current of each vector and column at 0 V
     * @param outputConductance of each column
     */
    DrainArray(double[][] saturated, double outputConductance) {
        this.saturated = saturated;
        this.outputConductance = outputConductance;
    }

    @Override
    public int vectors() {
        return saturated.length;
    }

    @Override
    public int columns() {
        return saturated[0].length;
    }

    @Override
    public void currents(DMatrixRMaj vSense, DMatrixRMaj currents, @Nullable DMatrixRMaj slopes) {
        currents.reshape(vectors(), columns());
        for (int b = 0; b < vectors(); b++) {
            for (int j = 0; j < columns(); j++) {
                currents.set(b, j, saturated[b][j] + outputConductance * vSense.get(b, j));
            }
        }
        if (slopes != null) {
            slopes.reshape(vectors(), columns());
            slopes.fill(outputConductance);
        }
    }
}
