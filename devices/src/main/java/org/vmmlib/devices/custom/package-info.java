/**
 * The user's own two-terminal device: a closed-form law by one small interface, a measured current table, a measured
 * programming table.
 */
@NullMarked
package org.vmmlib.devices.custom;

import org.jspecify.annotations.NullMarked;
