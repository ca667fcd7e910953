/**
 * Cells of published memory technologies: a law of current and voltage with what was measured of writing errors, drift
 * and read noise. The cells state these statistics; effects of the noise module draw them. Also the binary-weighted
 * switched capacitor.
 */
@NullMarked
package org.vmmlib.devices.memory;

import org.jspecify.annotations.NullMarked;
