/**
 * Random telegraph noise: cells whose current jumps between two values, for ever, with the memory that such a trap has from
 * phase to phase and from vector to vector.
 */
@NullMarked
package org.vmmlib.noise.telegraph;

import org.jspecify.annotations.NullMarked;
