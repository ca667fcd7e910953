/**
 * Readouts that end in digital arithmetic: {@link org.vmmlib.peripherals.digital.DigitReadout} converts in every phase, shifts
 * and adds, as accelerators with bit-sliced inputs do (ISAAC, doi:10.1109/ISCA.2016.12).
 */
@NullMarked
package org.vmmlib.peripherals.digital;

import org.jspecify.annotations.NullMarked;
