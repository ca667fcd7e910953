/**
 * Passive resistive memory (0T1R): a conductance between row and column line, linear or with a sinh or cubic law; the
 * static branches of the Stanford, PKU and JART models; magnetic junctions. What is known of writing, drift and read
 * noise of such cells stands in {@link org.vmmlib.devices.memory}.
 */
@NullMarked
package org.vmmlib.devices.reram;

import org.jspecify.annotations.NullMarked;
