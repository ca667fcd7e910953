/**
 * The macro: one circuit composed of mapping, encoder, crossbar, readout and converter, and the contracts of its parts.
 *
 * <p>An encoder turns words into a {@link org.vmmlib.core.signal.DriveSchedule}: phases in which the row drives stand
 * still. In each phase the {@link org.vmmlib.core.macro.Readout} pulls the column currents at the column voltages that it
 * imposes. Levels of all arrays are summed as the {@link org.vmmlib.core.mapping.MappingPlan} says, converted, and
 * combined. Six circuits that differ in every box plug in like this:
 *
 * <ul>
 *   <li><b>Current-mode 2D-NOR flash (INS).</b> The encoder is a current-steering DAC and gives one phase of
 *       {@code INPUT_CURRENT}; a {@link org.vmmlib.core.crossbar.RowPort} (the peripheral reference cell) makes it a gate
 *       voltage; the cell law is gate-driven; the readout is a current mirror that pulls once at the drain voltage (again
 *       while its input voltage settles); partial sums of arrays add in analog; the converter is a cyclic ADC with the
 *       activation in its thresholds.
 *   <li><b>1T1R with SIR (LIN).</b> The encoder gives p equal phases, one per bit, LSB first, as {@code GATE_VOLTAGE} on or
 *       off; the readout integrates in {@code phase}, shares its charge between phases, and returns levels that a pulse
 *       or a converter takes.
 *   <li><b>Time-domain flash or 3D-NAND (EXP).</b> The phases are the stretches between the sorted pulse edges, of another
 *       length for each vector of the batch; the readout's capacitor is the column line, so it pulls at the column voltage
 *       of every time step, tells the array how long each lasted, and returns levels, or {@link
 *       org.vmmlib.core.signal.Edges} that drive the next array.
 *   <li><b>Passive crossbar (INS).</b> A voltage DAC gives one phase of {@code ROW_VOLTAGE}; cells are two-terminal; a
 *       transimpedance amplifier pulls once; its input resistance is solved as part of the network.
 *   <li><b>Bit-sliced.</b> p phases of one bit each, weight slices on columns; the readout converts in every phase, shifts
 *       and adds, and returns {@link org.vmmlib.core.signal.Codes}, so the macro has no converter; the mapping's
 *       {@code combine} adds the slices.
 *   <li><b>Spiking.</b> The phases are the stretches between spikes; the readout is a set of integrate-and-fire neurons,
 *       exact between events, and returns edges.
 * </ul>
 *
 * <p>What the phases of a schedule stand for, amplitudes, charges that add up, digits that have to be weighed, or two phases up
 * to a threshold, is the encoder's {@link org.vmmlib.core.macro.Coding}; a readout that does not fit it is refused. Where
 * {@link org.vmmlib.core.macro.Superposition} holds, the phases of a schedule collapse into one solve.
 */
@NullMarked
package org.vmmlib.core.macro;

import org.jspecify.annotations.NullMarked;
