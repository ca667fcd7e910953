/**
 * How far a result is from the ideal: errors in LSB, effective bits.
 */
@NullMarked
package org.vmmlib.core.metrics;

import org.jspecify.annotations.NullMarked;
