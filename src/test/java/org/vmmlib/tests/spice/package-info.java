/**
 * Solvers and netlists against ngspice. Skipped where it is not installed, except where the environment says
 * {@code CI=true}.
 */
@NullMarked
package org.vmmlib.tests.spice;

import org.jspecify.annotations.NullMarked;
