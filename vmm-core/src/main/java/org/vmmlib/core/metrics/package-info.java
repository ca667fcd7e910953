/**
 * How far a result is from the ideal: errors in LSB, effective bits; and how good a converter is: INL, DNL, missing codes, gain
 * and offset, SNDR, SFDR.
 */
@NullMarked
package org.vmmlib.core.metrics;

import org.jspecify.annotations.NullMarked;
