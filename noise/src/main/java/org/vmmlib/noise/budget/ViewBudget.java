package org.vmmlib.noise.budget;

import java.util.List;

/**
 * The budget in one view. Mean square errors close: none + sources + interaction = full, in LSB².
 *
 * @param view where
 * @param fullScale range of the ideal output, in the unit of the levels, or of the activation's output after the
 *     quantiser
 * @param none the circuit without imperfections
 * @param full the circuit with all
 * @param sources each imperfection, the largest alone first
 * @param together the errors that the sources make alone, added output by output on the same chips
 * @param parts mean square error of none plus what each source adds, as if all were independent, LSB²
 * @param interaction mean square error of the full circuit that the parts leave over, LSB²
 * @param common of it, what systematic errors of the sources add or cancel: together less parts, LSB²
 */
public record ViewBudget(
        View view,
        double fullScale,
        ErrorEstimate none,
        ErrorEstimate full,
        List<SourceError> sources,
        ErrorEstimate together,
        Estimate parts,
        Estimate interaction,
        Estimate common) {

    /** Copies the list. */
    public ViewBudget {
        sources = List.copyOf(sources);
    }
}
