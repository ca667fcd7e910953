/**
 * Resistive cells with an access device in series: a transistor (1T1R), passive or as a current source, a signed pair of
 * them (2T2R), or a selector (1S1R). The node between the two is solved inside the cell.
 *
 * <p>Xiao et al., Analog architectures for neural network acceleration based on non-volatile memory, Appl. Phys. Rev. 7,
 * 031301 (2020), doi:10.1063/1.5143815, section IV; Bavandpour, Sahay, Mahmoodi, Strukov, arXiv:1905.09454.
 */
@NullMarked
package org.vmmlib.devices.access;

import org.jspecify.annotations.NullMarked;
