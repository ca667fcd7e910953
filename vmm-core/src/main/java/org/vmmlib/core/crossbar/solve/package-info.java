/**
 * Solvers of the crossbar network: one contract, from the ideal product to the exact nonlinear network.
 */
@NullMarked
package org.vmmlib.core.crossbar.solve;

import org.jspecify.annotations.NullMarked;
