/**
 * Passive resistive memory (0T1R): a conductance between row and column line, linear or with a sinh law.
 */
@NullMarked
package org.vmmlib.devices.reram;

import org.jspecify.annotations.NullMarked;
