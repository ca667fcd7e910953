/**
 * The array: cells, their law and state, and the lines between them.
 */
@NullMarked
package org.vmmlib.core.crossbar;

import org.jspecify.annotations.NullMarked;
