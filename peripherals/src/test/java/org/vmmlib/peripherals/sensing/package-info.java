/** Tests of this package. */
@NullMarked
package org.vmmlib.peripherals.sensing;

import org.jspecify.annotations.NullMarked;
