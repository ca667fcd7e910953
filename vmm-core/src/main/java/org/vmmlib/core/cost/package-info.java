/**
 * Energy, time and area, block by block.
 */
@NullMarked
package org.vmmlib.core.cost;

import org.jspecify.annotations.NullMarked;
