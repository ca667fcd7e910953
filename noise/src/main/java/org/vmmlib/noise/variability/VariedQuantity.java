package org.vmmlib.noise.variability;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.crossbar.CellLaw;
import org.vmmlib.core.crossbar.CellState;
import org.vmmlib.core.crossbar.StatePlane;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.noise.RelativeErrors;

/**
 * What of a cell a deviation x changes. A cell stays within the window of its law ({@link CellLaw#deviate}), so a window as
 * narrow as the weights cuts the distribution off; give the law a wider one where the tails matter.
 */
public enum VariedQuantity {

    /** The read current, times 1 + x; x is a fraction (0.01 is 1 %), and −1 or below leaves no current. */
    RELATIVE,

    /** The read current, times e^x, so that a normal x makes it log-normal about its target, the median. */
    LOGARITHMIC,

    /**
     * Every state in volts (floating-gate thresholds, of every layer of a string), plus x volts: in weak inversion the
     * current falls by {@code exp(−κ x/U_t)}. For laws that store thresholds only.
     */
    THRESHOLD;

    /** Deviations of one plane of an array. */
    @FunctionalInterface
    interface Deviations {

        /**
         * Writes one deviation for each cell.
         *
         * @param plane index of the plane among those that are varied
         * @param state N×M values of the plane, on which a spread may depend. Not to be modified.
         * @param out N×M. Modified.
         */
        void write(int plane, DMatrixRMaj state, DMatrixRMaj out);
    }

    /** The state with the deviations put in. */
    CellState vary(CellLaw law, CellState target, Conditions conditions, Deviations deviations) {
        DMatrixRMaj x = new DMatrixRMaj(target.rows(), target.columns());
        if (this != THRESHOLD) {
            deviations.write(0, target.plane(target.planes().get(0).name()), x);
            for (int k = 0; this == LOGARITHMIC && k < x.data.length; k++) {
                x.data[k] = Math.expm1(x.data[k]);
            }
            return RelativeErrors.apply(law, target, x, conditions);
        }
        List<StatePlane> planes = target.planes();
        DMatrixRMaj[] values = new DMatrixRMaj[planes.size()];
        int varied = 0;
        for (int p = 0; p < values.length; p++) {
            StatePlane plane = planes.get(p);
            values[p] = target.plane(plane.name()).copy();
            if (plane.unit().equals("V")) {
                deviations.write(varied++, target.plane(plane.name()), x);
                for (int k = 0; k < x.data.length; k++) {
                    values[p].data[k] = Math.max(plane.low(), Math.min(plane.high(), values[p].data[k] + x.data[k]));
                }
            }
        }
        if (varied == 0) {
            throw new IllegalArgumentException("law = " + law.datasheet().title()
                    + ": stores no threshold in volts; vary its current (RELATIVE or LOGARITHMIC)");
        }
        return new CellState(planes, values);
    }

    /** The deviation in words: its unit. */
    String unit() {
        return switch (this) {
            case RELATIVE -> " of the current";
            case LOGARITHMIC -> " of the logarithm of the current";
            case THRESHOLD -> " V of the threshold";
        };
    }
}
