/** Accuracy of whole macros of real blocks. */
@NullMarked
package org.vmmlib.tests.macro;

import org.jspecify.annotations.NullMarked;
