package org.vmmlib.core.macro;

import java.util.Optional;
import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.cost.CostSheet;
import org.vmmlib.core.signal.Codes;
import org.vmmlib.core.signal.Levels;
import org.vmmlib.core.signal.Signal;

/**
 * What a macro gave for a batch.
 *
 * @param signal what it hands on: the converters' words, or levels, or edges that can drive the next array
 * @param outputs B × outputs values in the domain of {@link ProgrammedMacro#ideal}: what the words stand for in units of
 *     the activation's output; the levels where there is no converter; the time that edges are high, seconds
 * @param evidence of the solves
 * @param saturation values that were clipped
 * @param cost energy, time and area by block
 */
public record MacroResult(
        Signal signal, DMatrixRMaj outputs, Evidence evidence, Saturation saturation, CostSheet cost) {

    /** The words, if the macro gives words. */
    public Optional<Codes> codes() {
        return signal instanceof Codes codes ? Optional.of(codes) : Optional.empty();
    }

    /** The levels, if the macro gives levels. */
    public Optional<Levels> levels() {
        return signal instanceof Levels levels ? Optional.of(levels) : Optional.empty();
    }
}
