/**
 * How cells differ from what they were meant to be: from device to device, from one programming to the next, from line to
 * line, and by where they lie on the chip. Each is an effect with a name of its own, so that they add up and can be told
 * apart.
 */
@NullMarked
package org.vmmlib.noise.variability;

import org.jspecify.annotations.NullMarked;
