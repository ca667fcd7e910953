/** Error budgets of macros of real blocks. */
@NullMarked
package org.vmmlib.tests.noise;

import org.jspecify.annotations.NullMarked;
