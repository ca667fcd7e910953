/**
 * The parameters of a block: values by name, each with its unit, its source and its range.
 */
@NullMarked
package org.vmmlib.peripherals.parameter;

import org.jspecify.annotations.NullMarked;
