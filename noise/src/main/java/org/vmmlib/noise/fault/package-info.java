/**
 * What is broken when a chip leaves the fab: clusters of defects, broken, stuck and bridged lines, and the yield that they
 * leave.
 *
 * <p>Cells are stuck as {@link org.vmmlib.core.crossbar.CellFaults}, wires broken as segments of
 * {@link org.vmmlib.core.crossbar.Lines}. The network has no element between two neighbouring lines; bridged rows are what
 * their drivers then see.
 */
@NullMarked
package org.vmmlib.noise.fault;

import org.jspecify.annotations.NullMarked;
