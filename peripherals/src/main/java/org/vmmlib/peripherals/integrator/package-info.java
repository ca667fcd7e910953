/**
 * Readouts that integrate the column currents over the phases of a schedule: with a virtual ground, on the capacitance of
 * the column itself, with rescaling between the bits of the input (SIR), and up to a threshold (two-phase time domain, with
 * the mapping that goes with it).
 *
 * <p>All of them integrate {@code C dV/dt = ±I(v) − g V} by {@link org.vmmlib.peripherals.integrator.ChargeNode}: exactly
 * where the column stands still or its current is affine in its own voltage, else by an adaptive method that pulls the
 * currents as it goes.
 */
@NullMarked
package org.vmmlib.peripherals.integrator;

import org.jspecify.annotations.NullMarked;
