/**
 * Sensing of column currents in one phase: current mirror, also with binary-weighted branches, current conveyor and
 * transimpedance amplifier.
 *
 * <p>All hold the columns at their own voltage, so that an input offset or a diode input acts on the whole array and is
 * not a number added at the end.
 */
@NullMarked
package org.vmmlib.peripherals.sensing;

import org.jspecify.annotations.NullMarked;
