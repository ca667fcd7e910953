/**
 * Multi-bit integrate-and-fire neurons: an amplifier integrates the current of a column, a ladder of comparators fires a
 * spike at each threshold, and the highest one resets the membrane (Saxena and Moussa, CMOS-RRAM Neuromorphic
 * Accelerators Using Multi-bit Neurons). Simulated from event to event in closed form; beside it the slow reference that
 * steps through time, and what a spike tells of the membrane (entropy) and of the input (effective bits).
 */
@NullMarked
package org.vmmlib.peripherals.neuron;

import org.jspecify.annotations.NullMarked;
