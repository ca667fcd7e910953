/**
 * Converters: levels in, words out. {@link org.vmmlib.peripherals.converter.CyclicAdc} embeds the activation function in
 * the references of its comparator.
 */
@NullMarked
package org.vmmlib.peripherals.converter;

import org.jspecify.annotations.NullMarked;
