/**
 * Subthreshold floating-gate cells in gate-coupled arrays, the peripheral reference cells that drive their gates, and
 * published NOR processes.
 *
 * <p>The row line is the source line, the column line the drain; the bulk is at 0 V. A cell's threshold counts from that
 * of the reference cell of its row, so that its weight is {@code w = exp(−κ threshold / U_t)}: Eq. 6 of Xiao et al.,
 * Analog architectures for neural network acceleration based on non-volatile memory, Appl. Phys. Rev. 7, 031301 (2020),
 * doi:10.1063/1.5143815.
 */
@NullMarked
package org.vmmlib.devices.flash;

import org.jspecify.annotations.NullMarked;
