/**
 * Input encoders: words or pulses in, row drives over time out.
 *
 * <ul>
 *   <li>{@link org.vmmlib.peripherals.encoder.AmplitudeEncoder}: one phase whose amplitude carries the word (INS).
 *   <li>{@link org.vmmlib.peripherals.encoder.DigitEncoder}: one phase a bit (LIN) or a slice of bits, or bit b for 2^b
 *       units of time (digital temporal); in each {@link org.vmmlib.peripherals.encoder.WordFormat}.
 *   <li>{@link org.vmmlib.peripherals.encoder.PulseEncoder}: the length of a pulse (EXP).
 *   <li>{@link org.vmmlib.peripherals.encoder.SpikeEncoder}: spike trains, of rates or at explicit times.
 *   <li>{@link org.vmmlib.peripherals.encoder.TwoPhaseEncoder}: steps or pulses of a two-phase time-domain multiplier.
 * </ul>
 */
@NullMarked
package org.vmmlib.peripherals.encoder;

import org.jspecify.annotations.NullMarked;
