/**
 * How cells come to their states: what a voltage pulse does to a cell, and write-verify of a whole array, with the line
 * drops, sneak currents and half-selected cells of every pulse and every verifying read solved.
 *
 * <p>{@link org.vmmlib.devices.programming.PulseResponse} is the contract of a device: implement it to tune another
 * one. {@link org.vmmlib.devices.programming.WriteVerify} works with any cell law that stores one number in each cell.
 */
@NullMarked
package org.vmmlib.devices.programming;

import org.jspecify.annotations.NullMarked;
