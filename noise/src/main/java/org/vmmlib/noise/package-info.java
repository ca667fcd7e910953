/**
 * Effects that draw what devices and blocks state: tuning and programming errors, stuck cells, drift, read noise. None acts
 * unless a macro is given it.
 */
@NullMarked
package org.vmmlib.noise;

import org.jspecify.annotations.NullMarked;
