/** Tests of this package. */
@NullMarked
package org.vmmlib.peripherals.converter;

import org.jspecify.annotations.NullMarked;
