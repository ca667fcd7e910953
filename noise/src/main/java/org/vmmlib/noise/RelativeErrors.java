package org.vmmlib.noise;

import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.crossbar.CellLaw;
import org.vmmlib.core.crossbar.CellState;
import org.vmmlib.core.physics.Conditions;

/** Relative errors of read currents, put into the state of an array. */
public final class RelativeErrors {

    private static final double PROBE = -0.1;

    private RelativeErrors() {}

    /**
     * The state whose read currents are off, as {@link CellLaw#deviate} makes it.
     *
     * @param error N×M fractions; −1 and below leave no current. Modified: brought above −1.
     * @throws IllegalArgumentException if no error moves the cells, as those of two states: what would be drawn is lost
     */
    public static CellState apply(CellLaw law, CellState target, DMatrixRMaj error, Conditions conditions) {
        DMatrixRMaj probe = new DMatrixRMaj(1, 2);
        probe.data[1] = 1;
        CellState ends = law.store(probe, conditions);
        probe.fill(PROBE);
        CellState moved = law.deviate(ends, probe, conditions);
        if (law.planes().stream().allMatch(plane -> same(ends.plane(plane.name()), moved.plane(plane.name())))) {
            throw new IllegalArgumentException("law = " + law.datasheet().title()
                    + ": its cells cannot be off by a part of their current; leave this effect out, or use cells that"
                    + " can");
        }
        for (int k = 0; k < error.data.length; k++) {
            error.data[k] = Math.max(Math.nextUp(-1.0), error.data[k]);
        }
        return law.deviate(target, error, conditions);
    }

    private static boolean same(DMatrixRMaj a, DMatrixRMaj b) {
        return a.data[0] == b.data[0] && a.data[1] == b.data[1];
    }
}
