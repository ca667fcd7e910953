package org.vmmlib.devices.programming;

import org.vmmlib.core.block.Die;
import org.vmmlib.core.crossbar.StatePlane;

/**
 * How voltage pulses move what a cell stores. Immutable parameters of a device; the cells of one fabricated array, with
 * their own thresholds, come from {@link #on}.
 */
public interface PulseResponse {

    /** The state that is moved, and the window that pulses can move it in. */
    StatePlane plane();

    /**
     * The cells of one array.
     *
     * @param die where the mismatch of the cells is drawn from
     * @param rows word lines, 1 or above
     * @param columns bit lines, 1 or above
     */
    SwitchingCells on(Die die, int rows, int columns);
}
