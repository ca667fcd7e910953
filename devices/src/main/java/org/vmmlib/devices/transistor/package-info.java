/**
 * The MOS transistor beside a memory cell: its parameters, its channel at a temperature, its netlist.
 */
@NullMarked
package org.vmmlib.devices.transistor;

import org.jspecify.annotations.NullMarked;
