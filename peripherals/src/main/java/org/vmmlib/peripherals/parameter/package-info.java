/**
 * The parameters of a block: values by name, each with its unit and its source, and which of them are imperfections.
 */
@NullMarked
package org.vmmlib.peripherals.parameter;

import org.jspecify.annotations.NullMarked;
