/**
 * Hot loops on raw arrays: no domain words, no allocation.
 */
@NullMarked
package org.vmmlib.core.kernel;

import org.jspecify.annotations.NullMarked;
