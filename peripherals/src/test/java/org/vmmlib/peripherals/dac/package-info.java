/** Tests of this package. */
@NullMarked
package org.vmmlib.peripherals.dac;

import org.jspecify.annotations.NullMarked;
