/** Solvers of the crossbar against other simulators, and with the cells of the library. */
@NullMarked
package org.vmmlib.tests.crossbar;

import org.jspecify.annotations.NullMarked;
