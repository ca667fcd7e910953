/**
 * Digital-to-analog converters: code in, current or voltage out, with the mismatch of their unit elements.
 *
 * <p>A {@link org.vmmlib.peripherals.dac.Dac} is a block of parameters; put on a die it becomes
 * {@link org.vmmlib.peripherals.dac.TransferTables}, one drawn transfer curve per converter.
 */
@NullMarked
package org.vmmlib.peripherals.dac;

import org.jspecify.annotations.NullMarked;
