/**
 * Effects that draw what devices and blocks state: tuning and programming errors, stuck cells, drift; white and flicker
 * noise of cells during a read, fluctuation from read to read, noise of what drives the rows. None acts
 * unless a macro is given it.
 */
@NullMarked
package org.vmmlib.noise;

import org.jspecify.annotations.NullMarked;
