/**
 * Argument checks whose messages name the argument, its value, the limit and a way out.
 */
@NullMarked
package org.vmmlib.core.check;

import org.jspecify.annotations.NullMarked;
