/** Tests of this package. */
@NullMarked
package org.vmmlib.peripherals.encoder;

import org.jspecify.annotations.NullMarked;
