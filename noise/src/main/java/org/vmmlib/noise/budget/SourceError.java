package org.vmmlib.noise.budget;

import org.vmmlib.core.block.Imperfection;

/**
 * What one imperfection does, in one view.
 *
 * @param imperfection which
 * @param alone error of the circuit that has this imperfection only
 * @param removed error of the circuit that has all but this one
 * @param variance mean square error that it adds alone to the circuit without any, LSB²
 * @param bitsRegained effective bits that the full circuit gains when it is removed
 */
public record SourceError(
        Imperfection imperfection,
        ErrorEstimate alone,
        ErrorEstimate removed,
        Estimate variance,
        Estimate bitsRegained) {}
