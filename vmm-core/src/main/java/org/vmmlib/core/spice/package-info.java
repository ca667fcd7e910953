/**
 * The exact instance of an array as an ngspice netlist, and ngspice run as a second opinion on what the solvers found.
 *
 * <p>{@link org.vmmlib.core.spice.Netlist} writes an array with one input vector, {@link org.vmmlib.core.spice.Ngspice}
 * runs it, and {@link org.vmmlib.core.spice.SpiceDifference} compares two {@link org.vmmlib.core.spice.SpiceResult}s.
 */
@NullMarked
package org.vmmlib.core.spice;

import org.jspecify.annotations.NullMarked;
