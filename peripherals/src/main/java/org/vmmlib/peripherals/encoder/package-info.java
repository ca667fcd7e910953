/**
 * Input encoders: words in, row drives over time out. {@link org.vmmlib.peripherals.encoder.AmplitudeEncoder} is
 * one phase whose amplitude carries the word (INS).
 */
@NullMarked
package org.vmmlib.peripherals.encoder;

import org.jspecify.annotations.NullMarked;
