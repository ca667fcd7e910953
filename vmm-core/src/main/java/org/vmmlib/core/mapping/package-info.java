/**
 * Layouts of a weight matrix over arrays: differential pairs, tiles, bias row.
 */
@NullMarked
package org.vmmlib.core.mapping;

import org.jspecify.annotations.NullMarked;
