/**
 * How cells change after they were programmed, for cell laws that do not state it themselves: drift, relaxation, loss of
 * charge. A device is drawn once for a chip: a later read finds the same device, later.
 */
@NullMarked
package org.vmmlib.noise.ageing;

import org.jspecify.annotations.NullMarked;
