/**
 * How arrays with capacitances settle: the response of the terminal currents to a step of the drives, settling times,
 * charges and energies, on the full network of wires and cells.
 */
@NullMarked
package org.vmmlib.core.crossbar.settling;

import org.jspecify.annotations.NullMarked;
