package org.vmmlib.peripherals.sensing;

import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;
import org.vmmlib.core.macro.ColumnPort;

/**
 * Sources behind resistors on one shared word line: vector b drives the word line with {@code sources[b]} volts behind a
 * source resistance, and cell j of conductance g_j leads from it to column j. With zero source resistance the columns do
 * not see each other. Counts how often it was asked.
 */
final class ResistiveArray implements ColumnPort {

    private final double[] sources;
    private final double sourceResistance;
    private final double[] conductances;
    private int pulls;

    ResistiveArray(double[] sources, double sourceResistance, double... conductances) {
        this.sources = sources;
        this.sourceResistance = sourceResistance;
        this.conductances = conductances;
    }

    int pulls() {
        return pulls;
    }

    @Override
    public int vectors() {
        return sources.length;
    }

    @Override
    public int columns() {
        return conductances.length;
    }

    /** Voltage of the word line by Kirchhoff's law. */
    private double wordLine(int vector, DMatrixRMaj vSense) {
        double sum = 0;
        double in = 0;
        for (int j = 0; j < conductances.length; j++) {
            sum += conductances[j];
            in += conductances[j] * vSense.get(vector, j);
        }
        return (sources[vector] + sourceResistance * in) / (1 + sourceResistance * sum);
    }

    @Override
    public void currents(DMatrixRMaj vSense, DMatrixRMaj currents, @Nullable DMatrixRMaj slopes) {
        pulls++;
        currents.reshape(sources.length, conductances.length);
        if (slopes != null) {
            slopes.reshape(sources.length, conductances.length);
        }
        double sum = 0;
        for (double g : conductances) {
            sum += g;
        }
        for (int b = 0; b < sources.length; b++) {
            double line = wordLine(b, vSense);
            for (int j = 0; j < conductances.length; j++) {
                double g = conductances[j];
                currents.set(b, j, g * (line - vSense.get(b, j)));
                if (slopes != null) {
                    slopes.set(b, j, g * (sourceResistance * g / (1 + sourceResistance * sum) - 1));
                }
            }
        }
    }
}
