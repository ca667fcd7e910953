/**
 * Keyed random streams: every number is a pure function of seed, effect, trial, scope, call and element.
 *
 * <p>Enabling one effect, or using more threads, changes no other draw.
 */
@NullMarked
package org.vmmlib.core.random;

import org.jspecify.annotations.NullMarked;
