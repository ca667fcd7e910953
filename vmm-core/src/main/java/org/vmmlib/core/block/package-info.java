/**
 * What every part of a circuit tells about itself: its imperfections, its datasheet, what it costs, and the die it is on.
 */
@NullMarked
package org.vmmlib.core.block;

import org.jspecify.annotations.NullMarked;
