/**
 * The named converters, and what they measure: linearity, spectrum of a sine wave, cost.
 */
@NullMarked
package org.vmmlib.studies.converter;

import org.jspecify.annotations.NullMarked;
